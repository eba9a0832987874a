"""Sentences of press reports: this year on a page without a date, platforms of a title, figures without a noun."""

from __future__ import annotations

import pytest

from tests.unit.drafted import drafted, figures_of
from tests.unit.test_draft_parts import HEAD, VOCABULARY, read

UNDATED = "Crime in Kent (invented for a test)\n\n"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Stalking offences rose to 45 last year, up from 30 the year before.",
            [("45", "2018", ""), ("30", "2017", "")],
        ),
        (
            "Officers recorded 43 stalking crimes in 2018. There were 29 involving Facebook last year.",
            [("43", "2018", ""), ("29", "2018", "Facebook")],
        ),
        (
            "94 reports named Snapchat in 2018. Facebook was mentioned 36 times last year, up from 28 the year before.",
            [("94", "2018", "Snapchat"), ("36", "2018", "Facebook"), ("28", "2017", "Facebook")],
        ),
        (
            "In 2018, Kent Police recorded 57 stalking offences, compared with 43 in 2017.",
            [("57", "2018", ""), ("43", "2017", "")],
        ),
        (
            "The force recorded 167 stalking offences over the last two years - from 67 in 2017 to 100 in 2018.",
            [("167", "2017-01-01 to 2018-12-31", ""), ("67", "2017", ""), ("100", "2018", "")],
        ),
    ],
)  # fmt: skip
def test_a_press_sentence_gives_its_figures(sentence: str, expected: list[tuple[str, ...]]) -> None:
    assert read(HEAD + sentence, "period", "platform") == expected


def test_people_charged_or_arrested_by_the_force_are_counted_as_such() -> None:
    text = HEAD + "The force charged 36 people with blackmail offences in 2018, up from 22 in 2017."
    assert read(text, "measure", "period") == [
        ("36", "people_charged", "2018"),
        ("22", "people_charged", "2017"),
    ]


def test_this_year_on_a_page_without_a_date_is_where_a_series_of_years_goes_on() -> None:
    series = (
        "By year: 35 stalking offences in 2013, 44 in 2014 and 40 in the first six months of this year.\n\n"
    )
    told = "Kent - stalking offences between January 2011 and July 8 this year: 195.\n\n"
    assert read(UNDATED + told + series, "period")[0] == ("195", "2011-01-01 to 2015-07-08")
    assert read(UNDATED + told, "period") == [("195", "")]


def test_social_media_stands_for_the_platforms_that_the_title_counts_together() -> None:
    sentence = "In 2018 there were 57 crimes involving social media in Kent."
    pooled = "Facebook and Snapchat are cause of crimes\n\n"
    assert read(pooled + sentence, "platform") == [("57", "listed website")]
    others = pooled + "Kik is not asked about, and Facebook said nothing.\n\n"
    assert read(others + sentence, "platform") == [("57", "")]
    examples = "Crimes on sites such as Facebook and Snapchat\n\n"
    assert read(examples + sentence, "platform") == [("57", "")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Facebook was mentioned 36 times more often than Snapchat in 2018.",
        "In 2018, officers in Dartford recorded 57 stalking offences, compared with 43 in 2017.",
        "A court heard that the force charged 57 people in 2018.",
        "The force charged 57 people with 90 stalking offences in 2018.",
        "Facebook was mentioned 36 times in court in 2018.",
    ],
)
def test_a_press_sentence_that_is_not_plain_gives_nothing(sentence: str) -> None:
    assert figures_of(drafted(HEAD + sentence + "\n", vocabulary=VOCABULARY)) == []
