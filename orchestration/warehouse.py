"""Reading the published warehouse: read-only, one statement at a time, no way out to files or the network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from orchestration.words import WrongUse

_SAFE: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,  # a table name is never a variable of this program
}
_READS = {"SELECT", "EXPLAIN"}
_FETCH = 10_000

OPEN = "status in ('FAIL', 'WARN')"
"""Which rows of ``qa_findings`` are open findings."""


class NotBuilt(WrongUse):
    """There is no published warehouse in this data folder."""


class BadQuery(WrongUse):
    """The SQL cannot be run here; the message says why."""


@dataclass(frozen=True)
class Answer:
    """The rows of a query, fetched as they are read."""

    columns: list[str]
    types: list[str]
    rows: Iterator[tuple[Any, ...]]


class Warehouse:
    """A read-only connection to a published file. Use it in a ``with`` block."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise NotBuilt(f"there is no published warehouse at {path}; run `foi build` first")
        try:
            self._connection = duckdb.connect(str(path), read_only=True, config=dict(_SAFE))
            self._connection.execute("set lock_configuration = true")
        except duckdb.Error as error:
            raise NotBuilt(
                f"{path} cannot be opened: {one_line(error)}; run `foi build` to make it anew"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def query(self, sql: str) -> Answer:
        """Run one reading statement that a person typed. Raises :class:`BadQuery`."""
        try:
            statements = self._connection.extract_statements(sql)
        except duckdb.Error as error:
            raise BadQuery(one_line(error)) from error
        # DuckDB splits a PIVOT into a helper without text and the SELECT itself.
        typed = [statement for statement in statements if statement.query or statement is statements[-1]]
        if len(typed) != 1:
            raise BadQuery(f"expected one SQL statement, found {len(typed) or 'none'}")
        kind = typed[0].type.name
        if kind not in _READS:
            raise BadQuery(
                f"only reading is possible here, and this is a {kind} statement; start with SELECT"
            )
        return self._run(sql, ())

    def select(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """The rows of a query of this program, by column name."""
        answer = self._run(sql, parameters)
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]

    def count(self, table: str, condition: str = "true") -> int:
        """How many rows of a table meet a condition of this program; 0 where this warehouse has no such table."""
        if not self.has(table):
            return 0
        return int(self.select(f'select count(*) as n from "{table}" where {condition}')[0]["n"])

    def has(self, table: str) -> bool:
        """Whether people can query a table of this name."""
        sql = "select 1 from duckdb_tables() where schema_name = 'main' and table_name = ?"
        return bool(self.select(sql, [table]))

    def tables(self) -> list[str]:
        """The tables people query."""
        sql = "select table_name from duckdb_tables() where schema_name = 'main' and not internal order by 1"
        return [row["table_name"] for row in self.select(sql)]

    def _run(self, sql: str, parameters: Sequence[Any]) -> Answer:
        try:
            cursor = self._connection.execute(sql, list(parameters))
            described = cursor.description or []
            names = [column[0] for column in described]
            types = [str(column[1]) for column in described]
            return Answer(names, types, _rows(cursor))
        except duckdb.Error as error:
            raise BadQuery(one_line(error)) from error


def _rows(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while True:
        try:
            some = cursor.fetchmany(_FETCH)
        except duckdb.Error as error:
            raise BadQuery(one_line(error)) from error
        if not some:
            return
        yield from some


def one_line(error: Exception) -> str:
    """What DuckDB says, without the drawing of where in the statement: one line."""
    kept = [line.strip() for line in str(error).splitlines() if line.strip()]
    kept = [line for line in kept if not line.startswith("LINE ") and set(line) - {"^"}]
    return " ".join(kept)
