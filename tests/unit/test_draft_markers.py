"""Markers among the numbers of a table: what the document says of them, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.drafted import drafted

TABLE = "Kent Police (invented for a test)\n\nStalking offences\n\nSite\t2018\t2019\nKik\t{}\t4\nFacebook\t9\t7\n\n"


@pytest.mark.parametrize(
    ("marker", "sentence", "field", "declared"),
    [
        ("*", "* = 1 or 2, Section 40(2).", "suppressed", {"*": [1, 2]}),
        ("-", "A new system began in 2019; no figures for 2018 (-).", "not_held", ["-"]),
        ("-", "- Kik was not in use before 2019.", "not_held", ["-"]),
        ("-", "A dash shows that no offence named the site.", "nil", ["-"]),
        ("Not held", "", "not_held", ["Not held"]),
        ("*", "* withheld under Sections 31 and 40.", "withheld", ["*"]),
        ("-", "- Kik was not in use before 2019.\n- Searched by hand.", "not_held", None),
    ],
)
def test_a_marker_means_what_the_document_says(marker: str, sentence: str, field: str, declared: Any) -> None:
    found = drafted(TABLE.format(marker) + sentence + "\n")
    assert found.tables[0].fields.get(field) == declared
    assert len(found.tables[0].rows) == 4
