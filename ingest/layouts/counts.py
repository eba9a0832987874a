"""Long counts: one row per number."""

from __future__ import annotations

from ingest.disclosure import CountsTable
from ingest.layouts.columns import roles_of, texts_of, totalled_roles, walk
from ingest.layouts.figures import Figure, Laid, Misfit
from ingest.layouts.numbers import is_number_text
from ingest.layouts.places import Place


def lay_out(table: CountsTable, place: Place) -> Laid:
    """Every row is a figure; a value that is no number is a misfit and left out."""
    laid = Laid()
    roles = roles_of(table, place, laid)
    for row in walk(table, place, roles, laid):
        values = [cell for role, cell in row.cells if role == "value"]
        if not values or not is_number_text(values[0].text, table):
            laid.misfits.append(
                Misfit("not_a_number", values[0].locator if values else row.locator,
                       repr(values[0].text) if values else "no value cell", "a number or a declared marker",
                       "Declare it under suppressed, withheld or nil, or correct the columns.")
            )  # fmt: skip
            continue
        texts = texts_of(row)
        totalled = totalled_roles(table, texts)
        is_total = bool(totalled) or table.totals == "all"
        laid.figures.append(Figure(texts, values[0].text, values[0].locator, is_total, totalled))
    return laid
