"""What was understood, table by table, and separately what was not used: lines for a person to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.cells import squeeze
from ingest.draft.model import Draft, DraftTable

_FIRST_ROWS = 3
_ROLES = (
    "force",
    "period",
    "platform",
    "offence",
    "outcome",
    "victim",
    "victim_sex",
    "victim_age",
    "measure",
)


def understood(draft: Draft) -> Iterator[str]:
    """The answer as a whole, its parts, and every table with its first rows."""
    yield f"{draft.title}: {draft.kind.replace('_', ' ')}, force {draft.force or 'named row by row'}"
    for part in draft.parts:
        cited = f" (section {', '.join(part.sections)})" if part.sections else ""
        yield f"  part {part.part}: {part.status}{cited} - {squeeze(part.why)[:110]}"
    for table in draft.tables:
        yield from _table(table)


def _table(table: DraftTable) -> Iterator[str]:
    layout = table.fields["layout"]
    if layout == "legend":
        yield f"{table.name}: a key to codes, at {table.locator}"
        return
    count = len(table.rows)
    yield (
        f"{table.name}: {layout} at {table.locator}, {count} figure{'' if count == 1 else 's'} of "
        f"{table.fields['measure']}"
    )
    means = {
        (reading["role"], reading["text"], reading.get("figure")): reading["means"]
        for reading in table.fields.get("reads_as", [])
    }
    for number, row in enumerate(table.rows[:_FIRST_ROWS], start=1):
        yield f"    {row['locator']}: {_value(row)}  {_coordinates(row, number, means)}"
    if count > _FIRST_ROWS:
        yield f"    ... and {count - _FIRST_ROWS} more"
    for check in dict.fromkeys(table.checks):
        yield f"    CHECK {squeeze(check)}"


def _value(row: dict[str, Any]) -> str:
    text = "1 (a record)" if row["value_text"] is None else row["value_text"] or "(blank)"
    return f"{text} total" if row["is_total"] else text


def _coordinates(row: dict[str, Any], number: int, means: dict[tuple[str, str, int | None], str]) -> str:
    told = []
    for role in _ROLES:
        text = row.get(f"{role}_text")
        if text:
            meant = means.get((role, text, number)) or means.get((role, text, None))
            told.append(f"{role}={squeeze(text)[:60]}" + (f" (= {meant})" if meant else ""))
    told += [f"{name}={squeeze(text)[:40]}" for name, text in row.get("other_dims", {}).items()]
    return ", ".join(told)


def not_used(draft: Draft) -> Iterator[str]:
    """Every place with a number that became no value, with the reason."""
    for entry in draft.left:
        shown = f" '{squeeze(entry.text)[:90]}'" if entry.text else ""
        yield f"  {entry.locator}:{shown} - {entry.reason}"
