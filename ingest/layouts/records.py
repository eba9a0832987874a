"""Record lists: one row per offence, counted as one each."""

from __future__ import annotations

from ingest.layouts.columns import roles_of, texts_of, walk
from ingest.layouts.figures import Laid
from ingest.layouts.places import Place
from ingest.layouts.values import figure
from ingest.tables import RecordsTable


def lay_out(table: RecordsTable, place: Place) -> Laid:
    """Every row is a figure without a value text; nil returns keep theirs."""
    laid = Laid()
    roles = roles_of(table, place, laid)
    for row in walk(table, place, roles, laid):
        laid.figures.append(figure(table, texts_of(row), None, row.locator))
    return laid
