"""The rows of an unruled table, which may run over pages that repeat its header."""

from __future__ import annotations

from ingest.readers.pdf.block import HEADING_LINES, Block
from ingest.readers.pdf.columns import find_edges
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.parts import Part, is_figure, is_year
from ingest.readers.pdf.rowsplit import split_rows
from ingest.readers.pdf.rules import Rule


def table_parts(block: Block, separators: dict[int, list[Rule]]) -> list[Part]:
    """One part for each page. A header that a page repeats is rows of its part, told in ``repeated``."""
    edges = find_edges(block.lines, block.full)
    repeated = _repeated_headers(block.lines)
    again = {id(line) for lines in repeated.values() for line in lines}
    parts: list[Part] = []
    for row in split_rows([line for line in block.lines if id(line) not in again], edges, separators):
        if not parts or parts[-1].page != row.page:
            header = split_rows(repeated.get(row.page, []), edges, separators)
            top = min([row.top, *(line.top for line in header)])
            parts.append(
                Part(row.page, edges[0], top, edges[-1], row.bottom, edges, [line.slots for line in header])
            )
            parts[-1].repeated = len(header)
        parts[-1].rows.append(row.slots)
        parts[-1].bottom = max(parts[-1].bottom, row.bottom)
    return parts


def _repeated_headers(lines: list[Line]) -> dict[int, list[Line]]:
    """By page, the lines at its top that only repeat the first lines of the table."""
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    first, *others = by_page.values()
    repeated = {}
    for later in others:
        count = 0
        while (
            count < min(len(first) - 1, len(later), HEADING_LINES) and first[count].text == later[count].text
        ):
            count += 1
        while count and not _is_heading(first, count):
            count -= 1
        if count:
            repeated[later[0].page] = later[:count]
    return repeated


def _is_heading(lines: list[Line], count: int) -> bool:
    """Whether the first lines are a heading and not rows that happen to stand on two pages."""
    if not any(len(line.pieces) > 1 for line in lines[:count]) and lines[0].left < lines[count].left + 3:
        return False  # a heading inside the table
    texts = {line.text for line in lines[count:]}
    return not any(
        line.text in texts
        or any(is_figure(piece.text) and not is_year(piece.text) for piece in line.pieces[1:])
        for line in lines[:count]
    )
