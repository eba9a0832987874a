"""The checks by name, as the dbt project's vocabulary lists them: what each guards, how much a failure matters."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from orchestration.seeds import rows_of


@dataclass(frozen=True, slots=True)
class Check:
    """One row of ``seeds/vocabulary/checks.csv``."""

    name: str
    kind: str
    guards: tuple[str, ...]
    """The path of the asset's key."""
    severity: Literal["error", "warn"]
    is_blocking: bool
    scope: Literal["disclosure", "warehouse"]
    title: str

    @property
    def failed(self) -> Literal["FAIL", "WARN"]:
        """The status of a result that does not pass."""
        return "FAIL" if self.severity == "error" else "WARN"


def by_name(seeds: Path, *kinds: str) -> dict[str, Check]:
    """The checks of these kinds, all where none is given; ``seeds`` is the dbt project's folder."""
    return {
        row["check_name"]: Check(
            row["check_name"],
            row["check_kind"],
            tuple(row["guards"].split("/")),
            "error" if row["severity"] == "error" else "warn",
            row["is_blocking"] == "true",
            "disclosure" if row["scope"] == "disclosure" else "warehouse",
            row["title"],
        )
        for row in rows_of(seeds / "vocabulary" / "checks.csv")
        if not kinds or row["check_kind"] in kinds
    }
