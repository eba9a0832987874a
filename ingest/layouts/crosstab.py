"""Crosstabs: numbers at the crossing of row headings and column headings."""

from __future__ import annotations

from ingest.cells import Cell, filled, same_text
from ingest.disclosure import CrosstabTable
from ingest.layouts.figures import Figure, Laid, Misfit
from ingest.layouts.numbers import is_number_text
from ingest.layouts.places import Place


def lay_out(table: CrosstabTable, place: Place) -> Laid:
    """One figure per crossing, blanks included, since what a blank means is declared, not guessed."""
    laid = Laid()
    heading_rows = [place.headings]
    heading_rows += [row[place.column :] for row in place.rows[: len(table.column_headings) - 1]]
    body = place.rows[len(table.column_headings) - 1 :]
    width = len(table.find.header) if table.find.header else max(map(len, heading_rows), default=0)
    columns = [
        (position, _column_texts(table, heading_rows, position))
        for position in range(len(table.row_headings), width)
    ]  # fmt: skip
    carried: list[str] = [""] * len(table.row_headings)
    section: dict[str, str] = {}
    for row in body:
        cells = filled(row)
        if not cells:
            continue
        if table.sections and len(cells) == 1 and cells[0][0] == place.column and width > 1:
            section = {table.sections: cells[0][1].text}
            continue
        inside = row[place.column :]
        laid.misfits += [_outside(cell) for cell in inside[width:] if cell.text]
        _carry(inside, carried)
        texts = section | _joined(zip(table.row_headings, carried, strict=True))
        for position, column_texts in columns:
            if not any(column_texts.values()):
                continue
            cell = inside[position] if position < len(inside) else Cell("", _beside(inside, position))
            _place(table, cell, texts | column_texts, laid)
    return laid


def _joined(pairs: object) -> dict[str, str]:
    texts: dict[str, str] = {}
    for role, text in pairs:  # type: ignore[attr-defined]
        if role != "ignore":
            texts[role] = f"{texts[role]} | {text}" if texts.get(role) and text else texts.get(role) or text
    return texts


def _column_texts(table: CrosstabTable, heading_rows: list[list[Cell]], position: int) -> dict[str, str]:
    texts = [row[position].text if position < len(row) else "" for row in heading_rows]
    return _joined(zip(table.column_headings, texts, strict=False))


def _carry(inside: list[Cell], carried: list[str]) -> None:
    """Row headings, with a blank leading one (a merged first column) taken from above while a later one is filled."""
    texts = [inside[position].text if position < len(inside) else "" for position in range(len(carried))]
    for position, text in enumerate(texts):
        if text:
            carried[position:] = [text, *[""] * (len(carried) - position - 1)]
        elif not any(texts[position:]):
            carried[position:] = [""] * (len(carried) - position)
            break


def _place(table: CrosstabTable, cell: Cell, texts: dict[str, str], laid: Laid) -> None:
    if not is_number_text(cell.text, table):
        laid.misfits.append(
            Misfit("not_a_number", cell.locator, repr(cell.text[:80]), "a number, a blank or a declared marker",
                   "Declare it under suppressed, withheld or nil, or say where the table ends with find.until.")
        )  # fmt: skip
        return
    totals = table.totals if isinstance(table.totals, list) else []
    totalled = tuple(role for role, text in texts.items() if any(same_text(text, total) for total in totals))
    is_total = bool(totalled) or table.totals == "all"
    laid.figures.append(Figure(texts, cell.text, cell.locator, is_total, totalled))


def _outside(cell: Cell) -> Misfit:
    return Misfit(
        "cell_outside_table", cell.locator, repr(cell.text[:80]), "only cells under the headings",
        "Add the column to find.header, or say where the table ends with find.until.",
    )  # fmt: skip


def _beside(inside: list[Cell], position: int) -> str:
    """Where a cell would stand that a ragged row does not have."""
    return f"{inside[-1].locator} +{position - len(inside) + 1}" if inside else ""
