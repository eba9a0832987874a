"""Tables drawn with characters in plain text: columns set apart by runs of blanks, or by upright strokes.

Only what lines up over several lines is taken for a table; everything else stays running text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_GAP = re.compile(r"[^\s.?!] {2,}\S")  # two blanks after a full stop are a typist's
_RULE = re.compile(
    r"[\s|+=_:-]*[+=_-]{2,}[\s|+=_:-]*"
)  # a drawn line: '-----  ----', '+-----+', '|---|---:|'
_LEAST_LINES = 2
_ENOUGH_LINES = 5  # of a table in one of whose lines a single blank may set two cells apart
_LEAST_GAP = 2  # blanks that set two columns apart


def pieces_of(lines: Sequence[str]) -> dict[int, list[str]]:
    """The cells of the lines that belong to a drawn table, by index; blank cells and drawn rules included.

    A rule gives no cells: an empty list.
    """
    found: dict[int, list[str]] = {}
    start = 0
    while start < len(lines):
        end = _stroked(lines, start)
        if end > start:
            found |= {number: _between_strokes(lines[number]) for number in range(start, end)}
        else:
            end = _aligned_end(lines, start)
            found |= _aligned(lines, start, end) or _by_block(lines, start, end)
        start = max(end, start + 1)
    return found


def _stroked(lines: Sequence[str], start: int) -> int:
    """Where a run of lines with the same number of strokes ends; ``start`` where there is none."""
    end = start
    counts = set()
    while end < len(lines) and ("|" in lines[end] or (end > start and _RULE.fullmatch(lines[end]))):
        if not _RULE.fullmatch(lines[end]):
            counts.add(len(_between_strokes(lines[end])))
        end += 1
    filled = [line for line in lines[start:end] if not _RULE.fullmatch(line)]
    return end if len(filled) >= _LEAST_LINES and len(counts) == 1 and counts != {1} else start


def _between_strokes(line: str) -> list[str]:
    if _RULE.fullmatch(line):
        return []
    return [piece.strip() for piece in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _aligned_end(lines: Sequence[str], start: int) -> int:
    """The line after a run of lines with gaps; drawn rules, one blank line and lone labels may stand between."""
    if not _has_gap(lines[start]):
        return start
    end = position = start + 1
    while position < len(lines) and position - end <= 1:
        line = lines[position]
        if _has_gap(line):
            end = position + 1
        position += 1
    return end


def _has_gap(line: str) -> bool:
    return "\t" not in line and "|" not in line and _GAP.search(line) is not None


def _aligned(lines: Sequence[str], start: int, end: int) -> dict[int, list[str]]:
    """Cells cut at the gaps that all lines with gaps share."""
    rows = [number for number in range(start, end) if _has_gap(lines[number])]
    if len(rows) < _LEAST_LINES:
        return {}
    cuts = _cuts([lines[number] for number in rows])
    cells = {number: _cut(lines[number], cuts) for number in rows}
    if not cuts or any(sum(bool(cell) for cell in row) < 2 for row in cells.values()):
        return {}
    for number in range(start, end):
        line = lines[number]
        if _RULE.fullmatch(line) and line.strip():
            cells[number] = []
        elif number not in cells and line.strip() and len(line.rstrip()) <= cuts[-1]:
            cells[number] = [line.strip()]
    return cells


def _by_block(lines: Sequence[str], start: int, end: int) -> dict[int, list[str]]:
    """Each block between blank lines for itself: two tables that line up differently."""
    found: dict[int, list[str]] = {}
    first = start
    for number in range(start, end + 1):
        if number == end or not lines[number].strip():
            found |= _aligned(lines, first, number)
            first = number + 1
    return found


def _cuts(lines: Sequence[str]) -> list[int]:
    """Where columns begin: after every gap that is blank in all lines."""
    width = max(map(len, lines))
    blank = [all(not line[place : place + 1].strip() for line in lines) for place in range(width)]
    indent = min(len(line) - len(line.lstrip()) for line in lines)
    places = [place for place in range(indent + _LEAST_GAP, width) if not blank[place] and blank[place - 1]]
    sure = [place for place in places if all(blank[place - _LEAST_GAP : place])]
    cuts: list[int] = []
    for place in places:
        begin = cuts[-1] if cuts else 0
        end = next((other for other in sure if other > place), width)
        if place in sure or _sets_apart(lines, begin, place, end):
            cuts.append(place)
    return cuts


def _sets_apart(lines: Sequence[str], begin: int, place: int, end: int) -> bool:
    """Whether a single blank sets two columns apart: only one line, whose cell fills its own, has no wider gap there,
    and most lines have a cell on either side."""
    narrow = [
        line for line in lines if line[place - 2 : place - 1].strip() and line[place : place + 1].strip()
    ]
    both = [line for line in lines if line[begin:place].strip() and line[place:end].strip()]
    return len(narrow) == 1 and len(lines) >= _ENOUGH_LINES and len(both) * 2 > len(lines)


def _cut(line: str, cuts: Sequence[int]) -> list[str]:
    bounds = [0, *cuts, max(len(line), cuts[-1] + 1) if cuts else len(line)]
    return [line[first:last].strip() for first, last in pairwise(bounds)]
