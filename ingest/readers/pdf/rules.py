"""The ruled lines of a page, whatever they are drawn with: strokes, thin filled boxes, dots, box outlines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ingest.readers.pdf.drawing import THIN, drawn_boxes
from ingest.readers.pdf.view import View

if TYPE_CHECKING:
    import pypdfium2

_SAME_PLACE = 1.5  # rules this near to each other are one rule
_GAP = 2.5  # a rule may be drawn in pieces with gaps up to this
_SHORTEST = 5.0


class Rule(NamedTuple):
    """A straight line: ``at`` its y (level) or x (upright), from ``start`` to ``end`` along it."""

    at: float
    start: float
    end: float


class Rules(NamedTuple):
    """The rules of a page, drawn pieces joined; ``bands`` are the upper and lower edges of shaded boxes."""

    level: list[Rule]
    upright: list[Rule]
    bands: list[Rule]


def read_rules(page: pypdfium2.PdfPage, view: View) -> Rules:
    """All rules of the page as seen."""
    level: list[Rule] = []
    upright: list[Rule] = []
    bands: list[Rule] = []
    for box in drawn_boxes(page):
        left, top, right, bottom = view.box(*box)
        if right - left > THIN and bottom - top > THIN:
            bands += [Rule(top, left, right), Rule(bottom, left, right)]
            continue
        # A dot belongs to a dotted line in either direction; alone it is too short to be kept.
        if bottom - top <= THIN:
            level.append(Rule((top + bottom) / 2, left, right))
        if right - left <= THIN:
            upright.append(Rule((left + right) / 2, top, bottom))
    return Rules(_joined(level), _joined(upright), _joined(bands))


def _joined(pieces: list[Rule]) -> list[Rule]:
    """Rules put together from pieces that lie in one line, in ascending order of place."""
    rules: list[Rule] = []
    pieces.sort()
    start = 0
    for end in range(1, len(pieces) + 1):
        if end == len(pieces) or pieces[end].at - pieces[start].at > _SAME_PLACE:
            rules += _one_line(pieces[start:end])
            start = end
    return rules


def _one_line(pieces: list[Rule]) -> Iterator[Rule]:
    at = sum(piece.at for piece in pieces) / len(pieces)
    pieces.sort(key=lambda piece: piece.start)
    start, end = pieces[0].start, pieces[0].end
    for piece in pieces[1:]:
        if piece.start > end + _GAP:
            if end - start >= _SHORTEST:
                yield Rule(at, start, end)
            start = piece.start
        end = max(end, piece.end)
    if end - start >= _SHORTEST:
        yield Rule(at, start, end)
