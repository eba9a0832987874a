"""Which tables a complete warehouse has, read from dbt's parsed manifest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Model:
    """One model or seed that ends up as a table."""

    table: str
    """``schema.name``"""
    properties: dict[str, Any]


def models(manifest: Path) -> list[Model]:
    """Every enabled model and seed of the project."""
    nodes: dict[str, dict[str, Any]] = json.loads(manifest.read_text(encoding="utf-8"))["nodes"]
    return [
        Model(f"{node['schema']}.{node['alias']}", node)
        for node in nodes.values()
        if node["resource_type"] in {"model", "seed"} and node["config"]["materialized"] != "ephemeral"
    ]
