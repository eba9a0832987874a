"""The disclosures as the pipeline sees them: the registry, checked against the vocabulary of police forces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestration import placing
from orchestration.seeds import rows_of
from orchestration.settings import Settings

if TYPE_CHECKING:
    from ingest.problems import Problem
    from ingest.registry import Registry


def known_forces(settings: Settings) -> frozenset[str] | None:
    """The force ids of the vocabulary seed; None where the dbt project has no such seed."""
    seed = settings.dbt_project_dir / "seeds" / "vocabulary" / "forces.csv"
    return frozenset(row["force_id"] for row in rows_of(seed)) if seed.is_file() else None


def known_checks(settings: Settings) -> frozenset[str] | None:
    """What a waiver may name: the checks on answers, and the codes of the guard and of extraction; None as above."""
    from ingest.problems import WARNINGS

    vocabulary = settings.dbt_project_dir / "seeds" / "vocabulary"
    if not (vocabulary / "checks.csv").is_file():
        return None
    checks = {row["check_name"] for row in rows_of(vocabulary / "checks.csv") if row["scope"] == "disclosure"}
    codes = {row["issue_code"] for row in rows_of(vocabulary / "issue_codes.csv")}
    return frozenset({*checks, *codes, *WARNINGS})


def load(settings: Settings) -> Registry:
    """Every disclosure and request of the data folder. Content problems are collected in it, never raised.

    What a killed `foi add` left half-placed is put back first.
    """
    from ingest import registry

    placing.heal(settings)
    known = registry.Known(known_forces(settings), known_checks(settings))
    return registry.load(settings.data, known)


def severities(problems: list[Problem]) -> str:
    """How many problems there are, in words: ``2 errors, 1 warning``."""
    parts = []
    for severity in ("error", "warning"):
        count = sum(problem.severity == severity for problem in problems)
        if count:
            parts.append(f"{count} {severity}{'s' if count > 1 else ''}")
    return ", ".join(parts) or "no problems"
