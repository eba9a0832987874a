"""Crosstabs: numbers at the crossing of row headings and column headings."""

from __future__ import annotations

from ingest.cells import Cell, filled, lone, same_text
from ingest.layouts.columns import empty_section, row_without_heading
from ingest.layouts.counted_twice import repeated_rows, undeclared_totals
from ingest.layouts.figures import Laid, Misfit
from ingest.layouts.places import Place, repeats_headings
from ingest.layouts.values import add_figures
from ingest.tables import CrosstabTable


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
        if not _is_skipped(table, heading_rows, position)
    ]  # fmt: skip
    laid.misfits += [
        Misfit("column_not_found", "skip", repr(text), "a heading of the table", "Write it as printed, or remove it.")
        for text in table.skip
        if not any(same_text(cell.text, text) for row in heading_rows for cell in row[:width])
    ]  # fmt: skip
    carried: list[str] = [""] * len(table.row_headings)
    section: dict[str, str] = {}
    counted: list[tuple[list[str], str]] = []
    waiting: Cell | None = None  # the section heading still without a row
    for row in body:
        if not filled(row) or repeats_headings(row, place):
            continue
        heading = lone(row)
        if table.sections and heading is not None and heading[0] == place.column and width > 1:
            laid.misfits += [empty_section(waiting)] if waiting else []
            section, waiting = {table.sections: heading[1].text}, heading[1]
            continue
        waiting = None
        inside = row[place.column :]
        laid.misfits += [_outside(cell) for cell in inside[width:] if cell.text]
        _carry(inside, carried)
        if table.row_headings and not any(carried):
            laid.misfits.append(row_without_heading(filled(row)[0][1]))
            continue
        texts = section | _joined(zip(table.row_headings, carried, strict=True))
        if table.row_headings and any(cell.text for cell in inside[len(table.row_headings) :]):
            counted.append(([*section.values(), *carried], filled(row)[0][1].locator))
        for position, column_texts in columns:
            cell = inside[position] if position < len(inside) else Cell("", _beside(inside, position))
            if any(column_texts.values()):
                add_figures(table, texts | column_texts, cell, laid)
            elif cell.text and not cell.is_continued:
                laid.misfits.append(_unheaded(cell))
    laid.misfits += [empty_section(waiting)] if waiting else []
    laid.misfits += undeclared_totals(table, laid.figures) + repeated_rows(counted)
    return laid


def _joined(pairs: object) -> dict[str, str]:
    texts: dict[str, str] = {}
    for role, text in pairs:  # type: ignore[attr-defined]
        if role != "ignore":
            texts[role] = f"{texts[role]} | {text}" if texts.get(role) and text else texts.get(role) or text
    return texts


def _is_skipped(table: CrosstabTable, heading_rows: list[list[Cell]], position: int) -> bool:
    texts = [row[position].text for row in heading_rows if position < len(row)]
    return any(same_text(text, skipped) for text in texts for skipped in table.skip)


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


def _unheaded(cell: Cell) -> Misfit:
    return Misfit(
        "number_without_heading", cell.locator, repr(cell.text[:80]), "nothing below an empty column heading",
        "Correct find.header, or supply the heading with corrections.",
    )  # fmt: skip


def _outside(cell: Cell) -> Misfit:
    return Misfit(
        "cell_outside_table", cell.locator, repr(cell.text[:80]), "only cells under the headings",
        "Add the column to find.header, or say where the table ends with find.until.",
    )  # fmt: skip


def _beside(inside: list[Cell], position: int) -> str:
    """Where a cell would stand that a ragged row does not have."""
    return f"{inside[-1].locator} +{position - len(inside) + 1}" if inside else ""
