"""The rules of the checks that are not dbt's: profiles of tables, shapes of printed numbers, working days."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from ingest.guard.verdict import RULES
from orchestration.quality.profile import profiles, style
from orchestration.quality.suites import VALUE_SHAPE
from orchestration.quality.validation import _message
from orchestration.quality.working_days import working_days
from orchestration.seeds import rows_of
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("received", "answered", "days"),
    [
        (date(2024, 3, 4), date(2024, 3, 5), 1),
        (date(2024, 3, 1), date(2024, 3, 4), 1),  # over a weekend
        (date(2024, 3, 28), date(2024, 4, 2), 1),  # Good Friday to Easter Monday
        (date(2024, 12, 24), date(2025, 1, 2), 4),  # Christmas, Boxing Day, New Year's Day
        (date(2022, 6, 1), date(2022, 6, 6), 1),  # the bank holidays of one year only
        (date(2024, 3, 4), date(2024, 3, 4), 0),
    ],
)
def test_working_days(received: date, answered: date, days: int) -> None:
    assert working_days(received, answered) == days


@pytest.mark.parametrize(
    "text", ["0", "77, 686", "1,535", "1 535", "<5", "four", "twenty-one", "*", "-", "–", "", "no"]
)
def test_a_number_or_a_marker_has_the_shape(text: str) -> None:
    assert re.match(VALUE_SHAPE, text)


@pytest.mark.parametrize("text", ["Number", "1,5352", "12a", "see note", "£450", "26 Norwich", "12.5.", "-3"])
def test_anything_else_has_not(text: str) -> None:
    assert not re.match(VALUE_SHAPE, text)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("01. Charged/Summons", "numbered"),
        ("Type 1 - Charged", "type"),
        ("OC01 – Charge", "type"),
        ("22B. Sexual activity", "numbered"),
        ("086/02 Take", "code"),
        ("Blackmail", "words"),
    ],
)
def test_label_styles(label: str, expected: str) -> None:
    assert style(label) == expected


def _row(**texts: Any) -> dict[str, Any]:
    empty = {f"{role}_text": None for role in ("period", "platform", "offence", "outcome", "victim", "force")}
    own = {
        "disclosure_id": "a/1",
        "table_name": "t",
        "locator": "p1 line 1",
        "is_total": False,
        "is_record": False,
    }
    return empty | own | {"value_text": "1"} | texts


def test_a_profile_says_what_a_table_gave() -> None:
    rows = [
        _row(value_text="1,535", offence_text="22B. Rape", period_text="2015"),
        _row(value_text="*", offence_text=None, period_text="2015", locator="p2 line 3"),
        _row(value_text="7", offence_text=None, period_text="2016", locator="p2 line 4"),
        _row(value_text="1,542", is_total=True, locator="Sheet 1!C7"),
    ]
    tables = [
        {"disclosure_id": "a/1", "table_name": "t", "layout": "counts"},
        {"disclosure_id": "a/1", "table_name": "none", "layout": "crosstab"},
        {"disclosure_id": "a/1", "table_name": "key", "layout": "legend"},
    ]
    found, empty = profiles(rows, tables)
    assert found == {
        "disclosure_id": "a/1",
        "table_name": "t",
        "figures": "4",
        "totals": "1",
        "records": "0",
        "number_sum": "3084",
        "pages": "p1:1 p2:2 Sheet_1:1",
        "labels": "period:2 offence:1",
        "label_styles": "offence numbered:1",
        "half_labelled": "offence",
    }
    assert (empty["figures"], empty["number_sum"]) == ("0", "0")


def test_every_code_of_the_guard_is_known_to_the_checks() -> None:
    seed = rows_of(ROOT / "dbt_project" / "seeds" / "vocabulary" / "issue_codes.csv")
    assert {row["issue_code"]: row["decision"] for row in seed} == {
        code: rule.decision for code, rule in RULES.items()
    }


def test_a_table_nobody_reviewed_is_told_as_such() -> None:
    row = {"disclosure_id": "kent/test", "table_name": "t", "reviewed_on": float("nan")}
    assert _message(row) == "not yet reviewed; run foi review kent/test"
