"""PDF reader: lines and ruled tables."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import pairwise

import pypdfium2
import pytest
from pypdfium2 import raw

from ingest.cells import Sheet
from ingest.readers import pdf
from tests.support.pdf_tables import Grid, Printer, Style
from tests.support.pdf_writer import PdfWriter

CROSSTAB = [["Offence", "2019", "2020"], ["Rape", "1", "2"], ["Arson", "", "4"], ["Theft", "5", "6"]]
XS, YS = [50.0, 200.0, 250.0, 300.0], [100.0, 116.0, 132.0, 148.0, 164.0]


def tables(data: bytes) -> list[Sheet]:
    return [sheet for sheet in pdf.read(data) if sheet.kind == "table"]


def texts(sheet: Sheet) -> Grid:
    return [[cell.text for cell in row] for row in sheet.rows]


def only_table(data: bytes) -> Grid:
    found = tables(data)
    assert len(found) == 1
    return texts(found[0])


def rules(page: PdfWriter, xs: list[float] = XS, ys: list[float] = YS) -> None:
    for y in ys:
        page.line(xs[0], y, xs[-1], y)
    for x in xs:
        page.line(x, ys[0], x, ys[-1])


def fill(page: PdfWriter, grid: Grid = CROSSTAB, top: float = YS[0]) -> None:
    for number, row in enumerate(grid):
        for x, text in zip(XS, row, strict=False):
            if text:
                page.text(x + 3, top + 16 * number + 12, text)


def test_every_line_is_a_row_of_the_text_sheet_with_its_place() -> None:
    page = PdfWriter()
    page.text(50, 80, "All offences: 521")
    page.text(50, 94, "Left")
    page.text(400, 94, "right, on one line")
    page.new_page()
    page.text(50, 80, "Next page")
    sheet = pdf.read(page.bytes())[0]
    assert (sheet.name, sheet.kind) == ("text", "text")
    assert [(row[0].text, row[0].locator) for row in sheet.rows] == [
        ("All offences: 521", "p1 line 1"),
        ("Left right, on one line", "p1 line 2"),
        ("Next page", "p2 line 1"),
    ]


def test_a_word_broken_at_the_end_of_a_line_stays_as_printed() -> None:
    page = PdfWriter()
    page.text(50, 80, "an indecent or pseudo-")
    page.text(50, 92, "photograph of a child")
    lines = texts(pdf.read(page.bytes())[0])
    assert lines == [["an indecent or pseudo-"], ["photograph of a child"]]


def test_an_image_without_text_gives_an_empty_text_sheet() -> None:
    page = PdfWriter()
    page.box(50, 50, 200, 200, grey=0.5)
    assert [(sheet.name, sheet.rows) for sheet in pdf.read(page.bytes())] == [("text", [])]


def test_a_ruled_table_keeps_empty_cells_and_says_where_each_cell_is() -> None:
    page = PdfWriter()
    page.text(50, 80, "Offences by year")
    rules(page)
    fill(page)
    sheet = tables(page.bytes())[0]
    assert (sheet.name, sheet.caption) == ("table 1", "Offences by year")
    assert texts(sheet) == CROSSTAB
    assert sheet.rows[2][1].locator == "p1 table 1 row 3 col 2"


def cell_boxes(page: PdfWriter) -> None:
    for row in range(4):
        for column in range(3):
            page.box(XS[column], 100 + 16 * row, XS[column + 1] - XS[column], 16)


def thin_boxes(page: PdfWriter) -> None:
    """As word processors draw them: a thin filled box for each side of each cell, a dot at each corner."""
    for y in YS:
        for left, right in pairwise(XS):
            page.box(left + 0.5, y, right - left - 0.5, 0.5, grey=0)
    for x in XS:
        for top, bottom in pairwise(YS):
            page.box(x, top, 0.5, 0.5, grey=0)
            page.box(x, top + 0.5, 0.5, bottom - top - 0.5, grey=0)


def dashes(page: PdfWriter) -> None:
    page.operators("[1 2] 0 d")
    rules(page)


def one_path(page: PdfWriter) -> None:
    level = " ".join(f"{XS[0]} {842 - y} m {XS[-1]} {842 - y} l" for y in YS)
    upright = " ".join(f"{x} {842 - YS[0]} m {x} {842 - YS[-1]} l" for x in XS)
    page.operators(f"0.5 w {level} {upright} S")


def no_outer_sides(page: PdfWriter) -> None:
    for y in YS:
        page.line(XS[0], y, XS[-1], y)
    for x in XS[1:-1]:
        page.line(x, YS[0], x, YS[-1])


@pytest.mark.parametrize("draw", [rules, cell_boxes, thin_boxes, dashes, one_path, no_outer_sides])
def test_rules_are_found_however_they_are_drawn(draw: Callable[[PdfWriter], None]) -> None:
    page = PdfWriter()
    draw(page)
    fill(page)
    assert only_table(page.bytes()) == CROSSTAB


def test_text_wrapped_in_ruled_cells_is_joined() -> None:
    grid = [
        ["Offence", "Number of offences", "Outcome"],
        ["Possession of an indecent or pseudo indecent photo of a child", "4", "Type 16 - Named Suspect"],
        ["ROBBERY OF PERSONAL PROPERTY", "", "Undetected"],
    ]
    printer = Printer()
    printer.table(grid, Style([120, 60, 90], "all", "centre", "bottom"))
    assert only_table(printer.bytes()) == grid


def test_merged_cells_fill_every_place_they_cover() -> None:
    page = PdfWriter()
    for x in (50, 150, 250, 350):
        page.line(x, 100, x, 180)
    for x in (200, 300):
        page.line(x, 120, x, 180)
    for left, y in ((50, 100), (150, 120), (50, 140), (150, 160), (50, 180)):
        page.line(left, y, 350, y)
    page.text(60, 124, "Offence")
    page.text(200, 114, "2019", align="centre")
    page.text(300, 114, "2020", align="centre")
    for x, text in ((155, "M"), (205, "F"), (255, "M"), (305, "F")):
        page.text(x, 134, text)
    page.text(60, 164, "Rape")
    for row in (0, 1):
        for column in range(4):
            page.text(155 + 50 * column, 154 + 20 * row, str(10 * row + column))
    sheet = tables(page.bytes())[0]
    assert texts(sheet) == [
        ["Offence", "2019", "2019", "2020", "2020"],
        ["Offence", "M", "F", "M", "F"],
        ["Rape", "0", "1", "2", "3"],
        ["Rape", "10", "11", "12", "13"],
    ]
    continued = [
        (row, col)
        for row, cells in enumerate(sheet.rows)
        for col, cell in enumerate(cells)
        if cell.is_continued
    ]
    assert continued == [(0, 2), (0, 4), (1, 0), (3, 0)]


def test_rows_between_upright_rules_alone_are_read_line_by_line() -> None:
    page = PdfWriter()
    for x in XS:
        page.line(x, 98, x, 166)
    fill(page)
    assert only_table(page.bytes()) == CROSSTAB


def test_a_frame_with_only_the_header_ruled_off_holds_a_row_for_each_line() -> None:
    page = PdfWriter()
    rules(page, ys=[100, 116, 164])
    fill(page)
    assert only_table(page.bytes()) == CROSSTAB


@pytest.mark.parametrize(
    "framed", [slice(0, 2), slice(1, 5), slice(0, 4)], ids=["header", "body", "all but the total"]
)
def test_rows_outside_of_the_frame_belong_to_the_table(framed: slice) -> None:
    page = PdfWriter()
    rules(page, ys=YS[framed])
    fill(page)
    assert only_table(page.bytes()) == CROSSTAB


def test_figures_in_close_cells_are_cut_at_the_rule() -> None:
    page = PdfWriter()
    rules(page, [50, 100, 120, 140], YS[:3])
    for y in (112, 128):
        page.text(55, y, "Rape")
        page.text(119.2, y, "12", align="right")
        page.text(120.8, y, "34")
    assert only_table(page.bytes()) == [["Rape", "12", "34"]] * 2


def test_headings_that_run_upwards_are_read() -> None:
    page = PdfWriter()
    rules(page, ys=[100, 180, 196, 212])
    page.text(53, 175, "Offence")
    page.text(230, 175, "Facebook page", angle=90)
    page.text(280, 175, "Snapchat", angle=90)
    fill(page, CROSSTAB[1:3], top=180)
    assert only_table(page.bytes()) == [["Offence", "Facebook page", "Snapchat"], *CROSSTAB[1:3]]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_is_read_along_its_text(rotate: int) -> None:
    page = PdfWriter(rotate=rotate)
    rules(page)
    fill(page)
    assert only_table(page.bytes()) == CROSSTAB


def test_a_table_printed_sideways_is_read() -> None:
    page = PdfWriter()
    for number, row in enumerate(CROSSTAB):
        for x, text in zip(XS, row, strict=False):
            page.text(100 + 16 * number + 12, 842 - x - 3, text, angle=90)
    for y in YS:
        page.line(y, 842 - XS[0], y, 842 - XS[-1])
    for x in XS:
        page.line(YS[0], 842 - x, YS[-1], 842 - x)
    assert only_table(page.bytes()) == CROSSTAB


def test_tables_side_by_side_inside_form_objects_are_two() -> None:
    page = PdfWriter()
    page.text(50, 80, "Left table")
    rules(page)
    fill(page)
    page.new_page()
    page.text(50, 80, "Right table")
    fill(page)
    single = pypdfium2.PdfDocument(page.bytes())
    both = pypdfium2.PdfDocument(raw.FPDF_ImportNPagesToOne(single.raw, 842, 595, 2, 1))
    written = io.BytesIO()
    both.save(written)
    found = tables(written.getvalue())
    assert [(sheet.caption, texts(sheet)) for sheet in found] == [
        ("Left table", CROSSTAB),
        ("Right table", CROSSTAB),
    ]


def test_a_box_around_prose_is_no_table() -> None:
    page = PdfWriter()
    page.box(50, 60, 400, 100)
    page.text(60, 80, "This letter answers your request of 12 May 2017.")
    page.text(60, 94, "A search found 2396 references.")
    assert tables(page.bytes()) == []
