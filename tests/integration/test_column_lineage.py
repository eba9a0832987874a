"""Column lineage: every column of every model, back to the columns it is made from, down to the raw load."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from orchestration.column_lineage import Columns, Lineage, Source, columns_of, lineage
from tests.conftest import Built

MODEL = "model.foi_warehouse."


@pytest.fixture(scope="module")
def columns(built: Built) -> Columns:
    return columns_of(built.data_dir / "warehouse" / "build.duckdb")


@pytest.fixture(scope="module")
def made(built: Built, columns: Columns) -> Lineage:
    run = built.data_dir / "warehouse" / "dbt" / "run"
    parsed = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    return lineage(parsed, run / "compiled", columns, parsed["nodes"])


def test_every_column_of_every_model_is_traced(built: Built, columns: Columns, made: Lineage) -> None:
    run = built.data_dir / "warehouse" / "dbt" / "run"
    nodes = json.loads((run / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    models = {name: node for name, node in nodes.items() if node["resource_type"] == "model"}
    assert set(made) == set(models)
    wrong = {
        name: sorted(set(made[name]) ^ set(columns[node["schema"]][node["alias"]]))
        for name, node in models.items()
        if set(made[name]) != set(columns[node["schema"]][node["alias"]])
    }
    assert wrong == {}


def test_every_source_is_a_column_that_exists(columns: Columns, made: Lineage) -> None:
    exist = {
        (table, column) for tables in columns.values() for table, names in tables.items() for column in names
    }
    sources = {source for columns_ in made.values() for sources in columns_.values() for source in sources}
    assert len(sources) > 100
    assert {
        source for source in sources if (source.unique_id.split(".")[-1], source.column) not in exist
    } == set()


def test_a_published_figure_leads_back_to_the_text_as_printed(made: Lineage) -> None:
    """Through joins, renamed columns and expressions: from a rank to the cell of the document."""
    ancestors = set(_ancestors(made, Source(f"{MODEL}cmp_platform", "value_low")))
    assert Source("source.foi_warehouse.raw.disclosed_values", "value_text") in ancestors
    assert Source("source.foi_warehouse.raw.requests", "title") not in ancestors


def _ancestors(made: Lineage, column: Source) -> Iterator[Source]:
    seen: set[Source] = set()
    waiting = [column]
    while waiting:
        for source in made.get((here := waiting.pop()).unique_id, {}).get(here.column, []):
            if source not in seen:
                seen.add(source)
                waiting.append(source)
                yield source
