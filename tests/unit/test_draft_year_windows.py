"""Years that begin where the text beside a table says, years that were not over, and terms in quotes."""

from __future__ import annotations

import pytest

from tests.unit.drafted import drafted, figures_of

COUNTS = "Stalking offences, 1st June – 31 May each year\n\nYear\tCount\n2015/16\t40\n2016/17\t52\n"


def test_years_begin_where_the_text_beside_them_says() -> None:
    found = figures_of(drafted(COUNTS), "period")
    assert found == [("40", "2015-06-01 to 2016-05-31"), ("52", "2016-06-01 to 2017-05-31")]


def test_years_from_april_are_those_the_labels_mean() -> None:
    found = drafted(COUNTS.replace("1st June – 31 May", "1 April - 31 March"))
    assert figures_of(found, "period") == [("40", "2015/16"), ("52", "2016/17")]
    assert found.tables[0].fields["period_basis"] == "financial"


@pytest.mark.parametrize("until", ["the present date", "date"])
def test_the_last_year_of_what_goes_up_to_the_answer_has_no_end(until: str) -> None:
    text = (
        f"Stalking offences from 2021 to {until}, by year.\n\nYear\tOffences\n2021\t40\n2022\t52\n2023\t9\n"
    )
    assert figures_of(drafted(text), "period") == [("40", "2021"), ("52", "2022"), ("9", "from 2023-01-01")]
    answered = f"Date Responded 4 March 2024\n\n{text}"
    assert figures_of(drafted(answered), "period")[-1] == ("9", "2023")


def test_the_total_of_years_below_each_other_has_no_period_that_nobody_prints() -> None:
    text = "Stalking offences\n\nYear\tCount\n2021\t40\n2022\t52\nGrand Total\t92\n"
    found = drafted(text)
    assert figures_of(found) == [("40",), ("52",), ("92",)]
    assert found.tables[0].fields["totals"] == ["Grand Total"]


def test_terms_in_quotes_are_the_platforms_they_name() -> None:
    text = (
        'Stalking offences in 2019 by term searched for\n\nTerms used\tOffences\n"Facebook"\t40\n“Kik”\t52\n'
    )
    assert figures_of(drafted(text), "platform") == [("40", "Facebook"), ("52", "Kik")]


@pytest.mark.parametrize(
    "caption", ["related to domestic abuse", "flagged as gang crime", "linked to county lines"]
)
def test_a_caption_that_narrows_what_is_counted_leaves_its_table_out(caption: str) -> None:
    text = "Stalking offences\n\n{}\n\nYear\tOffences\n2021\t40\n2022\t52\n"
    assert figures_of(drafted(text.format(f"How many were {caption}:"))) == []
    assert figures_of(drafted(text.format("Stalking offences linked to Facebook:"))) == [("40",), ("52",)]


@pytest.mark.parametrize("note", ["2023 is January to October.", "2023 covers January to October"])
def test_the_months_of_a_part_year_are_those_told_below(note: str) -> None:
    text = f"Stalking offences\n\nYear\tOffences\n2022\t52\n2023\t9\n\n{note}\n"
    assert figures_of(drafted(text), "period")[-1] == ("9", "2023-01-01 to 2023-10-31")


def test_records_end_before_a_further_table_whose_headings_stand_over_a_section() -> None:
    rows = "2018\tStalking\tCharged\n2018\tBlackmail\tCharged\n2019\tStalking\tType 1\n"
    records = f"Year\tOffence\tOutcome\nKIK\t\t\n{rows}"
    victims = "Victims\n\nYear\tSex\tNumber\nKIK\t\t\n2018\tFemale\t2\n2019\tFemale\t1\n"
    found = drafted(f"{records}\n{victims}\nNothing else is held.\n")
    assert [table.fields["layout"] for table in found.tables] == ["records", "counts"]
