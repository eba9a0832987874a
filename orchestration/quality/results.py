"""What a check came to for one disclosure: the row every kind of check ends as. Reads and writes them as JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Status = Literal["PASS", "FAIL", "WARN", "NOT_APPLICABLE"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One row of ``raw.check_results``. Several for one check and disclosure where it found several things.

    ``disclosure_id`` is None for a check of the warehouse as a whole.
    """

    check_name: str
    check_kind: str
    disclosure_id: str | None
    status: Status
    place: str = ""
    message: str = ""


def write(path: Path, results: Iterable[CheckResult]) -> None:
    """Write results as a whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.write_text(json.dumps([asdict(result) for result in results], indent=0), encoding="utf-8")
    scratch.replace(path)


def read(path: Path) -> list[CheckResult]:
    """The results written there; OSError where there are none."""
    return [CheckResult(**row) for row in json.loads(path.read_text(encoding="utf-8"))]


def worst(results: Sequence[CheckResult]) -> Status:
    """The status of several results taken together."""
    order: tuple[Status, ...] = ("FAIL", "WARN", "PASS")
    found = {result.status for result in results}
    return next((status for status in order if status in found), "NOT_APPLICABLE")
