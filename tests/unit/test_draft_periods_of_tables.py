"""Periods among the headings and rows of a table: wholes, years that end early, texts whose days nothing tells."""

from __future__ import annotations

import pytest

from ingest.draft.periods import period_of
from tests.unit.drafted import drafted, figures_of

INVENTED = "Kent Police (invented)\n\n"
HEAD = "Kent Police (invented for a test)\n\nCrimes recorded\n\n"


def test_the_whole_beside_its_years_is_their_total() -> None:
    found = drafted(HEAD + "Offence\t2018\t2019\tTwo years\nStalking\t4\t6\t10\nBlackmail\t2\t3\t5\n")
    rows = {row["value_text"]: row["is_total"] for row in found.tables[0].rows}
    assert rows == {"4": False, "6": False, "10": True, "2": False, "3": False, "5": True}
    assert ("10", "2018-01-01 to 2019-12-31") in figures_of(found, "period")


def test_a_heading_among_years_that_is_none_is_passed_over() -> None:
    found = drafted(HEAD + "Offence\t2018\t2019\tTwo years\nStalking\t4\t6\t11\nBlackmail\t2\t3\t5\n")
    assert found.tables[0].fields["skip"] == ["Two years"]
    assert [row[0] for row in figures_of(found)] == ["4", "6", "2", "3"]
    assert any("Two years" in left.text for left in found.left)


def test_a_row_among_years_that_is_none_keeps_the_table_out() -> None:
    found = drafted(HEAD + "Year\tStalking offences\n2018\t4\n2019\t6\nA while\t12\n")
    assert figures_of(found) == []
    assert any("its days are not told" in left.reason for left in found.left)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2019 (to 31 August)", ("2019-01-01", "2019-08-31")),
        ("2016 to the end of June", ("2016-01-01", "2016-06-30")),
        ("2017, 2018 and 2019 (to 31 August)", ("2017-01-01", "2019-08-31")),
        ("April 2019 to March", ("None", "None")),
    ],
)
def test_a_year_that_ends_early(text: str, days: tuple[str, str]) -> None:
    period = period_of(text)
    assert period is not None
    assert (str(period.first), str(period.last)) == days


def test_an_entry_with_a_date_heads_no_table() -> None:
    found = drafted(
        "Kent Police (invented)\n\nStalking offences in 2018\n\nDate of extract\t2 May 2019\nContact\t101\n"
    )
    assert figures_of(found) == []


def test_the_number_of_a_question_heads_no_rows() -> None:
    text = "Kent Police (invented)\nQuestion 1\tStalking offences by year\n"
    text += "Question 2\tAll crimes of every kind by year\n\n"
    text += "1\nYear\tOffences\n2018\t4\n2019\t6\n\n2\n2018\t904\n2019\t906\n"
    found = drafted(text)
    assert ("4", "2018", "Stalking") in figures_of(found, "period", "offence")
    assert ("904", "2018", "") in figures_of(found, "period", "offence")


def test_one_who_is_arrested_twice_is_counted_twice() -> None:
    text = "Kent Police (invented)\n\nPeople arrested for stalking\n\nYear\tNumber\n2018\t4\n2019\t6\n"
    assert figures_of(drafted(text), "measure")[0] == ("4", "people_arrested")
    note = "\nA person arrested more than once is counted on each occasion.\n"
    assert figures_of(drafted(text + note), "measure")[0] == ("4", "arrests")


@pytest.mark.parametrize(
    ("note", "field"),
    [
        ("A dash shows that no crime was recorded.", "nil"),
        ("- The site was not in use before 2019.", "not_held"),
        ("No figures are available for Kik in 2018 (-).", "not_held"),
    ],
)
def test_what_a_dash_stands_for(note: str, field: str) -> None:
    found = drafted(HEAD + f"Offence\t2018\t2019\nStalking\t-\t6\nBlackmail\t2\t3\n\n{note}\n")
    assert found.tables[0].fields[field] == ["-"]


def test_one_or_two() -> None:
    found = drafted(
        HEAD + "Offence\t2018\t2019\nStalking\t*\t6\nBlackmail\t2\t3\n\n* = 1 or 2, Section 40(2).\n"
    )
    assert found.tables[0].fields["suppressed"] == {"*": [1, 2]}


def test_outcomes_of_suspects_count_suspects() -> None:
    text = INVENTED + "Request: For these offences, how many suspects were under 14 in 2018?\n\nResponse:\n\n"
    text += "Outcome\tNumber\nType 1\t4\nType 18\t6\n"
    assert {row[1] for row in figures_of(drafted(text), "measure")} <= {"suspects"}


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("2020\t31\n2021\t9 (to end of March)\n", [("31", "2020"), ("9", "2021-01-01 to 2021-03-31")]),
        ("2020\t31\n2021\t9 (to 30 June 2021)\n", [("31", "2020"), ("9", "2021-01-01 to 2021-06-30")]),
        ("2020\t31\n2021\t9 (to 30 June 2022)\n", []),
        ("2020\t31\n2021\t9 (to a day not known)\n", []),
        ("2020\t31\n2021\t9 (to end of March)\n2021\t4\n", []),
    ],
)
def test_a_note_beside_a_number_cuts_its_year_short(table: str, expected: list[tuple[str, str]]) -> None:
    found = drafted(INVENTED + "Arrests for stalking\n\n" + table)
    assert figures_of(found, "period") == expected
    crossed = "Site\t2020\t2021\nKik\t3\t4 (to 30 June)\nFacebook\t1\t2 (to 30 June)\n"
    assert ("4", "2021-01-01 to 2021-06-30") in figures_of(
        drafted(INVENTED + "Stalking offences\n\n" + crossed), "period"
    )


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Q1 2019/20", ("2019-04-01", "2019-06-30")),
        ("2019/20 Q4", ("2020-01-01", "2020-03-31")),
        ("H2 2019/20", ("2019-10-01", "2020-03-31")),
        ("Q1 2019", ("None", "None")),
        ("Apr 19 - Mar 20", ("2019-04-01", "2020-03-31")),
        ("Jan 19 - Mar 19", ("None", "None")),
    ],
)
def test_parts_of_financial_years_and_years_between_months(text: str, days: tuple[str, str]) -> None:
    period = period_of(text)
    assert period is not None
    assert (str(period.first), str(period.last)) == days


@pytest.mark.parametrize(
    ("text", "first", "kind"),
    [
        ("2018 YTD", "2018-01-01", "open"),
        ("2018 (year to date)", "2018-01-01", "open"),
        ("2022/23 (part year)", "2022-04-01", "open"),
        ("2018 (p)", "2018-01-01", "plain"),
        ("Recorded in 2018", "2018-01-01", "plain"),
    ],
)
def test_a_year_to_date_has_no_known_end(text: str, first: str, kind: str) -> None:
    period = period_of(text)
    assert period is not None
    assert (str(period.first), period.kind) == (first, kind)


def test_notes_in_one_line_each_belong_to_their_own_sign() -> None:
    table = "Offence\tReported in 2018[1]\tReported in 2019[2]\nStalking\t4\t6\nBlackmail\t2\t3\n\n"
    found = drafted(HEAD + table + "[1] Of adults alone. [2] To 28 February 2019 only.\n")
    assert ("6", "2019-01-01 to 2019-02-28") in figures_of(found, "period")
    assert ("4", "2018") in figures_of(found, "period")


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("Please give the outcomes of stalking offences, and the number of suspects.", "offences"),
        ("Please give the outcomes of all suspects.", "suspects"),
    ],
)
def test_a_question_for_outcomes_asks_for_no_part(question: str, measure: str) -> None:
    text = f"{INVENTED}Request: {question}\n\nResponse:\n\nOutcome\t2018\t2019\nType 1\t4\t5\nType 18\t6\t7\n"
    assert {row[1] for row in figures_of(drafted(text), "measure")} == {measure}
