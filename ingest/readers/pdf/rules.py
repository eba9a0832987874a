"""The ruled lines of a page, whatever they are drawn with: strokes, thin filled boxes, dots, box outlines."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ingest.readers.pdf.view import Box, View

if TYPE_CHECKING:
    import pypdfium2

_THIN = 3.0  # thicker than this is a box, not a rule
_SAME_PLACE = 1.5  # rules this near to each other are one rule
_GAP = 2.5  # a rule may be drawn in pieces with gaps up to this
_SHORTEST = 5.0
_MOST_OBJECTS = 60_000  # a drawing, not a page of tables
_MOST_SEGMENTS = 4_000
_DEEPEST_FORM = 4


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
    for box in _drawn_boxes(page):
        left, top, right, bottom = view.box(*box)
        if right - left > _THIN and bottom - top > _THIN:
            bands += [Rule(top, left, right), Rule(bottom, left, right)]
            continue
        # A dot belongs to a dotted line in either direction; alone it is too short to be kept.
        if bottom - top <= _THIN:
            level.append(Rule((top + bottom) / 2, left, right))
        if right - left <= _THIN:
            upright.append(Rule((left + right) / 2, top, bottom))
    return Rules(_joined(level), _joined(upright), _joined(bands))


def _joined(pieces: list[Rule]) -> list[Rule]:
    """Rules put together from pieces that lie in one line."""
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


def _drawn_boxes(page: pypdfium2.PdfPage) -> Iterator[Box]:
    """Thin boxes for every straight line, thick ones for shading, in file coordinates."""
    import pypdfium2.raw as pdfium

    budget = _MOST_OBJECTS
    for path, matrix in _paths(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, None, 0):
        budget -= 1
        if budget < 0:
            return
        yield from _boxes_of(path, matrix)


_Matrix = tuple[float, float, float, float, float, float]


def _paths(
    holder: Any, count: Any, get: Any, matrix: _Matrix | None, depth: int
) -> Iterator[tuple[Any, _Matrix | None]]:
    """Every path object, those inside form objects included, with the matrix of its form."""
    import pypdfium2.raw as pdfium

    for index in range(count(holder)):
        item = get(holder, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield item, matrix
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = _times(_matrix_of(item), matrix)
            yield from _paths(
                item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1
            )


def _matrix_of(item: Any) -> _Matrix:
    import pypdfium2.raw as pdfium

    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: _Matrix, outer: _Matrix | None) -> _Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = outer
    across = (inner[0] * a + inner[1] * c, inner[0] * b + inner[1] * d)
    along = (inner[2] * a + inner[3] * c, inner[2] * b + inner[3] * d)
    return (*across, *along, inner[4] * a + inner[5] * c + e, inner[4] * b + inner[5] * d + f)


def _boxes_of(path: Any, matrix: _Matrix | None) -> Iterator[Box]:
    import pypdfium2.raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not fill.value and not stroke.value:
        return  # only a border for clipping: nothing is printed
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(path, *edges):
        return
    left, bottom, right, top = (edge.value for edge in edges)
    box = _moved((left, bottom, right, top), matrix)
    if box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN:
        yield box
        return
    segments = pdfium.FPDFPath_CountSegments(path)
    if fill.value and not stroke.value and segments <= 6 and not _is_white(path):
        yield box
    elif stroke.value and segments <= _MOST_SEGMENTS:
        yield from _straight_lines(path, segments, _times(_matrix_of(path), matrix))


def _moved(box: Box, matrix: _Matrix | None) -> Box:
    if matrix is None:
        return box
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _is_white(path: Any) -> bool:
    import pypdfium2.raw as pdfium

    parts = [ctypes.c_uint() for _ in range(4)]
    return bool(pdfium.FPDFPageObj_GetFillColor(path, *parts)) and all(part.value > 250 for part in parts[:3])


def _straight_lines(path: Any, segments: int, matrix: _Matrix) -> Iterator[Box]:
    """The level and upright lines of a stroked path, for instance a whole grid drawn in one go."""
    import pypdfium2.raw as pdfium

    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    first: tuple[float, float] | None = None
    last: tuple[float, float] | None = None
    for index in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
            yield from _straight(last, point)
        elif kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment) and first is not None:
            yield from _straight(last, first)


def _straight(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Box]:
    (x0, y0), (x1, y1) = start, end
    if abs(x0 - x1) <= 1 or abs(y0 - y1) <= 1:
        yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
