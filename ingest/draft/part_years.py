"""Numbers of a part of their period: '22 (to end of March)' in the row of 2021."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.cells import squeeze
from ingest.draft.entries import read_as
from ingest.draft.model import DraftTable
from ingest.draft.periods import period_of

_YEAR = re.compile(r",? (\d{4})$")
_NOTED = re.compile(r"\d[\d,]*\s?\((?P<note>[^()]+)\)")


def read_part_years(table: DraftTable, figures: Iterable[tuple[str, str]]) -> None:
    """Let the notes beside numbers say which days their periods have. ``figures`` are (period text, cell) pairs.

    Only where each note cuts its period short and all numbers of that period have the same one: what a text stands for
    is said once for the table. Otherwise nothing is entered, and reading back takes the table out.
    """
    notes: dict[str, set[str]] = {}
    for period, cell in figures:
        match = _NOTED.fullmatch(squeeze(cell))
        if squeeze(cell):
            notes.setdefault(squeeze(period), set()).add(match["note"].strip() if match else "")
    noted = {period: own for period, own in notes.items() if own != {""}}
    days = {period: _days(period, own) for period, own in noted.items()}
    if not days or None in days.values():
        return
    for period, read in days.items():
        read_as(table, "period", period, str(read), f"beside its numbers stands '{min(noted[period])[:40]}'")
    table.fields["value_written"] = "{value} ({ignore})"
    table.why["value_written"] = "the note beside a number says how far its period goes"


def _days(period: str, notes: set[str]) -> str | None:
    """The days that are left of a period by the one note to its numbers; None where that is not told."""
    if len(notes) != 1:
        return None
    note, whole = min(notes), period_of(period)
    if whole is None or not (whole.first and whole.last):
        return None
    year = _YEAR.search(note)
    part = period_of(f"{period} ({note[: year.start()] if year else note})")
    if part is None or not (part.first and part.last) or (year and int(year[1]) != part.last.year):
        return None
    is_part = whole.first <= part.first and part.last <= whole.last and part.kind == "range"
    return f"{part.first} to {part.last}" if is_part else None
