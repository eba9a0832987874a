"""Facts across stores, checked on a finished build: digests against reviews, dates against the Act, queues, waivers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from orchestration.quality.checks import Check
from orchestration.quality.results import CheckResult, Status
from orchestration.quality.working_days import ALLOWED, working_days
from orchestration.seeds import rows_of

UNMAPPED_SHARE = 0.05
"""At most this share of all figures may wait for the code of a label."""

_Rows = list[dict[str, Any]]
_Found = Iterator[tuple[str | None, bool, str, str]]
"""Disclosure, whether it passes, place, message."""


def operational(
    build: duckdb.DuckDBPyConnection, seeds: Path, checks: Mapping[str, Check]
) -> list[CheckResult]:
    """The results of every operational check that can be made before publishing."""
    found: list[CheckResult] = []
    for name, check in _CHECKS.items():
        about = checks[name]
        for disclosure_id, passes, place, message in check(build, seeds):
            status: Status = "PASS" if passes else about.failed
            found.append(CheckResult(name, about.kind, disclosure_id, status, place, message))
    return found


def _documents_as_reviewed(build: duckdb.DuckDBPyConnection, seeds: Path) -> _Found:
    reviewed = {
        (row["disclosure_id"], row["file"]): row
        for row in rows_of(seeds / "reviewed" / "reviewed_documents.csv")
    }
    for row in _select(build, "select disclosure_id, file, sha256 from raw.documents order by all"):
        known = reviewed.get((row["disclosure_id"], row["file"]))
        if known is None:
            continue
        is_same = known["sha256"] == row["sha256"]
        since = f"sha256 {row['sha256']}, but {known['sha256']} was reviewed on {known['reviewed_on']}"
        yield row["disclosure_id"], is_same, "" if is_same else row["file"], "" if is_same else since


def _hidden_data_guard(build: duckdb.DuckDBPyConnection, _: Path) -> _Found:
    """Quarantined documents; of an answer that is whole, the guard has found nothing hidden."""
    hidden = _select(
        build,
        """
        select disclosure_id, file, place, found
        from raw.extraction_issues
        inner join vocabulary.issue_codes on code = issue_code
        where decision = 'quarantine'
        order by all
        """,
    )
    for row in hidden:
        yield row["disclosure_id"], False, f"{row['file']}, {row['place']}".rstrip(", "), row["found"]
    told = {row["disclosure_id"] for row in hidden}
    for row in _select(build, "select disclosure_id from raw.disclosures order by all"):
        if row["disclosure_id"] not in told:
            yield row["disclosure_id"], True, "", ""


def _response_overdue(build: duckdb.DuckDBPyConnection, _: Path) -> _Found:
    dated = _select(
        build,
        """
        select disclosure_id, received_on, responded_on
        from staging.stg_disclosures
        where kind = 'foi_response' and received_on is not null and responded_on is not null
        order by all
        """,
    )
    for row in dated:
        days = working_days(row["received_on"], row["responded_on"])
        told = f"answered {days} working days after receipt; {ALLOWED} are allowed (section 10)"
        is_late = days > ALLOWED
        yield (
            row["disclosure_id"],
            not is_late,
            f"{row['responded_on']}" if is_late else "",
            told if is_late else "",
        )


def _reconciliations_explained(build: duckdb.DuckDBPyConnection, _: Path) -> _Found:
    ((waiting, waived),) = build.execute(
        "select count(*) filter (where status in ('WARN', 'FAIL')), count(*) filter (where status = 'WAIVED') "
        "from qa_findings where check_name = 'reconciliation'"
    ).fetchall()
    told = f"{waiting} differences are neither explained nor waived, {waived} are waived"
    yield None, waiting == 0, "qa_reconciliations", told


def _unmapped_queue_short(build: duckdb.DuckDBPyConnection, _: Path) -> _Found:
    ((waiting, labels),) = build.execute(
        "select coalesce(sum(rows_affected), 0), count(*) from qa_unmapped_labels"
    ).fetchall()
    ((figures,),) = build.execute("select count(*) from fct_disclosed_value").fetchall()
    share = float(waiting) / figures if figures else 0.0
    told = f"{labels} labels of {waiting} figures wait for a code: {share:.1%} of all, {UNMAPPED_SHARE:.0%} are allowed"
    yield None, share <= UNMAPPED_SHARE, "qa_unmapped_labels", told


_CHECKS: dict[str, Callable[[duckdb.DuckDBPyConnection, Path], _Found]] = {
    "documents_as_reviewed": _documents_as_reviewed,
    "hidden_data_guard": _hidden_data_guard,
    "response_overdue": _response_overdue,
    "reconciliations_explained": _reconciliations_explained,
    "unmapped_queue_short": _unmapped_queue_short,
}


def _select(build: duckdb.DuckDBPyConnection, sql: str) -> _Rows:
    cursor = build.execute(sql)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
