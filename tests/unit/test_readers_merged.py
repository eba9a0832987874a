"""Any grid with merged cells, written as html, docx and xlsx, reads back as the same grid."""

from __future__ import annotations

import html
import io

import docx
import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.cells import Sheet
from ingest.readers import read_bytes
from tests.support.merged_grids import Merged, merged_grids, printed

WORDS = st.sampled_from(["31", "Rape", "less than 5", "*", "Café & <b>", "2014/15", "77, 686", "–"])
GRIDS = merged_grids(WORDS)
Grid = tuple[list[Merged], int, int]


def read_back(sheet: Sheet) -> list[list[tuple[str, bool]]]:
    return [[(cell.text, cell.is_continued) for cell in row] for row in sheet.rows]


@given(GRIDS)
@settings(max_examples=40, deadline=None)
def test_merged_cells_of_html(grid: Grid) -> None:
    cells, rows, _ = grid
    lines = "".join(
        "<tr>"
        + "".join(
            f"<td rowspan='{cell.height}' colspan='{cell.width}'>{html.escape(cell.text)}</td>"
            for cell in cells
            if cell.row == row
        )
        + "</tr>"
        for row in range(rows)
    )
    sheets = read_bytes(f"<html><body><table>{lines}</table></body></html>".encode(), "page.html")
    assert read_back(sheets[-1]) == printed(*grid)


@given(GRIDS)
@settings(max_examples=8, deadline=None)
def test_merged_cells_of_docx(grid: Grid) -> None:
    cells, rows, columns = grid
    letter = docx.Document()
    table = letter.add_table(rows, columns)
    for cell in cells:
        last = table.cell(cell.row + cell.height - 1, cell.column + cell.width - 1)
        table.cell(cell.row, cell.column).merge(last).text = cell.text
    written = io.BytesIO()
    letter.save(written)
    (sheet,) = [sheet for sheet in read_bytes(written.getvalue(), "letter.docx") if sheet.kind == "table"]
    assert read_back(sheet) == printed(*grid)


@given(GRIDS)
@settings(max_examples=15, deadline=None)
def test_merged_cells_of_xlsx(grid: Grid) -> None:
    cells, _, _ = grid
    book = openpyxl.Workbook()
    for cell in cells:
        place = {"row": cell.row + 1, "column": cell.column + 1}
        book.active.cell(**place).value = cell.text
        if cell.height > 1 or cell.width > 1:
            book.active.merge_cells(
                start_row=cell.row + 1, start_column=cell.column + 1,
                end_row=cell.row + cell.height, end_column=cell.column + cell.width,
            )  # fmt: skip
    written = io.BytesIO()
    book.save(written)
    (sheet,) = read_bytes(written.getvalue(), "book.xlsx")
    # A sheet ends with its last cell that holds something, however far that one is merged beyond.
    used = [row[: 1 + max(cell.column for cell in cells)] for row in printed(*grid)]
    assert read_back(sheet) == used[: 1 + max(cell.row for cell in cells)]
