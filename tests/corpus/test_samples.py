"""Two whole answers to one request, as their forces published them: read where the folder of samples stands beside the
project, never copied into it."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections import Counter
from typing import Any

import pytest

from ingest.extract import Extraction, extract
from ingest.registry import DataFolder, load
from tests.conftest import ROOT

SAMPLES = ROOT.parent / "shared" / "samples"
FIXTURES = ROOT / "tests" / "fixtures" / "samples"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no folder of sample documents at {SAMPLES}")


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Extraction]:
    """Both answers extracted, in a data folder that holds the documents only while the tests run."""
    data = DataFolder(tmp_path_factory.mktemp("samples"))
    shutil.copytree(FIXTURES / "requests", data.requests_dir)
    for force in ("hertfordshire", "humberside"):
        shutil.copytree(FIXTURES / force, data.disclosures_dir / force)
        (home,) = (data.disclosures_dir / force).iterdir()
        shutil.copyfile(SAMPLES / f"{force.capitalize()}.pdf", home / f"{force.capitalize()}.pdf")
    registry = load(data)
    assert registry.problems == []
    return {entry.force_id: extract(entry) for entry in registry.entries}


def rows(answer: Extraction, table_name: str) -> list[dict[str, Any]]:
    assert [str(problem) for problem in answer.problems if problem.severity == "error"] == []
    return [row for row in answer.tables["disclosed_values"] if row["table_name"] == table_name]


def expected(name: str) -> list[dict[str, str]]:
    with (SAMPLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_record_of_the_list_and_no_other(answers: dict[str, Extraction]) -> None:
    records = rows(answers["hertfordshire"], "records")
    told = [
        (str(row["row_no"]), row["period_text"], row["offence_text"], row["outcome_text"]) for row in records
    ]
    wanted = expected("hertfordshire_expected.csv")
    assert told == [(r["no"], r["financial_year"], r["crime_type"], r["outcome_description"]) for r in wanted]
    assert all(row["is_record"] for row in records)


def test_the_yearly_totals_are_those_of_the_list(answers: dict[str, Extraction]) -> None:
    totals = rows(answers["hertfordshire"], "yearly_totals")
    by_year = Counter(row["period_text"] for row in rows(answers["hertfordshire"], "records"))
    assert {row["period_text"]: int(row["value_text"]) for row in totals if not row["is_total"]} == by_year
    assert [row["value_text"] for row in totals if row["is_total"]] == [str(by_year.total())]


def test_what_the_heading_promises_and_the_list_lacks_is_not_answered(answers: dict[str, Extraction]) -> None:
    parts = {row["part"]: row["status"] for row in answers["hertfordshire"].tables["disclosure_parts"]}
    assert parts["hospitals"] == "not_answered"


def test_both_crosstabs_cell_by_cell(answers: dict[str, Extraction]) -> None:
    tables = {"1": rows(answers["humberside"], "offence_types"), "2": rows(answers["humberside"], "outcomes")}
    told = Counter(
        (question, row["period_text"], row["offence_text"] or row["outcome_text"], row["value_text"])
        for question, cells in tables.items()
        for row in cells
    )
    wanted = expected("humberside_expected.csv")
    assert told == Counter((r["question"], r["period"], r["source_label"], r["raw_cell"]) for r in wanted)


def test_both_crosstabs_add_to_the_same_years(answers: dict[str, Extraction]) -> None:
    for table in ("offence_types", "outcomes"):
        years: Counter[str] = Counter()
        for row in rows(answers["humberside"], table):
            years[row["period_text"]] += int(row["value_text"] or 0)
        assert [years[str(year)] for year in range(2019, 2025)] == [457, 486, 465, 481, 609, 153]


def test_only_headings_and_numbers_of_the_tables_are_landed(answers: dict[str, Extraction]) -> None:
    """The letter names people; nothing of its prose may come along."""
    wanted = {row["source_label"] for row in expected("humberside_expected.csv")}
    landed = rows(answers["humberside"], "offence_types") + rows(answers["humberside"], "outcomes")
    assert {row["offence_text"] or row["outcome_text"] for row in landed} == wanted
    assert {row[column] for row in landed for column in ("force_text", "victim_text", "measure_text")} == {
        None
    }


def test_the_documents_are_not_in_the_project() -> None:
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in SAMPLES.glob("*.pdf")}
    copies = [
        path
        for path in ROOT.rglob("*.pdf")
        if ".venv" not in path.parts and hashlib.sha256(path.read_bytes()).hexdigest() in digests
    ]
    assert copies == []
