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
        ("Rape of a male child under 13", "19H"),
        ("Rape of a male child under 13 by a male", "019/17"),
        ("Meeting a child following sexual grooming", "88A"),
        ("Causing a child under 16 to watch a sexual act", "022/11"),
        ("Causing a child under 16 to watch a sexual act - Offender under 18", "022/17"),
        ("Sexual communication with a child", "071/17"),
    ),
    outcomes=(
        ("Charged/Summonsed", "1"),
        ("Type 15 - Named Suspect - Evidential Difficulties", "15"),
        ("Investigation complete - no suspect identified", "18"),
        ("Not in public interest (Police)", "10"),
        ("Diversionary, educational or intervention activity", "22"),
        ("Further investigation not in the public interest - police decision", "21"),
        ("cautioned", "group:caution"),
    ),
    titles=(("Rape of a male child under 13", "19H"), ("Theft from the person", "39"), ("Burglary", "28")),
    outcome_groups={frozenset({"14", "15", "16"}): "group:evidential-difficulties"},
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
        ("Rape of a male child under 13", "19H"),  # its exact title, not the sub-code of nearly that title
        ("Causing a child under 16 to watch a sexual act", "022/11"),
        ("Cause a child under 16 to watch a sexual act", None),  # may hold 022/17 as well
        ("Theft from the person", "39"),
        ("S15 Meeting a child following grooming", "88A"),
        ("Section 15A: Sexual communication with a child", "071/17"),
        ("Sexual communication with a child (Sexual Offences Act 2003, section 15A)", "071/17"),
        ("Cause or incite a child under 16 to engage in sexual activity", "22B"),
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
        ("OC22 - Diversionary Activity", "Type 22"),
        ("Outcome 21 (police decide that action is not in the public interest)", "Type 21"),
        ("Outcome 22: Charged/Summonsed", None),
        ("Outcome 14, 15 or 16", "group:evidential-difficulties"),
        ("Outcomes 14 and 15", None),
        ("18 Undetected", None),
    ],
)
def test_outcomes(label: str, means: str | None) -> None:
    found = CODES.outcome(label)
    assert (found[0] if found else None) == means


def test_a_bare_number_is_believed_where_the_others_are_those_of_the_framework() -> None:
    found = CODES.outcome("18 Undetected", is_scheme=True)
    assert found is not None
    assert found[0] == "Type 18"
    assert CODES.outcome("10 No suspect identified", is_scheme=True) is None
    assert CODES.outcome("99 Undetected", is_scheme=True) is None


def test_a_code_beside_a_label_is_believed_where_the_words_agree() -> None:
    assert CODES.agrees("Rape of a male child under 13", "19H")
    assert CODES.agrees("Sexual communication with a child", "71/17")
    assert not CODES.agrees("Theft from a shop", "19H")
    assert not CODES.agrees("Theft from the person", "99Z")
