"""Tables side by side on one sheet, and cells of a table on lines of their own."""

from __future__ import annotations

import io

import openpyxl
import pytest

from ingest.draft import Asked, Draft, draft
from ingest.readers import read_bytes
from ingest.tables import Find
from tests.unit.drafted import VOCABULARY, drafted, figures_of


def _workbook(*rows: list[str | int | None]) -> Draft:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    data = io.BytesIO()
    book.save(data)
    return draft(read_bytes(data.getvalue(), "book.xlsx"), VOCABULARY, Asked("kent", "invented"))


def test_two_tables_in_the_same_rows_are_read_apart() -> None:
    found = _workbook(
        ["Kent Police (invented for a test)"],
        [],
        ["Stalking offences", None, None, None, "Victims of stalking"],
        ["Site", "2018", "2019", None, "Sex", "2018", "2019"],
        ["Kik", 4, 6, None, "Female", 9, 8],
        ["Snapchat", 2, 3, None, "Male", 1, 0],
        ["WhatsApp", 5, 7],
    )
    assert [table.fields["find"].get("beside") for table in found.tables] == [True, True]
    assert figures_of(found, "platform", "measure", "victim_sex")[:2] == [
        ("4", "Kik", "offences", ""),
        ("6", "Kik", "offences", ""),
    ]
    assert figures_of(found, "period", "measure", "victim_sex")[6:] == [
        ("9", "2018", "victims", "Female"),
        ("8", "2019", "victims", "Female"),
        ("1", "2018", "victims", "Male"),
        ("0", "2019", "victims", "Male"),
    ]


def test_the_same_headings_beside_each_other_are_told_by_number() -> None:
    found = _workbook(
        ["Kent Police (invented for a test)"],
        [],
        ["Stalking offences", None, None, "Blackmail offences"],
        ["Year", "Number", None, "Year", "Number"],
        ["2018", 4, None, "2018", 9],
        ["2019", 6, None, "2019", 8],
    )
    assert figures_of(found, "offence") == [
        ("4", "Stalking"),
        ("6", "Stalking"),
        ("9", "Blackmail"),
        ("8", "Blackmail"),
    ]


def test_a_blank_column_inside_one_table_sets_nothing_apart() -> None:
    found = _workbook(
        ["Stalking offences in Kent (invented)"],
        [],
        ["Site", "2018", None, "2019", "2020"],
        ["Kik", 4, None, 6, 7],
    )
    assert not any("beside" in table.fields["find"] for table in found.tables)


def test_beside_needs_headings() -> None:
    with pytest.raises(ValueError, match="beside needs header"):
        Find(after="Table 1", beside=True)


def test_a_long_label_does_not_go_on_in_the_number_below_it() -> None:
    label = "Sexual communication with a child of whatever age it was"
    text = f"Kent Police (invented)\n\nSexual offences recorded\n\nOffence\n2018\n2019\n{label}\n4\n6\nStalking\n2\n3\n"
    assert ("4", "2018", label) in figures_of(drafted(text), "period", "offence")
