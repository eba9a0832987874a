"""Writing the raw schema of a build file. Knows DuckDB, knows nothing of what the tables mean."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

_PATIENCE = 120.0  # seconds


class StillWritten(Exception):
    """Another process has the build file open and does not let go."""


def load_raw(build: Path, tables: Mapping[str, pa.Table]) -> None:
    """Replace the build file by a new one that holds exactly these tables in schema ``raw``.

    A new file leaves nothing of an earlier build behind: no table of a model since removed, no dead space.
    It takes the build file's place only when everything is in it.
    """
    build.parent.mkdir(parents=True, exist_ok=True)
    _wait_until_free(build)
    fresh = build.with_name(f".{build.name}.new")
    for leftover in (fresh, fresh.with_name(f"{fresh.name}.wal")):
        leftover.unlink(missing_ok=True)
    try:
        with duckdb.connect(str(fresh)) as connection:
            _write(connection, tables)
        build.with_name(f"{build.name}.wal").unlink(missing_ok=True)  # belongs to the file being replaced
        fresh.replace(build)
    finally:
        fresh.unlink(missing_ok=True)


def replace_raw(build: Path, tables: Mapping[str, pa.Table]) -> None:
    """Replace these tables of schema ``raw`` in the build file, all or none, and leave everything else as it is."""
    if not build.exists():
        load_raw(build, tables)
        return
    _wait_until_free(build)
    with duckdb.connect(str(build)) as connection:
        _write(connection, tables)


def _write(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table]) -> None:
    connection.begin()
    connection.execute("create schema if not exists raw")
    for name, table in tables.items():
        connection.register("landed", table)
        connection.execute(f'create or replace table raw."{name}" as select * from landed')
        connection.unregister("landed")
    connection.commit()
    connection.execute("checkpoint")


def _wait_until_free(build: Path) -> None:
    """Let a dbt whose parent was killed end first: it would go on writing beside the new file, under its name.

    DuckDB marks an open file with a POSIX lock, which ends with the process that holds it.
    """
    if not build.exists():
        return
    until = time.monotonic() + _PATIENCE
    with build.open("r+b") as file:
        while True:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except OSError:
                if time.monotonic() > until:
                    raise StillWritten(
                        f"{build} is still open in another process; end it, then try again"
                    ) from None
                time.sleep(0.2)
