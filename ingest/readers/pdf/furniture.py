"""What stands on pages because they are pages: page numbers, and headers and footers printed again and again."""

from __future__ import annotations

import re

from ingest.readers.pdf.lines import Line

_TOP, _BOTTOM = 0.25, 0.85  # the parts of a page's height where headers end and footers begin
_SAME_PLACE = 3.0
_NEXT_ROW = 4  # within so many lines
_CLOSE = 0.6  # of the line height
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(page\s*\|?\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(\s*(of|/)\s*\d{1,4})?|\d{1,4}\s*\|?\s*page", re.IGNORECASE
)


def find_furniture(pages: list[list[Line]], heights: list[float]) -> set[int]:
    """The ``id`` of every line that is furniture; ``pages`` are the lines outside of ruled tables.

    Such lines stand at the edge of the page, at the same place and with the same words as on a page near by
    (numbers may count with the pages). Rows of a table can do so too: a line whose words are aligned with those
    of the line next to it is never furniture.
    """
    found: set[int] = set()
    for index, lines in enumerate(pages):
        near = [(pages[other], other - index) for other in _neighbours(index, len(pages))]
        height = heights[index]
        found |= _run([line for line in lines if line.bottom < _TOP * height], lines, near)
        found |= _run([line for line in reversed(lines) if line.top > _BOTTOM * height], lines[::-1], near)
    return found


def _neighbours(index: int, count: int) -> list[int]:
    return [other for other in (index - 2, index - 1, index + 1, index + 2) if 0 <= other < count]


def _run(zone: list[Line], order: list[Line], near: list[tuple[list[Line], int]]) -> set[int]:
    """The unbroken run of furniture from one edge of a page inwards; ``order`` are its lines from there."""
    run: list[Line] = []
    for number, line in enumerate(zone):
        inner = order[number + 1 :]
        is_repeated = any(_is_repeated(line, others, step) for others, step in near)
        if not (is_repeated or _is_page_number(line, inner)) or _is_aligned(line, inner):
            break
        run.append(line)
    # What stands close to the body may be the first line of a heading that each page repeats.
    while run and len(run) < len(order) and _distance(run[-1], order[len(run)]) < _CLOSE * run[-1].height:
        run.pop()
    return set(map(id, run))


def _is_repeated(line: Line, others: list[Line], step: int) -> bool:
    """Whether a line stands at the same place on another page, numbers counted on."""
    return any(
        abs(other.top - line.top) <= _SAME_PLACE
        and _is_in_line(line, other)
        and _counts_with_pages(line.text, other.text, step)
        for other in others
    )


def _distance(a: Line, b: Line) -> float:
    return max(a.top, b.top) - min(a.bottom, b.bottom)


def _is_in_line(a: Line, b: Line) -> bool:
    middle = abs(a.left + a.right - b.left - b.right) / 2
    return min(abs(a.left - b.left), abs(a.right - b.right), middle) <= _SAME_PLACE


def _counts_with_pages(text: str, other: str, step: int) -> bool:
    """Whether two texts are the same but for numbers that grow by one from page to page."""
    if text == other:
        return True
    if _NUMBER.sub("#", text) != _NUMBER.sub("#", other):
        return False
    pairs = zip(_NUMBER.findall(text), _NUMBER.findall(other), strict=True)
    return all(a == b or int(b) - int(a) == step for a, b in pairs)


def _is_page_number(line: Line, inner: list[Line]) -> bool:
    """A page number by its look, standing well away from everything else."""
    if len(line.pieces) > 1 or not _PAGE_NUMBER.fullmatch(line.text):
        return False
    return not inner or _distance(line, inner[0]) > 0.8 * line.height


def _is_aligned(line: Line, inner: list[Line]) -> bool:
    """Whether a line and the next one with several pieces look like two rows of a table."""
    if len(line.pieces) < 2 or not inner:
        return len(line.pieces) > 1  # alone on its page it may be the last row of a table
    if _distance(line, inner[0]) > 1.2 * line.height:
        return False
    pieces = next((other.pieces for other in inner[:_NEXT_ROW] if len(other.pieces) > 1), [])
    flush = sum(
        any(min(abs(a.left - b.left), abs(a.right - b.right)) <= 3 for b in pieces) for a in line.pieces
    )
    centred = sum(any(abs(a.left + a.right - b.left - b.right) <= 6 for b in pieces) for a in line.pieces)
    return flush + centred >= 2
