"""Lines of a label and a number: '2009 : 17' one below the other -> a list; one such line -> a statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.cells import squeeze
from ingest.draft.context import Context
from ingest.draft.fill import fill_in
from ingest.draft.headings import slug
from ingest.draft.labels import ANNOTATED, is_number
from ingest.draft.lines import Line
from ingest.draft.model import DraftTable
from ingest.draft.periods import period_of
from ingest.draft.printed import Printed
from ingest.draft.tables import declare_values
from ingest.draft.words import is_total, without_marks

_SEPARATORS = (":", " - ", " – ", " = ", "=", "....")
_ROLES = ("period", "platform", "force", "victim_sex", "victim_age", "victim", "outcome", "offence")
_LONGEST_LABEL = 90
_ENUMERATED = re.compile(r"\(?(?:\d{1,2}[a-z]|[a-h])[.)]\s|\(?\d{1,2}[.)]\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a label and a number."""

    line: Line
    label: str
    separator: str
    value: str


def item_of(line: Line) -> Item | None:
    """A line that is a label, a separator and a number, and nothing else."""
    if len(line.cells) != 1:
        return None
    text = line.text.strip()
    for separator in _SEPARATORS:
        label, found, value = text.partition(separator)
        value = value.strip()
        if not found or not label.strip() or len(label) > _LONGEST_LABEL:
            continue
        if (
            (is_number(value) or ANNOTATED.fullmatch(squeeze(value)))
            and period_of(value) is None
            and re.match(r"[<>≤≥]?\s?\d", value)
        ):
            return Item(line, label.strip(), separator, value)
    return None


def read_lists(lines: Sequence[Line], context: Context) -> tuple[list[DraftTable], set[int]]:
    """The lists among consecutive lines, and the ids of the lines they use."""
    tables: list[DraftTable] = []
    used: set[int] = set()
    position = 0
    while position < len(lines):
        run = _run(lines, position)
        if len(run) >= 2 and (table := _list(run, lines[:position], context)) is not None:
            tables.append(table)
            used |= {id(item.line) for item in run}
        position += max(1, len(run))
    return tables, used


def _run(lines: Sequence[Line], start: int) -> list[Item]:
    """Consecutive items with one separator, of one sheet and one question."""
    run: list[Item] = []
    for line in lines[start:]:
        item = item_of(line)
        if item is not None and _ENUMERATED.match(item.label):
            item = None  # '1a. Charged - 5' answers question 1a: its number is no part of the label
        if item is None or (run and (item.separator, line.sheet) != (run[0].separator, run[0].line.sheet)):
            break
        run.append(item)
    return run


def _list(run: list[Item], above: Sequence[Line], context: Context) -> DraftTable | None:
    labels = [item.label for item in run if not is_total(without_marks(item.label))]
    kinds = [context.labels.kinds(label) for label in labels]
    role = next((role for role in _ROLES if kinds and all(role in kind for kind in kinds)), None)
    if role is None or len(set(labels)) != len(labels):
        return None
    first = run[0].line
    near = [line.text for line in above[-1:] if line.number == first.number and item_of(line) is None]
    levels = context.levels(first.number, near)
    if role.startswith("victim") and not any(
        re.search(r"\bvictims?\b", text, re.IGNORECASE) for _, text in levels
    ):
        role = f"other:{role.removeprefix('victim_')}"
    table = DraftTable(
        f"by_{slug(role.removeprefix('other:'))}",
        {"layout": "list", "find": {"starts": squeeze(first.text)}, "item": [role, "value"]},
        {"item": f"lines such as '{first.text[:40]}'"},
        number=first.number,
        locator=first.locator,
    )
    if run[0].separator != ":":
        table.fields["separator"] = (
            run[0].separator.strip() if run[0].separator.strip() in ("=", "....") else run[0].separator
        )
    declare_values(table, [item.value for item in run], context)
    totals = [item.label for item in run if is_total(without_marks(item.label))]
    if totals:
        table.fields["totals"] = totals
        table.why["totals"] = "so the labels say"
    fill_in(table, Printed({role}, [(role, item.label) for item in run]), context, levels)
    if "measure" not in table.fields:
        return None
    table.used = {id(cell) for item in run for cell in item.line.cells}
    if not any("(" in item.value for item in run):
        table.intended = [{"value": item.value, role: item.label} for item in run]
    return table
