"""What a document says of its own figures keeps them from being read as more. All texts are invented."""

from __future__ import annotations

import pytest

from ingest.draft.periods import period_of
from tests.unit.drafted import drafted, figures_of

LETTER = "Kent Police (invented)\n\nCrimes that mention social media in 2018\n\n"
LINES = "Facebook: 3,560 crimes\n\nKik: 401 crimes\n\n"


@pytest.mark.parametrize(
    ("said", "is_read"),
    [
        ("The crime system was searched.", True),
        ("These are keyword results.", False),
        ("They should not be taken as crimes committed by way of the site.", False),
        ("The numbers are search results and not crimes.", False),
    ],
)
def test_results_of_a_search_are_no_crimes(said: str, is_read: bool) -> None:
    found = drafted(f"{LETTER}{LINES}{said}\n")
    assert figures_of(found, "platform") == ([("3,560", "Facebook"), ("401", "Kik")] if is_read else [])
    assert is_read or any("results of a search" in entry.reason for entry in found.left)


@pytest.mark.parametrize(("note", "is_read"), [("(provisional)", True), ("(only some weeks)", False)])
def test_a_note_beside_a_number_may_narrow_it(note: str, is_read: bool) -> None:
    text = f"Kent Police (invented)\n\nArrests for stalking\n2017   28\n2018   26\n2019   9 {note}\n"
    assert bool(figures_of(drafted(text), "period")) is is_read


def test_a_row_that_counts_something_else_keeps_its_table_out() -> None:
    table = "Year\tMeasure taken\tNumber\n2018\tRecorded crimes\t46\n2018\tof which solved\t6\n2018\tVictims\t12\n"
    assert figures_of(drafted(f"Kent Police (invented)\n\nCrimes on social media\n\n{table}")) == []


def test_where_a_question_counts_nothing_the_questions_before_it_say_what_is_counted() -> None:
    text = (
        "Kent Police (invented)\n\nQ1 How many offences of stalking did you record in 2017 and 2018?\n\nA1 31\n\n"
        "Q2 On which site was the message sent?\n\nA2\n\nSite\t2017\t2018\nFacebook\t15\t17\nKik\t3\t5\n\n"
        "Q3 In how many cases was the victim a teacher?\n\nA3 Not held.\n"
    )
    found = figures_of(drafted(text), "measure", "platform")
    assert ("15", "offences", "Facebook") in found
    assert ("5", "offences", "Kik") in found


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Quarter ending June 2022", "2022-04-01", "2022-06-30"),
        ("the six months to 30 September 2019", "2019-04-01", "2019-09-30"),
        ("Nov19-Oct20", "2019-11-01", "2020-10-31"),
    ],
)
def test_months_up_to_a_day(text: str, first: str, last: str) -> None:
    period = period_of(text)
    assert period is not None
    assert (str(period.first), str(period.last)) == (first, last)


def test_a_dotted_list_is_a_list() -> None:
    text = "Kent Police (invented)\n\nStalking offences in 2018 by site\nFacebook ........ 7\nKik ............. 11\n"
    assert figures_of(drafted(text), "platform") == [("7", "Facebook"), ("11", "Kik")]


def test_a_list_may_have_its_figures_in_brackets() -> None:
    text = (
        "Kent Police (invented)\n\nStalking offences in 2018 by site\n\n"
        " - Facebook (7)\n - Kik (11)\n - Snapchat (fewer than 5)\n\nCall 101 (24 hours).\n"
    )
    expected = [("7", "Facebook"), ("11", "Kik"), ("fewer than 5", "Snapchat")]
    assert figures_of(drafted(text), "platform") == expected
