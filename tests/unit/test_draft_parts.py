"""Parts of what was counted: read where a role holds what makes them a part, and left out with a reason elsewhere."""

from __future__ import annotations

import pytest

from ingest.draft import Codes, Vocabulary
from tests.unit.drafted import OFFENCES, drafted, figures_of

HEAD = "Kent Police (invented for a test)\n\n12 January 2019\n\n"
TOLD = HEAD + "Kent Police recorded 57 stalking offences in 2018. "
OUTCOMES = {
    "Charge": "1",
    "Charged": "1",
    "No suspect identified": "18",
    "No further action taken": "group:no-further-action",
}
VOCABULARY = Vocabulary.of(
    forces={"Kent": "kent", "Essex": "essex"},
    platforms={
        "Facebook": "facebook",
        "Snapchat": "snapchat",
        "Facebook and Snapchat": "any_listed",
        "listed website": "any_listed",
    },
    offences=OFFENCES,
    outcomes=OUTCOMES,
    pooled_platform="listed website",
    decided={"offence": OFFENCES, "outcome": OUTCOMES},
    codes=Codes(outcomes=tuple(OUTCOMES.items())),
    areas=["the Weald"],
)


def read(text: str, *roles: str) -> list[tuple[str, ...]]:
    return figures_of(drafted(text + "\n", vocabulary=VOCABULARY), *roles)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Of these, 12 resulted in a charge.", [("12", "offences", "2018", "charge", "", "")]),
        ("Of these crimes, 9 suspects were charged.", [("9", "people_charged", "2018", "charged", "", "")]),
        ("No suspect was identified in 31 of the cases.", [("31", "offences", "2018", "Type 18", "", "")]),
        (
            "For 31 of the offences no suspect was identified; in 12 cases a suspect was charged.",
            [("31", "offences", "2018", "Type 18", "", ""), ("12", "offences", "2018", "charged", "", "")],
        ),
        (
            "Of the 57, 12 had a female victim and 3 had a male victim.",
            [
                ("57", "offences", "2018", "", "", ""),
                ("12", "offences", "2018", "", "", "female"),
                ("3", "offences", "2018", "", "", "male"),
            ],
        ),
        (
            "During the period 31 of the crimes involved victims aged under 16, five of whom were aged 10 or under.",
            [("31", "offences", "2018", "", "victims aged under 16", ""), ("five", "victims", "2018", "", "", "")],
        ),
    ],
)  # fmt: skip
def test_a_part_keeps_what_was_counted_and_adds_what_makes_it_one(
    sentence: str, expected: list[tuple[str, ...]]
) -> None:
    found = read(TOLD + sentence, "measure", "period", "outcome", "victim", "victim_sex")
    assert found[1:] == expected


def test_platforms_of_a_part_are_those_named_beside_its_figures() -> None:
    for sentence in (
        "Of the 57, Facebook was mentioned in 14 and Snapchat in 12.",
        "Of the 57, 14 mentioned Facebook and 12 mentioned Snapchat.",
    ):
        assert read(TOLD + sentence, "period", "platform", "offence")[1:] == [
            ("57", "2018", "", "stalking"),
            ("14", "2018", "Facebook", "stalking"),
            ("12", "2018", "Snapchat", "stalking"),
        ]


def test_a_part_of_what_the_sentence_itself_names_needs_nothing_before_it() -> None:
    text = HEAD + "For the 388 Facebook crimes recorded in 2015, 53 resulted in a charge."
    assert read(text, "period", "platform", "outcome") == [
        ("388", "2015", "Facebook", ""),
        ("53", "2015", "Facebook", "charge"),
    ]


def test_a_part_after_a_series_is_one_of_the_whole() -> None:
    text = HEAD + (
        "Kent Police recorded 90 stalking offences between January 2017 and December 2018.\n\n"
        "By year: 43 in 2017, 47 in 2018.\n\nOf these crimes, 12 resulted in a charge."
    )
    assert read(text, "period")[-1] == ("12", "2017-01-01 to 2018-12-31")


def test_persons_of_whom_some_were_charged_are_people_charged_without_an_outcome_of_a_crime() -> None:
    text = HEAD + "There were 41 suspects in 2018, of whom 12 were charged."
    assert read(text, "measure", "outcome") == [("41", "suspects", ""), ("12", "people_charged", "")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Of the 60 offences, 12 resulted in a charge.",
        "Of the blackmail offences, 12 resulted in a charge.",
        "Of the offences in Dartford, 12 resulted in a charge.",
        "In 12 cases the victim was under 16 and a girl.",
        "In 12 cases a knife was used.",
        "Of those, 12 led to a warning by a neighbour.",
        "Of the victims, 12 were girls.",
        "About 12 of the offences resulted in a charge.",
        "Another 12 of the offences resulted in a charge.",
        "No suspect was identified in 12 of the 43 blackmail offences.",
        "In the later year 12 of the offences in the last quarter resulted in a charge.",
    ],
)
def test_a_part_that_is_not_plain_is_left_out(sentence: str) -> None:
    assert read(TOLD + sentence) == [("57",)]


def test_a_part_of_which_nothing_was_told_is_left_out() -> None:
    assert read(HEAD + "Of these, 12 resulted in a charge.") == []


def test_the_whole_area_of_the_force_narrows_nothing_and_other_places_do() -> None:
    assert read(HEAD + "There were 57 stalking offences across the Weald in 2018.") == [("57",)]
    assert read(HEAD + "There were 57 stalking offences in the force area in 2018.") == [("57",)]
    assert read(HEAD + "There were 57 stalking offences across London in 2018.") == []
    assert read(HEAD + "There were 57 stalking offences in a village of the Weald in 2018.") == []
