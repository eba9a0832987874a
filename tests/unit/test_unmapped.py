"""`foi unmapped` on a small published warehouse with invented labels."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.unmapped import report
from orchestration.warehouse import Warehouse


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    path = tmp_path / "foi.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("""
            create table qa_unmapped_labels as
            select 's.csv' as seed_file, '"Grooming, online",kent,,,approved,,,,,,kent/1' as seed_line,
                'Grooming, online' as label_text, 'kent' as force_id,
                '88A' as suggested_code, 0.912 as suggestion_score,
                '071/17' as second_code, 0.4 as second_score, null::varchar as third_code, null::double as third_score,
                'unmapped' as rule, 3 as rows_affected, ['kent/1'] as disclosure_ids
        """)
        connection.execute("""
            create table qa_mapping_usage as
            select 's.csv' as seed_file, * from (values
                ('Used', null, '1', 'used', []::varchar[], null::date),
                ('Idle', 'kent', '2', 'unused', []::varchar[], null::date),
                ('Both', null, null, 'contradicted', ['3'], null::date)
            ) as rows(label_text, force_id, code, usage, contradicting_codes, valid_from)
        """)
    with Warehouse(path) as opened:
        yield opened


def test_a_person_sees_the_line_to_paste_its_suggestions_and_the_idle_mappings(warehouse: Warehouse) -> None:
    lines = list(report(warehouse, "table"))
    assert lines[0] == "1 label waiting for a code"
    assert '"Grooming, online",kent,,,approved,,,,,,kent/1' in lines[3]
    assert "88A 0.91, 071/17 0.4 " in lines[3]
    assert lines[5] == "2 mapping rows that decide nothing in this corpus or contradict each other"
    assert [line.split() for line in lines[8:]] == [
        ["s.csv", "Both", "no", "code", "contradicts", "3"],
        ["s.csv", "Idle", "kent", "2", "decides", "nothing"],
    ]


def test_programs_get_one_table_with_every_column(warehouse: Warehouse) -> None:
    queue = list(csv.DictReader(io.StringIO("\n".join(report(warehouse, "csv")))))
    assert [(row["label_text"], row["suggested_code"], row["third_code"]) for row in queue] == [
        ("Grooming, online", "88A", "")
    ]
    rows = list(csv.DictReader(io.StringIO("\n".join(report(warehouse, "csv", mappings=True)))))
    assert [(row["label_text"], row["usage"]) for row in rows] == [
        ("Both", "contradicted"),
        ("Idle", "unused"),
    ]
