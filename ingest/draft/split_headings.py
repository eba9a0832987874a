"""Tables whose lower heading row says what is counted: 'Recorded' and 'Charged' under each year."""

from __future__ import annotations

from dataclasses import replace

from ingest.cells import squeeze
from ingest.draft.context import Context
from ingest.draft.grid import Grid
from ingest.draft.headings import unit_of_heading
from ingest.draft.shapes import Shape, tells_outcome


def split_by_heading(grid: Grid, shape: Shape, context: Context) -> list[Shape]:
    """A crosstab for each text of the lower heading row; each passes over the columns of the others."""
    lower = grid.heading_row(1)
    texts = {column.position: squeeze(lower[column.position]) for column in shape.counts}
    distinct = list(dict.fromkeys(texts.values()))
    return [
        replace(
            shape,
            layout="crosstab",
            heads=[shape.heads[0], "outcome" if tells_outcome(text, context) else "ignore"],
            counts=[column for column in shape.counts if texts[column.position] == text],
            skip=[other for other in distinct if other != text],
            measure="" if tells_outcome(text, context) else unit_of_heading(text) or "",
            why={
                "layout": f"one table for each lower heading: '{text[:40]}'",
                "skip": "read as tables of their own",
            },
        )
        for text in distinct
    ]
