"""The disclosures as the pipeline sees them: the registry, checked against the vocabulary of police forces."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from orchestration import placing
from orchestration.settings import Settings

if TYPE_CHECKING:
    from ingest.problems import Problem
    from ingest.registry import Registry


def known_forces(settings: Settings) -> frozenset[str] | None:
    """The force ids of the vocabulary seed; None where the dbt project has no such seed."""
    seed = settings.dbt_project_dir / "seeds" / "vocabulary" / "forces.csv"
    if not seed.is_file():
        return None
    with seed.open(encoding="utf-8", newline="") as lines:
        return frozenset(row["force_id"] for row in csv.DictReader(lines))


def load(settings: Settings) -> Registry:
    """Every disclosure and request of the data folder. Content problems are collected in it, never raised.

    What a killed `foi add` left half-placed is put back first.
    """
    from ingest import registry

    placing.heal(settings)
    return registry.load(settings.data, known_forces(settings))


def severities(problems: list[Problem]) -> str:
    """How many problems there are, in words: ``2 errors, 1 warning``."""
    parts = []
    for severity in ("error", "warning"):
        count = sum(problem.severity == severity for problem in problems)
        if count:
            parts.append(f"{count} {severity}{'s' if count > 1 else ''}")
    return ", ".join(parts) or "no problems"
