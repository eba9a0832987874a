"""What a dbt run came to, in lines a person can act on. Reads dbt's own record of the run."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

_FAILED = {"fail": "test failed", "error": "error", "runtime error": "error"}


def failures(target: Path) -> list[str]:
    """One line per model or test that failed with severity error: its name, what happened, where it is written."""
    return [_line(result) for result in _results(target) if result["status"] in _FAILED]


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
