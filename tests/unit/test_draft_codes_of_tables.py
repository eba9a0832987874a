"""Codes that a table or its caption tells: a column of codes, numbers of outcomes, a class in brackets."""

from __future__ import annotations

from dataclasses import replace

from ingest.draft import Codes
from tests.unit.drafted import VOCABULARY, drafted, figures_of

HEAD = "Kent Police (invented for a test)\n\n"
CODED = replace(
    VOCABULARY,
    codes=Codes(
        offences=(
            ("Burglary in a dwelling", "28"),
            ("Burglary in a dwelling", "28A"),
            ("Abuse of trust", "73"),
        ),
        outcomes=(
            ("Charged", "1"),
            ("Community resolution", "8"),
            ("Offender died", "5"),
            ("No suspect found", "18"),
        ),
    ),
)


def test_a_column_of_codes_tells_titles_apart() -> None:
    table = "Crimes recorded\n\nClass\tTitle of the offence\t2018\t2019\n"
    table += "28A\tBurglary in a dwelling\t4\t6\n73\tMisuse of a thing\t2\t3\n"
    found = drafted(HEAD + table, vocabulary=CODED)
    codes = {row[1] for row in figures_of(found, "offence")}
    assert codes == {"28A", "Misuse of a thing"}, "a code whose title has other words is not believed"


def test_numbers_of_outcomes_are_those_of_the_framework_where_three_are() -> None:
    rows = "1 Charged\t4\n8 Community resolution\t2\n5 Offender died\t1\n18 Undetected\t9\n"
    found = drafted(f"{HEAD}Stalking offences, 2018\n\nOutcome\tNumber\n{rows}", vocabulary=CODED)
    assert ("9", "Type 18") in figures_of(found, "outcome")
    few = drafted(
        f"{HEAD}Stalking offences, 2018\n\nOutcome\tNumber\n1 Charged\t4\n18 Undetected\t9\n",
        vocabulary=CODED,
    )
    assert ("9", "18 Undetected") in figures_of(few, "outcome")


def test_the_class_in_brackets_is_the_offence() -> None:
    found = drafted(HEAD + "Recorded crimes (8Q) in Kent\n\nYear\tNumber\n2018\t4\n2019\t6\n")
    assert figures_of(found, "offence") == [("4", "8Q"), ("6", "8Q")]
    other = drafted(HEAD + "Recorded crimes (1A) in Kent\n\nYear\tNumber\n2018\t4\n2019\t6\n")
    assert figures_of(other, "offence") == [("4", ""), ("6", "")]
