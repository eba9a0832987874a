"""Rows under one heading row whose columns play one role each: the walk that records and counts share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.cells import Cell, filled, lone, same_text
from ingest.layouts.figures import Laid, Misfit
from ingest.layouts.places import Place, repeats_headings
from ingest.layouts.values import figure
from ingest.tables import ColumnTable


@dataclass(frozen=True, slots=True)
class TableRow:
    """One data row: the cell of each column with the column's role, and the heading carried down."""

    cells: list[tuple[str, Cell]]
    section: dict[str, str]

    @property
    def locator(self) -> str:
        return next((cell.locator for _, cell in self.cells), "")


def roles_of(table: ColumnTable, place: Place, laid: Laid) -> list[str]:
    """The role of each printed heading, left to right. Every heading must be declared and every declaration used."""
    roles: list[str] = []
    headings = place.headings[: len(table.find.header or place.headings)]
    unused = list(table.columns)
    for heading in headings:
        name = next((name for name in table.columns if same_text(name, heading.text)), None)
        if name is None:
            laid.misfits.append(
                Misfit("undeclared_column", heading.locator, repr(heading.text), "a heading listed under columns",
                       "Give it a role, or the role ignore.")
            )  # fmt: skip
        elif name in unused:
            unused.remove(name)
        roles.append("ignore" if name is None else table.columns[name])
    if not headings:
        return list(table.columns.values())
    laid.misfits += [
        Misfit("column_not_found", "columns", repr(name), f"one of {[h.text for h in headings]}",
               "Write the heading as printed, or remove it.")
        for name in unused
    ]  # fmt: skip
    return roles


def walk(table: ColumnTable, place: Place, roles: list[str], laid: Laid) -> Iterator[TableRow]:
    """The data rows. Section headings are carried down; nil returns become figures of ``laid`` at once."""
    section: dict[str, str] = {}
    heading: Cell | None = None  # the section heading still waiting for its first row
    for row in place.rows:
        cells = filled(row)
        if not cells or repeats_headings(row, place):
            continue
        found = lone(row)
        if found is not None and len(roles) > 1 and found[0] == place.column:
            only = found[1]
            if any(same_text(only.text, nil) for nil in table.nil):
                laid.figures.append(figure(table, dict(section), only.text, only.locator))
                heading = None
            elif table.sections is None:
                laid.misfits.append(_lone(only))
            else:
                if heading is not None:
                    laid.misfits.append(empty_section(heading))
                section, heading = {table.sections: only.text}, only
            continue
        outside = [
            cell for position, cell in cells if not place.column <= position < place.column + len(roles)
        ]
        laid.misfits += [
            Misfit("cell_outside_table", cell.locator, repr(cell.text), "only cells under the headings",
                   "Say where the table ends with find.until, or add the column to find.header.")
            for cell in outside
        ]  # fmt: skip
        heading = None
        inside = row[place.column : place.column + len(roles)]
        yield TableRow(list(zip(roles, inside, strict=False)), section)
    if heading is not None:
        laid.misfits.append(empty_section(heading))


def _lone(cell: Cell) -> Misfit:
    return Misfit(
        "row_not_understood", cell.locator, repr(cell.text[:80]), "a row with a cell under each heading",
        "Say where the table ends with find.until, give section headings a role with sections, or list it under nil.",
    )  # fmt: skip


def empty_section(cell: Cell) -> Misfit:
    """A section heading that heads nothing: the table ended before it, or its rows were not recognised."""
    return Misfit(
        "section_without_rows", cell.locator, repr(cell.text[:80]), "rows or a nil return below this heading",
        "Say where the table ends with find.until, or list the text that means none under nil.",
    )  # fmt: skip


def row_without_heading(cell: Cell) -> Misfit:
    """Numbers that nothing says the meaning of: most often a total whose word was left out."""
    return Misfit(
        "row_without_heading", cell.locator, repr(cell.text[:80]), "a row with a heading before its numbers",
        "Supply the heading with corrections (a total: its word, listed under totals), or end the table with "
        "find.until.",
    )  # fmt: skip


def texts_of(row: TableRow) -> dict[str, str]:
    """The texts of a row by role; a role on two columns joins them as printed, with ' | '."""
    texts = dict(row.section)
    for role, cell in row.cells:
        if role in ("value", "total", "ignore"):
            continue
        texts[role] = (
            f"{texts[role]} | {cell.text}" if role in texts and cell.text else texts.get(role) or cell.text
        )
    return texts
