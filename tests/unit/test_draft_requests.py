"""Requests in one paragraph, what their questions count, and records of a refusal that would have to be read."""

from __future__ import annotations

import pytest

from ingest.draft.inline_questions import inline_questions
from tests.unit.drafted import drafted, figures_of

ASKED = "Request: 1. Stalking offences by app, by year. 2. Number of suspects aged under 18.\n\n"
TABLE = "1.\n\nApp\t2018\t2019\nFacebook\t40\t52\nKik\t3\t9\n"


def test_questions_in_one_paragraph_are_told_apart() -> None:
    assert inline_questions(ASKED.strip()) == {
        "1": "1. Stalking offences by app, by year.",
        "2": "2. Number of suspects aged under 18.",
    }


@pytest.mark.parametrize(
    "text", ["Request: 2. Offences 3. Arrests", "1. Offences in 2018", "about 1.5 and 2.5 times"]
)
def test_numbers_that_do_not_count_questions_split_nothing(text: str) -> None:
    assert inline_questions(text) == {}


def test_a_table_counts_what_its_own_question_asks_for() -> None:
    assert figures_of(drafted(ASKED + TABLE), "measure", "platform")[0] == ("40", "offences", "Facebook")


def test_a_table_does_not_count_what_another_question_asks_for() -> None:
    asked = ASKED.replace("Stalking offences by app", "A list of the apps, with figures")
    assert figures_of(drafted(asked + TABLE), "measure") == []


@pytest.mark.parametrize(
    "refusal",
    [
        "A keyword search of 2019 returned 1,204 crimes, each of which would need a manual review.",
        "This search brought up 1,204 crimes.",
        "There were 1,204 crimes identified in 2019, and each of these would have to be read.",
    ],
)
def test_records_that_would_have_to_be_read_are_results_of_a_search(refusal: str) -> None:
    assert figures_of(drafted(f"Kent Police\n\nResponse\n\n{refusal}\n"), "measure") == [
        ("1,204", "search_hits")
    ]


def test_a_figure_above_a_heading_gives_the_table_below_no_period() -> None:
    scope = "Scope: stalking offences, April 2015 to March 2018.\n\nIn 2017/18: 247\n\n"
    text = f"{scope}Platform named\n\nApp\tn\nFacebook\t302\nKik\t71\n"
    found = [row for row in figures_of(drafted(text), "period", "platform") if row[2]]
    assert found == [
        ("302", "2015-04-01 to 2018-03-31", "Facebook"),
        ("71", "2015-04-01 to 2018-03-31", "Kik"),
    ]


@pytest.mark.parametrize(
    ("place", "is_read"), [("Dartford", False), ("Kent", True), ("the town of Margate", False)]
)
def test_a_place_in_the_question_makes_its_answer_a_part(place: str, is_read: bool) -> None:
    asked = f"You asked:\n\nHow many stalking offences were there in {place} in 2019?\n\n"
    text = f"{asked}Response\n\n31 offences were recorded.\n"
    assert bool(figures_of(drafted(text))) is is_read
