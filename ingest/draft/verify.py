"""The draft read back with the project's own layouts: what does not come out as meant is taken out again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ingest.cells import Sheet, same_text
from ingest.draft.calendar import MONTH
from ingest.draft.model import DraftTable
from ingest.draft.periods import find_periods, period_of
from ingest.figure_rows import Numbering, figure_rows
from ingest.layouts import LAYOUTS
from ingest.layouts.figures import Misfit
from ingest.layouts.places import Place, locate_all
from ingest.tables import Table

_TABLE: TypeAdapter[Any] = TypeAdapter(Table)
_LESS = re.compile(rf"\b(?:to|until|from|since|only|part|excluding|{MONTH})\b", re.IGNORECASE)
_NAMES = re.compile(r"\{(?P<role>period|platform|offence|outcome|force)(?P<figure>\d*)\}")
_FEWEST_PERIODS = 2
Row = dict[str, Any]


def read_back(
    tables: Sequence[DraftTable], sheets: Sequence[Sheet]
) -> tuple[list[DraftTable], list[tuple[DraftTable, str]]]:
    """The tables that read as they should, with their rows, and those that do not, with the reason.

    Taking one table out may move the end of another, so all are read again until nothing is left to take out.
    """
    kept = list(tables)
    dropped: list[tuple[DraftTable, str]] = []
    while kept:
        ends = _ends(kept)
        reasons = _faults(kept, list(sheets))
        if ends != _ends(kept):
            continue
        if not reasons:
            break
        again = {table.name for table in kept if table.name in reasons and _spelt_out(table)}
        dropped += [
            (table, reasons[table.name])
            for table in kept
            if table.name in reasons and table.name not in again
        ]
        kept = [table for table in kept if table.name not in reasons or table.name in again]
    return kept, dropped


def _spelt_out(table: DraftTable) -> bool:
    """Write the names of a statement out instead of leaving places for them, where that has not been done yet.

    A place for a name fits many words; the sentence with its own names stands only once.
    """
    found = list(_NAMES.finditer(table.fields.get("text", "")))
    for match in reversed(found):
        figure = int(match["figure"] or 1) - 1
        text = table.intended[figure].get(match["role"], "")
        if not text:
            return False
        table.fields["text"] = (
            table.fields["text"][: match.start()] + text + table.fields["text"][match.end() :]
        )
        table.fields.setdefault("given", {})[match["role"] + match["figure"]] = text
    return bool(found)


def _ends(tables: Sequence[DraftTable]) -> list[str | None]:
    return [table.fields.get("find", {}).get("until") for table in tables]


def _faults(tables: Sequence[DraftTable], sheets: list[Sheet]) -> dict[str, str]:
    models: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for table in tables:
        try:
            models[table.name] = _TABLE.validate_python({"name": table.name} | table.fields)
        except ValidationError as error:
            faults[table.name] = f"no valid table: {error.errors()[0]['msg']}"
    places = locate_all(list(models.values()), sheets)
    for table in tables:
        if table.name in models and (fault := _fault(table, models[table.name], places[table.name], sheets)):
            faults[table.name] = fault
    return faults


def _fault(table: DraftTable, model: Any, place: Place | Misfit, sheets: list[Sheet]) -> str | None:
    if isinstance(place, Misfit):
        if place.code == "end_not_found":
            # the line after it is where another table of the draft begins: that ends it already
            del table.fields["find"]["until"]
        return _told(place)
    laid = LAYOUTS[model.layout](model, place)
    if laid.misfits:
        return _told(laid.misfits[0])
    if model.layout == "legend":
        return None
    rows = figure_rows(model, laid.figures, Numbering(table.name, 1), sheets)
    if rows.misfits:
        return _told(rows.misfits[0])
    table.rows = rows.tables.get("disclosed_values", [])
    if not table.rows:
        return "it gives no figure"
    return _narrowing_note(table) or _difference(table) or _odd_period(table)


def _odd_period(table: DraftTable) -> str | None:
    """A text among printed periods that is none: whose days its figures cover is not told."""
    if table.fields["layout"] == "statement" or "period" in table.fields.get("given", {}):
        return None
    read = {each["text"] for each in table.fields.get("reads_as", []) if each["role"] == "period"}
    texts = {row["period_text"] or "" for row in table.rows if not row["is_total"]}
    known = {text for text in texts if text in read or _has_days(text)}
    odd = sorted(texts - known - {""})
    if len(known) < _FEWEST_PERIODS or not odd:
        return None
    return f"'{odd[0][:40]}' stands among periods, and its days are not told"


def _has_days(text: str) -> bool:
    period = period_of(text)
    return period is not None and period.first is not None


def _told(misfit: Misfit) -> str:
    return f"{misfit.place}: found {misfit.found[:80]}; expected {misfit.expected[:80]}"


def _narrowing_note(table: DraftTable) -> str | None:
    """'22 (to end of March)': a note beside a number that says it counts less than its row and column do."""
    for row in table.rows:
        note = str(row["other_dims"].get("note", ""))
        if find_periods(note) or _LESS.search(note):
            return f"the note '{note[:40]}' beside {row['value_text']} may narrow what it counts"
    return None


def _difference(table: DraftTable) -> str | None:
    """Whether a sentence or list gives other figures than were meant."""
    if not table.intended:
        return None
    if len(table.rows) != len(table.intended):
        return f"{len(table.rows)} figures instead of {len(table.intended)}"
    for row, meant in zip(table.rows, table.intended, strict=True):
        for role, text in meant.items():
            if role.startswith("other:"):
                continue
            found = row["value_text"] if role == "value" else row[f"{role}_text"]
            if not same_text(found or "", text):
                return f"reads {role} {found!r} instead of {text!r}"
    return None
