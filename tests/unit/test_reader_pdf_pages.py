"""PDF reader: tables that run over pages, and what stands on pages because they are pages."""

from __future__ import annotations

from itertools import product

import pytest

from ingest.cells import Sheet
from ingest.readers import pdf
from tests.support.pdf_tables import Grid, Printer, Style
from tests.support.pdf_writer import PdfWriter

RECORDS = [
    ["No.", "Financial Year", "Crime Type", "Outcome"],
    *(
        [
            str(number),
            f"20{19 + number // 70}/2020",
            "VIOLENCE AGAINST THE PERSON" if number % 3 else "THEFT",
            "Type 18",
        ]
        for number in range(1, 181)
    ),
]
UNNUMBERED = [RECORDS[0][2:], *([row[2], "Undetected"] for row in RECORDS[1:])]
XS = [50.0, 200.0, 250.0, 300.0]


def tables(data: bytes) -> list[Sheet]:
    return [sheet for sheet in pdf.read(data) if sheet.kind == "table"]


def texts(sheet: Sheet) -> Grid:
    return [[cell.text for cell in row] for row in sheet.rows]


@pytest.mark.parametrize("rules", ["all", "rows", "none"])
@pytest.mark.parametrize(("repeats_header", "page_numbers"), product([False, True], repeat=2))
def test_a_table_over_pages_loses_no_row_and_gains_none(
    rules: str, repeats_header: bool, page_numbers: bool
) -> None:
    printer = Printer()
    printer.line("Crime nature and outcome breakdown", gap=6)
    style = Style([40, 90, 180, 90], rules, "left", repeats_header=repeats_header, page_numbers=page_numbers)
    printer.table(RECORDS, style)
    assert len(printer.pdf.pages) > 3
    found = tables(printer.bytes())
    assert [texts(sheet) for sheet in found] == [RECORDS]
    first_of_page_2 = next(row for row in found[0].rows if row[0].locator.startswith("p2 "))
    assert first_of_page_2[0].locator == f"p2 table 1 row {2 if repeats_header else 1} col 1"


@pytest.mark.parametrize("rules", ["all", "none"])
def test_a_first_row_that_is_the_same_on_every_page_is_no_furniture(rules: str) -> None:
    printer = Printer()
    printer.table(UNNUMBERED, Style([200, 90], rules, "left"))
    assert [texts(sheet) for sheet in tables(printer.bytes())] == [UNNUMBERED]


def test_headers_and_footers_of_pages_do_not_part_a_table() -> None:
    printer = Printer(y=110)
    printer.table(RECORDS, Style([40, 90, 180, 90], "all", "left"))
    for number, drawn in enumerate(printer.pdf.pages, start=1):
        page = PdfWriter()
        page.text(545, 30, "Freedom of Information Unit", align="right")
        page.text(545, 42, "Church Lane, Anytown", align="right")
        page.text(50, 820, f"FOI 123/17 page {number} of {len(printer.pdf.pages)}")
        drawn.extend(page.pages[0])
    assert [texts(sheet) for sheet in tables(printer.bytes())] == [RECORDS]


def test_a_new_table_at_the_top_of_a_page_is_not_taken_for_more_of_the_last() -> None:
    printer = Printer()
    style = Style([150, 50, 50], "all")
    first, second = (
        [["Offence", "n", "%"], ["Rape", "1", "2"]],
        [["Outcome", "n", "%"], ["Charged", "3", "4"]],
    )
    printer.table(first, style)
    printer.next_page()
    printer.table(second, style)
    assert [texts(sheet) for sheet in tables(printer.bytes())] == [first, second]


def test_text_between_two_tables_keeps_them_apart() -> None:
    printer = Printer()
    style = Style([150, 50], "all")
    printer.table([["Offence", "n"], ["Rape", "1"]], style)
    printer.next_page()
    printer.line("2. Outcomes", gap=4)
    printer.table([["Outcome", "n"], ["Charged", "3"]], style)
    assert [sheet.caption for sheet in tables(printer.bytes())] == ["", "2. Outcomes"]


def split_over_pages(above: list[str], below: list[str], *, is_closed: bool) -> bytes:
    """A ruled table whose last row on page 1 goes on in the first one of page 2."""
    page = PdfWriter()

    def rows(top: float, *texts: list[str]) -> None:
        for number, row in enumerate(texts):
            for x, text in zip(XS, row, strict=False):
                page.text(x + 3, top + 16 * number + 12, text)

    def rules(top: float, bottom: float, levels: list[float]) -> None:
        for x in XS:
            page.line(x, top, x, bottom)
        for y in levels:
            page.line(XS[0], y, XS[-1], y)

    rules(700, 748, [700, 716, 732, *([748] if is_closed else [])])
    rows(700, ["Offence", "2019", "2020"], ["Rape", "1", "2"], above)
    page.new_page()
    rules(60, 92, [*([60] if is_closed else []), 76, 92])
    rows(60, below, ["Theft", "5", "6"])
    return page.bytes()


@pytest.mark.parametrize("is_closed", [True, False])
def test_figures_on_the_page_after_their_label_belong_to_it(is_closed: bool) -> None:
    data = split_over_pages(["Arson", "", ""], ["", "4", "7"], is_closed=is_closed)
    sheet = tables(data)[0]
    assert texts(sheet)[2:] == [["Arson", "4", "7"], ["Theft", "5", "6"]]
    assert [cell.locator for cell in sheet.rows[2]] == [
        "p1 table 1 row 3 col 1", "p2 table 1 row 1 col 2", "p2 table 1 row 1 col 3",
    ]  # fmt: skip


def test_a_label_split_over_pages_is_joined_where_no_rule_closes_it() -> None:
    data = split_over_pages(["Arson and criminal", "", ""], ["Damage", "4", "7"], is_closed=False)
    assert texts(tables(data)[0])[2] == ["Arson and criminal Damage", "4", "7"]


def test_rows_with_blanks_at_a_page_break_are_not_taken_for_one() -> None:
    data = split_over_pages(["Arson", "", "2"], ["Burglary", "4", ""], is_closed=True)
    assert texts(tables(data)[0])[2:4] == [["Arson", "", "2"], ["Burglary", "4", ""]]


def test_an_unruled_label_on_one_page_and_its_figures_on_the_next_are_one_row() -> None:
    page = PdfWriter()
    for y, row in ((740, ["Offence", "2019", "2020"]), (754, ["Rape", "1", "2"]), (768, ["Arson", "", ""])):
        for x, text in zip(XS, row, strict=False):
            page.text(x, y, text)
    page.new_page()
    for y, row in ((60, ["", "4", "7"]), (74, ["Theft", "5", "6"])):
        for x, text in zip(XS, row, strict=False):
            page.text(x, y, text)
    assert texts(tables(page.bytes())[0])[2:] == [["Arson", "4", "7"], ["Theft", "5", "6"]]


def test_letters_nobody_can_see_are_no_text() -> None:
    writer = PdfWriter()
    writer.text(50, 50, "31 offences")
    writer.text(50, 80, "47 records", size=0.1)
    writer.text(50, 110, ". - 5", size=4)
    assert [cell.text for cell in pdf.read(writer.bytes())[0].cells()] == ["31 offences", ". - 5"]
