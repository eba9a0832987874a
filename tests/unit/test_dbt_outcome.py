"""What a failed dbt run says: the test, and the answers and places of the rows it failed for."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from orchestration.defs.warehouse.outcome import failures


def _said(folder: Path, query: str | None) -> list[str]:
    build = folder / "build.duckdb"
    with duckdb.connect(str(build)) as connection:
        connection.execute(
            "create table figures as select 'kent/test' as disclosure_id, 'line ' || n as locator, n as value_low "
            "from range(1, 9) numbers(n)"
        )
    result = {
        "unique_id": "test.foi_warehouse.bounds_in_order.0a1b",
        "status": "fail",
        "compiled_code": query,
    }
    record = {"results": [result | {"message": "Got 7 results, configured to fail if != 0"}]}
    (folder / "run_results.json").write_text(json.dumps(record), encoding="utf-8")
    return failures(folder, build)


HEAD = "test failed: test bounds_in_order: Got 7 results, configured to fail if != 0"


def test_a_failed_test_names_the_answers_and_places(tmp_path: Path) -> None:
    said = _said(tmp_path, "select * from figures where value_low > 1")
    places = "; ".join(f"kent/test, line {n}" for n in range(2, 7))
    assert said == [f"{HEAD}: {places}; and 2 more"]


def test_rows_without_a_place_and_broken_queries_say_no_more(tmp_path: Path) -> None:
    for name, query in (("a", "select value_low from figures"), ("b", "select * from nowhere"), ("c", None)):
        (tmp_path / name).mkdir()
        assert _said(tmp_path / name, query) == [HEAD]
