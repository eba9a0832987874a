"""Markers among the numbers of a table: what the document says of them, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.drafted import drafted, figures_of

TABLE = "Kent Police (invented for a test)\n\nStalking offences\n\nSite\t2018\t2019\nKik\t{}\t4\nFacebook\t9\t7\n\n"


@pytest.mark.parametrize(
    ("marker", "sentence", "field", "declared"),
    [
        ("*", "* = 1 or 2, Section 40(2).", "suppressed", {"*": [1, 2]}),
        ("-", "A new system began in 2019; no figures for 2018 (-).", "not_held", ["-"]),
        ("-", "- Kik was not in use before 2019.", "not_held", ["-"]),
        ("-", "A dash shows that no offence named the site.", "nil", ["-"]),
        ("Not held", "", "not_held", ["Not held"]),
        ("*", "* withheld under Sections 31 and 40.", "withheld", ["*"]),
        ("-", "- Kik was not in use before 2019.\n- Searched by hand.", "not_held", None),
    ],
)
def test_a_marker_means_what_the_document_says(marker: str, sentence: str, field: str, declared: Any) -> None:
    found = drafted(TABLE.format(marker) + sentence + "\n")
    assert found.tables[0].fields.get(field) == declared
    assert len(found.tables[0].rows) == 4


@pytest.mark.parametrize(
    ("marker", "sentence", "field", "declared"),
    [
        ("-", "Key: - none. Figures are those at 4 March 2024.", "nil", ["-"]),
        ("n/a", "", "not_held", ["n/a"]),
        ("Not recorded", "", "not_held", ["Not recorded"]),
    ],
)
def test_a_key_and_a_word_in_the_cell_tell_why_there_is_no_number(
    marker: str, sentence: str, field: str, declared: Any
) -> None:
    found = drafted(TABLE.format(marker) + sentence + "\n")
    assert found.tables[0].fields.get(field) == declared
    assert len(found.tables[0].rows) == 4


def test_a_list_of_pairs_goes_on_where_a_number_is_withheld() -> None:
    page = (
        "<p>Stalking offences in 2020 by site:</p><table><tr><td>Facebook</td><td>19</td></tr>"
        "<tr><td>Kik</td><td>Withheld s.40(2)</td></tr><tr><td>Snapchat</td><td>6</td></tr></table>"
    )
    found = drafted(page, name="letter.html")
    assert figures_of(found, "platform") == [
        ("19", "Facebook"), ("Withheld s.40(2)", "Kik"), ("6", "Snapchat"),
    ]  # fmt: skip
    assert found.tables[0].fields["withheld"] == ["Withheld s.40(2)"]


@pytest.mark.parametrize(
    ("cell", "below", "expected"),
    [
        ("13(2)", "(2) One of these was transferred.", ["13", "4", "9", "7"]),
        ("13 (2)", "(1) Of 2019. (2) One of these was transferred.", ["13", "4", "9", "7"]),
        ("13[2]", "[2] One of these was transferred.", ["13", "4", "9", "7"]),
        ("13(2)", "(1) Of 2019.", ["4", "7"]),
        ("13(2)", "", ["4", "7"]),
    ],
)
def test_a_footnote_sign_is_told_from_the_number(cell: str, below: str, expected: list[str]) -> None:
    found = drafted(TABLE.format(cell) + below + "\n")
    assert [row[0] for row in figures_of(found)] == expected


def test_a_raised_digit_is_no_part_of_its_number() -> None:
    page = (
        "<p>Stalking offences by site</p><table><tr><th>Site</th><th>2018</th></tr><tr><td>Kik</td>"
        "<td>4<sup>1</sup></td></tr><tr><td>Facebook</td><td>9</td></tr></table><p><sup>1</sup> One is open.</p>"
    )
    found = drafted(page, name="letter.html")
    assert figures_of(found, "platform") == [("4", "Kik"), ("9", "Facebook")]
