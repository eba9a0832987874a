"""Lists and series of figures, and the periods, groups and platforms that hold for them. All texts are invented."""

from __future__ import annotations

import pytest

from ingest.draft.periods import find_periods
from tests.unit.drafted import drafted, figures_of

HEAD = "Kent Police (invented for a test)\n\n"
ASKED = "You asked\n\n1. Crimes in 2016 and 2017 that name Facebook, Kik or Bumble.\n\n2. How many were stalking.\n\n"


def test_a_list_ends_at_the_heading_of_the_next() -> None:
    """What stands under a name that nothing knows is left out: it may be no platform at all."""
    text = (
        f"{HEAD}{ASKED}We said\n\nQuestion 1. The notes were searched.\n\nFacebook\n2016 : 11\n2017 : 17\n\n"
        "Kik\n2016 : 8\n2017 : 6\n\nBumble\n2016 : 5\n2017 : 4\n\nQuestion 2. Stalking offences\n2016 : 2\n2017 : 1\n\n"
        "Question 3. Not answered: Section 12 applies.\n"
    )
    assert figures_of(drafted(text), "period", "platform", "offence") == [
        ("11", "2016", "Facebook", ""),
        ("17", "2017", "Facebook", ""),
        ("8", "2016", "Kik", ""),
        ("6", "2017", "Kik", ""),
        ("2", "2016", "", "Stalking"),
        ("1", "2017", "", "Stalking"),
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016 to the end of June", "2016-01-01", "2016-06-30"),
        ("2019 (to 31 August)", "2019-01-01", "2019-08-31"),
        ("2019 (January to August)", "2019-01-01", "2019-08-31"),
        ("2017 (Jan-Mar)", "2017-01-01", "2017-03-31"),
        ("2023/24 (to 31 December)", "2023-04-01", "2023-12-31"),
        ("2023/24 (April to February)", "2023-04-01", "2024-02-29"),
    ],
)
def test_a_part_of_a_year_is_not_the_year(text: str, first: str, last: str) -> None:
    (period,) = find_periods(f"In {text}, 5 offences")
    assert (period.text, period.means) == (text, f"{first} to {last}")


@pytest.mark.parametrize("text", ["2018 to 31 March 2019", "from 2016 to June 2017"])
def test_a_year_to_a_day_of_another_may_begin_anywhere(text: str) -> None:
    (period,) = find_periods(text)
    assert period.kind == "unclear"


def test_years_with_a_figure_each_are_one_clause() -> None:
    text = f"{HEAD}The number of arrests in each calendar year was: 2016, 212; 2017, 247; 2018, 263.\n"
    expected = [("212", "2016"), ("247", "2017"), ("263", "2018")]
    assert figures_of(drafted(text), "period") == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Stalking offences on social media", [("4", "2016", "Kik"), ("9", "2017", "Kik")]),
        ("Officers and social media", []),
    ],
)
def test_a_series_counts_what_the_title_counts(title: str, expected: list[tuple[str, ...]]) -> None:
    text = f"{title}\n\n{HEAD}The crime system was searched.\n\nKik: 2016 = 4; 2017 = 9\n"
    assert figures_of(drafted(text), "period", "platform") == expected


def test_those_arrested_are_arrests_where_each_arrest_counts() -> None:
    text = (
        f"{HEAD}1. How many people were arrested for stalking in 2016 and 2017?\n"
        "2. How many of those arrested were under the age of 18 at the time?\n\n"
        "Our response\n\n1. 2016 - 43, 2017 - 67\n\n2. 2016 - 9, 2017 - 13\n\n"
        "A person arrested more than once within a year is counted on each occasion.\n"
    )
    found = drafted(text)
    assert figures_of(found, "measure", "period") == [
        ("43", "arrests", "2016"),
        ("67", "arrests", "2017"),
        ("9", "arrests", "2016"),
        ("13", "arrests", "2017"),
    ]
    assert [table.fields.get("given", {}).get("other:suspect_age") for table in found.tables] == [
        None,
        "under the age of 18",
    ]


def test_a_list_of_outcomes_counts_nothing_where_the_question_counts_two_things() -> None:
    text = (
        f"{HEAD}Question: For offences of stalking in 2018, how many suspects were under 14, and with what outcome?\n\n"
        "Answer:\n\nOutcome\nType 1: 5\nType 18: 9\n"
    )
    assert figures_of(drafted(text)) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "In 2018 Snapchat was named in 96 of the offences, Facebook in 71 and Kik in fewer than five.",
            [("96", "Snapchat"), ("71", "Facebook"), ("fewer than five", "Kik")],
        ),
        ("In 96 of the offences in 2018 a knife was named.", []),
        ("Snapchat was named by 96 of the victims.", []),
    ],
)
def test_a_part_that_names_a_platform_is_its_figure(sentence: str, expected: list[tuple[str, ...]]) -> None:
    assert figures_of(drafted(f"{HEAD}{sentence}\n"), "platform") == expected


def test_a_platform_may_stand_between_a_figure_and_its_noun() -> None:
    text = f"{HEAD}Kent Police: 645 Facebook reports in 2018, 590 in 2017 and 603 in 2016.\n"
    expected = [
        ("645", "crime_reports", "2018"),
        ("590", "crime_reports", "2017"),
        ("603", "crime_reports", "2016"),
    ]
    assert figures_of(drafted(text), "measure", "period") == expected


def test_lines_of_one_shape_are_told_apart_by_their_year() -> None:
    text = f"{HEAD}Offences of stalking\n\n2016: Kik, 47 offences\n\n2017: Kik, 69 offences\n"
    assert figures_of(drafted(text), "period", "platform") == [("47", "2016", "Kik"), ("69", "2017", "Kik")]


def test_examples_may_follow_among_those_counted() -> None:
    text = (
        f"{HEAD}12 March 2019\n\nKent Police recorded 88 crime reports that mention Facebook in 2018.\n\n"
        "Among last year's Facebook reports were 38 allegations of harassment, 23 of blackmail and nine of stalking.\n"
    )
    assert figures_of(drafted(text), "offence", "platform", "period") == [
        ("88", "", "Facebook", "2018"),
        ("38", "harassment", "Facebook", "2018"),
        ("23", "blackmail", "Facebook", "2018"),
        ("nine", "stalking", "Facebook", "2018"),
    ]
