"""Columns and rows among others that may hold their sums: read as totals where the numbers say so, else not at all."""

from __future__ import annotations

from tests.unit.drafted import drafted, figures_of

HEAD = "Kent Police (invented for a test)\n\nCrimes recorded\n\n"


def test_a_column_that_is_no_year_is_the_total_its_numbers_make_it() -> None:
    table = "Offence\t2018\t2019\tTwo years\nStalking\t14\t16\t30\nBlackmail\t2\t3\t5\n"
    found = drafted(HEAD + table)
    assert figures_of(found, "period", "offence") == [
        ("14", "2018", "Stalking"),
        ("16", "2019", "Stalking"),
        ("30", "2018-01-01 to 2019-12-31", "Stalking"),
        ("2", "2018", "Blackmail"),
        ("3", "2019", "Blackmail"),
        ("5", "2018-01-01 to 2019-12-31", "Blackmail"),
    ]
    assert [row["is_total"] for row in found.tables[0].rows] == [False, False, True] * 2


def test_a_column_that_is_no_year_and_adds_nothing_up_is_left_out() -> None:
    table = "Offence\t2018\t2019\tTwo years\nStalking\t14\t16\t31\nBlackmail\t2\t3\t5\n"
    found = drafted(HEAD + table)
    assert [text for text, _ in figures_of(found, "period")] == ["14", "16", "2", "3"]
    assert found.tables[0].fields["skip"] == ["Two years"]


def test_a_row_of_several_years_that_adds_nothing_up_keeps_its_table_out() -> None:
    found = drafted(HEAD + "Year\tStalking\n2018\t14\n2019\t16\nTwo years\t31\n")
    assert figures_of(found) == []


def test_the_total_of_a_platform_keeps_its_platform_and_adds_its_offences_up() -> None:
    table = "Site\tOffence\t2018\t2019\nKik\tStalking\t14\t16\nKik\tBlackmail\t2\t3\nKik total\t\t16\t19\n"
    table += "Facebook\tStalking\t4\t6\nFacebook\tBlackmail\t3\t3\nFacebook total\t\t7\t9\n"
    found = drafted(HEAD + table)
    totals = [row for row in found.tables[0].rows if row["is_total"]]
    assert [(row["value_text"], row["offence_text"]) for row in totals] == [
        (number, None) for number in ("16", "19", "7", "9")
    ]
    assert [platform for _, platform in figures_of(found, "platform")[-2:]] == ["Facebook", "Facebook"]
    assert [platform for _, platform in figures_of(found, "platform")[4:6]] == ["Kik", "Kik"]


def test_a_day_over_a_number_is_a_fact_about_the_document() -> None:
    found = drafted(HEAD + "Stalking offences\n\nDate of extract\t2 May 2023\nContact\t101\n")
    assert figures_of(found) == []


def test_a_number_of_a_question_on_a_line_of_its_own_ends_the_table_above_it() -> None:
    text = (
        "Question 1\tStalking offences, each financial year\nQuestion 2\tAs question 1, where Kik is named\n"
    )
    text += "Question 3\tTotal recorded crimes of every kind, same years\n\n"
    text += "1\nYear\tOffences\n2017/18\t96\n2018/19\t133\n\n2\n2017/18\t14\n2018/19\t31\n"
    text += "\n3\n2017/18\t900\n2018/19\t950\n"
    assert figures_of(drafted(HEAD + text), "period", "offence", "platform") == [
        ("96", "2017/18", "Stalking", ""),
        ("133", "2018/19", "Stalking", ""),
        ("14", "2017/18", "Stalking", "Kik"),
        ("31", "2018/19", "Stalking", "Kik"),
        ("900", "2017/18", "", ""),
        ("950", "2018/19", "", ""),
    ]
