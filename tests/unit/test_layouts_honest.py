"""Rows that a layout could take for something else are told, with their place. All data is invented."""

from __future__ import annotations

import pytest

from tests.unit.layouts import codes, figures, laid_out, sheet, table

CROSSTAB = {
    "layout": "crosstab",
    "find": {"header": ["Offence", "2019", "2020"]},
    "row_headings": ["offence"],
    "column_headings": ["period"],
}
COUNTS = {
    "layout": "counts",
    "find": {"header": ["Year", "Number"]},
    "columns": {"Year": "period", "Number": "value"},
}
LIST = {
    "layout": "list",
    "find": {"after": "We hold:"},
    "item": ["period", "value"],
    "separator": ":",
}
HEADINGS = "Offence|2019|2020"


def test_a_crosstab_row_without_heading_is_an_error() -> None:
    rows = sheet(HEADINGS, "Rape|1|2", "|3|4")
    assert codes(table(**CROSSTAB), rows) == [("row_without_heading", "r3c2")]
    assert [figure.value_text for figure in laid_out(table(**CROSSTAB), rows).figures] == ["1", "2"]


def test_a_counts_row_without_heading_is_an_error() -> None:
    assert codes(table(**COUNTS), sheet("Year|Number", "2019|1", "|3")) == [("row_without_heading", "r3c2")]


def test_the_word_of_a_total_that_is_not_declared_is_a_warning() -> None:
    rows = sheet(HEADINGS, "Rape|1|2", "Grand Total|1|2")
    (misfit,) = laid_out(table(**CROSSTAB), rows).misfits
    assert (misfit.code, misfit.place, misfit.severity) == ("undeclared_total", "r3c2", "warning")
    assert codes(table(**CROSSTAB, totals=["Grand Total"]), rows) == []
    assert codes(table(**CROSSTAB, plays={"Grand Total": "offence"}), rows) == []
    assert codes(table(**COUNTS), sheet("Year|Number", "2019|1", "Total|1")) == [("undeclared_total", "r3c2")]


def test_a_word_that_only_begins_as_a_total_does_is_none() -> None:
    assert codes(table(**CROSSTAB), sheet(HEADINGS, "All other offences|1|2", "Total loss frauds|1|2")) == []


@pytest.mark.parametrize(
    "text",
    ["Total:", "Total offences", "Grand total for all sites", "Sub-totals", "All", "Any", "Both years", "Sum of these",
     "Overall", "Offences (all ages)", "Crimes on any platform"],
)  # fmt: skip
def test_whatever_reads_as_a_total_is_told(text: str) -> None:
    rows = sheet(HEADINGS, "Rape|1|2", f"{text}|1|2")
    assert codes(table(**CROSSTAB), rows) == [("undeclared_total", "r3c2")]
    assert codes(table(**CROSSTAB, totals=[text]), rows) == []
    read = {"role": "offence", "text": text, "means": "88A"}
    assert codes(table(**CROSSTAB, reads_as=[read]), rows) == []
    lines = sheet("We hold:", "2009: 17", f"{text.rstrip(':')}: 17")
    assert codes(table(**LIST), lines) == [("undeclared_total", "r3c1")]


@pytest.mark.parametrize(
    "text", ["Any other offence", "All others", "Summer fair", "Anyone charged", "Not at all"]
)
def test_what_only_sounds_like_a_total_is_none(text: str) -> None:
    assert codes(table(**CROSSTAB), sheet(HEADINGS, "Rape|1|2", f"{text}|1|2")) == []


def test_rows_that_print_the_same_labels_are_told() -> None:
    counts = COUNTS | {
        "find": {"header": ["Year", "Site", "Ward", "Number"]},
        "columns": {"Year": "period", "Site": "platform", "Ward": "ignore", "Number": "value"},
    }
    rows = sheet("Year|Site|Ward|Number", "2021|Kik|A|10", "2021|kik |A|10", "2021|Kik|B|10", "2022|Kik|A|10")
    (misfit,) = laid_out(table(**counts), rows).misfits
    assert (misfit.code, misfit.place, misfit.severity) == ("repeated_row", "r3c4", "warning")
    assert "after r2c4" in misfit.found
    assert codes(table(**CROSSTAB), sheet(HEADINGS, "Rape|1|2", "Theft|1|2", "Rape|3|4")) == [
        ("repeated_row", "r4c1")
    ]
    assert codes(table(**LIST), sheet("We hold:", "2009: 17", "2010: 17", "2009: 18")) == [
        ("repeated_row", "r4c1")
    ]


def test_a_section_of_a_crosstab_without_rows_is_an_error() -> None:
    declared = table(**CROSSTAB, sections="platform")
    rows = sheet(HEADINGS, "Facebook||", "Rape|1|2", "Robbery||", "Snapchat||", "Rape|3|4", "Theft||")
    assert codes(declared, rows) == [("section_without_rows", "r4c1"), ("section_without_rows", "r7c1")]


def test_a_list_that_goes_on_after_its_end_is_a_warning() -> None:
    declared = table(**LIST)
    rows = sheet("We hold:", "2009: 17", "2010: not yet counted", "of which some: 2", "", "2011: 18")
    (first, *more) = laid_out(declared, sheet("We hold:", "2009: 17", "and in the year", "2011: 18")).misfits
    assert (first.code, first.place, first.severity, more) == ("list_cut_short", "r4c1", "warning", [])
    assert ("not_a_number", "r3c1") in codes(declared, rows)
    ended = table(**(LIST | {"find": {"after": "We hold:", "until": "and in"}}))
    assert codes(ended, sheet("We hold:", "2009: 17", "and in the year", "2011: 18")) == []


def test_a_list_followed_by_prose_is_whole() -> None:
    rows = sheet("We hold:", "2009: 17", "", "Yours sincerely", "Our reference: see above")
    assert figures(table(**LIST), rows) == [({"period": "2009"}, "17")]
