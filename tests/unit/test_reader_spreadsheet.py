"""Workbooks read as a person sees them in a spreadsheet program; ods, xls and xlsb are read in another file."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest

from ingest.readers import spreadsheet
from tests.support.workbooks import found, repacked, xlsx, xlsx_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234, "1234"),
        (1234.0, "1234"),
        (0.125, "0.125"),
        (0.1 + 0.2, "0.3"),
        (-7, "-7"),
        (True, "TRUE"),
        (False, "FALSE"),
        ("1,535", "1,535"),
        ("77, 686", "77, 686"),
        ("007", "007"),
        ("  <5 ", "<5"),
        ("*", "*"),
        ("Burglary6,7", "Burglary6,7"),
        ("Stalking\nand harassment", "Stalking\nand harassment"),
        ("NA", "NA"),
        (datetime.date(2014, 4, 1), "2014-04-01"),
        (datetime.datetime.fromisoformat("2014-04-01T10:30:00"), "2014-04-01T10:30:00"),
        (datetime.time(9, 5), "09:05:00"),
        (datetime.timedelta(hours=30), "30:00:00"),
    ],
)
def test_text_is_what_the_cell_holds(value: object, text: str) -> None:
    [sheet] = spreadsheet.read(xlsx_of({"A1": value}))
    assert found(sheet) == {"Sheet!A1": text}


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("mmm-yy", "Jan-24"),
        ("mmmm yyyy", "January 2024"),
        ("[$-809]mmmm\\ yyyy;@", "January 2024"),
        ("yyyy", "2024"),
        ("d-mmm", "9-Jan"),
        ('"to "mm/yyyy', "to 01/2024"),
        ("mmmmm", "J"),
        ("dd/mm/yyyy", "2024-01-09"),
        ("dddd d mmmm yyyy", "2024-01-09"),
        ("yyyy-mm-dd hh:mm", "2024-01-09"),
    ],
)
def test_a_date_shown_in_part_is_read_as_shown(number_format: str, text: str) -> None:
    data = xlsx_of({"B2": datetime.date(2024, 1, 9), "B3": "x"}, {"B2": number_format})
    [sheet] = spreadsheet.read(data)
    assert found(sheet)["Sheet!B2"] == text


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ('[<5]"<5";0', {3: "<5", 12: "12", 0: "0"}),
        ("[<5]\\*;General", {3: "*", 12: "12"}),
        ('[=1]"*";[=2]"*";#,##0', {1: "*", 2: "*", 3: "3"}),
        (";;;", {7: "", -7: "", "a name": ""}),
        ('0;-0;"-";@', {7: "7", 0: "0", "a name": "a name"}),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', {1234: "1234", -1: "-1", 0: "0"}),
        ('[Red]0" offences"', {4: "4"}),
        ('[>=1000]0,"k";0', {5: "5", 2000: "2000"}),
    ],
)
def test_what_a_number_format_masks_is_not_read(number_format: str, shown: dict[object, str]) -> None:
    cells = {f"A{row}": value for row, value in enumerate(shown, start=1)} | {"B1": "x"}
    [sheet] = spreadsheet.read(xlsx_of(cells, {where: number_format for where in cells if where != "B1"}))
    texts = {cell.locator: cell.text for cell in sheet.cells()}
    assert [texts.get(f"Sheet!A{row}", "") for row in range(1, len(shown) + 1)] == list(shown.values())


def test_numbers_keep_their_stored_value_under_any_number_format() -> None:
    data = xlsx_of({"A1": 0.125, "B1": 4876282}, {"A1": "0.0%", "B1": "#,##0"})
    assert found(spreadsheet.read(data)[0]) == {"Sheet!A1": "0.125", "Sheet!B1": "4876282"}


def test_errors_and_formulas_without_a_result_are_no_blanks() -> None:
    def fill(workbook: openpyxl.Workbook) -> None:
        sheet = workbook.active
        sheet["A1"], sheet["B1"] = "#N/A", '=SUM(A2:A3)&"<"'
        sheet["A1"].data_type = "e"
        sheet["A2"] = 3

    # The second column holds nothing but the formula: it is shown all the same.
    assert found(spreadsheet.read(xlsx(fill))[0]) == {
        "Sheet!A1": "#N/A",
        "Sheet!B1": '=SUM(A2:A3)&"<"',
        "Sheet!A2": "3",
    }


# ---------------------------------------------------------------- grid


def test_locators_are_true_when_the_sheet_does_not_start_at_a1() -> None:
    [sheet] = spreadsheet.read(xlsx_of({"C5": "Year", "D5": "Offences", "C7": "2021", "AA7": 12}))
    assert [len(row) for row in sheet.rows] == [25, 0, 25]
    assert found(sheet) == {"Sheet!C5": "Year", "Sheet!D5": "Offences", "Sheet!C7": "2021", "Sheet!AA7": "12"}
    assert sheet.kind == "table"
    assert sheet.name == "Sheet"


def test_merged_cells_repeat_their_text_as_continued() -> None:
    def fill(workbook: openpyxl.Workbook) -> None:
        sheet = workbook.active
        sheet["A1"], sheet["A2"], sheet["B2"], sheet["C3"] = "Title", "Area", "Numbers", 5
        for merged in ("A1:D1", "A2:A3", "B2:C2", "A5:Z9"):
            sheet.merge_cells(merged)

    [sheet] = spreadsheet.read(xlsx(fill))
    assert [[(cell.text, cell.is_continued) for cell in row] for row in sheet.rows] == [
        [("Title", False), ("Title", True), ("Title", True)],
        [("Area", False), ("Numbers", False), ("Numbers", True)],
        [("Area", True), ("", False), ("5", False)],
    ]
    assert sheet.rows[2][0].locator == "Sheet!A3"


def test_hidden_sheets_rows_and_columns_are_left_out() -> None:
    def fill(workbook: openpyxl.Workbook) -> None:
        sheet = workbook.active
        for row in ("abcd", "efgh", "ijkl"):
            sheet.append(list(row))
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        for name, state in (("Data", "hidden"), ("More", "veryHidden")):
            other = workbook.create_sheet(name)
            other["A1"], other.sheet_state = "secret", state

    sheets = spreadsheet.read(xlsx(fill))
    assert [sheet.name for sheet in sheets] == ["Sheet"]
    assert [[cell.text for cell in row] for row in sheets[0].rows] == [["a", "c", "d"], ["i", "k", "l"]]
    assert sheets[0].rows[1][1].locator == "Sheet!C3"


def test_hidden_rows_are_found_beyond_the_first_piece_of_a_large_sheet() -> None:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("S")
    sheet.row_dimensions[19_990].hidden = True
    for number in range(1, 20_001):
        sheet.append([number, "a label long enough to fill several pieces of a megabyte", "x"])
    written = io.BytesIO()
    workbook.save(written)
    data = repacked(
        written.getvalue(), lambda _, part: part.replace(b'<row r="19990"', b'<row r="19990" hidden="1"')
    )
    rows = spreadsheet.read(data)[0].rows
    assert len(rows) == 19_999
    assert "S!A19990" not in {row[0].locator for row in rows}


def test_tags_with_a_prefix_and_single_quotes_are_understood() -> None:
    def change(name: str, part: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return part
        for tag in (b"worksheet", b"cols", b"col", b"sheetData", b"row", b"c", b"v"):
            for end in (b" ", b">", b"/"):
                part = part.replace(b"<" + tag + end, b"<x:" + tag + end).replace(
                    b"</" + tag + b">", b"</x:" + tag + b">"
                )
        return part.replace(b" xmlns=", b" xmlns:x=").replace(b'"', b"'")

    def fill(workbook: openpyxl.Workbook) -> None:
        for row in ((1, 2, 3), (4, 5, 6), (7, 8, 9)):
            workbook.active.append(row)
        workbook.active.row_dimensions[2].hidden = True
        workbook.active.column_dimensions["C"].hidden = True

    [sheet] = spreadsheet.read(repacked(xlsx(fill), change))
    assert [[cell.text for cell in row] for row in sheet.rows] == [["1", "2"], ["7", "8"]]
