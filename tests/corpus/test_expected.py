"""Every disclosure of the project against its golden answer: nothing missing, nothing else, every code right."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, Built

EXPECTED = Path(__file__).parent / "expected"
DISCLOSURES = sorted(
    path.parent.relative_to(ROOT / "data" / "disclosures").as_posix()
    for path in (ROOT / "data" / "disclosures").glob("*/*/disclosure.yml")
)
EXCEPTIONS = {
    (row["disclosure"], row["table_no"], row["row_no"], row["column"]): row
    for row in yaml.safe_load((Path(__file__).parent / "exceptions.yml").read_text(encoding="utf-8"))
}
# expected column -> column of fct_disclosed_value
COLUMNS = {
    "measure": "measure",
    "period_text": "period_text",
    "period_start": "period_start_on",
    "period_end": "period_end_on",
    "platform_text": "platform_text",
    "platform_id": "platform_id",
    "offence_text": "offence_text",
    "offence_code": "offence_code",
    "outcome_text": "outcome_text",
    "outcome_code": "outcome_code",
    "victim_text": "victim_text",
    "victim_sex": "victim_sex",
    "victim_age_low": "victim_age_low",
    "victim_age_high": "victim_age_high",
    "value_text": "value_text",
    "value_low": "value_low",
    "value_high": "value_high",
    "value_status": "value_status",
    "is_total": "is_total",
}


def test_every_disclosure_has_a_golden_answer_and_the_other_way_round() -> None:
    golden = sorted(
        path.relative_to(EXPECTED).with_suffix("").as_posix() for path in EXPECTED.glob("*/*.csv")
    )
    assert golden == DISCLOSURES


@pytest.mark.parametrize("disclosure_id", DISCLOSURES)
def test_disclosure_equals_its_golden_answer(built: Built, disclosure_id: str) -> None:
    expected = _expected(disclosure_id)
    actual = {
        (row["table_no"], row["row_no"]): row
        for row in built.records(
            "select * from fct_disclosed_value where disclosure_id = ? and value_status <> 'implied_zero'",
            disclosure_id,
        )
    }
    assert sorted(actual) == sorted(expected), "rows missing or unexpected"
    differences = [
        f"table {table_no} row {row_no} {column}: expected {wanted[column]!r}, found {found!r}"
        for (table_no, row_no), wanted in sorted(expected.items())
        for column, name in COLUMNS.items()
        if (found := _text(actual[table_no, row_no][name]))
        != _wanted(disclosure_id, table_no, row_no, column, wanted)
    ]
    assert differences == []
    for key, wanted in expected.items():
        dims = {name: _plain(value) for name, value in json.loads(wanted["other_dims"]).items()}
        dims.pop("force_text", None)
        assert dims.pop("force_id", actual[key]["force_id"]) == actual[key]["force_id"], f"force of {key}"
        assert dict(actual[key]["other_dims"]) == dims, f"other dimensions of {key}"


@pytest.mark.parametrize("disclosure_id", DISCLOSURES)
def test_every_number_leads_back_to_its_place(built: Built, disclosure_id: str) -> None:
    """The same place as in the golden answer, or a finer one (a line of the page that it names).

    For the prose of web pages golden answers count lines of the source, which a reader of the page cannot see.
    """
    expected = _expected(disclosure_id)
    rows = built.rows(
        "select table_no, row_no, locator from fct_disclosed_value where disclosure_id = ? and row_no is not null",
        disclosure_id,
    )
    is_page = any((ROOT / "data" / "disclosures" / disclosure_id).glob("*.htm*"))
    for table_no, row_no, locator in rows:
        wanted = expected[table_no, row_no]["locator"]
        if not (is_page and wanted.startswith(("line ", "para "))):
            assert locator == wanted or locator.startswith(f"{wanted} ")


def _expected(disclosure_id: str) -> dict[tuple[int, int], dict[str, str]]:
    with (EXPECTED / f"{disclosure_id}.csv").open(encoding="utf-8", newline="") as lines:
        return {(int(row["table_no"]), int(row["row_no"])): row for row in csv.DictReader(lines)}


def _wanted(disclosure_id: str, table_no: int, row_no: int, column: str, row: dict[str, str]) -> str:
    exception = EXCEPTIONS.get((disclosure_id, table_no, row_no, column))
    return str(exception["actual"]) if exception else row[column]


def _plain(value: Any) -> str:
    """A dimension as the warehouse holds it: text."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
