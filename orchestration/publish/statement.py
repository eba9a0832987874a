"""What a build states of its own content, in a row of its findings, and whether a file still holds what it states.

The audit writes the row last. No file becomes a release, or the file people read, before its content has been compared
with it; so in a published file the row is true, although it was written before the file was published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from orchestration.publish.likeness import Digest, digest_of, tables

CHECK = "published_equals_build"
_RESULTS = frozenset({"check_results", "stg_check_results", "qa_findings"})
"""The tables that hold results of checks, the row itself among them."""
_MARK = "digest "


@dataclass(frozen=True)
class Content:
    """Everything in a file but the row that states it."""

    tables: int
    rows: int
    digest: str

    @property
    def place(self) -> str:
        """How the row gives the digest."""
        return _MARK + self.digest


def content(connection: duckdb.DuckDBPyConnection, known: Mapping[str, Digest] | None = None) -> Content:
    """The content of an open file; ``known`` are digests of its tables, where they have been computed already."""
    found: dict[str, Digest] = {}
    for schema, table in tables(connection):
        name = f"{schema}.{table}"
        if table in _RESULTS:
            found[name] = digest_of(connection, f'"{schema}"."{table}"', f"check_name <> '{CHECK}'")
        else:
            found[name] = (known or {}).get(name) or digest_of(connection, f'"{schema}"."{table}"')
    told = "\n".join(f"{name} {rows} {digest:x}" for name, (rows, digest) in sorted(found.items()))
    return Content(
        len(found), sum(rows for rows, _ in found.values()), hashlib.sha256(told.encode()).hexdigest()[:32]
    )


def stated(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The digest that an open file states of itself; None where nobody has audited it."""
    sql = "select place from raw.check_results where check_name = ?"
    try:
        rows = connection.execute(sql, [CHECK]).fetchall()
    except duckdb.CatalogException:
        return None
    return str(rows[0][0]).removeprefix(_MARK) if rows else None
