"""The published tables as files other programs read: CSV and Parquet beside a data package that describes them.

The description follows the Frictionless Data Package standard, version 2; names, types and texts come from the file
itself, where every table and column carries its description.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

_SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {
    "VARCHAR": "string",
    "BIGINT": "integer",
    "INTEGER": "integer",
    "HUGEINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}
_FORMULA = r"^[=+@\t\r]|^-.*[^-\d.,\s%]|^-+[\d.,]+[-\s]*-"
"""Texts a spreadsheet program would compute; dashes alone and a negative number are none, "-2+3" and "-2-3" are."""


@dataclass(frozen=True)
class Exported:
    """What was written."""

    folder: Path
    tables: dict[str, int]
    """Rows by table."""


def export(published: Path, folder: Path, tables: list[str] | None = None) -> Exported:
    """Write ``csv/<table>.csv``, ``parquet/<table>.parquet`` and ``datapackage.json`` below ``folder``.

    All tables people query, unless ``tables`` names some. The folder is replaced as a whole or not at all; it must
    not exist, be empty, or be an earlier export, else FileExistsError. KeyError names tables that do not exist.

    In CSV a text that a spreadsheet program would take for a formula gets an apostrophe before it; lists and maps are
    written as JSON. Parquet holds every value unchanged.
    """
    if folder.exists() and not folder.is_dir():
        raise FileExistsError(f"{folder} is a file; name a folder that is new, empty or an earlier export")
    if folder.exists() and any(folder.iterdir()) and not (folder / "datapackage.json").is_file():
        raise FileExistsError(
            f"{folder} holds other files; name a folder that is new, empty or an earlier export"
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        with duckdb.connect(str(published), read_only=True) as connection:
            described = _tables(connection)
            if unknown := sorted(set(tables or ()) - described.keys()):
                raise KeyError(", ".join(unknown))
            chosen = {name: described[name] for name in tables or described}
            resources = [_write(connection, scratch, name, comment) for name, comment in chosen.items()]
        package = {
            "$schema": _SCHEMA,
            "name": "foi-warehouse",
            "title": "Police answers to Freedom of Information requests, made comparable",
            "description": "Read the description of a table before comparing: some counts overlap and do not add up.",
            "resources": [resource for resource, _ in resources],
        }
        text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
        (scratch / "datapackage.json").write_text(text, encoding="utf-8")
        _swap(scratch, folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Exported(folder, {resource["name"]: rows for resource, rows in resources})


def _tables(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    rows = connection.execute(
        "select table_name, coalesce(comment, '') from duckdb_tables() "
        "where schema_name = 'main' and not starts_with(table_name, 'int_') order by table_name"
    ).fetchall()
    return dict(rows)


def _write(
    connection: duckdb.DuckDBPyConnection, folder: Path, table: str, comment: str
) -> tuple[dict[str, Any], int]:
    columns = connection.execute(
        "select column_name, data_type, coalesce(comment, '') from duckdb_columns() "
        "where schema_name = 'main' and table_name = ? order by column_index",
        [table],
    ).fetchall()
    (folder / "csv").mkdir(exist_ok=True)
    (folder / "parquet").mkdir(exist_ok=True)
    csv, parquet = folder / "csv" / f"{table}.csv", folder / "parquet" / f"{table}.parquet"
    ordered = f'select * from main."{table}" order by 1'
    connection.execute(f"copy ({ordered}) to '{_quoted(parquet)}' (format parquet)")
    plain = ", ".join(_plain(name, kind) for name, kind, _ in columns)
    connection.execute(f"copy (select {plain} from ({ordered})) to '{_quoted(csv)}' (format csv, header)")
    ((rows,),) = connection.execute(f'select count(*) from main."{table}"').fetchall()
    data = csv.read_bytes()
    return {
        "name": table,
        "path": f"csv/{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "description": comment,
        "schema": {
            "fields": [
                {
                    "name": name,
                    "type": _TYPES.get(kind, "array" if kind.endswith("[]") else "object"),
                    "description": told,
                }
                for name, kind, told in columns
            ]
        },
    }, int(rows)


def _plain(name: str, kind: str) -> str:
    """A column as CSV can hold it."""
    column = f'"{name}"'
    if kind == "VARCHAR":
        return f"if(regexp_matches({column}, '{_FORMULA}'), chr(39) || {column}, {column}) as {column}"
    return column if kind in _TYPES else f"to_json({column}) as {column}"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _swap(scratch: Path, folder: Path) -> None:
    scratch.chmod(0o755)
    if folder.exists():
        old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
        folder.replace(old)
        scratch.replace(folder)
        shutil.rmtree(old, ignore_errors=True)
    else:
        scratch.replace(folder)
