"""Rows in Python -> Arrow tables, without pandas, which Arrow's own way loads: a third of a second."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.json


def table_of(rows: Sequence[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    """The rows as a table of exactly this schema; a column that a row does not have is null there.

    Raises KeyError for a column the schema does not know, and pyarrow.ArrowInvalid for a value of another type than
    its column.
    """
    if unknown := set[str]().union(*set(map(tuple, rows))).difference(schema.names):
        raise KeyError(f"no such columns: {', '.join(sorted(unknown))}")
    if not rows:
        return pa.Table.from_arrays([pa.nulls(0, field.type) for field in schema], schema=schema)
    # Whole columns as one JSON object: Arrow reads that in C++, and every name is written once.
    text = json.dumps({field.name: _values(rows, field) for field in schema}).encode()
    written = pa.schema([pa.field(field.name, pa.list_(_type_in_json(field.type))) for field in schema])
    whole = pa.json.read_json(
        io.BytesIO(text),
        read_options=pa.json.ReadOptions(use_threads=False, block_size=len(text) + 1),
        parse_options=pa.json.ParseOptions(explicit_schema=written, unexpected_field_behavior="error"),
    )
    columns = [_as(field.type, whole[field.name].chunk(0).values) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _values(rows: Sequence[dict[str, Any]], field: pa.Field) -> list[Any]:
    name = field.name
    values = [row.get(name) for row in rows]
    if not pa.types.is_map(field.type):
        return values
    return [
        None if pairs is None else [{"key": key, "value": value} for key, value in pairs.items()]
        for pairs in values
    ]


def _type_in_json(kind: pa.DataType) -> pa.DataType:
    """Arrow reads no maps from JSON; lists of pairs are the same in memory."""
    if not pa.types.is_map(kind):
        return kind
    return pa.list_(pa.struct([("key", kind.key_type), ("value", kind.item_type)]))


def _as(kind: pa.DataType, column: pa.Array) -> pa.Array:
    if not pa.types.is_map(kind):
        return column
    keys, values = column.values.flatten()
    mask = column.is_null() if column.null_count else None
    return pa.MapArray.from_arrays(column.offsets, keys, values, type=kind, mask=mask)
