"""Cells that hold more than a bare number, and numbers that must not be read."""

from __future__ import annotations

import pytest

from tests.unit.layouts import codes, figures, sheet, table

TWO_SYSTEMS = {
    "layout": "list",
    "find": {"starts": "2022:"},
    "item": ["period", "value"],
    "value_written": "{value} ({other:record_system})",
}


def test_two_record_systems_in_one_cell_are_two_figures() -> None:
    lines = sheet("2022: 396", "2023: 92 (Qlikview) 33 (Niche)", "2024: 1,055 (Niche)", "end")
    assert figures(table(**TWO_SYSTEMS), lines) == [
        ({"period": "2022"}, "396"),
        ({"period": "2023", "other:record_system": "Qlikview"}, "92"),
        ({"period": "2023", "other:record_system": "Niche"}, "33"),
        ({"period": "2024", "other:record_system": "Niche"}, "1,055"),
    ]


@pytest.mark.parametrize("cell", ["92 (Qlikview", "about 92 (Qlikview)", "92 (Qlikview) 33", "92 (2 Niche)"])
def test_a_cell_is_understood_to_its_end_or_not_at_all(cell: str) -> None:
    assert codes(table(**TWO_SYSTEMS), sheet("2022: 396", f"2023: {cell}")) == [("not_a_number", "r2c1")]


def test_a_percentage_beside_the_number_is_left_out() -> None:
    crosstab = table(
        layout="crosstab",
        find={"header": ["Outcome", "2023"]},
        row_headings=["outcome"],
        column_headings=["period"],
        value_written="{value} ({ignore})",
    )
    grid = sheet("Outcome | 2023", "Charged | 12 (5.1%)", "Cautioned | <5 (2%)", "Other |")
    assert [value for _, value in figures(crosstab, grid)] == ["12", "<5", ""]


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("({other:system})", "{value} exactly once"),
        ("{value2} ({other:system})", "{value} exactly once"),
        ("{value} ({other:system2})", "needs no number"),
        ("{value} ({hospital})", "is not a role"),
    ],
)
def test_the_form_of_a_value_is_checked(written: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint.replace("{", r"\{")):
        table(**TWO_SYSTEMS | {"value_written": written})


@pytest.mark.parametrize(
    ("line", "label", "value"),
    [
        ("Making/Taking26", "Making/Taking", "26"),
        ("Facebook 1,261", "Facebook", "1,261"),
        ("s.15A offences<5", "s.15A offences", "<5"),
        ("Under 16s7", "Under 16s", "7"),
        ("Distribution*", "Distribution", "*"),
    ],
)
def test_a_number_glued_to_its_label(line: str, label: str, value: str) -> None:
    glued = table(layout="list", find={"after": "Total"}, item=["offence", "value"], separator="")
    assert figures(glued, sheet("Total", line)) == [({"offence": label}, value)]


def test_a_number_word_is_not_cut_off_its_label() -> None:
    glued = table(layout="list", find={"after": "Total"}, item=["platform", "value"], separator="")
    assert codes(glued, sheet("Total", "Smartphone")) == [("list_not_found", "r2c1")]


def test_one_number_merged_over_two_years_is_not_counted_twice() -> None:
    grid = sheet("Offence | 2022 | 2023", "Theft | 7 | 7", merged="7")
    crosstab = table(
        layout="crosstab",
        find={"header": ["Offence", "2022", "2023"]},
        row_headings=["offence"],
        column_headings=["period"],
    )
    assert codes(crosstab, grid) == [("merged_value", "r2c3")]


def test_a_number_below_an_empty_heading_is_not_dropped() -> None:
    crosstab = table(
        layout="crosstab",
        find={"header": ["Offence", "2022", ""]},
        row_headings=["offence"],
        column_headings=["period"],
    )
    assert codes(crosstab, sheet("Offence | 2022 | ", "Theft | 7 | 8")) == [
        ("number_without_heading", "r2c3")
    ]
    assert figures(crosstab, sheet("Offence | 2022 | ", "Theft | 7 | ")) == [
        ({"offence": "Theft", "period": "2022"}, "7")
    ]


def test_a_minus_sign_is_read_only_where_the_table_is_declared_as_signed() -> None:
    counts = {
        "layout": "counts",
        "find": {"header": ["Outcome", "Offences"]},
        "columns": {"Outcome": "outcome", "Offences": "value"},
    }
    grid = sheet("Outcome | Offences", "0 | -6", "1 | 3")
    assert codes(table(**counts), grid) == [("not_a_number", "r2c2")]
    assert figures(table(**counts, signed=True), grid) == [({"outcome": "0"}, "-6"), ({"outcome": "1"}, "3")]
    assert codes(table(**counts, signed=True), sheet("Outcome | Offences", "0 | 6-")) == [
        ("not_a_number", "r2c2")
    ]
