"""Landed tables as data frames for Great Expectations: everything as text, nothing read, one row per thing checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.quality.profile import MEASURED, profiles
from orchestration.seeds import rows_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_IN_ROLE = ("platform", "offence", "outcome")


def frames(tables: Mapping[str, pa.Table], seeds: Path) -> dict[str, pd.DataFrame]:
    """``values``: a row per figure. ``tables``: a row per table, found beside ``reviewed_*``. Text throughout.

    ``seeds`` is the dbt project's folder of seeds: what a reviewer fixed, and which labels belong to which role.
    """
    return {
        "values": _values(tables, _labels(seeds / "mappings")),
        "tables": _tables(tables, seeds / "reviewed"),
    }


def _tables(tables: Mapping[str, pa.Table], reviewed: Path) -> pd.DataFrame:
    known = {
        (row["disclosure_id"], row["table_name"]): row for row in rows_of(reviewed / "reviewed_tables.csv")
    }
    rows = []
    for found in profiles(tables["disclosed_values"].to_pylist(), tables["tables"].to_pylist()):
        review = known.get((found["disclosure_id"], found["table_name"]), {})
        fixed = {f"reviewed_{name}": review.get(name) for name in MEASURED}
        rows.append(found | fixed | {"reviewed_on": review.get("reviewed_on")})
    columns = ["disclosure_id", "table_name", *MEASURED, "half_labelled"]
    return _frame(rows, [*columns, *(f"reviewed_{name}" for name in MEASURED), "reviewed_on"])


def _values(tables: Mapping[str, pa.Table], labels: Mapping[str, set[str]]) -> pd.DataFrame:
    marked = {
        (row["disclosure_id"], row["table_no"], _squeezed(row["marker_text"]))
        for row in tables["markers"].to_pylist()
    }
    kinds = {row["disclosure_id"]: row["kind"] for row in tables["disclosures"].to_pylist()}
    landed = tables["disclosed_values"].drop_columns(["other_dims"])
    counted: dict[tuple[str, int], int] = {}
    rows = []
    for row in landed.to_pylist():
        table = row["disclosure_id"], row["table_no"]
        counted[table] = counted.get(table, 0) + 1
        own = {
            "kind": kinds.get(row["disclosure_id"]),
            "row_no_expected": counted[table],
            "is_marker": (*table, _squeezed(row["value_text"])) in marked,
            "misplaced_label": next(_misplaced(row, labels), ""),
        }
        rows.append({name: _plain(value) for name, value in (row | own).items()})
    return _frame(rows, [*landed.column_names, "kind", "row_no_expected", "is_marker", "misplaced_label"])


def _misplaced(row: Mapping[str, Any], labels: Mapping[str, set[str]]) -> Any:
    """Labels that are known in another role and not in the one they stand in."""
    for role in _IN_ROLE:
        text = _squeezed(row[f"{role}_text"])
        if text and text not in labels[role] and any(text in labels[other] for other in _IN_ROLE):
            yield f"{role}: {text}"


def _labels(mappings: Path) -> dict[str, set[str]]:
    return {
        role: {_squeezed(row["label_text"]) for row in rows_of(mappings / f"{role}_mappings.csv")}
        for role in _IN_ROLE
    }


def _frame(rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=pd.Index(columns), dtype="str")


def _squeezed(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()


def _plain(value: Any) -> str | None:
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
