"""PDF reader: tables without rules, found by how their words are aligned, and prose that is none."""

from __future__ import annotations

import pytest

from ingest.cells import Sheet
from ingest.readers import pdf
from tests.support.pdf_tables import Grid, Printer, Style
from tests.support.pdf_writer import PdfWriter, text_width

CROSSTAB = [
    ["Offence", "2019", "2020", "2021"],
    ["Rape of a female aged 16 and over", "1", "", "12"],
    ["Arson", "", "4", "1,234"],
    ["Possession of an indecent or pseudo indecent photo of a child", "<5", "*", "-"],
    ["ROBBERY OF PERSONAL PROPERTY", "5", "6", "7"],
]


def tables(data: bytes) -> list[Sheet]:
    return [sheet for sheet in pdf.read(data) if sheet.kind == "table"]


def texts(sheet: Sheet) -> Grid:
    return [[cell.text for cell in row] for row in sheet.rows]


def only_table(data: bytes) -> Grid:
    found = tables(data)
    assert len(found) == 1
    return texts(found[0])


def lines(page: PdfWriter, rows: list[list[tuple[float, str]]], y: float = 100, step: float = 13) -> None:
    """Rows of texts at their places."""
    for row in rows:
        for x, text in row:
            page.text(x, y, text)
        y += step


@pytest.mark.parametrize("align", ["left", "right", "centre"])
@pytest.mark.parametrize("upright", ["top", "middle", "bottom"])
def test_labels_over_several_lines_are_one_cell(align: str, upright: str) -> None:
    printer = Printer()
    printer.line("The table shows what was found:", gap=6)
    printer.table(CROSSTAB, Style([150, 50, 50, 50], "none", align, upright))
    sheet = tables(printer.bytes())[0]
    assert texts(sheet) == CROSSTAB
    assert sheet.caption == "The table shows what was found:"
    assert sheet.rows[1][3].locator == "p1 table 1 row 2 col 4"


@pytest.mark.parametrize("upright", ["top", "middle", "bottom"])
def test_level_rules_mark_the_rows_of_closely_set_text(upright: str) -> None:
    printer = Printer()
    printer.table(CROSSTAB, Style([110, 50, 50, 50], "rows", "right", upright, padding=0))
    assert only_table(printer.bytes()) == CROSSTAB


def test_a_label_goes_on_where_the_wording_shows_it() -> None:
    page = PdfWriter()
    lines(page, [
        [(50, "Offence"), (250, "2019"), (300, "2020")],
        [(50, "Sexual assault on a male"), (250, "1"), (300, "2")],
        [(50, "aged 13 and over")],
        [(50, "Rape"), (250, "3"), (300, "4")],
    ], step=12)  # fmt: skip
    assert only_table(page.bytes())[1:3] == [
        ["Sexual assault on a male aged 13 and over", "1", "2"],
        ["Rape", "3", "4"],
    ]


def test_headings_inside_a_table_are_rows_of_their_own() -> None:
    grid = [
        ["Offence", "2019"],
        ["Facebook", ""],
        ["Rape", "1"],
        ["Arson", "2"],
        ["Snapchat", ""],
        ["Rape", "3"],
    ]
    for padding in (0, 6):
        printer = Printer()
        printer.table(grid, Style([150, 60], padding=padding))
        assert only_table(printer.bytes()) == grid


def test_headings_over_two_lines_are_one() -> None:
    page = PdfWriter()
    lines(page, [
        [(250, "Number of")],
        [(50, "Offence"), (250, "offences"), (320, "Total")],
        [(50, "Rape"), (250, "1"), (320, "2")],
        [(50, "Arson"), (250, "3"), (320, "4")],
    ], step=12)  # fmt: skip
    assert only_table(page.bytes())[0] == ["Offence", "Number of offences", "Total"]


@pytest.mark.parametrize("align", ["left", "centre"])
def test_a_heading_over_several_columns_covers_them(align: str) -> None:
    page = PdfWriter()
    places = [200, 250, 300, 350, 400, 450]
    for number, text in enumerate(["2019/20", "2020/21"]):
        first, last = places[3 * number], places[3 * number + 2] + text_width("Total")
        page.text(first if align == "left" else (first + last) / 2, 100, text, align=align)
    lines(page, [
        [(50, "Offence"), *zip(places, ["Male", "Female", "Total"] * 2, strict=True)],
        [(50, "Rape"), *zip(places, "123456", strict=True)],
        [(50, "Arson"), *zip(places, "654321", strict=True)],
    ], y=114, step=14)  # fmt: skip
    sheet = tables(page.bytes())[0]
    assert texts(sheet)[:2] == [
        ["", *["2019/20"] * 3, *["2020/21"] * 3],
        ["Offence", "Male", "Female", "Total", "Male", "Female", "Total"],
    ]
    assert [cell.is_continued for cell in sheet.rows[0]] == [False, False, True, True, False, True, True]


def test_a_label_that_nearly_reaches_its_figure_stays_apart_from_it() -> None:
    page = PdfWriter()
    label = "Sexual assault on a female child under thirteen"
    figure = 50 + text_width(label) + 5
    rows = [(label, "12"), ("Rape", "3"), ("Arson", "4"), (label, "5")]
    lines(page, [[(50, "Offence"), (figure, "n")], *([(50, a), (figure, b)] for a, b in rows)])
    assert only_table(page.bytes()) == [["Offence", "n"], *map(list, rows)]


def test_tables_below_each_other_are_several_with_their_captions() -> None:
    printer = Printer()
    for caption in ("By offence", "By outcome"):
        printer.line(caption, gap=3)
        printer.table(
            [["Group", "2019", "2020"], ["Rape", "1", "2"], ["Arson", "3", "4"]], Style([150, 50, 50])
        )
        printer.y += 8
    assert [sheet.caption for sheet in tables(printer.bytes())] == ["By offence", "By outcome"]


def test_a_ruled_and_an_unruled_table_are_counted_in_reading_order() -> None:
    grid = [["Group", "2019"], ["Rape", "1"], ["Arson", "3"]]
    printer = Printer()
    for caption, rules in (("First", "none"), ("Second", "all"), ("Third", "none")):
        printer.line(caption, gap=4)
        printer.table(grid, Style([150, 50], rules))
        printer.y += 10
    assert [(sheet.name, sheet.caption, sheet.rows[0][0].locator) for sheet in tables(printer.bytes())] == [
        ("table 1", "First", "p1 table 1 row 1 col 1"),
        ("table 2", "Second", "p1 table 2 row 1 col 1"),
        ("table 3", "Third", "p1 table 3 row 1 col 1"),
    ]


def test_lists_and_loosely_set_prose_are_no_tables() -> None:
    page = PdfWriter()
    page.text(545, 60, "Police Headquarters", align="right")
    page.text(545, 73, "Church Lane", align="right")
    for number in range(3):
        page.text(50, 100 + 14 * number, f"{number + 1}.")
        page.text(
            75, 100 + 14 * number, "How many crimes were recorded that name the site in the crime text?"
        )
    words = "the force does not hold the information in a form from which it can be retrieved by a search"
    for row in range(5):
        x = 50.0
        for word in words.split()[row : row + 11]:
            page.text(x, 200 + 12 * row, word)
            x += text_width(word) + 8.5
    page.text(50, 300, "2009 : 17")
    page.text(50, 313, "2010 : 23")
    assert tables(page.bytes()) == []


def test_columns_of_preformatted_lines_are_set_apart_by_their_spaces() -> None:
    """Each line is printed by one instruction, with runs of spaces in it."""
    page = PdfWriter()
    rows = [["", "2018", "2019"], ["Violence against the person", "88", "61"], ["Theft", "54", "<5"]]
    for number, (label, first, second) in enumerate(rows):
        page.text(60, 100 + 13 * number, f"{label:<30}{first:>8}{second:>8}", font="mono")
    page.text(60, 180, "We hold it.  See below, where two spaces stand after a full stop.", font="mono")
    assert only_table(page.bytes()) == rows


@pytest.mark.parametrize("rule", ["-" * 60, "=" * 60, "-" * 20 + " " + "-" * 10])
def test_a_rule_typed_as_text_parts_no_table(rule: str) -> None:
    page = PdfWriter()
    rows = [["Class", "2019", "2020"], [rule], ["Stalking", "12", "15"], ["Harassment", "31", "40"], [rule],
            ["All classes", "43", "55"]]  # fmt: skip
    lines(page, [list(zip((60, 250, 320), row, strict=False)) for row in rows])
    assert only_table(page.bytes()) == [row for row in rows if len(row) > 1]
