"""Whether two warehouse files hold the same: every table, by its rows, whatever their order."""

from __future__ import annotations

from pathlib import Path

import duckdb

Digest = tuple[int, int]
"""Number of rows of a table, and a digest of them that does not depend on their order."""


def digests(path: Path) -> dict[str, Digest]:
    """The digest of every table, keyed ``schema.table``. duckdb.Error where the file cannot be opened."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return digests_of(connection)


def digests_of(connection: duckdb.DuckDBPyConnection) -> dict[str, Digest]:
    """The same for a file that is open."""
    return {
        f"{schema}.{table}": digest_of(connection, f'"{schema}"."{table}"')
        for schema, table in tables(connection)
    }


def differences(left: dict[str, Digest], right: dict[str, Digest]) -> list[str]:
    """A line for every table that is not the same in both."""
    return [
        f"{name}: {_told(left.get(name))} against {_told(right.get(name))}"
        for name in sorted(left.keys() | right.keys())
        if left.get(name) != right.get(name)
    ]


def tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Schema and name of every table."""
    return connection.execute(
        "select schema_name, table_name from duckdb_tables() where not internal order by all"
    ).fetchall()


def digest_of(connection: duckdb.DuckDBPyConnection, table: str, where: str = "true") -> Digest:
    """The digest of the rows of a table that fulfil a condition."""
    ((rows, digest),) = connection.execute(
        f"select count(*), coalesce(sum(hash(row_of_it)::hugeint), 0) from {table} as row_of_it where {where}"
    ).fetchall()
    return int(rows), int(digest)


def _told(digest: Digest | None) -> str:
    return "no such table" if digest is None else f"{digest[0]:,} rows"
