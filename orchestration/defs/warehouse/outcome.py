"""What a dbt run came to, in lines a person can act on. Reads dbt's own record of the run."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb

_FAILED = {"fail": "test failed", "error": "error", "runtime error": "error"}
_PLACE = ("disclosure_id", "locator")  # what leads back to a document, as models name it
_NAMED = 5  # rows of a failed test named in its line


def failures(target: Path, build: Path) -> list[str]:
    """One line per model or test that failed with severity error: its name, what happened, where it is written.

    A failed test also names the answers and places of its rows, as they stand in the file ``build``.
    """
    return [
        _line(result) + _rows_in_words(result, build)
        for result in _results(target)
        if result["status"] in _FAILED
    ]


def statuses(target: Path) -> dict[str, int]:
    """How many tests came to which status: ``pass``, ``warn``, ``fail``, ``error``, ``skipped``."""
    tests = (result for result in _results(target) if str(result["unique_id"]).startswith("test."))
    return dict(sorted(Counter(str(result["status"]) for result in tests).items()))


def _results(target: Path) -> list[dict[str, Any]]:
    record = target / "run_results.json"
    if not record.is_file():
        return []
    results: list[dict[str, Any]] = json.loads(record.read_text(encoding="utf-8"))["results"]
    return results


def _line(result: dict[str, Any]) -> str:
    kind, _, *name = str(result["unique_id"]).split(".")
    said = " ".join(str(result.get("message") or "").split())
    return f"{_FAILED[result['status']]}: {kind.replace('_', ' ')} {name[0]}: {said or 'no message'}"


def _rows_in_words(result: dict[str, Any], build: Path) -> str:
    """Where the rows that a test failed for come from; empty where its rows do not say so."""
    query = result.get("compiled_code")
    if result["status"] != "fail" or not query:
        return ""
    try:
        with duckdb.connect(str(build), read_only=True) as connection:
            failing = connection.sql(query)
            names = [name for name in _PLACE if name in failing.columns]
            if not names:
                return ""
            rows = failing.project(", ".join(names)).distinct().order(", ".join(names)).fetchall()
    except duckdb.Error:
        return ""  # the test itself has been told; where its rows stand only adds to it
    said = [", ".join(str(value) for value in row if value is not None) for row in rows]
    more = [f"and {len(said) - _NAMED:,} more"] if len(said) > _NAMED else []
    return f": {'; '.join([*said[:_NAMED], *more])}" if said else ""
