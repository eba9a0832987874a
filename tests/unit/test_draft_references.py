"""The reference an answer prints of itself. Every text is invented."""

from __future__ import annotations

import pytest

from ingest.draft.references import reference_of


@pytest.mark.parametrize(
    ("lines", "reference"),
    [
        (["Freedom of Information Request Reference No: FOI 001234/20"], "001234/20"),
        (["Our ref: ABC/55/21.", "Your ref: 9"], "ABC/55/21"),
        (["Your ref: 9"], None),
        (["FOI 77-20 Offences on social media | A Police"], "77-20"),
        (["Reference", "1247-99", "Date of request"], "1247-99"),
        (["FOI 12/34 answered this before.", "Reference: 56/78"], "56/78"),
        (["This was given in FOI 144/14 already."], None),
        (["FOI Act 2000", "FOI request of 28/02/2017", "FOI 2017"], None),
        (["The figures are 12 and 15."], None),
        ([], None),
    ],
)
def test_the_answers_own_reference_is_found_and_no_other(lines: list[str], reference: str | None) -> None:
    assert reference_of(lines) == reference
