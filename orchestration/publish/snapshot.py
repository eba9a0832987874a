"""Snapshot and swap: the build file becomes the published file in one atomic step, or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

READ_ONLY = 0o444


class NotPublished(Exception):
    """The build is not fit to be read; what was published before stays in place."""


@dataclass(frozen=True)
class Published:
    """What was published."""

    path: Path
    size_bytes: int
    row_counts: dict[str, int]
    """Rows per ``schema.table``."""


def snapshot(build: Path, published: Path, required: Iterable[str] = ()) -> Published:
    """Copy the build file beside the published one, verify the copy, and put it in its place.

    ``required`` lists the tables (``schema.table``) a complete warehouse has. Readers of the old file keep
    reading it; new readers see the new one. Raises :class:`NotPublished` and changes nothing when the build
    is missing, unreadable or incomplete.
    """
    if not build.is_file():
        raise NotPublished(f"{build}: there is no build to publish. Run the whole pipeline first.")
    _checkpoint(build)
    published.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{published.name}.", suffix=".tmp", dir=published.parent)
    os.close(handle)
    copy = Path(name)
    try:
        shutil.copyfile(build, copy)
        row_counts = _verify(copy, set(required))
        copy.chmod(READ_ONLY)
        _to_disk(copy)
        copy.replace(published)
        _to_disk(published.parent)
    finally:
        copy.unlink(missing_ok=True)
    return Published(published, published.stat().st_size, row_counts)


def remove_leftovers(published: Path) -> None:
    """Delete copies that a killed process left beside the published file. Call it only while holding the lock."""
    for leftover in published.parent.glob(f".{published.name}.*.tmp*"):
        with suppress(OSError):
            leftover.unlink()


def row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Rows of every table of the warehouse, keyed ``schema.table``."""
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables() where not internal order by all"
    ).fetchall()
    if not tables:
        return {}
    counts = ", ".join(f'(select count(*) from "{schema}"."{table}")' for schema, table in tables)
    (row,) = connection.execute(f"select {counts}").fetchall()
    return {f"{schema}.{table}": count for (schema, table), count in zip(tables, row, strict=True)}


def _checkpoint(build: Path) -> None:
    """Fold the write-ahead log into the file, so that the file alone is the whole warehouse."""
    try:
        with duckdb.connect(str(build)) as connection:
            connection.execute("checkpoint")
    except duckdb.Error as error:
        raise NotPublished(f"{build}: the build cannot be opened: {error}") from error
    if build.with_name(f"{build.name}.wal").exists():
        raise NotPublished(f"{build}: another process still writes to the build.")


def _verify(copy: Path, required: set[str]) -> dict[str, int]:
    try:
        with duckdb.connect(str(copy), read_only=True) as connection:
            counts = row_counts(connection)
    except duckdb.Error as error:
        raise NotPublished(f"{copy}: the copy cannot be read back: {error}") from error
    missing = sorted(required - counts.keys())
    if missing:
        raise NotPublished(f"the build is incomplete, it lacks {', '.join(missing)}. Run the whole pipeline.")
    return counts


def _to_disk(path: Path) -> None:
    """Make sure a crash of the machine cannot lose what was written."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
