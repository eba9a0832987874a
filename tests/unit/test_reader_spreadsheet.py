"""Workbooks read as a person sees them in a spreadsheet program; ods, xls and xlsb have their own file."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.cells import Sheet
from ingest.readers import Unreadable, spreadsheet

SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared folder of third-party documents is not there"
)


def xlsx(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    workbook = openpyxl.Workbook()
    fill(workbook)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def xlsx_of(cells: dict[str, object], formats: dict[str, str] | None = None) -> bytes:
    def fill(workbook: openpyxl.Workbook) -> None:
        for where, value in cells.items():
            workbook.active[where] = value
        for where, number_format in (formats or {}).items():
            workbook.active[where].number_format = number_format

    return xlsx(fill)


def found(sheet: Sheet) -> dict[str, str]:
    return {cell.locator: cell.text for cell in sheet.cells() if cell.text}


def repacked(package: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same package with the content of its parts changed."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return written.getvalue()


# ---------------------------------------------------------------- values


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


# ---------------------------------------------------------------- refusals


def test_a_stray_cell_far_away_is_refused_before_memory_runs_out() -> None:
    with pytest.raises(Unreadable, match="stretches from A1 to XFD1048576"):
        spreadsheet.read(xlsx_of({"A1": 1, "XFD1048576": 2}))


def test_an_empty_formatted_cell_far_away_does_no_harm() -> None:
    def fill(workbook: openpyxl.Workbook) -> None:
        workbook.active["A1"] = 1
        workbook.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)

    assert found(spreadsheet.read(xlsx(fill))[0]) == {"Sheet!A1": "1"}


def test_damage_is_refused_in_one_sentence() -> None:
    whole = xlsx_of({f"A{row}": f"label {row}" for row in range(1, 200)})
    for data in (
        whole[: len(whole) // 2],
        b"PK\x03\x04" + b"\0" * 50,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"",
        b"\0\1\2",
    ):
        with pytest.raises(Unreadable, match=r"workbook") as refused:
            spreadsheet.read(data)
        assert "\n" not in str(refused.value)


def test_a_changed_byte_never_passes() -> None:
    whole = xlsx_of({f"A{row}": row * 7 for row in range(1, 400)})
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        entry = package.getinfo("xl/worksheets/sheet1.xml")
        start = entry.header_offset + 30 + len(entry.filename)
    for offset in range(start + 20, start + entry.compress_size - 20, 97):
        damaged = bytearray(whole)
        damaged[offset] ^= 0x10
        with pytest.raises(Unreadable):
            spreadsheet.read(bytes(damaged))


def test_two_parts_of_one_name_are_refused() -> None:
    written = io.BytesIO(xlsx_of({"A1": 1}))
    with zipfile.ZipFile(written, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    with pytest.raises(Unreadable, match="two parts of the same name"):
        spreadsheet.read(written.getvalue())


def test_a_password_is_named_as_the_reason(compound_file: Callable[..., bytes]) -> None:
    data = compound_file({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y" * 100})
    with pytest.raises(Unreadable, match="encrypted"):
        spreadsheet.read(data)


def test_what_only_calls_itself_a_workbook_is_read_as_what_it_is() -> None:
    page = b"<html><body><table><tr><td>Year</td><td>12</td></tr></table></body></html>"
    assert found(spreadsheet.read(page)[1]) == {"table 1 row 1 col 1": "Year", "table 1 row 1 col 2": "12"}
    [sheet] = spreadsheet.read("Year\tOffences\n2021\t13\n".encode("utf-16"))
    assert [cell.text for cell in sheet.rows[1]] == ["2021", "13"]
    with pytest.raises(Unreadable, match="Excel 2003 XML"):
        spreadsheet.read(
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
        )


# ---------------------------------------------------------------- any grid

# Escapes such as _x0041_ are how the format itself writes control characters.
words = st.text(st.characters(exclude_categories=("Cc", "Cn", "Co", "Cs")), max_size=12).filter(
    lambda text: "_x" not in text
)
values = (
    st.none()
    | words
    | st.integers(-(10**14), 10**14)
    | st.booleans()
    | st.integers(-4000, 4000).map(lambda n: n / 8)
)
grids = st.lists(st.lists(values, min_size=1, max_size=6), min_size=1, max_size=8)


def as_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return (
        ""
        if value is None
        else str(value).strip().removesuffix(".0")
        if not isinstance(value, str)
        else value.strip()
    )


@settings(max_examples=80, deadline=None)
@given(grid=grids, first_row=st.integers(1, 300), first_column=st.integers(1, 60))
def test_any_grid_written_as_xlsx_reads_back_the_same(
    grid: list[list[object]], first_row: int, first_column: int
) -> None:
    expected: dict[str, str] = {}

    def fill(workbook: openpyxl.Workbook) -> None:
        for down, row in enumerate(grid):
            for across, value in enumerate(row):
                cell = workbook.active.cell(first_row + down, first_column + across)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"  # not a formula, even where it starts with =
                if as_text(value):
                    expected[f"Sheet!{cell.coordinate}"] = as_text(value)

    [sheet] = spreadsheet.read(xlsx(fill))
    assert found(sheet) == expected


# ---------------------------------------------------------------- given documents


def disclosed(folder: str, name: str) -> tuple[list[Sheet], list[dict[str, str]]]:
    place = SHARED / "disclosures" / folder
    with (place / "expected.csv").open(encoding="utf-8", newline="") as expected:
        return spreadsheet.read((place / name).read_bytes()), list(csv.DictReader(expected))


@needs_shared
@pytest.mark.parametrize(
    ("folder", "name"),
    [("multi-force/press-nspcc-2024-south-east", "document.xlsx"), ("west-midlands/9647-16", "document.xls")],
)
def test_every_expected_value_stands_where_it_is_expected(folder: str, name: str) -> None:
    sheets, expected = disclosed(folder, name)
    texts = {cell.locator: cell.text for sheet in sheets for cell in sheet.cells()}
    assert {row["locator"]: row["value_text"] for row in expected} == {
        row["locator"]: texts.get(row["locator"]) for row in expected
    }


@needs_shared
def test_official_workbook_keeps_footnote_digits_and_merged_headers() -> None:
    sheets = spreadsheet.read((SHARED / "samples/ons_police_force_area_tables_mar2018.xlsx").read_bytes())
    counts = next(sheet for sheet in sheets if sheet.name == "Table P1")
    texts = found(counts)
    assert texts["Table P1!B7"] == "ENGLAND AND WALES8"
    assert texts["Table P1!C7"] == "4876282"
    assert texts["Table P1!O5"] == "Residential burglary6,7"
    assert [cell.is_continued for cell in counts.rows[3][4:22]] == [False] + [True] * 17


@needs_shared
def test_hostile_files_are_refused_or_read_without_what_they_hide() -> None:
    traps = SHARED / "disclosures/_traps"
    for name, reason in (
        ("password_protected.xlsx", "encrypted"),
        ("expanding.xlsx", "expands without bound"),
    ):
        with pytest.raises(Unreadable, match=reason):
            spreadsheet.read((traps / name).read_bytes())
    for name in ("hidden_sheet_records.xlsx", "very_hidden_sheet.xlsx", "hidden_rows_columns.xlsx"):
        texts = [
            cell.text for sheet in spreadsheet.read((traps / name).read_bytes()) for cell in sheet.cells()
        ]
        assert "127" in texts
        assert not [text for text in texts if "TRAP" in text]
    assert "19" in found(spreadsheet.read((traps / "html_saved_as.xls").read_bytes())[1]).values()
