"""Every kind of check in one table, complete; each seeded defect of an extraction caught by the check named for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from orchestration.publish import statement
from orchestration.quality import checks, process
from orchestration.quality.frames import frames
from orchestration.quality.suites import SUITES
from orchestration.quality.validation import validate
from orchestration.settings import Settings
from tests.conftest import ROOT, Built

SEEDS = ROOT / "dbt_project" / "seeds"
Rows = list[dict[str, Any]]


def test_the_matrix_is_complete(built: Built) -> None:
    missing = built.rows(
        "select c.check_name, d.disclosure_id from vocabulary.checks as c cross join dim_disclosure as d "
        "where c.scope = 'disclosure' and not exists (select 1 from qa_findings as f "
        "where f.check_name = c.check_name and f.disclosure_id = d.disclosure_id)"
    )
    assert missing == []
    unjudged = built.rows(
        "select check_name from vocabulary.checks where check_kind <> 'finding' "
        "and check_name not in (select check_name from raw.check_results)"
    )
    assert unjudged == [], "a check that says nothing about any answer has not been run"
    of_the_whole = built.rows(
        "select c.check_name from vocabulary.checks as c where c.scope = 'warehouse' and 1 <> (select count(*) "
        "from qa_findings as f where f.check_name = c.check_name and f.disclosure_id is null)"
    )
    assert of_the_whole == []


def test_the_published_file_holds_the_content_it_states(built: Built) -> None:
    """The row stands in the file it is about: the digest of everything else, which anybody can compute again."""
    (row,) = built.records("select * from qa_findings where check_name = 'published_equals_build'")
    with duckdb.connect(str(built.path), read_only=True) as connection:
        found = statement.content(connection)
        assert statement.stated(connection) == found.digest
    assert (row["status"], row["check_kind"], row["place"]) == ("PASS", "operational", found.place)
    assert row["message"].startswith(f"{found.tables} tables of {found.rows:,} rows, all but this row,")


def test_dbt_tests_stand_beside_the_other_checks(built: Built) -> None:
    assert (
        built.value("select count(*) from qa_findings where check_kind = 'dbt_test' and status = 'PASS'")
        > 200
    )
    assert built.value(
        "select place from qa_findings where check_name like 'unique_fct_disclosed_value%'"
    ) == ("fct_disclosed_value")


def test_a_verdict_says_what_it_rests_on(built: Built) -> None:
    refused = built.records(
        "select check_name, status, message from qa_findings where disclosure_id = 'northumbria/240-17' "
        "and check_kind = 'great_expectations'"
    )
    assert {row["status"] for row in refused} == {"NOT_APPLICABLE"}, (
        "a refusal without figures has none to check"
    )
    norfolk = built.value(
        "select status from qa_findings where check_name = 'sums_as_reviewed' and disclosure_id = ?", NORFOLK
    )
    assert norfolk == "PASS"
    assert (
        built.rows("select place from qa_findings where check_name = 'labels_clean' and status = 'WARN'")
        != []
    )


def test_data_docs_are_a_site_that_can_be_browsed_and_that_fetches_nothing(built: Built) -> None:
    home = process.index(Settings(built.data_dir)).parent
    assert [path.stem for path in sorted((home / "expectations").glob("*.html"))] == ["tables", "values"]
    pages = {path: path.read_text(encoding="utf-8") for path in home.rglob("*.html")}
    assert len(pages) == 5
    assert "match this regular expression" in pages[home / "expectations" / "values.html"].lower()
    for path, text in pages.items():
        assert re.findall(r"<script|<link|<img|https?://", text) == [], path
        for address in re.findall(r'href="([^#"][^"]*)"', text):
            assert (path.parent / address).is_file(), (path, address)
    assert all(
        f"<td>{expected.check_name}</td>" in pages[home / "index.html"] for expected in SUITES["values"]
    )


LANCASHIRE = "lancashire/press-2017-06-26"
NORFOLK = "norfolk/foi-004600-17"
CLEVELAND = "cleveland/593-25"
DORSET = "dorset/01-fin-24-2153"
NORTHUMBRIA = "northumbria/018-13"
AVON = "avon-and-somerset/1247-22"
NORTHAMPTONSHIRE = "northamptonshire/10905-25"
STAFFORDSHIRE = "staffordshire/pa-2015-getsafeonline"
DURHAM = "durham/pa-2015-capitalfm"
SUFFOLK = "suffolk/eadt-2015-social-media"
WEST_MIDLANDS = "west-midlands/5619-14"
KEY_TERM = "norfolk/edp-2017-facebook-key-term"


def _first_row_of_each_page_lost(rows: Rows) -> Rows:
    seen: set[str] = set()
    kept = []
    for row in rows:
        page = row["locator"].split(" ")[0]
        if page in seen:
            kept.append(row)
        seen.add(page)
    return _renumbered(kept)


def _renumbered(rows: Rows) -> Rows:
    """Numbered anew without a gap, as a reader that never saw the lost rows would."""
    counted: dict[int, int] = {}
    for row in rows:
        counted[row["table_no"]] = counted.get(row["table_no"], 0) + 1
        row["row_no"] = counted[row["table_no"]]
    return rows


def _changed(**texts: Callable[[dict[str, Any]], Any]) -> Callable[[Rows], Rows]:
    """Every row with these columns computed anew from what it was."""
    return lambda rows: [row | {name: change(row) for name, change in texts.items()} for row in rows]


def _in_first(name: str, change: Callable[[Any], Any]) -> Callable[[Rows], Rows]:
    def damaged(rows: Rows) -> Rows:
        position = next(at for at, row in enumerate(rows) if row[name])
        return [row | ({name: change(row[name])} if at == position else {}) for at, row in enumerate(rows)]

    return damaged


DEFECTS: list[tuple[str, str, Callable[[Rows], Rows], str]] = [
    ("the first row of every page lost", LANCASHIRE, _first_row_of_each_page_lost, "pages_as_reviewed"),
    (
        "two columns swapped",
        NORFOLK,
        _changed(offence_text=lambda row: row["outcome_text"], outcome_text=lambda row: row["offence_text"]),
        "labels_in_role",
    ),
    (
        "a footnote digit glued to a number",
        CLEVELAND,
        _in_first("value_text", lambda text: f"{text}1"),
        "sums_as_reviewed",
    ),
    (
        "a footnote digit glued to a label",
        DORSET,
        _in_first("offence_text", lambda text: f"{text}2"),
        "labels_clean",
    ),
    ("a row lost without a page", NORTHUMBRIA, lambda rows: _renumbered(rows[:-1]), "figures_as_reviewed"),
    ("a row read twice", AVON, lambda rows: [*rows, rows[-1]], "rows_unbroken"),
    (
        "a heading taken for a figure",
        STAFFORDSHIRE,
        _in_first("value_text", lambda _: "Number"),
        "value_shapes",
    ),
    ("a figure lost, its row kept", DURHAM, _in_first("value_text", lambda _: None), "values_present"),
    ("a total taken for a row", NORTHAMPTONSHIRE, _changed(is_total=lambda _: False), "totals_as_reviewed"),
    (
        "labels of two rows run together",
        SUFFOLK,
        _changed(period_text=lambda _: "2012"),
        "labels_as_reviewed",
    ),
    ("a place that leads nowhere", WEST_MIDLANDS, _in_first("locator", lambda _: ""), "places_present"),
    ("a whole table lost", KEY_TERM, lambda _: [], "tables_found"),
]


@pytest.fixture(scope="module")
def damaged(built: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The checks that fail for each disclosure when twelve of them are damaged, all in one validation."""
    with duckdb.connect(str(built.path), read_only=True) as connection:
        tables = {
            name: connection.sql(f"select * from raw.{name}").to_arrow_table() for name in process.TABLES
        }
    landed = tables["disclosed_values"]
    by_disclosure: dict[str, Rows] = {}
    for row in landed.to_pylist():
        by_disclosure.setdefault(row["disclosure_id"], []).append(row)
    for _, disclosure_id, damage, _ in DEFECTS:
        by_disclosure[disclosure_id] = damage(by_disclosure[disclosure_id])
    rows = [row for own in by_disclosure.values() for row in own]
    tables["disclosed_values"] = pa.Table.from_pylist(rows, schema=landed.schema)
    found = validate(frames(tables, SEEDS), Path(tmp_path_factory.mktemp("site")), checks.by_name(SEEDS))
    failed: dict[str, set[str]] = {row["disclosure_id"]: set() for row in tables["disclosures"].to_pylist()}
    for result in found:
        if result.status in ("FAIL", "WARN") and result.disclosure_id is not None:
            failed[result.disclosure_id].add(result.check_name)
    return failed


@pytest.mark.parametrize(
    ("defect", "disclosure_id", "_", "check"), DEFECTS, ids=[defect[0] for defect in DEFECTS]
)
def test_a_seeded_defect_is_caught_by_its_check(
    damaged: dict[str, set[str]], built: Built, defect: str, disclosure_id: str, _: Any, check: str
) -> None:
    assert check in damaged[disclosure_id], defect
    sound = built.rows(
        "select status from qa_findings where check_name = ? and disclosure_id = ?", check, disclosure_id
    )
    assert set(sound) == {("PASS",)}, "the check must be silent about the sound extraction"


def test_sound_disclosures_beside_damaged_ones_stay_sound(damaged: dict[str, set[str]]) -> None:
    harmed = {disclosure_id for _, disclosure_id, _, _ in DEFECTS}
    touched = {name for name, failed in damaged.items() if failed - {"labels_clean"} and name not in harmed}
    assert touched == set()
