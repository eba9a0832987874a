"""Where a table stands: cells one to a line, and a table whose last line has another shape."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.unit.layouts import codes, figures, sheet, table
from tests.unit.test_extract import extracted, values

STACKED: dict[str, Any] = {
    "layout": "counts",
    "find": {"header": ["Year", "Offence", "Number"], "stacked": True, "until": "Call 101"},
    "columns": {"Year": "period", "Offence": "offence", "Number": "value"},
}
PAGE = ("Answer", "Year", "Offence", "", "Number", "2022", "Theft", "5", "2023", "Theft", "1,207", "Call 101")


def test_one_table_cell_to_a_line() -> None:
    assert figures(table(**STACKED), sheet(*PAGE)) == [
        ({"period": "2022", "offence": "Theft"}, "5"),
        ({"period": "2023", "offence": "Theft"}, "1,207"),
    ]


def test_a_stacked_crosstab_with_its_locators() -> None:
    crosstab = table(
        layout="crosstab",
        find={"header": ["Offence", "2022", "2023"], "stacked": True},
        row_headings=["offence"],
        column_headings=["period"],
    )
    lines = sheet("Offence", "2022", "2023", "Theft", "5", "*", "Fraud", "7", "8")
    told = figures(crosstab, lines)
    assert told[1] == ({"offence": "Theft", "period": "2023"}, "*")
    assert [value for _, value in told] == ["5", "*", "7", "8"]


def test_a_blank_cell_in_a_stacked_table_is_an_error_not_a_shift() -> None:
    without_a_number = tuple(line for line in PAGE if line != "5")
    assert codes(table(**STACKED), sheet(*without_a_number)) == [("stack_uneven", "find.stacked")]
    even = (
        *PAGE[:5],
        "2022",
        "Theft",
        "2023",
        "Theft",
        "2024",
        "Theft",
        "Call 101",
    )  # as many lines as two rows have
    assert {code for code, _ in codes(table(**STACKED), sheet(*even))} == {"not_a_number"}


def test_a_stacked_table_has_one_cell_to_a_line() -> None:
    rows = (*PAGE[:5], "2022 | Theft", "5", "Call 101")
    assert codes(table(**STACKED), sheet(*rows)) == [("stack_uneven", "find.stacked")]


def test_a_closing_line_of_another_shape_is_numbered_on(tmp_path: Path) -> None:
    letter = "Year\tNumber\n2021\t14\n2022\t16\n\nTwo-year total, all sites: 30\n\nOf these 5 were theft.\n"
    counts = {
        "name": "by_year", "layout": "counts", "find": {"header": ["Year", "Number"], "until": "Two-year"},
        "columns": {"Year": "period", "Number": "value"},
    }  # fmt: skip
    closing = {
        "name": "closing", "layout": "statement", "continues": "by_year", "text": "{period} total, {platform}: {value}",
        "total_figures": {1: ["period"]},
        "reads_as": [{"role": "period", "text": "Two-year", "means": "2021 to 2022", "figure": 1}],
    }  # fmt: skip
    theft = {"name": "theft", "layout": "statement", "text": "Of these {value} were {offence}."}
    result = extracted(tmp_path, counts, closing, theft, document=letter)
    assert result.problems == []
    assert values(result, "table_name", "table_no", "row_no", "value_text", "is_total") == [
        ("by_year", 1, 1, "14", False),
        ("by_year", 1, 2, "16", False),
        ("by_year", 1, 3, "30", True),
        ("theft", 2, 1, "5", False),
    ]
    assert [row["table_name"] for row in result.tables["tables"]] == ["by_year", "theft"]
    (reading,) = result.tables["readings"]
    assert (reading["table_no"], reading["row_no"]) == (1, 3)
