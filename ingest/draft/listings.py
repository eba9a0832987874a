"""Lines of a label and a number: '2009 : 17' one below the other -> a list; one such line -> a statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.cells import begins_with, squeeze
from ingest.draft.clauses import clause_of
from ingest.draft.context import Context
from ingest.draft.entries import read_as
from ingest.draft.fill import fill_in
from ingest.draft.headings import slug
from ingest.draft.labels import ANNOTATED, is_number
from ingest.draft.lines import Line
from ingest.draft.model import DraftTable
from ingest.draft.periods import period_of
from ingest.draft.places import shortened
from ingest.draft.printed import Printed
from ingest.draft.questions import give_group, group_objection, unheld
from ingest.draft.referring import refers_back
from ingest.draft.surroundings import refusal_of_list
from ingest.draft.tables import declare_values
from ingest.draft.words import REST, counted_nouns, is_total, without_marks
from ingest.layouts.listing import without_bullet

_SEPARATORS = (":", " - ", " – ", " = ", "=", "....", " (")
_ROLES = ("period", "platform", "force", "victim_sex", "victim_age", "victim", "outcome", "offence")
_BOUND = re.compile(r"(?:less|fewer) than [\w ]{1,9}", re.IGNORECASE)
_LONGEST_LABEL = 90
_INCLUDING = re.compile(r"(.{2,40}?) \((?:incl\w*\.?|and|with) [^()]+\)", re.IGNORECASE)
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
        value = _value_after(separator, value)
        if not found or not label.strip() or len(label) > _LONGEST_LABEL:
            continue
        is_figure = is_number(value) or ANNOTATED.fullmatch(squeeze(value)) or _BOUND.fullmatch(value)
        if is_figure and period_of(value) is None and re.match(r"[<>≤≥]?\s?\d|[a-z]", value, re.IGNORECASE):
            return Item(line, without_bullet(label.strip()), separator, value)
    return None


def _value_after(separator: str, text: str) -> str:
    """What stands behind a separator, without the dots that go on or the bracket that closes."""
    if separator == " (":
        return text.strip()[:-1].strip() if text.strip().endswith(")") else ""
    return text.strip().lstrip(".").strip() if separator == "...." else text.strip()


def read_lists(lines: Sequence[Line], context: Context) -> tuple[list[DraftTable], set[int]]:
    """The lists among consecutive lines, and the ids of the lines they use."""
    tables: list[DraftTable] = []
    used: set[int] = set()
    position = 0
    above: list[str] = []
    while position < len(lines):
        run = _run(lines, position)
        if len(run) >= 2:
            above = _above(run[0].line, lines[:position], above)
            is_refused = refusal_of_list(above, context) is not None
            table = None if is_refused else _list(run, above, context)
            if table is not None and (end := _end(run, lines[position + len(run) :])):
                table.fields["find"]["until"] = end
            tables += [table] if table is not None else []
            if is_refused or table is not None:
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


def _above(first: Line, lines: Sequence[Line], earlier: list[str]) -> list[str]:
    """The line above a list; where it says 'as above', what stands above the list before it too."""
    near = [line.text for line in lines[-1:] if line.number == first.number and item_of(line) is None]
    return [*near, *earlier] if near and refers_back(near[0]) else near


def _end(run: list[Item], rest: Sequence[Line]) -> str:
    """How the line after a list begins, where it or a later one could be taken for a line of the list; else ''."""
    separator, sheet = run[0].separator, run[0].line.sheet
    following = [line for line in rest if line.sheet == sheet]
    if not any(separator in line.text for line in following):
        return ""
    end = shortened(squeeze(following[0].text))
    return "" if any(begins_with(squeeze(item.line.text), end) for item in run) else end


def _with_parts(label: str, context: Context) -> str:
    """'Facebook' of 'Facebook (including Messenger)', where that is a platform's name; else ''."""
    match = _INCLUDING.fullmatch(label)
    return match[1] if match and context.labels.platform(match[1]) else ""


def _counts_offences(table: DraftTable, near: Sequence[str], context: Context) -> bool:
    """Whether the line above a list names one offence and nothing else that is counted: then its lines count that."""
    codes = {name.id or name.text for text in near for name in context.names.offences(text)}
    if len(codes) != 1 or any(counted_nouns(text) for text in near):
        return False
    table.fields["measure"] = "offences"
    table.checks.append(
        "measure: the line above the list names an offence; its lines are taken to count offences"
    )
    return True


def _whole(table: DraftTable, role: str, near: Sequence[str], context: Context) -> bool:
    """Whether nothing above a list, or in its question, makes its numbers a part that no role holds.

    An age of the victims or suspects, which it names for all its lines, is entered.
    """
    if role.startswith(("outcome", "victim")):
        return True
    told = clause_of(" ".join(near), 0, context.names)
    unit = table.fields["measure"]
    if group_objection(clause_of("", 0, context.names), context, table.number, unit) or unheld(told, unit):
        return False
    give_group(table, told, context, table.number, unit)
    return True


def _list(run: list[Item], near: list[str], context: Context) -> DraftTable | None:
    labels = [item.label for item in run if not is_total(without_marks(item.label))]
    readings = {label: bare for label in labels if (bare := _with_parts(label, context))}
    kinds = [context.labels.kinds(readings.get(label, label)) for label in labels]
    named = [kind for label, kind in zip(labels, kinds, strict=True) if not REST.fullmatch(label)]
    if len(named) > 1:
        kinds = named  # 'Unknown' and 'Other' are what is left of whatever the other lines name
    role = next((role for role in _ROLES if kinds and all(role in kind for kind in kinds)), None)
    if role is None or len(set(labels)) != len(labels):
        return None
    first = run[0].line
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
    for label, bare in readings.items() if role == "platform" else ():
        read_as(table, role, label, bare, "with what belongs to it")
    if "measure" not in table.fields and not _counts_offences(table, near, context):
        return None
    if not _whole(table, role, near, context):
        return None
    table.used = {id(cell) for item in run for cell in item.line.cells}
    if not any("(" in item.value for item in run):
        table.intended = [{"value": item.value, role: item.label} for item in run]
    return table
