"""Rows of a table that its rules leave out: a heading above the frame, a total below it, or all but the header."""

from __future__ import annotations

from bisect import bisect_right

from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.parts import Part, Row, Slot, is_figure, is_year

_CLOSE = 0.7  # of the line height: how near a row stands to the frame
_NEAR = 1.5  # of the line height: how near the first row stands to a framed header


def is_only_header(part: Part, lines: list[Line]) -> bool:
    """Whether a frame of one row is the header of a table whose rows have no rules."""
    if len(part.rows) != 1 or part.is_open_above or part.is_open_below:
        return False
    below = next((line for line in lines if line.top > part.bottom - 2), None)
    if below is None or below.top - part.bottom > _NEAR * below.height:
        return False
    row = _row(below, part)
    return row is not None and sum(bool(slot.text) for slot in row) > 1


def take_in(part: Part, lines: list[Line]) -> list[Line]:
    """Add the row right above the frame and the one right below it; the lines that were taken."""
    taken: list[Line] = []
    if len(part.rows) < 2:
        return taken
    above = max(
        (line for line in lines if line.bottom < part.top + 2), key=lambda line: line.bottom, default=None
    )
    if above is not None and part.top - above.bottom < _CLOSE * above.height and _has_counts(part.rows[0]):
        row = _row(above, part)
        if row is not None and not _has_counts(row) and sum(bool(slot.text) for slot in row) > 0.5 * len(row):
            part.rows.insert(0, row)
            part.top = above.top
            taken.append(above)
    below = min(
        (line for line in lines if line.top > part.bottom - 2), key=lambda line: line.top, default=None
    )
    if below is not None and below.top - part.bottom < _CLOSE * below.height:
        row = _row(below, part)
        if row is not None and _has_figures(row):
            part.rows.append(row)
            part.bottom = below.bottom
            taken.append(below)
    return taken


def _has_figures(row: Row) -> bool:
    return any(is_figure(slot.text) for slot in row[1:])


def _has_counts(row: Row) -> bool:
    return any(is_figure(slot.text) and not is_year(slot.text) for slot in row[1:])


def _row(line: Line, part: Part) -> Row | None:
    """The line laid over the columns of the frame; None when it does not keep to them."""
    texts = [""] * (len(part.edges) - 1)
    for piece in line.pieces:
        column = bisect_right(part.edges, piece.left + 1) - 1
        if not 0 <= column < len(texts) or piece.right > part.edges[column + 1] + 1 or texts[column]:
            return None
        texts[column] = piece.text
    return [Slot(text) for text in texts]
