"""Whether a build file is fit to be published: closed, readable, complete."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from orchestration.publish import statement
from orchestration.publish.likeness import digests_of

READ_ONLY = 0o444


class NotPublished(Exception):
    """The build is not fit to be read; what was published before stays in place."""


def checkpoint(build: Path) -> None:
    """Fold the write-ahead log into the file, so that the file alone is the whole warehouse.

    Raises :class:`NotPublished` when there is no such file, or it is damaged or still being written.
    """
    if not build.is_file():
        raise NotPublished(f"{build}: there is no build to publish. Run the whole pipeline first.")
    try:
        with duckdb.connect(str(build)) as connection:
            connection.execute("checkpoint")
    except duckdb.Error as error:
        raise NotPublished(f"{build}: the build cannot be opened: {error}") from error
    if build.with_name(f"{build.name}.wal").exists():
        raise NotPublished(f"{build}: another process still writes to the build.")


def verify(copy: Path, required: set[str]) -> dict[str, dict[str, Any]]:
    """Of every table of a copy, keyed ``schema.table``: its ``rows`` and the ``digest`` of its content.

    Raises :class:`NotPublished` when it cannot be read, lacks one of the ``required`` tables, or holds something else
    than it states of itself.
    """
    try:
        with duckdb.connect(str(copy), read_only=True) as connection:
            tables = digests_of(connection)
            stated, found = statement.stated(connection), statement.content(connection, tables)
    except duckdb.Error as error:
        raise NotPublished(f"{copy}: the copy cannot be read back: {error}") from error
    missing = sorted(required - tables.keys())
    if missing:
        raise NotPublished(f"the build is incomplete, it lacks {', '.join(missing)}. Run the whole pipeline.")
    if stated is not None and stated != found.digest:
        raise NotPublished(
            f"check {statement.CHECK} failed: the build holds {found.tables} tables of {found.rows:,} rows with digest "
            f"{found.digest}, and was audited with digest {stated}. Run the whole pipeline."
        )
    return {name: {"rows": rows, "digest": f"{digest:x}"} for name, (rows, digest) in tables.items()}


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
