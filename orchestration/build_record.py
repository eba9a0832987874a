"""What is known of the build file: which inputs it was loaded from, and whether dbt's checks passed on it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from orchestration.inputs import Inputs, gather
from orchestration.publish.disk import write_whole
from orchestration.settings import Settings


@dataclass
class BuildRecord:
    """Stands beside the build file. ``is_mixed``: parts of it were made from other inputs than the rest."""

    inputs: Inputs
    is_mixed: bool = False
    is_tested: bool = False
    checks: dict[str, int] = field(default_factory=dict)
    """How many of dbt's checks came to which status."""


def forget(settings: Settings) -> None:
    """Before the build file is replaced: nothing is known of the new one."""
    _path(settings).unlink(missing_ok=True)


def loaded(settings: Settings, inputs: Inputs) -> None:
    """After the raw load: the file holds exactly what ``inputs`` gave."""
    _write(settings, BuildRecord(inputs))


def mixed(settings: Settings) -> None:
    """Before some of the raw tables are replaced: the file is no longer made from one state of the inputs."""
    record = read(settings)
    if record is not None:
        record.is_mixed = True
        _write(settings, record)


def testing(settings: Settings) -> bool:
    """Before dbt writes: from now on the file may hold anything. Whether its checks had passed until now."""
    record = read(settings)
    if record is None:
        return False
    before, record.is_tested = record.is_tested, False
    record.is_mixed |= record.inputs != gather(settings)
    _write(settings, record)
    return before


def tested(settings: Settings, *, passed: bool, checks: dict[str, int] | None) -> None:
    """After dbt. ``checks`` when the whole project was built and tested; else what was known of them stays."""
    record = read(settings)
    if record is not None:
        record.is_tested = passed
        record.checks = record.checks if checks is None else checks
        _write(settings, record)


def read(settings: Settings) -> BuildRecord | None:
    """The record; None when nothing is known of the build file."""
    try:
        return BuildRecord(**json.loads(_path(settings).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _path(settings: Settings) -> Path:
    return settings.warehouse_dir / "build.json"


def _write(settings: Settings, record: BuildRecord) -> None:
    write_whole(_path(settings), json.dumps(asdict(record), indent=1) + "\n")
