"""Everything a build depends on, as digests: what a release is made of, and whether anything has changed since."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.settings import ROOT, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

Inputs = dict[str, Any]

_TOOLS = ("dbt-core", "dbt-duckdb", "duckdb", "pyarrow", "dagster", "dagster-dbt", "great-expectations")
_MADE_BY_DBT = {"target", "logs", "dbt_packages", ".user.yml"}
_YML = "disclosure.yml"


def gather(settings: Settings) -> Inputs:
    """The inputs as they are on disk now.

    ``disclosures`` (per id: digest of disclosure.yml, digest of every document), ``set_aside`` (those with errors, and
    what stands in, see :func:`ingest.landing.stand_in`), ``requests``, ``seeds`` and ``rules`` of the dbt project,
    ``readers`` (the code that turns documents into rows), ``program`` (the code around it), ``tools`` with their
    versions, and ``today``, which the expiry of a waiver is held against.
    """
    from ingest.landing import ingest_version, stand_in

    seeds, rules = _dbt_project(settings.dbt_project_dir)
    disclosures = dict(_disclosures(settings.data.disclosures_dir))
    set_aside = {disclosure_id: stand_in(disclosure_id, settings.data) for disclosure_id in disclosures}
    return {
        "disclosures": disclosures,
        "set_aside": {name: found for name, found in set_aside.items() if found is not None},
        "requests": {path.name: _digest(path) for path in _files(settings.data.requests_dir, "*.yml")},
        "seeds": seeds,
        "rules": rules,
        "readers": ingest_version(),
        "program": _program(),
        "tools": {"python": platform.python_version()} | {name: version(name) for name in _TOOLS},
        "today": date.today().isoformat(),  # noqa: DTZ011 - the day of this machine, as DuckDB's current_date
    }


def fingerprint(inputs: Mapping[str, Any]) -> str:
    """One digest over all of them: two builds with the same fingerprint come to the same warehouse."""
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()


def project_digest(inputs: Mapping[str, Any]) -> str:
    """One digest over the dbt project, wherever it lies."""
    return fingerprint({"seeds": inputs["seeds"], "rules": inputs["rules"]})


def _disclosures(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in _files(folder, f"*/*/{_YML}"):
        documents = {file.name: _digest(file) for file in _files(path.parent, "*") if file.name != _YML}
        yield (
            f"{path.parent.parent.name}/{path.parent.name}",
            {"disclosure_yml": _digest(path), "documents": documents},
        )


def _dbt_project(folder: Path) -> tuple[dict[str, str | None], dict[str, str | None]]:
    seeds: dict[str, str | None] = {}
    rules: dict[str, str | None] = {}
    for path in _files(folder, "**/*"):
        relative = path.relative_to(folder)
        if relative.parts[0] not in _MADE_BY_DBT:
            (seeds if path.suffix == ".csv" else rules)[relative.as_posix()] = _digest(path)
    return seeds, rules


@cache
def _program() -> str:
    package = ROOT / "orchestration"
    return fingerprint(
        {path.relative_to(package).as_posix(): _digest(path) for path in _files(package, "**/*.py")}
    )


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(path for path in folder.glob(pattern) if path.is_file()) if folder.is_dir() else []


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:  # an unreadable file is a problem of its disclosure, found where it is read
        return None
