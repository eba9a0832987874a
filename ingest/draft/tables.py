"""From a table of the document to a table of disclosure.yml, with the reason for every entry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ingest.cells import lone, squeeze
from ingest.draft.context import Context
from ingest.draft.fill import fill_in
from ingest.draft.footnotes import SIGNED
from ingest.draft.given import Level
from ingest.draft.grid import Grid
from ingest.draft.headings import Column, are_codes, slug, unit_of_heading
from ingest.draft.labels import ANNOTATED
from ingest.draft.lines import Line
from ingest.draft.markers import Markers, markers_of
from ingest.draft.model import DraftTable
from ingest.draft.part_years import read_part_years
from ingest.draft.places import find_of, settle
from ingest.draft.printed import Printed
from ingest.draft.shapes import Shape, dimension_roles, shape_of, tells_outcome
from ingest.draft.split_headings import split_by_heading
from ingest.draft.surroundings import refusal
from ingest.draft.table_totals import enter_totals
from ingest.draft.words import is_total, without_marks

_CARRIED = {"period", "platform", "offence", "outcome", "force"}
_YEAR_ENDS = re.compile(r"\b(?:years?|12 months|twelve months) (?:ending|ended|to)\b", re.IGNORECASE)


def draft_grid(grid: Grid, context: Context) -> tuple[list[DraftTable], str]:
    """The tables of one grid, or none and the reason why it is left out."""
    if id(grid) in context.page.asked_tables:
        return [], "what was asked"
    near = context.page.caption(grid)
    if (reason := refusal(grid, near, context)) is not None:
        return [], reason
    number = context.page.numbers.get(id(grid))
    levels = context.levels(number, near)
    shape = shape_of(grid, context, [text for _, text in levels])
    if not shape.layout:
        return [], shape.doubt
    sections = _section_role(grid, context)
    if (grid.sections and shape.layout in ("list", "columns")) or sections == "":
        return [], "headings inside the table are not understood"
    if shape.layout == "split":
        found = [
            _drafted(grid, part, context, levels, number, sections)
            for part in split_by_heading(grid, shape, context)
        ]
        return [table for tables in found for table in tables], ""
    return _drafted(grid, shape, context, levels, number, sections), ""


def _drafted(
    grid: Grid, shape: Shape, context: Context, levels: list[Level], number: str | None, sections: str | None
) -> list[DraftTable]:
    """The tables of one shape, complete."""
    if shape.layout == "columns":
        tables = [
            _one_column(grid, shape, column, is_outcome=tells_outcome(column.heading, context))
            for column in shape.counts
        ]
    else:
        tables = [_whole(grid, shape)]
    for table in tables:
        table.fields["find"], sheet = settle(table.fields["find"], grid, context.page.sheets)
        if sheet is not None:
            table.fields["sheet"] = sheet
        if grid.sections:
            table.fields["sections"] = sections
            table.why["sections"] = (
                f"one-cell rows such as '{_row_text(grid, grid.sections[0])}' head the rows below them"
            )
        _complete(table, grid, shape, context, levels, number)
    return tables


def _whole(grid: Grid, shape: Shape) -> DraftTable:
    fields: dict[str, Any] = {"layout": shape.layout, "find": find_of(grid)}
    why = dict(shape.why)
    if shape.layout == "list":
        fields["item"] = [shape.rows[0], "value"]
    elif shape.layout == "crosstab":
        fields |= {"row_headings": shape.rows, "column_headings": shape.heads}
        if shape.skip:
            fields["skip"] = shape.skip
            why.setdefault("skip", "percentages, rates, changes and parts of the other columns")
        why["row_headings"] = "; ".join(
            column.why for column in shape.columns[: len(shape.rows)] if column.why
        )
    else:
        fields["columns"] = {column.heading: _column_role(column) for column in shape.columns}
        why |= {f"columns.{column.heading}": column.why for column in shape.columns}
    dimensions = list(dict.fromkeys([*shape.rows, *shape.heads, *map(_column_role, shape.columns)]))
    named = [slug(role.removeprefix("other:")) for role in dimensions if role not in ("value", "ignore", "")]
    table = DraftTable("by_" + "_and_".join(named[:3]) if named else "figures", fields, why)
    if shape.measure:
        table.fields["measure"] = _known_unit(shape.measure)
        table.why["measure"] = "the lower heading over its numbers"
    return table


def _column_role(column: Column) -> str:
    return {"count": "value", "percent": "ignore", "": "ignore"}.get(column.role, column.role)


def _one_column(grid: Grid, shape: Shape, value: Column, *, is_outcome: bool) -> DraftTable:
    """A counts table that reads one column of numbers and passes over the others."""
    roles = {
        column.heading: "value"
        if column is value
        else "ignore"
        if column.role in ("count", "percent", "unclear", "")
        else column.role
        for column in shape.columns
    }
    table = DraftTable(
        slug(value.heading) or "figures",
        {"layout": "counts", "find": find_of(grid), "columns": roles},
        dict(shape.why),
    )
    role, heading = shape.heads[0], squeeze(value.heading)
    if is_total(without_marks(heading)):
        table.fields["totals"] = "all"
    elif role:
        table.fields["given"] = {role: heading}
        table.why[f"given.{role}"] = "the heading of the column"
    elif unit := unit_of_heading(heading):
        table.fields["measure"] = _known_unit(unit)
        table.why["measure"] = f"the heading '{heading[:40]}'"
    elif is_outcome:
        table.fields["given"] = {"outcome": heading}
        table.why["given.outcome"] = "the heading of the column"
    return table


def _known_unit(unit: str) -> str:
    return "other" if unit == "cases" else unit


def _row_text(grid: Grid, number: int) -> str:
    single = lone(grid.sheet.rows[number])
    return squeeze(single[1].text) if single else ""


def _section_role(grid: Grid, context: Context) -> str | None:
    """The role of the headings inside a table; '' where they are of different kinds, None where there are none."""
    texts = [_row_text(grid, number) for number in grid.sections]
    if not texts:
        return None
    kinds = [context.labels.kinds(text) for text in texts]
    for role in ("platform", "period", "force", "offence", "outcome"):
        if sum(role in kind for kind in kinds) * 2 > len(kinds):
            return role
    asked = squeeze(context.page.request_text).casefold()
    listed = sum(squeeze(text).casefold() in asked for text in texts) * 2 > len(texts)
    if listed and re.search(r"\b(?:websites?|platforms?|apps?|social media|sites)\b", asked):
        return "platform"
    return "other:section"


def _complete(
    table: DraftTable, grid: Grid, shape: Shape, context: Context, levels: list[Level], number: str | None
) -> None:
    """What every layout shares: markers, totals, and what holds without being printed in the rows."""
    table.number, table.locator = number, _locator(grid)
    table.used = {id(cell) for cell in grid.cells()}
    body = [grid.texts(row) for row in grid.body]
    values = [row[column.position] for row in body for column in shape.counts]
    values += [_row_text(grid, row) for row in grid.nils]
    declare_values(table, values, context)
    read_part_years(table, _dated_values(table, grid, shape, body))
    enter_totals(table, grid, shape, body, context.labels)
    if shape.layout in ("counts", "columns"):
        blank = [
            column.heading
            for column in shape.columns
            if column.role in _CARRIED and not all(column.cells[1:])
        ]
        table.checks += [
            f"column '{squeeze(heading)[:40]}': blank cells are not filled from above" for heading in blank
        ]
    for column in shape.columns:
        table.checks += [f"column '{squeeze(column.heading)[:40]}': {doubt}" for doubt in column.doubts]
    fill_in(table, _printed(table, grid, shape, context), context, levels)


def _dated_values(
    table: DraftTable, grid: Grid, shape: Shape, body: Sequence[list[str]]
) -> list[tuple[str, str]]:
    """Every number with the period of its row, or of its column where that has one."""
    dated = next((column for column in shape.columns if column.role == "period"), None)
    read = table.fields.get("columns", {})
    counts = [column for column in shape.counts if read.get(column.heading, "value") == "value"]
    if "period" in shape.heads and shape.layout == "crosstab":
        row = grid.heading_row(shape.heads.index("period"))
        return [(row[column.position], cells[column.position]) for cells in body for column in counts]
    if dated is None:
        return []
    return [(cells[dated.position], cells[column.position]) for cells in body for column in counts]


def _printed(table: DraftTable, grid: Grid, shape: Shape, context: Context) -> Printed:
    """What the table prints, for finding what it does not."""
    printed = Printed(dimension_roles(shape), has_nils=bool(grid.nils), head=context.page.head(grid))
    if "sections" in table.fields:
        printed.roles.add(table.fields["sections"])
        printed.labels += [(table.fields["sections"], _row_text(grid, number)) for number in grid.sections]
    printed.labels += [
        (column.role, cell) for column in shape.columns for cell in column.cells if column.role != "count"
    ]
    printed.codes = _codes_beside(shape.columns)
    dated = [column.heading for column in shape.columns if column.role == "period"]
    printed.ends_years = any(_YEAR_ENDS.search(heading) for heading in [*dated, grid.over])
    if shape.layout == "crosstab":
        for number, head in enumerate(shape.heads):
            row = grid.heading_row(number)
            printed.labels += [(head, row[column.position]) for column in shape.counts]
    if shape.layout in ("counts", "columns"):
        printed.roles.discard("")
        values = [heading for heading, role in table.fields["columns"].items() if role == "value"]
        printed.heading = values[0] if values else ""
    if shape.layout == "columns" and shape.heads[0]:
        printed.roles.add(shape.heads[0])
    blocks = context.page.blocks
    after = blocks[next(n for n, block in enumerate(blocks) if block is grid) + 1 :][:1]
    printed.below = next((block.text for block in after if isinstance(block, Line)), "")
    return printed


def _codes_beside(columns: Sequence[Column]) -> dict[str, str]:
    """Offence label -> code, where one column holds nothing but codes and never two for a label."""
    coded = [
        c
        for c in columns
        if c.role.startswith(("ignore", "offence", "other:"))
        and are_codes([squeeze(cell) for cell in c.cells if cell])
    ]
    named = [c for c in columns if c.role == "offence" and c not in coded]
    if len(coded) != 1 or len(named) != 1:
        return {}
    pairs = {pair for pair in zip(named[0].cells, coded[0].cells, strict=True) if all(pair)}
    return {label: code for label, code in pairs if sum(label == other for other, _ in pairs) == 1}


def _locator(grid: Grid) -> str:
    return next((cell.locator for cell in grid.cells() if cell.text), grid.sheet.name)


def declare_values(table: DraftTable, values: Sequence[str], context: Context) -> None:
    """What markers among the numbers stand for, and how a number is written that is not alone in its cell."""
    _declare(table, markers_of(values, context.page.lines))
    _written(table, values)


def _declare(table: DraftTable, markers: Markers) -> None:
    for name in ("suppressed", "withheld", "not_held", "nil"):
        if declared := getattr(markers, name):
            table.fields[name] = declared
    if markers.blank_means:
        table.fields["blank_means"] = markers.blank_means
    table.why |= markers.why
    for marker in markers.unexplained:
        table.checks.append(f"the document does not say what '{marker}' stands for: left open")


def _written(table: DraftTable, values: Sequence[str]) -> None:
    """How a number is written where its cell holds something beside it; one form only."""
    forms = set()
    for value in values:
        if not ANNOTATED.fullmatch(squeeze(value)) or re.fullmatch(r"\d[\d,]*", squeeze(value)):
            continue
        if sign := SIGNED.fullmatch(squeeze(value)):
            forms.add("{value} " + sign["sign"])
        elif re.search(r"\(\d", value):
            forms.add("{value} ({ignore}%)")
        elif "(" in value:
            forms.add("{value} ({other:note})")
        elif mark := re.search(r"[*†‡^#¹²³⁴⁵⁶⁷⁸⁹]+$", value.strip()):
            forms.add("{value}" + mark[0])
    if len(forms) == 1:
        table.fields["value_written"] = forms.pop()
        table.why["value_written"] = "some cells hold more than the bare number"
