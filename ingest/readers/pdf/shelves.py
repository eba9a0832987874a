"""Rows marked by level rules or shading alone: the lines between two rules belong to one row."""

from __future__ import annotations

from itertools import pairwise

from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.parts import is_figure
from ingest.readers.pdf.rules import Rule

_SAME_END = 3.0
_CLOSE = 0.5  # of the line height: lines of one cell are no further apart
_MOST_LINES = 8  # of one row
_SURE = 4  # so many shelves are the rows of a table, fewer may hold several rows each


def set_on_shelves(lines: list[Line], rules: list[Rule]) -> list[Line]:
    """The lines of a page, those on one shelf put together to one."""
    shelf_of: dict[int, int] = {}
    for shelves in _stacks(rules):
        held = [
            [line for line in lines if top <= (line.top + line.bottom) / 2 <= bottom]
            for top, bottom, _ in shelves
        ]
        if sum(map(bool, held)) < 2:
            continue
        is_sure = sum(map(bool, held)) >= _SURE
        for (top, bottom, rule), members in zip(shelves, held, strict=True):
            if _is_one_row(members, rule, is_sure):
                shelf_of.update((id(line), round(top) * 10_000 + round(bottom)) for line in members)
    grouped: list[list[Line]] = []
    for line in lines:
        shelf = shelf_of.get(id(line))
        if grouped and shelf is not None and shelf_of.get(id(grouped[-1][0])) == shelf:
            grouped[-1].append(line)
        else:
            grouped.append([line])
    return [group[0] if len(group) == 1 else _together(group) for group in grouped]


def _together(group: list[Line]) -> Line:
    lines = [inner for line in group for inner in (line.beside or [line])]
    return Line(group[0].page, [word for line in lines for word in line.words], beside=lines)


def _stacks(rules: list[Rule]) -> list[list[tuple[float, float, Rule]]]:
    """Shelves (top, bottom, upper rule) between rules of the same length that lie over each other."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        for group in groups:
            if abs(group[0].start - rule.start) <= _SAME_END and abs(group[0].end - rule.end) <= _SAME_END:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [
        [(a.at, b.at, a) for a, b in pairwise(group) if b.at - a.at > 4] for group in groups if len(group) > 2
    ]


def _is_one_row(lines: list[Line], rule: Rule, is_sure: bool) -> bool:
    if not 1 < len(lines) <= _MOST_LINES:
        return False
    if any(b.top - a.bottom > _CLOSE * a.height for a, b in pairwise(lines)):
        return False  # paragraphs
    if any(line.left < rule.start - 5 or line.right > rule.end + 5 for line in lines):
        return False
    pieces = [(piece, number) for number, line in enumerate(lines) for piece in line.pieces]
    figures = [(piece, number) for piece, number in pieces if is_figure(piece.text)]
    if any(a.left < b.right and b.left < a.right and m != n for a, m in figures for b, n in figures):
        return False  # two figures in one column
    return is_sure or sum(len(line.pieces) > 1 for line in lines) < 2
