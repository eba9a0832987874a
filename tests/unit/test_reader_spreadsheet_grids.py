"""Any grid written as a workbook reads back the same, and so do the given documents."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.cells import Sheet
from ingest.readers import Unreadable, spreadsheet
from tests.support.workbooks import found, xlsx

SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared folder of third-party documents is not there"
)

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
