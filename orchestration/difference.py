"""`foi diff`: the numbers added, removed and changed from one release to another, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from orchestration.causes import Causes
from orchestration.release import shelf
from orchestration.settings import Settings
from orchestration.words import WrongUse

COLUMNS = ("change", "disclosure_id", "table_name", "number", "locator", "before", "after", "why")

# A number is the same number where it stands in the same table under the same printed labels, wherever the row moved.
_KEY = (
    "disclosure_id", "table_name", "force_id", "measure", "period_text", "platform_text", "offence_text",
    "outcome_text", "victim_text", "other_dims", "is_total", "is_record",
)  # fmt: skip
_LABELS = _KEY[2:10]
_PLACE = ("disclosed_value_id", "table_no", "row_no", "locator")


def difference(settings: Settings, older: str, newer: str | None) -> Iterator[tuple[Any, ...]]:
    """One row per number that differs, in the order of disclosures and tables; ``COLUMNS`` names what it holds.

    Raises WrongUse when a release is unknown or damaged.
    """
    shelves = shelf(settings)
    one = shelves.find(older)
    other = shelves.find(newer) if newer is not None else shelves.current()
    if other is None:
        raise WrongUse("the published file is no release; name the release to compare with")
    for release in (one, other):
        if not release.is_whole():
            raise WrongUse(f"{release.path}: its content is not what was published; compare another release")
    with duckdb.connect(":memory:") as connection:
        _attach(connection, "older", one.path)
        _attach(connection, "newer", other.path)
        causes = Causes(connection, one.manifest, other.manifest)
        columns = [name for name in _columns(connection, "older") if name in _columns(connection, "newer")]
        compared = [name for name in columns if name not in (*_KEY, *_PLACE)]
        for row in _differing(connection, compared):
            yield _described(row, compared, causes)


def _attach(connection: duckdb.DuckDBPyConnection, alias: str, path: Path) -> None:
    quoted = str(path).replace("'", "''")
    connection.execute(f"attach '{quoted}' as {alias} (read_only)")


def _columns(connection: duckdb.DuckDBPyConnection, alias: str) -> list[str]:
    return [row[0] for row in connection.execute(f"describe {alias}.main.fct_disclosed_value").fetchall()]


def _differing(connection: duckdb.DuckDBPyConnection, compared: list[str]) -> list[dict[str, Any]]:
    """Rows with the key, ``locator``, and per side ``is_<side>`` and ``<side>_<column>``."""
    keys = ", ".join(_KEY)
    numbered = ", ".join(
        f"{alias}_numbers as (select *, row_number() over (partition by {keys} order by row_no, value_text) as nth "
        f"from {alias}.main.fct_disclosed_value)"
        for alias in ("older", "newer")
    )
    same_key = " and ".join(f"o.{name} is not distinct from n.{name}" for name in (*_KEY, "nth"))
    chosen = ", ".join(f"coalesce(n.{name}, o.{name}) as {name}" for name in (*_KEY, "locator", "row_no"))
    sides = ", ".join(
        f"{side}.{name} as {side}_{name}" for side in "on" for name in ("disclosure_id", *compared)
    )
    differs = " or ".join(f"o.{name} is distinct from n.{name}" for name in ("disclosure_id", *compared))
    cursor = connection.execute(
        f"with {numbered} select {chosen}, {sides} from older_numbers as o full join newer_numbers as n on {same_key} "
        f"where {differs} order by disclosure_id, table_name, row_no, coalesce(n.nth, o.nth)"
    )
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _described(row: dict[str, Any], compared: list[str], causes: Causes) -> tuple[Any, ...]:
    is_added, is_removed = row["o_disclosure_id"] is None, row["n_disclosure_id"] is None
    fields = (
        [] if is_added or is_removed else [name for name in compared if row[f"o_{name}"] != row[f"n_{name}"]]
    )
    return (
        "added" if is_added else "removed" if is_removed else "changed",
        row["disclosure_id"],
        row["table_name"],
        " · ".join(_label(row[name]) for name in _LABELS if row[name]),
        row["locator"],
        None if is_added else _content(row, "o", fields),
        None if is_removed else _content(row, "n", fields),
        "; ".join(causes.of(row, fields)),
    )


def _label(value: Any) -> str:
    return (
        " · ".join(f"{name} {text}" for name, text in value.items())
        if isinstance(value, dict)
        else str(value)
    )


def _content(row: dict[str, Any], side: str, fields: list[str]) -> str:
    """The fields that differ; of a number that stands on one side only, its value."""
    if fields:
        return ", ".join(f"{name} {_shown(row[f'{side}_{name}'])}" for name in fields)
    text = row[f"{side}_value_text"]
    return "1 record" if row["is_record"] else str(text if text is not None else row[f"{side}_value_status"])


def _shown(value: Any) -> str:
    return "none" if value is None else str(value)
