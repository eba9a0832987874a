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
    """A2 is left out: what is asked there is a part, which no coordinate tells apart."""
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


def test_search_hits_of_a_refusal_are_no_offences() -> None:
    text = HEAD + "A search of the crime system for Facebook found in excess of 1,200 records.\n"
    assert figures_of(drafted(text), "measure", "platform") == [
        ("in excess of 1,200", "search_hits", "Facebook")
    ]
