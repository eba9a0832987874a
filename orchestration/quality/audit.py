"""The audit between write and publish: everything checked outside dbt, brought into the build beside what dbt found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from orchestration.publish import statement
from orchestration.quality import process, results
from orchestration.quality.checks import Check, by_name
from orchestration.quality.operations import operational
from orchestration.quality.results import CheckResult, Status

if TYPE_CHECKING:
    from orchestration.settings import Settings

_TEST_STATUS: dict[str, Status] = {"pass": "PASS", "warn": "WARN", "fail": "FAIL", "error": "FAIL"}


class NotAudited(Exception):
    """The build cannot be audited; the message says what is missing."""


def audit(settings: Settings, target: Path) -> list[CheckResult]:
    """Check a finished build, record the results in it, and bring its findings up to date.

    ``target`` is dbt's folder of artifacts of the run that made the build. Raises :class:`NotAudited`,
    :class:`orchestration.quality.process.ValidationFailed`.
    """
    ran = _run_results(target)
    seeds = settings.dbt_project_dir / "seeds"
    found = [*process.wait(settings), *dbt_tests(ran, target)]
    with duckdb.connect(str(settings.build_db)) as build:
        found += operational(build, seeds, by_name(seeds))
        build.execute("delete from raw.check_results")
        _record(build, found)
        _refresh(build, ran)
        stated = _statement(build, by_name(seeds))  # last: of everything else
        _record(build, stated)
        _refresh(build, ran)
        found += stated
    results.write(settings.audit_results, found)
    return found


def blocking(found: Iterable[CheckResult], checks: dict[str, Check]) -> list[str]:
    """A line for every failure that keeps a build from being published."""
    return [
        f"check {result.check_name} failed: {result.disclosure_id}, {result.place}: {result.message}"
        for result in found
        if result.status == "FAIL" and result.check_name in checks and checks[result.check_name].is_blocking
    ]


def dbt_tests(ran: dict[str, Any], target: Path) -> list[CheckResult]:
    """The dbt tests of a run, each on the table it guards."""
    nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    found = []
    for result in ran["results"]:
        kind, _, name, *_ = str(result["unique_id"]).split(".")
        status = _TEST_STATUS.get(result["status"])
        if kind == "test" and status is not None:
            guarded = str(nodes.get(result["unique_id"], {}).get("attached_node") or "").rpartition(".")[2]
            said = " ".join(str(result.get("message") or "").split())
            found.append(CheckResult(name, "dbt_test", None, status, guarded, said))
    return found


def _statement(build: duckdb.DuckDBPyConnection, checks: dict[str, Check]) -> list[CheckResult]:
    """What the file must hold to be published; see :mod:`orchestration.publish.statement`."""
    if statement.CHECK not in checks:
        return []
    found = statement.content(build)
    told = (
        f"{found.tables} tables of {found.rows:,} rows, all but this row, have this digest; "
        "a file with another one is not published"
    )
    return [CheckResult(statement.CHECK, checks[statement.CHECK].kind, None, "PASS", found.place, told)]


def _run_results(target: Path) -> dict[str, Any]:
    try:
        read: dict[str, Any] = json.loads((target / "run_results.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise NotAudited(
            f"{error.filename}: dbt has left no record of its run; run the whole pipeline"
        ) from error
    return read


def _record(build: duckdb.DuckDBPyConnection, found: Sequence[CheckResult]) -> None:
    """All in one statement: a row each would take a second."""
    rows = [astuple(result) for result in found]
    columns = [[row[number] for row in rows] for number in range(len(fields(CheckResult)))]
    build.execute(
        f"insert into raw.check_results select {', '.join(['unnest(?::varchar[])'] * len(columns))}", columns
    )


def _refresh(build: duckdb.DuckDBPyConnection, ran: dict[str, Any]) -> None:
    """Run the statements that read the results again, as dbt compiled them, in the tables dbt has made."""
    for name in ("stg_check_results", "qa_findings"):
        node = next((row for row in ran["results"] if row["unique_id"].endswith(f".{name}")), None)
        if node is None:
            raise NotAudited(f"dbt has not built {name} in its last run; run the whole pipeline")
        relation = node["relation_name"]
        columns = ", ".join(
            f'"{column}"' for (column, *_) in build.execute(f"describe {relation}").fetchall()
        )
        build.execute(f"delete from {relation}")
        build.execute(f"insert into {relation} ({columns}) select {columns} from ({node['compiled_code']})")
