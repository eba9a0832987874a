"""Which columns a model's columns are made from, read from the SQL that dbt compiled. Knows no Dagster.

dagster-dbt could find the same out, but by asking the database about every model while dbt runs. Here the columns of
the finished build are read once, and what was found is kept beside the parsed project, whose folder is named by its
content: a model is looked at again only when the project has changed.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

_DIALECT = "duckdb"
_KEPT = "column_lineage.json"
_log = logging.getLogger(__name__)

Columns = Mapping[str, Mapping[str, Mapping[str, str]]]
"""schema -> table -> column -> type"""


class Source(NamedTuple):
    """One column another one is made from."""

    unique_id: str
    """dbt's name of the table it stands in: a model, a seed or a source."""
    column: str


Lineage = dict[str, dict[str, list[Source]]]
"""dbt's name of a model -> its columns -> the columns each is made from"""


def columns_of(build: Path) -> Columns:
    """The columns of every table of a build file, in their order. Raises duckdb.Error where it cannot be opened."""
    sql = """
        select schema_name, table_name, column_name, data_type from duckdb_columns()
        where not internal order by all
    """
    found: dict[str, dict[str, dict[str, str]]] = {}
    with duckdb.connect(str(build), read_only=True) as connection:
        for schema, table, column, kind in connection.execute(sql).fetchall():
            found.setdefault(schema, {}).setdefault(table, {})[column] = kind
    return found


def known(project: Path, parsed: Mapping[str, Any], compiled: Path, build: Path, built: list[str]) -> Lineage:
    """The lineage of the models just built; what is new in it is kept in ``project``, the parsed project's folder."""
    kept = _kept(project / _KEPT)
    missing = [unique_id for unique_id in built if unique_id not in kept]
    found = lineage(parsed, compiled, columns_of(build), missing) if missing else {}
    if found:
        kept |= found
        scratch = project / f".{_KEPT}.{os.getpid()}"
        scratch.write_text(json.dumps(kept), encoding="utf-8")
        scratch.replace(project / _KEPT)
    return {unique_id: kept[unique_id] for unique_id in built if unique_id in kept}


def _kept(path: Path) -> Lineage:
    try:
        read: dict[str, dict[str, list[list[str]]]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {
        unique_id: {column: [Source(*source) for source in sources] for column, sources in columns.items()}
        for unique_id, columns in read.items()
    }


def lineage(
    parsed: Mapping[str, Any], compiled: Path, columns: Columns, unique_ids: Iterable[str]
) -> Lineage:
    """For every model named that has compiled SQL: its columns, each with the columns it is made from.

    ``parsed`` is dbt's manifest, ``compiled`` the folder ``target/compiled`` of a run. A column made from no other (a
    constant, a count of rows) has an empty list. SQL the parser does not understand is left out with a warning.
    """
    tables = _by_relation(parsed)
    found: Lineage = {}
    for unique_id in unique_ids:
        node = parsed["nodes"].get(unique_id)
        if node is None or node["resource_type"] != "model":
            continue
        path = compiled / node["package_name"] / node["original_file_path"]
        if path.is_file():
            made = _of_model(path, columns, tables)
            if made is not None:
                found[unique_id] = made
    return found


def _by_relation(parsed: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """``(schema, table)`` -> dbt's name."""
    nodes = [node for node in parsed["nodes"].values() if node["resource_type"] in {"model", "seed"}]
    known = {(node["schema"], node["alias"]): node["unique_id"] for node in nodes}
    return known | {
        (node["schema"], node["identifier"]): node["unique_id"] for node in parsed["sources"].values()
    }


def _of_model(
    path: Path, columns: Columns, tables: Mapping[tuple[str, str], str]
) -> dict[str, list[Source]] | None:
    from sqlglot import exp, parse_one
    from sqlglot.errors import SqlglotError
    from sqlglot.lineage import lineage as lineage_of
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import build_scope

    made: dict[str, list[Source]] = {}
    schema: Any = columns
    try:
        statement = parse_one(path.read_text(encoding="utf-8"), dialect=_DIALECT)
        for table in statement.find_all(exp.Table):
            table.set("catalog", None)  # the build file is the only database there is
        query = qualify(statement, schema=schema, dialect=_DIALECT)
        tops = lineage_of(None, query, schema, dialect=_DIALECT, scope=build_scope(query), copy=False)
    except SqlglotError as error:
        _log.warning("%s: no column lineage: %s", path.name, " ".join(str(error).split())[:200])
        return None
    for name, top in tops.items():
        sources = set()
        for node in top.walk():
            leaf = node.expression.find(exp.Table)
            if not node.downstream and leaf is not None and (leaf.db, leaf.name) in tables:
                sources.add(Source(tables[leaf.db, leaf.name], exp.to_column(node.name).name))
        made[name] = sorted(sources)
    return made
