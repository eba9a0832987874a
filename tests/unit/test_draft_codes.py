"""Labels without a mapping: coded where the vocabulary leaves one answer, else not."""

from __future__ import annotations

import pytest

from ingest.draft import Codes

CODES = Codes(
    offences=(
        ("Sexual activity involving child under 16", "22B"),
        ("Sexual grooming", "88A"),
        ("Take / make / distribute indecent photographs or pseudo-photographs, of children", "086/02"),
        ("086/02 - Take or make indecent photographs of children", "086/02"),
        ("Possession of an indecent or pseudo indecent photo of a child", "086/10"),
        ("Causing or inciting a child under 16 to engage in sexual activity - Female child", "022/08"),
        ("Causing or inciting a child under 16 to engage in sexual activity - Male child", "022/09"),
        ("Burglary", "28"),
    ),
    outcomes=(
        ("Charged/Summonsed", "1"),
        ("Type 15 - Named Suspect - Evidential Difficulties", "15"),
        ("Investigation complete - no suspect identified", "18"),
        ("Not in public interest (Police)", "10"),
        ("cautioned", "group:caution"),
    ),
    groups=frozenset({"Burglary"}),
    classes={"022/08": "22B", "022/09": "22B", "086/02": "86", "086/10": "86"},
)


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("22B. Sexual activity involving child under 16", "22B"),
        ("088A. Sexual Grooming", "88A"),
        ("86/2 Take, make or distribute indecent photographs of children", "086/02"),
        ("Possession of an indecent photograph of a child", "086/10"),
        ("Take or make indecent photographs of children", "086/02"),
        ("Causing or inciting a child under 16 to engage in sexual activity", "22B"),  # the class of both
        ("Sexual grooming (class 88A)", "88A"),
        ("22B. Sexual grooming", None),  # number and words contradict each other
        ("99Z. Sexual grooming", None),
        ("Burglary", None),  # the name of a group
        ("Sexual offences", None),
        ("Possession of a photograph of a child", None),
        ("Grooming crimes", None),
    ],
)
def test_offences(label: str, code: str | None) -> None:
    found = CODES.offence(label)
    assert (found[0] if found else None) == code


@pytest.mark.parametrize(
    ("label", "means"),
    [
        ("1: Charged/Summonsed", "Type 1"),
        ("15. Evidential difficulties, named suspect", "Type 15"),
        ("18. No suspect identified", "Type 18"),
        ("No suspect identified - investigation complete", "Type 18"),
        ("Cautioned", "group:caution"),
        ("1. Cannabis warning", None),  # another wording than that of the number
        ("10: No suspect identified", None),
        ("Filed", None),
    ],
)
def test_outcomes(label: str, means: str | None) -> None:
    found = CODES.outcome(label)
    assert (found[0] if found else None) == means
