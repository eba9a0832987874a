"""The JSON Schema that editors use is the one the models give."""

from __future__ import annotations

import json

from ingest.disclosure import json_schema
from tests.conftest import ROOT


def test_the_committed_schema_is_current() -> None:
    """`make schema` writes it."""
    assert json.loads((ROOT / "data" / "disclosure.schema.json").read_text(encoding="utf-8")) == json_schema()


def test_every_field_is_described_or_speaks_for_itself() -> None:
    undescribed = [
        f"{name}.{field}"
        for name, model in json_schema()["$defs"].items()
        for field, schema in model.get("properties", {}).items()
        if "description" not in schema and field not in SPEAK_FOR_THEMSELVES
    ]
    assert undescribed == []


SPEAK_FOR_THEMSELVES = {
    "layout", "note", "reason", "status", "find", "reads_as", "corrections", "columns", "role", "locator", "corrected",
    "tables", "totals", "nil", "blank_means",
}  # fmt: skip
