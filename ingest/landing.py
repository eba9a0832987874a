"""Extractions on disk: Parquet named by what went into it, so that unchanged input is never extracted again."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal

from ingest.extract import Extraction, extract
from ingest.problems import Problem
from ingest.registry import DataFolder, Entry, Registry

if TYPE_CHECKING:
    import pyarrow as pa

_PROBLEMS = "problems.json"
_DIGESTS = "sha256.json"
_WRITING = ".writing-"
_MAY_PASS = {
    "changed_while_reading",
    "reader_stopped",
    "too_slow",
}  # problems of the moment, not of the content


@dataclass(frozen=True)
class Landed:
    """What became of one disclosure.

    ``unchanged``: its Parquet was there already; ``extracted``: written now; ``stale``: it has errors now and an
    earlier good extraction stands in; ``failed``: it has errors and there is nothing to stand in.
    """

    disclosure_id: str
    state: Literal["unchanged", "extracted", "stale", "failed"]
    key: str
    folder: Path | None
    problems: list[Problem] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)


@cache
def ingest_version() -> str:
    """A digest of the code that turns documents into rows: any change to it re-extracts everything.

    Drafting only writes YAML, which has its own place in the key.
    """
    digest = hashlib.sha256()
    package = Path(__file__).parent
    for path in sorted(
        path for path in package.rglob("*.py") if "draft" not in path.relative_to(package).parts[0]
    ):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def content_key(entry: Entry) -> str:
    """What an extraction depends on: the code, disclosure.yml, and every other file of the folder."""
    digest = hashlib.sha256(ingest_version().encode() + b"\0" + entry.yaml_bytes)
    for path in sorted(
        path for path in entry.folder.iterdir() if path.is_file() and path.name != "disclosure.yml"
    ):
        digest.update(b"\0" + path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:24]


def unchanged(entry: Entry, data: DataFolder) -> Landed | None:
    """What is landed already for exactly this content; None when it has to be extracted."""
    key = content_key(entry)
    home = data.landing_dir / entry.disclosure_id
    current = home / key
    if entry.problems or not _is_whole(current):
        return None
    (home / _PROBLEMS).unlink(missing_ok=True)
    return Landed(entry.disclosure_id, "unchanged", key, current, rows=_row_counts(current))


def set_aside(entry: Entry, data: DataFolder, problems: list[Problem]) -> Landed:
    """Record why a disclosure cannot be landed; an earlier good extraction stands in for it, if there is one."""
    home = data.landing_dir / entry.disclosure_id
    _write_atomically(home / _PROBLEMS, json.dumps([problem.as_row() for problem in problems], indent=1))
    earlier = _last_good(home)
    return Landed(
        entry.disclosure_id, "stale" if earlier else "failed", content_key(entry), earlier, problems
    )


def stand_in(disclosure_id: str, data: DataFolder) -> dict[str, Any] | None:
    """For a disclosure that was set aside: which extraction stands in, and whether reading it again says the same.

    ``stands_in``: its key, None where there is none; ``is_settled``: every problem is one of the content.
    None for a disclosure that was not set aside.
    """
    home = data.landing_dir / disclosure_id
    try:
        codes = {problem["code"] for problem in json.loads((home / _PROBLEMS).read_text(encoding="utf-8"))}
    except (OSError, ValueError):
        return None
    earlier = _last_good(home)
    return {"stands_in": earlier.name if earlier else None, "is_settled": not codes & _MAY_PASS}


def land(entry: Entry, data: DataFolder) -> Landed:
    """Extract one disclosure unless its Parquet is there already. Never raises for the disclosure's content."""
    if found := unchanged(entry, data):
        return found
    key = content_key(entry)
    home = data.landing_dir / entry.disclosure_id
    current = home / key
    damaged = [_damaged(entry, data, current)] if current.is_dir() else []
    for leftover in home.glob(f"{_WRITING}*"):  # of a process that was killed
        shutil.rmtree(leftover, ignore_errors=True)
    # Arrow takes long to load and the documents long to read, much of both outside of Python.
    loading = Thread(target=_load_arrow)
    loading.start()
    result = extract(entry)
    loading.join()
    result.problems += damaged
    if content_key(entry) != key:
        result.problems.append(_changed_meanwhile(entry))
    if result.has_errors:
        return set_aside(entry, data, result.problems)
    _write_tables(result, current)
    (home / _PROBLEMS).unlink(missing_ok=True)
    for old in _extractions(home):
        if old != current:
            shutil.rmtree(old)
    return Landed(entry.disclosure_id, "extracted", key, current, result.problems, _row_counts(current))


def warehouse_tables(registry: Registry, data: DataFolder) -> dict[str, pa.Table]:
    """All tables of the raw schema: what has been landed for the disclosures in the registry, and the requests.

    A disclosure whose current content has not landed contributes its last good extraction, marked stale, and its
    problems; one that never landed contributes its problems only.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from ingest.arrow_tables import table_of
    from ingest.raw_schema import landed, loaded

    pieces: dict[str, list[pa.Table]] = {name: [] for name in loaded()}
    issues = [problem.as_row() for problem in registry.problems]
    for entry in registry.entries:
        home = data.landing_dir / entry.disclosure_id
        current = home / content_key(entry)
        is_current = _is_whole(current) and not entry.problems
        folder = current if is_current else _last_good(home)
        if folder is not None and not _has_request(folder, registry):
            folder = None  # nothing can be said of an answer whose question is not there
        issues += [] if is_current else _recorded_problems(home, entry)
        for name, schema in landed().items() if folder is not None else ():
            table = pq.read_table(folder / f"{name}.parquet", schema=schema)  # type: ignore[operator]
            if name == "disclosures":
                table = table.append_column("is_stale", pa.array([not is_current] * len(table), pa.bool_()))
            pieces[name].append(table)
    for name, rows in (_request_rows(registry) | {"extraction_issues": issues}).items():
        pieces[name].append(table_of(rows, loaded()[name]))
    return {
        name: pa.concat_tables(tables) if tables else loaded()[name].empty_table()
        for name, tables in pieces.items()
    }


def _has_request(folder: Path, registry: Registry) -> bool:
    import pyarrow.parquet as pq

    (request_id,) = pq.read_table(folder / "disclosures.parquet", columns=["request_id"])[
        "request_id"
    ].to_pylist()
    return request_id is None or request_id in registry.requests


def _recorded_problems(home: Path, entry: Entry) -> list[dict[str, Any]]:
    recorded = home / _PROBLEMS
    if recorded.is_file():
        rows: list[dict[str, Any]] = json.loads(recorded.read_text(encoding="utf-8"))
        return rows
    return [problem.as_row() for problem in entry.problems]


def _request_rows(registry: Registry) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {
        name: []
        for name in ("requests", "request_parts", "request_forces", "request_periods", "request_platforms")
    }
    for request_id, request in registry.requests.items():
        own = {"request_id": request_id}
        listed = request.forces if isinstance(request.forces, list) else []
        asked = "listed" if isinstance(request.forces, list) else request.forces
        facts = request.model_dump(include={"title", "asked_by", "scope", "offence_scope", "notes"})
        rows["requests"].append(own | facts | {"asked_forces": asked})
        rows["request_forces"] += [own | {"force_id": force} for force in listed]
        for number, part in enumerate(request.parts, start=1):
            rows["request_parts"].append(own | {"part_no": number, "part": part.part, "asks": part.asks})
        for number, period in enumerate(request.periods, start=1):
            texts = {"period_text": period.period, "period_basis": period.basis}
            rows["request_periods"].append(own | {"period_no": number} | texts)
        for number, platform in enumerate(request.platforms, start=1):
            rows["request_platforms"].append(own | {"platform_no": number, "platform_text": platform})
    return rows


def _load_arrow() -> None:
    import pyarrow.parquet  # noqa: F401

    import ingest.raw_schema  # noqa: F401


def _write_tables(result: Extraction, folder: Path) -> None:
    """Write all tables into a temporary folder beside the target, then rename: the target is whole or absent."""
    import pyarrow.parquet as pq

    from ingest.arrow_tables import table_of
    from ingest.raw_schema import landed

    warnings = [problem.as_row() for problem in result.problems]
    tables = result.tables | {"extraction_issues": warnings}
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=_WRITING, dir=folder.parent))
    try:
        for name, schema in landed().items():
            pq.write_table(table_of(tables.get(name, []), schema), staging / f"{name}.parquet")
        digests = {path.name: _digest(path) for path in sorted(staging.glob("*.parquet"))}
        (staging / _DIGESTS).write_text(json.dumps(digests, indent=1), encoding="utf-8")
        if folder.is_dir():  # damaged, or left behind while its YAML had other problems
            shutil.rmtree(folder)
        staging.replace(folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _is_whole(folder: Path) -> bool:
    """Whether an extraction is there, with every file as it was written."""
    try:
        digests: dict[str, str] = json.loads((folder / _DIGESTS).read_text(encoding="utf-8"))
        return bool(digests) and all(_digest(folder / name) == digest for name, digest in digests.items())
    except (OSError, ValueError, AttributeError):
        return False


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _damaged(entry: Entry, data: DataFolder, folder: Path) -> Problem:
    problem = entry.problem(
        "landing_damaged", "", file=data.relative(folder), found="files that are not as they were written",
        expected=f"the content recorded in {_DIGESTS}", remedy="The disclosure was read again; nothing is to be done.",
    )  # fmt: skip
    return replace(problem, severity="warning")


def _changed_meanwhile(entry: Entry) -> Problem:
    return entry.problem(
        "changed_while_reading", "", found="another content after reading than before",
        expected="documents that stay as they are while they are read", remedy="Build again when they are complete.",
    )  # fmt: skip


def _write_atomically(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def _extractions(home: Path) -> Iterable[Path]:
    return (
        [path for path in home.iterdir() if path.is_dir() and not path.name.startswith(".")]
        if home.is_dir()
        else []
    )


def _last_good(home: Path) -> Path | None:
    """The newest whole extraction of a disclosure, whatever content it came from."""
    whole = [path for path in _extractions(home) if _is_whole(path)]
    return max(whole, key=lambda path: (path.stat().st_mtime_ns, path.name), default=None)


def _row_counts(folder: Path) -> dict[str, int]:
    import pyarrow.parquet as pq

    return {path.stem: pq.read_metadata(path).num_rows for path in sorted(folder.glob("*.parquet"))}
