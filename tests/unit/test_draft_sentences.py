"""Figures in sentences: which are read, with what, and which are left out with a reason."""

from __future__ import annotations

import pytest

from tests.unit.drafted import drafted, figures_of

HEAD = "Kent Police (invented for a test)\n\n12 January 2019\n\n"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In 2018 Kent Police recorded 57 stalking offences.", [("57", "2018", "", "stalking")]),
        (
            "Kent Police recorded 43 crimes mentioning Facebook in 2017, up from 21 in 2016.",
            [("43", "2017", "Facebook", ""), ("21", "2016", "Facebook", "")],
        ),
        (
            "There were 14 crimes mentioning Kik in 2017 and eight in 2016.",
            [("14", "2017", "Kik", ""), ("eight", "2016", "Kik", "")],
        ),
        (
            "The force recorded 88 blackmail offences in 2017/18, compared with 91 the year before.",
            [("88", "2017/18", "", "blackmail"), ("91", "2016/17", "", "blackmail")],
        ),
        (
            "Stalking offences rose from 112 in 2016 to 158 in 2017, an increase of 41 per cent.",
            [("112", "2016", "", "Stalking"), ("158", "2017", "", "Stalking")],
        ),
        (
            "In 2017 there were 12 crimes naming Facebook and 7 naming Snapchat.",
            [("12", "2017", "Facebook", ""), ("7", "2017", "Snapchat", "")],
        ),
        (
            "Kent saw 41 blackmail offences from 1 April 2017 to 31 March 2018, and 35 in the previous financial year.",
            [("41", "from 1 April 2017 to 31 March 2018", "", "blackmail"), ("35", "2016/17", "", "blackmail")],
        ),
        (
            "Kent Police recorded 57 stalking offences in 2016. In 2017 the number was 45.",
            [("57", "2016", "", "stalking"), ("45", "2017", "", "stalking")],
        ),
        ("Fewer than five stalking offences were recorded in 2017.", [("Fewer than five", "2017", "", "stalking")]),
    ],
)  # fmt: skip
def test_a_sentence_gives_its_figures(sentence: str, expected: list[tuple[str, ...]]) -> None:
    assert figures_of(drafted(HEAD + sentence + "\n"), "period", "platform", "offence") == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Around 40 crimes mention WhatsApp in 2017.",
        "One in five of the victims of stalking in 2017 was under 25.",
        "The force has 3,800 officers and recorded crimes cost £12,000 in 2017.",
        "Section 40(2) applies; call 101 or 0808 800 5000 about offences in 2017.",
        "The number of stalking offences in 2017 was 58, not 52 as stated before.",
        "Stalking offences rose by 12 in 2017.",
        "Across England and Wales there were 6,350 stalking offences in 2017.",
        "Essex Police recorded 31 stalking offences in 2017.",
        "Rows of fewer than 20 reports are left out.",
        "Of the 171 offences in 2017, 33 led to a charge.",
        "The 12 offences and 14 victims of 2017 are listed elsewhere.",
        "Last year's letter counted 12 to 15 crimes a month.",
        "A 34-year-old man was jailed for six years for stalking offences in 2017.",
        "Some 20 per cent of the stalking offences in 2017 name Facebook.",
        "In 2017 there were 57 stalking offences in which a knife was used.",
        "In Dartford there were 57 stalking offences in 2017.",
        "The charity received 57 reports of stalking in 2017.",
        "The target is 57 stalking offences in 2017.",
        "A man admitted 57 stalking offences in 2017.",
        "There were 57 fewer stalking offences in 2017.",
        "Police recorded 57 stalking offences by June 2017.",
        "The figure had been 57 stalking offences in 2017, but was later corrected to 59.",
        "There were 57 stalking offences in 2017. This figure was incorrect.",
        "There were 57 stalking offences in London in 2017.",
        "There were no stalking offences in 2017 in which a knife was used.",
    ],
)
def test_what_is_not_certain_gives_no_figure_but_a_reason(sentence: str) -> None:
    found = drafted(HEAD + sentence + "\n")
    assert figures_of(found) == []
    places = {entry.locator for entry in found.left}
    assert "line 5" in places, "left out, and said so"


def test_another_force_is_read_where_each_sentence_names_its_own() -> None:
    text = (
        HEAD
        + "Durham Constabulary recorded 143 stalking offences in 2017.\n\nEssex Police: 88 in 2017 and 91 in 2016.\n"
    )
    assert figures_of(drafted(text, force=None), "force", "period") == [
        ("143", "Durham", "2017"),
        ("88", "Essex", "2017"),
        ("91", "Essex", "2016"),
    ]


LETTER = """Kent Police (invented for a test)

Q1. How many crimes recorded in 2018 mention Snapchat?

A1. 412

Q2. How many of these crimes resulted in a charge?

A2. 31

Q3. How many people were arrested for stalking offences in 2018?

A3. 17 people were arrested.
"""


def test_a_bare_number_answers_a_question_for_one_number_of_all() -> None:
    """A2 is left out: what is asked there is a part by an outcome that this vocabulary does not code."""
    expected = [("412", "offences", "Snapchat"), ("17", "people_arrested", "")]
    assert figures_of(drafted(LETTER), "measure", "platform") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("No offences involved Kik.", ("No", "Kik")),
        ("There is a nil return for Kik.", ("nil return", "Kik")),
        ("A search for Kik gave no results.", ("no results", "Kik")),
    ],
)
def test_none_is_a_nil_return(sentence: str, expected: tuple[str, str]) -> None:
    text = f"Kent Police (invented)\n\nHow many offences in 2018/19 involved Kik?\n\nResponse\n\n{sentence}\n"
    found = drafted(text)
    assert figures_of(found, "platform") == [expected]
    assert found.tables[0].fields["nil"] == [expected[0]]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "A search of the crime system for Facebook found in excess of 1,200 records.",
            [("in excess of 1,200", "search_hits", "Facebook")],
        ),
        (
            "A keyword search returned over 2,100 crime reports for Kik and at least 700 for Snapchat.",
            [("over 2,100", "search_hits", "Kik"), ("at least 700", "search_hits", "Snapchat")],
        ),
    ],
)
def test_search_hits_of_a_refusal_are_no_offences(sentence: str, expected: list[tuple[str, ...]]) -> None:
    assert figures_of(drafted(f"{HEAD}{sentence}\n"), "measure", "platform") == expected


FIRST = "Q1. How many stalking offences were recorded in 2017 and 2018?\n\nA1. 2017 31, 2018 40.\n\n"
READ = [("31", "2017", "", ""), ("40", "2018", "", "")]


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("Q2. How many of these led to a charge?\n\nA2. 2017 3, 2018 4.", []),
        ("Q2. How many of these led to a charge?\n\nA2. 7 offences.", []),
        ("Q2. In how many was a knife used?\n\nA2. 12.", []),
        ("Q2. How many offences per 1,000 people was that?\n\nA2. 2.", []),
        ("Q2. How many offences in 2018 were committed by officers?\n\nA2. 2 offences.", []),
        (
            "Q2. How many of these led to a charge?\n\nQ3. How many of them had a victim under 13?\n\nA3. 2017 1.",
            [],
        ),
        (
            "Q2. How many of these had a victim younger than 18?\n\nA2. 2017 4, 2018 <3.",
            [("4", "2017", "", "victim younger than 18"), ("<3", "2018", "", "victim younger than 18")],
        ),
        (
            "Q2. In how many was Kik used in 2018? In how many was Snapchat used?\n\nA2. Kik 5, Snapchat (9).",
            [("5", "2018", "Kik", ""), ("9", "2018", "Snapchat", "")],
        ),
        ("Q2. Which platforms had the youngest users in 2018?\n\nA2. Kik 15, Snapchat 17.", []),
    ],
)
def test_an_answer_is_read_only_where_its_question_leaves_nothing_unsaid(
    rest: str, expected: list[tuple[str, ...]]
) -> None:
    found = drafted(f"Kent Police (invented)\n\n{FIRST}{rest}\n")
    assert figures_of(found, "period", "platform", "victim") == READ + expected


def test_the_age_of_suspects_is_that_of_the_question() -> None:
    found = drafted(
        "Kent Police (invented)\n\nQ1. How many suspects were under 18 in 2018?\n\nA1. Nine suspects.\n"
    )
    assert found.tables[0].fields["given"]["other:suspect_age"] == "under 18"


LIST = "\n * Facebook (including Messenger) - 12\n * Snapchat - 15\n * Unknown - 3\n"


def test_a_list_under_an_offence_counts_that_offence() -> None:
    text = f"Kent Police (invented)\n\nStalking offences (8Q) recorded in 2018, by platform:\n{LIST}"
    expected = [("12", "offences", "2018", "Facebook"), ("15", "offences", "2018", "Snapchat"),
                ("3", "offences", "2018", "Unknown")]  # fmt: skip
    assert figures_of(drafted(text), "measure", "period", "platform") == expected


def test_a_list_as_above_counts_what_the_list_above_it_counts() -> None:
    text = (
        "Kent Police (invented)\n\n1. Sexual communication with a child, Facebook\n 2016 - 4\n 2017 - 6\n\n"
        "2. As above, Kik\n 2016 - 1\n 2017 - 0\n"
    )
    assert figures_of(drafted(text), "measure", "period", "platform", "offence") == [
        ("4", "offences", "2016", "Facebook", "Sexual communication with a child"),
        ("6", "offences", "2017", "Facebook", "Sexual communication with a child"),
        ("1", "offences", "2016", "Kik", "Sexual communication with a child"),
        ("0", "offences", "2017", "Kik", "Sexual communication with a child"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Percentage of stalking offences in 2018 by platform",
        "Average age of stalking suspects in 2018",
        "Posts we made about blackmail offences in 2018",
        "Stalking offences in England and Wales in 2018",
        "Stalking offences recorded by Essex Police in 2018",
    ],
)
def test_a_list_whose_heading_says_something_else_is_left_out(heading: str) -> None:
    assert figures_of(drafted(f"Kent Police (invented)\n\n{heading}\n{LIST}")) == []
