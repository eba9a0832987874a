"""Tables drawn with characters in plain text."""

from __future__ import annotations

import pytest

from ingest.readers import text


def cells_of(content: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in text.read(content.encode())[0].rows if row]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (
            "Age of victim    Female    Male\nUnder 10            4        1\n10 to 12           21\n",
            [["Age of victim", "Female", "Male"], ["Under 10", "4", "1"], ["10 to 12", "21", ""]],
        ),
        (
            "Offence      2018   2019\n-------      ----   ----\nStalking       12      9\n",
            [["Offence", "2018", "2019"], ["Stalking", "12", "9"]],
        ),
        ("| A | B |\n|---|--:|\n| x | 1 |\n", [["A", "B"], ["x", "1"]]),
        ("A  1\n\nLonger label     2\nLabel            3\n", [["A  1"], ["Longer label", "2"], ["Label", "3"]]),
        # two blanks after a full stop are a typist's, one line alone is no table
        ("We hold it.  See below.\nThat is all.  Thanks.\n", [["We hold it.  See below."], ["That is all.  Thanks."]]),
        ("Name:   Kent Police\n\nDear requester\n", [["Name:   Kent Police"], ["Dear requester"]]),
        ("A|B\n", [["A|B"]]),
        ("a\tb\n", [["a", "b"]]),
    ],
)  # fmt: skip
def test_columns_that_line_up_are_cells(content: str, rows: list[list[str]]) -> None:
    assert cells_of(content) == rows


def test_the_line_is_the_place() -> None:
    sheet = text.read(b"Letter\n\nA    B\n--   --\nx    1\n")[0]
    assert [cell.locator for row in sheet.rows for cell in row] == [
        "line 1",
        "line 3",
        "line 3",
        "line 5",
        "line 5",
    ]


def test_a_row_whose_cells_fill_their_columns_keeps_them_apart() -> None:
    rows = [
        ["Offence", "2018", "2019"],
        ["Stalking", "less than 5", "7"],
        ["Blackmail", "11", "14"],
        ["Harassment", "24", "38"],
        ["Theft", "more than 200", "more than 320"],
    ]
    lines = [f"{label:<12}{first:>14}{second:>14}\n" for label, first, second in rows]
    assert cells_of("".join(lines)) == rows
    assert cells_of("".join(lines[:2] + lines[4:])) != rows, "three lines line up by chance"


def test_two_words_of_one_label_are_one_cell() -> None:
    rows = [
        ["Crime", "2018"],
        ["Rape", "12"],
        ["Hate", "3"],
        ["Drug", "4"],
        ["Hate crimes", "5"],
        ["Car", "6"],
    ]
    rows[0][0] = "What"
    assert cells_of("".join(f"{label:<16}{number:>8}\n" for label, number in rows)) == rows
