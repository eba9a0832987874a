"""Finding a table in a document: where it starts, where it ends, and how to say that it is not there."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ingest.cells import Cell, Sheet, begins_with, filled, folded, same_text, squeeze
from ingest.layouts.figures import Misfit
from ingest.tables import Find, StatementTable, Table


@dataclass(frozen=True, slots=True)
class Place:
    """The rows of one table. ``column`` is the sheet column of the first heading cell.

    ``headings`` is the first heading row, empty where the table has none; ``rows`` holds what follows, up to the end
    (a crosstab's further heading rows among them).
    """

    sheets: Sequence[Sheet]
    sheet: Sheet
    start: int
    column: int
    headings: list[Cell]
    rows: list[list[Cell]]

    @property
    def locator(self) -> str:
        """Where the table starts."""
        for row in ([self.headings] if self.headings else []) + self.rows:
            for cell in row:
                return cell.locator
        return self.sheet.name


def repeats_headings(row: list[Cell], place: Place) -> bool:
    """Whether a row prints the headings once more, as tables do that run over pages or sections."""
    headings = [cell.text for cell in place.headings]
    if not any(headings) or len(row) <= place.column or not same_text(row[place.column].text, headings[0]):
        return False
    texts = [cell.text for cell in row[place.column :]]
    return all(same_text(*pair) for pair in zip_longest(texts, headings, fillvalue=""))


@dataclass(frozen=True, slots=True)
class _Start:
    sheet: Sheet
    row: int
    column: int
    heading_rows: int


def locate_all(tables: Sequence[Table], sheets: Sequence[Sheet]) -> dict[str, Place | Misfit]:
    """The place of every table of one document, or why it could not be found.

    A table ends where its ``until`` says, where the next declared table of the same sheet starts, or with the sheet.
    Statements are looked for in the whole document and mark no place.
    """
    starts: dict[str, _Start | Misfit] = {}
    for table in tables:
        if not isinstance(table, StatementTable):
            starts[table.name] = _find_start(table.find, _heading_rows(table), _named(sheets, table.sheet))
    places: dict[str, Place | Misfit] = {}
    for table in tables:
        if isinstance(table, StatementTable):
            chosen = _named(sheets, table.sheet)
            places[table.name] = (
                Place(chosen, chosen[0], 0, 0, [], []) if chosen else _no_sheet(table.sheet or "", sheets)
            )
            continue
        start = starts[table.name]
        if isinstance(start, Misfit):
            places[table.name] = start
            continue
        others = [s.row for s in starts.values() if isinstance(s, _Start) and s.sheet is start.sheet]
        places[table.name] = _bounded(table.find, start, others, sheets)
    return places


def _heading_rows(table: Table) -> int:
    return len(table.column_headings) if table.layout == "crosstab" else 1


def _named(sheets: Sequence[Sheet], name: str | None) -> Sequence[Sheet]:
    if name is None:
        return sheets
    return [sheet for sheet in sheets if same_text(sheet.name, name)]


def _no_sheet(name: str, sheets: Sequence[Sheet]) -> Misfit:
    names = ", ".join(repr(sheet.name) for sheet in sheets) or "none"
    return Misfit(
        "sheet_not_found", "sheet", repr(name), f"one of the document's sheets: {names}", "Correct sheet."
    )


def _find_start(find: Find, heading_rows: int, sheets: Sequence[Sheet]) -> _Start | Misfit:
    if not sheets:
        return Misfit(
            "sheet_not_found", "sheet", "no such sheet", "a sheet of the document", "Correct or drop sheet."
        )
    if find.header is not None:
        key, wanted = "find.header", list(find.header)
    elif find.after is not None:
        key, wanted = "find.after", [find.after]
    elif find.starts is not None:
        key, wanted = "find.starts", [find.starts]
    else:
        return Misfit(
            "table_not_found", "find", "no condition", "header, after or starts", "Say how to find the table."
        )
    matches = [match for sheet in sheets for match in _matches(find, wanted, heading_rows, sheet)]
    if len(matches) < find.nth:
        remedy = "Write it as the document prints it."
        if nearest := _nearest(wanted, sheets):
            remedy = f"Nearest in the document, at {nearest.locator}: {nearest.text[:80]!r}. {remedy}"
        found = f"{wanted!r} at {len(matches)} places"
        return Misfit("table_not_found", key, found, f"at least {find.nth}", remedy)
    if len(matches) > 1 and find.nth == 1 and "nth" not in find.model_fields_set:
        where = ", ".join(_first_locator(match) for match in matches[:5])
        return Misfit(
            "table_ambiguous",
            key,
            f"{len(matches)} places: {where}",
            "one place",
            "Name the sheet, or say which with nth.",
        )
    return matches[find.nth - 1]


def _matches(find: Find, wanted: list[str], heading_rows: int, sheet: Sheet) -> list[_Start]:
    found: list[_Start] = []
    if find.stacked:
        return _stacked_matches(wanted, sheet)
    for number, row in enumerate(sheet.rows):
        if find.header is not None:
            columns = columns_of(wanted, row)
            found += [
                _Start(sheet, number, column, heading_rows)
                for column in columns[: None if find.beside else 1]
            ]
        elif find.after is not None:
            if same_text(_line(row), wanted[0]):
                found.append(_Start(sheet, number + 1, 0, 0))
        elif row and _line(row).startswith(folded(wanted[0])):
            found.append(_Start(sheet, number, 0, 0))
    return found


def columns_of(wanted: list[str], row: list[Cell]) -> list[int]:
    """Where in a row cells with these texts stand side by side; nowhere for nearly every row, told by one letter."""
    first = folded(wanted[0])
    return [
        column
        for column, cell in enumerate(row[: len(row) - len(wanted) + 1] if len(row) >= len(wanted) else [])
        if first.startswith(cell.text.lstrip()[:1].casefold())
        and folded(cell.text) == first
        and all(same_text(other.text, text) for other, text in zip(row[column:], wanted, strict=False))
    ]


def _stacked_matches(wanted: list[str], sheet: Sheet) -> list[_Start]:
    """Where the headings stand on lines of their own, one below the other."""
    lines = [(number, _line(row)) for number, row in enumerate(sheet.rows) if filled(row)]
    found: list[_Start] = []
    for position in range(len(lines) - len(wanted) + 1):
        block = lines[position : position + len(wanted)]
        if all(same_text(line, text) for (_, line), text in zip(block, wanted, strict=True)):
            first, last = block[0][0], block[-1][0]
            found.append(_Start(sheet, first, 0, last - first + 1))
    return found


def _bounded(find: Find, start: _Start, others: list[int], sheets: Sequence[Sheet]) -> Place | Misfit:
    rows = start.sheet.rows
    if find.beside:
        rows, start = _own_columns(find, start)
    end = min([row for row in others if row > start.row], default=len(rows))
    first = start.row + start.heading_rows
    if find.until is not None:
        ends = [
            number
            for number in range(first, end)
            if rows[number] and begins_with(_line(rows[number]), find.until)
        ]
        if not ends:
            return Misfit(
                "end_not_found", "find.until", f"no line beginning {find.until!r}", "one after the table starts",
                "Write it as the document prints it, or drop until.",
            )  # fmt: skip
        end = ends[0]
    if find.stacked:
        return _unstacked(find, start, end, sheets)
    has_headings = start.heading_rows > 0
    headings = rows[start.row][start.column :] if has_headings else []
    return Place(sheets, start.sheet, start.row, start.column, headings, rows[start.row + has_headings : end])


def _own_columns(find: Find, start: _Start) -> tuple[list[list[Cell]], _Start]:
    """The rows of a sheet without the columns of the tables beside this one."""
    last = start.column + len(find.header or [])
    rows = [row[start.column : last] for row in start.sheet.rows]
    return rows, _Start(start.sheet, start.row, 0, start.heading_rows)


def _unstacked(find: Find, start: _Start, end: int, sheets: Sequence[Sheet]) -> Place | Misfit:
    """The rows of a table whose cells stand one to a line."""
    lines = [row for row in start.sheet.rows[start.row : end] if filled(row)]
    wide = next((row for row in lines if len(filled(row)) > 1), None)
    width = len(find.header or [])
    if wide is not None or len(lines) % width:
        found = f"{len(lines)} lines" if wide is None else f"several cells on one line, at {wide[0].locator}"
        return Misfit(
            "stack_uneven", "find.stacked", found, f"lines of one cell each, a multiple of {width} with the headings",
            "Say where the table ends with find.until; a blank cell cannot be told in a stacked table.",
        )  # fmt: skip
    cells = [filled(row)[0][1] for row in lines]
    rows = [cells[first : first + width] for first in range(0, len(cells), width)]
    return Place(sheets, start.sheet, start.row, 0, rows[0], rows[1:])


def _line(row: list[Cell]) -> str:
    return squeeze(" ".join(cell.text for cell in row)).casefold()


def _first_locator(start: _Start) -> str:
    row = start.sheet.rows[start.row] if start.row < len(start.sheet.rows) else []
    return row[0].locator if row else start.sheet.name


def _nearest(wanted: list[str], sheets: Sequence[Sheet]) -> Cell | None:
    """The row that looks most like what was looked for, so that a misprint is corrected at a glance."""
    lines = {_line(row): row[0] for sheet in sheets for row in sheet.rows if row}
    closest = difflib.get_close_matches(squeeze(" ".join(wanted)).casefold(), list(lines), n=1, cutoff=0.5)
    return lines[closest[0]] if closest else None
