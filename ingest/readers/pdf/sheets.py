"""Tables and lines written as sheets: every cell with the place a person finds it at."""

from __future__ import annotations

from collections import Counter

from ingest.cells import Cell, Sheet
from ingest.readers.pdf.joining import Table
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.parts import Part


def text_sheet(pages: list[list[Line]]) -> Sheet:
    """Every line of the document, each one row of one cell."""
    return Sheet(
        "text",
        "text",
        [[Cell(line.text, f"p{line.page} line {line.number}")] for lines in pages for line in lines],
    )


def table_sheets(tables: list[Table], pages: list[list[Line]]) -> list[Sheet]:
    """One sheet per table; ``pages`` are the lines outside of ruled tables, furniture left out."""
    parts = sorted(
        (part for table in tables for part in table.parts), key=lambda part: (part.page, part.top, part.left)
    )
    on_page: Counter[int] = Counter()
    numbers = {}
    for part in parts:
        on_page[part.page] += 1
        numbers[id(part)] = on_page[part.page]
    sheets = []
    for count, table in enumerate(tables, start=1):
        sheet = Sheet(f"table {count}", "table", caption=_caption(table.parts[0], pages, parts))
        for row in table.rows:
            cells = []
            for placed in row:
                locator = f"p{placed.part.page} table {numbers[id(placed.part)]} row {placed.row} col {placed.column}"
                cells.append(Cell(placed.slot.text, locator, placed.slot.is_continued))
            sheet.rows.append(cells if any(cell.text for cell in cells) else [])
        sheets.append(sheet)
    return sheets


def _caption(part: Part, pages: list[list[Line]], parts: list[Part]) -> str:
    """The nearest line before a table; none when another table stands between."""
    place = (part.page, part.top + 2)
    before = [line for lines in pages[: part.page] for line in lines if (line.page, line.bottom) <= place]
    tables = [
        (other.page, other.bottom)
        for other in parts
        if other is not part and (other.page, other.bottom) <= place
    ]
    if not before or (tables and max(tables) > (before[-1].page, before[-1].bottom)):
        return ""
    line = before[-1]
    # Tables that stand beside each other have their captions in one line.
    over = [piece for piece in line.pieces if piece.left < part.right and piece.right > part.left]
    return over[0].text if len(line.pieces) > 1 and len(over) == 1 and line.page == part.page else line.text
