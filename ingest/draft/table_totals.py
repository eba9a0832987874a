"""The totals of a table: headings that name them, rows and columns that add up others, and areas of several forces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.cells import squeeze
from ingest.draft.entries import read_as
from ingest.draft.grid import Grid
from ingest.draft.labels import Labels
from ingest.draft.model import DraftTable
from ingest.draft.periods import period_of
from ingest.draft.shapes import Shape, dimension_roles
from ingest.draft.totals import number_in, unmarked_total_rows
from ingest.draft.words import is_total, without_marks

_TOTAL_WORDS = re.compile(r"\b(?:grand |sub[ -]?|overall )?totals?(?: (?:for|of))?\b", re.IGNORECASE)


def _spans_of_years(table: DraftTable, grid: Grid, shape: Shape, body: list[list[str]]) -> list[str]:
    """'Three years' among columns of years: a total where it adds them up in every row, else a column left out."""
    if shape.layout != "crosstab" or "period" not in shape.heads:
        return []
    row = grid.heading_row(shape.heads.index("period"))
    periods = {column.position: period_of(row[column.position]) for column in shape.counts}
    spans = [position for position, period in periods.items() if period and period.kind == "relative"]
    years = [position for position, period in periods.items() if period and period.is_known]
    if not spans or len(years) < 2:
        return []
    totals = [position for position in spans if _adds_up_everywhere(body, years, position)]
    passed = [squeeze(row[position]) for position in spans if position not in totals]
    if passed:
        table.fields["skip"] = [*table.fields.get("skip", []), *passed]
        table.checks.append(f"column '{passed[0][:40]}': it is no total of the periods beside it: left out")
    return [row[position] for position in totals]


def _adds_up_everywhere(body: list[list[str]], parts: list[int], total: int) -> bool:
    """Whether a column is the sum of others in every row where all of them are numbers, and in two rows at least."""
    rows = [[number_in(row[position]) for position in [*parts, total]] for row in body]
    told = [row for row in rows if None not in row]
    return len(told) >= 2 and all(sum(number or 0 for number in row[:-1]) == row[-1] for row in told)


def _named_after_platforms(table: DraftTable, totals: Sequence[str], shape: Shape, labels: Labels) -> None:
    """'Facebook total' beside blank labels: the total of that platform, over what its row leaves blank."""
    roles = {column.role for column in shape.columns} & {"platform", "offence", "outcome", "period", "force"}
    for text in dict.fromkeys(totals):
        name = _TOTAL_WORDS.sub("", without_marks(text)).strip(" :-–")
        if "platform" in roles and len(roles) > 1 and labels.platform(name):
            read_as(table, "platform", text, name, "the total of that platform")


def enter_totals(table: DraftTable, grid: Grid, shape: Shape, body: list[list[str]], labels: Labels) -> None:
    """Declare the headings of totals; a single column headed Total holds the numbers themselves."""
    counted = {column.position for column in shape.counts}
    stub = [position for position in range(grid.width) if position not in counted]
    found = [
        row[position]
        for row in body
        for position in stub
        if row[position] and is_total(without_marks(row[position]))
    ]
    _named_after_platforms(table, found, shape, labels)
    if shape.layout == "crosstab" and len(shape.counts) > 1:
        rows = [grid.heading_row(number) for number in range(grid.headings)]
        found += [
            row[column.position]
            for row in rows
            for column in shape.counts
            if is_total(without_marks(row[column.position]))
        ]
    reason = "so the headings say"
    for text in _spans_of_years(table, grid, shape, body):
        found.append(text)
        reason = f"'{text[:30]}' is the sum of the periods beside it"
    for text in shape.area_totals:
        found.append(text)
        reason = f"'{text[:30]}' is the sum of the forces beside it"
        table.fields["plays"] = {text: "other:area"}
        table.why["plays"] = "it adds up the forces beside it, so it names an area"
    if not grid.sections and not any(
        is_total(without_marks(row[position])) for row in body for position in stub
    ):
        numbers = [[row[column.position] for column in shape.counts] for row in body]
        for row in unmarked_total_rows(numbers):
            label = next((body[row][position] for position in stub if body[row][position]), "")
            if not label:
                table.checks.append("the last row adds up the rows above it but has no heading")
                table.fields["total_figures"] = None
                continue
            found.append(label)
            reason = f"'{label[:30]}' is the sum of the rows above it"
            if shape.layout in ("crosstab", "counts") and "force" in dimension_roles(shape):
                table.fields["plays"] = {label: "other:area"}
                table.why["plays"] = "it adds up the forces above it, so it names an area"
    table.printed_totals = _numbers_under(found, shape, body)
    if found and table.fields.get("totals") != "all":
        table.fields["totals"] = list(dict.fromkeys(found))
        table.why["totals"] = reason


def _numbers_under(headings: list[str], shape: Shape, body: list[list[str]]) -> set[int]:
    """The numbers in the rows of totals."""
    rows = [row for row in body if any(text in headings for text in row)]
    numbers = [number_in(row[column.position]) for row in rows for column in shape.counts]
    return {number for number in numbers if number is not None}
