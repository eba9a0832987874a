"""Lists in a letter: a heading and a number per line, '2009 : 17'."""

from __future__ import annotations

from ingest.cells import Cell, filled, same_text
from ingest.disclosure import ListTable
from ingest.layouts.figures import Figure, Laid, Misfit
from ingest.layouts.numbers import is_number_text
from ingest.layouts.places import Place


def lay_out(table: ListTable, place: Place) -> Laid:
    """Lines from the start of the place to the first line of another shape; blank lines before the first are skipped."""
    laid = Laid()
    for row in place.rows:
        cells = [cell for _, cell in filled(row)]
        if not cells and laid.figures:
            break
        if not cells:
            continue
        pieces = _pieces(table, cells)
        if len(pieces) != len(table.item):
            break
        texts = {role: text for role, text in zip(table.item, pieces, strict=True) if role != "ignore"}
        value = texts.pop("value")
        if not is_number_text(value, table):
            laid.misfits.append(
                Misfit("not_a_number", cells[-1].locator, repr(value[:80]), "a number or a declared marker",
                       "Declare it under suppressed, withheld or nil, or say where the list ends with find.until.")
            )  # fmt: skip
            continue
        totals = table.totals if isinstance(table.totals, list) else []
        totalled = tuple(role for role, text in texts.items() if any(same_text(text, total) for total in totals))
        is_total = bool(totalled) or table.totals == "all"
        laid.figures.append(Figure(texts, value, cells[-1].locator, is_total, totalled))
    if not laid.figures and not laid.misfits:
        first = next((cells[0] for row in place.rows if (cells := [c for _, c in filled(row)])), None)
        laid.misfits.append(
            Misfit("list_not_found", place.locator, repr(first.text[:80]) if first else "nothing",
                   f"lines of {' and '.join(table.item)}", "Correct find, item or separator.")
        )  # fmt: skip
    return laid


def _pieces(table: ListTable, cells: list[Cell]) -> list[str]:
    if len(cells) > 1:
        return [cell.text for cell in cells]
    return [piece.strip() for piece in cells[0].text.split(table.separator, len(table.item) - 1)]
