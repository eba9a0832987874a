"""Rows become Arrow tables as they are, and without loading pandas."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pyarrow as pa
import pytest

from ingest.arrow_tables import table_of

SCHEMA = pa.schema(
    [
        ("text", pa.string()),
        ("number", pa.int64()),
        ("flag", pa.bool_()),
        ("texts", pa.list_(pa.string())),
        ("dims", pa.map_(pa.string(), pa.string())),
    ]
)
ROWS: list[dict[str, Any]] = [
    {"text": "a\0é\u2028\n\U0001f600\"\\", "number": 2**62, "flag": True,
     "texts": ["p", ""], "dims": {"k": "v", "z": None}},
    {"text": "2020-01-01", "number": -1, "flag": False, "texts": [], "dims": {}},
    {"text": None, "dims": None},
    {"dims": {"q": "r"}},
]  # fmt: skip


@pytest.mark.parametrize("rows", [ROWS, ROWS[2:3], []])
def test_a_table_holds_what_the_rows_hold(rows: list[dict[str, Any]]) -> None:
    table = table_of(rows, SCHEMA)
    assert table.schema == SCHEMA
    assert table.equals(pa.Table.from_pylist(rows, schema=SCHEMA))


def test_a_column_the_schema_does_not_know_is_an_error() -> None:
    with pytest.raises(KeyError, match="colour"):
        table_of([{"text": "a", "colour": "red"}], SCHEMA)


def test_a_value_of_another_type_is_an_error() -> None:
    with pytest.raises(pa.ArrowInvalid):
        table_of([{"text": 1}], SCHEMA)


def test_a_table_is_made_and_written_without_pandas() -> None:
    program = (
        "import io, sys, pyarrow.parquet\n"
        "from ingest.arrow_tables import table_of\n"
        "from ingest.raw_schema import landed\n"
        "for schema in landed().values():\n"
        "    for rows in ([], [{'disclosure_id': 'a'}]):\n"
        "        pyarrow.parquet.write_table(table_of(rows, schema), io.BytesIO())\n"
        "sys.exit('pandas' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
