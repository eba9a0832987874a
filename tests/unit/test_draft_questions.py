"""Which answer belongs to which question, and what a question keeps from being read. All texts are invented."""

from __future__ import annotations

import pytest

from ingest.cells import begins_with
from tests.unit.drafted import drafted, figures_of

HEAD = "Kent Police,Disclosure log (invented for a test)\nReference,FOI 018/13\n"
CSV = (
    f"{HEAD}Question 1,\"Crimes that mention Facebook, each year 2016-2017\"\nQuestion 2,As question 1 but for Kik\n"
    "Question 3,\"Recorded crimes of every kind, same years\"\n\n1\nYear,Crimes\n2016,17\n2017,33\n\n"
    "2\n2016,1\n2017,0\n\n3\n2016,\"107,982\"\n2017,\"93,582\"\n"
)  # fmt: skip


def test_bare_numbers_tell_which_question_a_table_answers() -> None:
    assert figures_of(drafted(CSV, name="letter.csv"), "period", "platform") == [
        ("17", "2016", "Facebook"),
        ("33", "2017", "Facebook"),
        ("1", "2016", "Kik"),
        ("0", "2017", "Kik"),
        ("107,982", "2016", ""),
        ("93,582", "2017", ""),
    ]


def test_a_list_of_a_question_nobody_knows_is_of_no_other() -> None:
    text = (
        "Kent Police (invented)\n\nQuestion 2 Offences of stalking each year\n\nAnswers\n\n"
        "Question 1\n\n2016: 5\n2017: 6\n\nQuestion 2\n\n2016: 9\n2017: 8\n"
    )
    expected = [("9", "2016", "stalking"), ("8", "2017", "stalking")]
    assert figures_of(drafted(text), "period", "offence") == expected


@pytest.mark.parametrize(
    ("caption", "offence"),
    [("Stalking", "stalking"), ("Total recorded crimes", ""), ("Offences of every kind", "")],
)
def test_all_crime_is_no_offence_of_the_question(caption: str, offence: str) -> None:
    text = (
        "Kent Police (invented)\n\nHow many stalking offences were there, and how many crimes?\n\nResponse\n\n"
        f"{caption}\n\nYear\tOffences\n2016\t41\n2017\t57\n"
    )
    assert figures_of(drafted(text), "offence") == [("41", offence), ("57", offence)]


def test_a_number_that_looks_like_a_code_is_one_only_where_the_vocabulary_knows_it() -> None:
    text = "Crimes and Facebook - 018/13 (invented)\n\nKent recorded 57 crimes mentioning Facebook in 2012.\n"
    (table,) = drafted(text).tables
    assert "offence" not in table.fields.get("given", {})


def test_facts_about_the_document_are_no_table() -> None:
    text = (
        "Stalking offences (invented)\n\nDate of extract\t2 May 2023\nContact\t101\nExtension\t4417\n\n"
        "Year\tOffences\n2016\t41\n2017\t57\n"
    )
    assert figures_of(drafted(text), "period") == [("41", "2016"), ("57", "2017")]


@pytest.mark.parametrize(
    ("line", "text", "begins"),
    [
        ("2 Snapchat", "2", True),
        ("2", "2", True),
        ("2017/18 14", "2", False),
        ("Totals of all", "Total", False),
        ("TOTAL:  14", "Total:", True),
    ],
)
def test_a_line_begins_with_whole_words(line: str, text: str, begins: bool) -> None:
    assert begins_with(line, text) is begins


def test_two_offences_joined_in_a_title_are_not_the_first_of_them() -> None:
    text = (
        "Stalking and blackmail with a website in the text (invented)\n\nYear\tCrimes\n2016\t41\n2017\t57\n"
    )
    assert figures_of(drafted(text), "offence") == [("41", ""), ("57", "")]
