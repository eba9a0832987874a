"""Rows as people and programs read them: aligned table, CSV, JSON, Markdown. Never leaves a row out.

CSV is exact: text comes out as it is stored, also where it begins with ``=``, ``+``, ``-`` or ``@``. A spreadsheet
may take such text for a formula; import the file as text there.
"""

from __future__ import annotations

import base64
import datetime
import json
import math
import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from rich.cells import cell_len

FORMATS = ("table", "csv", "json", "markdown")

_NUMBER = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\(.*\)|DOUBLE|FLOAT")

Rows = Iterable[Sequence[Any]]


def lines(output: str, columns: Sequence[str], rows: Rows, types: Sequence[str] = ()) -> Iterator[str]:
    """The rows in one of ``FORMATS``, line by line without line ends.

    ``types`` are DuckDB's type names, by which numbers are set to the right in a table.
    """
    writers: dict[str, Callable[[Sequence[str], Rows, Sequence[str]], Iterator[str]]] = {
        "table": table,
        "csv": csv,
        "json": json_array,
        "markdown": markdown,
    }
    return writers[output](columns, rows, types)


def table(columns: Sequence[str], rows: Rows, types: Sequence[str] = ()) -> Iterator[str]:
    """Aligned columns, two spaces apart, under a ruled heading."""
    body = [[_one_line(text(value)) for value in row] for row in rows]
    right = [_is_number(kind) for kind in types] or [False] * len(columns)
    yield from aligned([list(columns), *body], right, rule=True)


def aligned(rows: Sequence[Sequence[str]], right: Sequence[bool], *, rule: bool = False) -> Iterator[str]:
    """Rows of texts padded to their columns' widths; ``right`` says which columns are set to the right."""
    widths = [max(cell_len(row[position]) for row in rows) for position in range(len(right))]
    for number, row in enumerate(rows):
        cells = [
            _pad(cell, width, to_right) for cell, width, to_right in zip(row, widths, right, strict=True)
        ]
        yield "  ".join(cells).rstrip()
        if rule and number == 0:
            yield "  ".join("─" * width for width in widths)


def csv(columns: Sequence[str], rows: Rows, types: Sequence[str] = ()) -> Iterator[str]:
    """RFC 4180 with plain line feeds. Null is nothing, an empty text is ``""``; lists and maps are JSON."""
    del types
    yield ",".join(_quoted(column) for column in columns)
    for row in rows:
        yield ",".join("" if value is None else _quoted(text(value)) for value in row)


def json_array(columns: Sequence[str], rows: Rows, types: Sequence[str] = ()) -> Iterator[str]:
    """An array with one object per row; dates as ISO text, lists and maps as they are."""
    del types
    names = _distinct(columns)
    yield "["
    waiting = ""
    for row in rows:
        if waiting:
            yield f"  {waiting},"
        record = dict(zip(names, (plain(value) for value in row), strict=True))
        waiting = json.dumps(record, ensure_ascii=False, allow_nan=False)
    if waiting:
        yield f"  {waiting}"
    yield "]"


def markdown(columns: Sequence[str], rows: Rows, types: Sequence[str] = ()) -> Iterator[str]:
    """A pipe table."""
    right = [_is_number(kind) for kind in types] or [False] * len(columns)
    yield "| " + " | ".join(_in_pipes(column) for column in columns) + " |"
    yield "|" + "|".join(" ---: " if to_right else " --- " for to_right in right) + "|"
    for row in rows:
        yield "| " + " | ".join(_in_pipes(text(value)) for value in row) + " |"


def text(value: Any) -> str:
    """One value as text: exact, and the same on every machine."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | dict):
        return json.dumps(plain(value), ensure_ascii=False)
    if isinstance(value, Decimal):
        return format(value, "f")
    value = plain(value)
    return value if isinstance(value, str) else str(value)


def plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime.date | datetime.time):  # datetime is a date too
        return value.isoformat()
    if isinstance(value, dict):
        return {text(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return str(value) if isinstance(value, uuid.UUID | datetime.timedelta) else repr(value)


def _quoted(value: str) -> str:
    needs = value == "" or any(mark in value for mark in ',"\n\r') or value != value.strip(" ")
    return '"' + value.replace('"', '""') + '"' if needs else value


def _in_pipes(value: str) -> str:
    return value.replace("\\", "\\\\").replace("|", "\\|").replace("\r", "").replace("\n", "<br>")


def _one_line(value: str) -> str:
    return value.replace("\r", "").replace("\n", "⏎").replace("\t", " ")


def _pad(value: str, width: int, to_right: bool) -> str:
    blank = " " * (width - cell_len(value))
    return blank + value if to_right else value + blank


def _is_number(kind: str) -> bool:
    return _NUMBER.fullmatch(kind) is not None


def _distinct(columns: Sequence[str]) -> list[str]:
    """Column names that can be keys of one object: a repeated name gets a number."""
    seen: dict[str, int] = {}
    names = []
    for column in columns:
        seen[column] = seen.get(column, 0) + 1
        names.append(column if seen[column] == 1 else f"{column}_{seen[column]}")
    return names
