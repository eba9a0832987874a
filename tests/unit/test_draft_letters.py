"""Letters: parts that a question asks for, several asks in one question, marks (a) and (b), requests quoted by mail."""

from __future__ import annotations

import pytest

from tests.unit.drafted import drafted, figures_of
from tests.unit.test_draft_parts import VOCABULARY, read

HEAD = "Kent Police (invented for a test)\n\n"
FIRST = HEAD + "Q1. How many stalking offences were recorded in 2020?\n\nA1. 412\n\n"


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("How many of these offences resulted in a charge?", "31", ("31", "offences", "2020", "charge", "", "")),
        ("How many of these ended with no further action taken?", "31 offences ended with no further action taken.",
         ("31", "offences", "2020", "no further action taken", "", "")),
        ("In how many the victim was female?", "31", ("31", "offences", "2020", "", "female", "")),
        ("How many victims were male in 2020?", "Forty-one", ("Forty-one", "victims", "2020", "", "male", "")),
        ("How many of the victims were aged 12 or younger?", "31",
         ("31", "victims", "2020", "", "", "aged 12 or younger")),
    ],
)  # fmt: skip
def test_a_part_asked_for_is_read_with_what_makes_it_one(
    question: str, answer: str, expected: tuple[str, ...]
) -> None:
    found = read(
        f"{FIRST}Q2. {question}\n\nA2. {answer}", "measure", "period", "outcome", "victim_sex", "victim_age"
    )
    assert found[1:] == [expected]


@pytest.mark.parametrize(
    "question",
    [
        "How many of these offences resulted in a charge in Dartford?",
        "How many of these offences involved a knife?",
        "How many of these offences resulted in a warning by a neighbour?",
        "How many of these were recorded, and how often was the victim under 16?",
    ],
)
def test_a_part_asked_for_in_other_words_is_left_out(question: str) -> None:
    assert read(f"{FIRST}Q2. {question}\n\nA2. 31") == [("412",)]


def test_of_two_asks_the_first_is_answered_by_a_sentence_that_names_what_it_counts() -> None:
    asked = (
        HEAD + "Q1. How many stalking offences were recorded in 2020 and how many resulted in a charge?\n\n"
    )
    text = asked + "A1. 412 offences were recorded, of which 31 resulted in a charge."
    assert read(text, "period", "outcome") == [("412", "2020", ""), ("31", "2020", "charge")]
    assert read(asked + "A1. 412") == []
    second = HEAD + "Q1. How many victims were there in 2020 and how many offences resulted in a charge?\n\n"
    assert read(second + "A1. 31 offences.") == []


def test_platforms_with_years_answer_the_ask_that_names_them() -> None:
    asked = (
        "In your request you wanted to know how many crimes have mentioned Facebook or Snapchat, how many had led to "
        "a charge, and how often the victim was under 16.\n\n"
    )
    text = HEAD + asked + "Facebook: 2013 = 245; 2014 = 301\n\nSnapchat: 12 (2013) and 16 (2014)"
    assert read(text, "measure", "platform", "period", "victim", "outcome") == [
        ("245", "offences", "Facebook", "2013", "", ""),
        ("301", "offences", "Facebook", "2014", "", ""),
        ("12", "offences", "Snapchat", "2013", "", ""),
        ("16", "offences", "Snapchat", "2014", "", ""),
    ]


def test_an_age_in_one_of_two_asks_is_given_to_no_figure() -> None:
    text = HEAD + (
        "Q1. How many stalking offences were recorded in 2019 and 2020, and in how many was the victim under 16?\n\n"
        "A1.\n\n2019: 412\n\n2020: 333"
    )
    assert read(text) == []


def test_answers_marked_with_letters_answer_the_ask_so_marked() -> None:
    asked = "You asked: in 2018 (a) the number of blackmail offences, (b) how many had an online element.\n\n"
    answered = "Response\n\n(a) A total of 43 offences were recorded.\n\n(b) A total of 29 offences.\n"
    assert read(HEAD + asked + answered, "period", "offence") == [("43", "2018", "blackmail")]


def test_a_request_quoted_in_a_mail_is_asked_and_not_answered() -> None:
    text = HEAD + (
        "You wrote:\n> How many blackmail offences named Facebook in 2018?\n> Your last answer was 36 in 2017.\n\n"
        "Our answer:\n\nFacebook: 58 (2018)\n"
    )
    found = drafted(text, vocabulary=VOCABULARY)
    assert figures_of(found, "offence", "platform", "period") == [("58", "blackmail", "Facebook", "2018")]
