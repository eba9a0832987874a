"""Long counts: one row per number."""

from __future__ import annotations

from ingest.layouts.columns import TableRow, roles_of, row_without_heading, texts_of, walk
from ingest.layouts.counted_twice import repeated_rows, undeclared_totals
from ingest.layouts.figures import Laid, Misfit
from ingest.layouts.places import Place
from ingest.layouts.values import add_figures
from ingest.tables import CountsTable


def lay_out(table: CountsTable, place: Place) -> Laid:
    """Every row is a figure; a value that is no number is a misfit and left out."""
    laid = Laid()
    roles = roles_of(table, place, laid)
    counted: list[tuple[list[str], str]] = []
    for row in walk(table, place, roles, laid):
        value = next((cell for role, cell in row.cells if role == "value"), None)
        if value is not None:
            texts = texts_of(row)
            if set(texts) - set(row.section) and not any(texts.values()):
                laid.misfits.append(row_without_heading(value))
                continue
            add_figures(table, texts, value, laid)
            counted.append((_labels(row), value.locator))
            continue
        laid.misfits.append(
            Misfit("not_a_number", row.locator, "no value cell", "a number or a declared marker",
                   "Say where the table ends with find.until, or correct the columns.")
        )  # fmt: skip
    laid.misfits += undeclared_totals(table, laid.figures) + repeated_rows(counted)
    return laid


def _labels(row: TableRow) -> list[str]:
    """What is printed beside the number, in whatever role."""
    return [*row.section.values(), *(cell.text for role, cell in row.cells if role not in ("value", "total"))]
