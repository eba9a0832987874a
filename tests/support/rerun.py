"""Models run once more with some tables replaced by a test's own: the SQL the build ran, on figures it never saw."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

from tests.conftest import Built

RUN = "warehouse/dbt/run"


class Rerun:
    """The published tables under the names of the build, some replaced, and the models that follow run again."""

    def __init__(self, built: Built, connection: duckdb.DuckDBPyConnection) -> None:
        run = built.data_dir / RUN
        manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
        self._compiled = run / "compiled" / "foi_warehouse" / "models"
        self._models: dict[str, dict[str, Any]] = {
            name: node for name, node in manifest["nodes"].items() if node["resource_type"] == "model"
        }
        self._connection = connection
        self._changed: set[str] = set()
        connection.execute(f"attach '{built.path}' as published (read_only)")
        connection.execute("attach ':memory:' as build")
        names = "select schema_name, table_name from duckdb_tables() where database_name = 'published'"
        for schema, table in connection.execute(names).fetchall():
            connection.execute(f"create schema if not exists build.{schema}")
            connection.execute(
                f"create view build.{schema}.{table} as select * from published.{schema}.{table}"
            )

    def replace(self, model: str, sql: str, *parameters: Any) -> None:
        """Let a query, over ``published``, stand for a model."""
        (name,) = [name for name, node in self._models.items() if node["name"] == model]
        self._changed.add(name)
        self._put(self._models[name], sql, list(parameters))

    def run(self, model: str) -> None:
        """Run a model, and before it every model it needs that follows from what was replaced."""
        (name,) = [name for name, node in self._models.items() if node["name"] == model]
        self._follow(name)

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a query over ``build``."""
        return self._connection.execute(sql, list(parameters)).fetchall()

    def _follow(self, name: str, seen: dict[str, bool] | None = None) -> bool:
        """Whether a model is other than published, once it has been run where it had to be."""
        seen = {} if seen is None else seen
        if name in self._changed or name not in self._models:
            return name in self._changed
        if name not in seen:
            needs = [self._follow(other, seen) for other in self._models[name]["depends_on"]["nodes"]]
            seen[name] = any(needs)
            if seen[name]:
                sql = (self._compiled / self._models[name]["path"]).read_text(encoding="utf-8")
                self._put(self._models[name], sql)
                self._changed.add(name)
        return seen[name]

    def _put(self, node: dict[str, Any], sql: str, parameters: list[Any] | None = None) -> None:
        relation = f"build.{node['schema']}.{node['alias']}"
        self._connection.execute(f"drop view if exists {relation}")
        self._connection.execute(f"create or replace table {relation} as {sql}", parameters or [])


@contextmanager
def rerun(built: Built) -> Iterator[Rerun]:
    """A rerun over one built warehouse, which stays as it is."""
    with duckdb.connect() as connection:
        yield Rerun(built, connection)
