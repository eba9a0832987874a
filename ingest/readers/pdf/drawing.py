"""What is drawn on a page besides text, as boxes: thin ones for straight lines, thick ones for shading."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.readers.pdf.calls import ADDRESS, NUMBER, Floats, address_of, objects_of, quick
from ingest.readers.pdf.view import Box

if TYPE_CHECKING:
    import pypdfium2

THIN = 3.0  # thicker than this is a box, not a line
_MOST_PATHS = 60_000  # beyond this it is a drawing, not a page of tables
_MOST_SEGMENTS = 4_000
_BOX_SEGMENTS = 6
_DEEPEST_FORM = 4
_WHITE = 250
_PATH, _FORM = 2, 5  # FPDF_PAGEOBJ_...
_LINE_TO, _MOVE_TO = 0, 2  # FPDF_SEGMENT_...

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]


def drawn_boxes(page: pypdfium2.PdfPage) -> Iterator[Box]:
    """Every straight line and every shaded box of a page, in file coordinates (left, bottom, right, top)."""
    drawing = _Drawing()
    for number, (path, matrix) in enumerate(drawing.paths(address_of(page.raw), None, 0)):
        if number == _MOST_PATHS:
            return
        yield from drawing.boxes_of(path, matrix)


class _Drawing:
    """Asks pdfium for path objects, known by their addresses; holds the buffers it answers into."""

    def __init__(self) -> None:
        self._modes = (ctypes.c_int * 2)()
        self._mode_places = ctypes.addressof(self._modes), ctypes.addressof(self._modes) + 4
        self._edges, self._six = Floats(4), Floats(6)
        self._mode_of = quick("FPDFPath_GetDrawMode", NUMBER, *[ADDRESS] * 3)
        self._bounds_of = quick("FPDFPageObj_GetBounds", NUMBER, *[ADDRESS] * 5)
        self._count_segments = quick("FPDFPath_CountSegments", NUMBER, ADDRESS)

    def paths(self, holder: int, matrix: _Matrix | None, depth: int) -> Iterator[tuple[int, _Matrix | None]]:
        """Every path object, those inside form objects included, with the matrix of its form."""
        for kind, item in objects_of(holder, is_form=depth > 0):
            if kind == _PATH:
                yield item, matrix
            elif kind == _FORM and depth < _DEEPEST_FORM:
                yield from self.paths(item, _times(self._matrix_of(item), matrix), depth + 1)

    def boxes_of(self, path: int, matrix: _Matrix | None) -> Iterator[Box]:
        """The lines of a path: itself if it is thin, its straight parts if it is outlined; or the box it shades."""
        self._mode_of(path, *self._mode_places)
        fill, stroke = self._modes
        if not fill and not stroke:
            return  # only a border for clipping: nothing is printed
        if not self._bounds_of(path, *self._edges.places):
            return
        left, bottom, right, top = self._edges.numbers
        box = (left, bottom, right, top) if matrix is None else _moved((left, bottom, right, top), matrix)
        if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
            yield box
            return
        segments = self._count_segments(path)
        if stroke:
            if segments <= _MOST_SEGMENTS:
                yield from self._straight_lines(path, segments, _times(self._matrix_of(path), matrix))
        elif segments <= _BOX_SEGMENTS and not self._is_white(path):
            yield box

    def _matrix_of(self, item: int) -> _Matrix:
        quick("FPDFPageObj_GetMatrix", NUMBER, ADDRESS, ADDRESS)(item, self._six.place)
        a, b, c, d, e, f = self._six.numbers
        return a, b, c, d, e, f

    def _is_white(self, path: int) -> bool:
        parts = (ctypes.c_uint * 4)()
        places = range(ctypes.addressof(parts), ctypes.addressof(parts) + 16, 4)
        found = quick("FPDFPageObj_GetFillColor", NUMBER, *[ADDRESS] * 5)(path, *places)
        return bool(found) and all(part > _WHITE for part in parts[:3])

    def _straight_lines(self, path: int, segments: int, matrix: _Matrix) -> Iterator[Box]:
        """The level and upright lines of an outlined path, for instance a whole grid drawn in one go."""
        segment_of = quick("FPDFPath_GetPathSegment", ADDRESS, ADDRESS, NUMBER)
        kind_of = quick("FPDFPathSegment_GetType", NUMBER, ADDRESS)
        point_of = quick("FPDFPathSegment_GetPoint", NUMBER, *[ADDRESS] * 3)
        is_closing = quick("FPDFPathSegment_GetClose", NUMBER, ADDRESS)
        spot = Floats(2)
        first: _Point | None = None
        last: _Point | None = None
        for index in range(segments):
            segment = segment_of(path, index)
            kind = kind_of(segment)
            point_of(segment, *spot.places)
            x, y = spot.numbers
            point = _moved((x, y, x, y), matrix)[:2]
            if kind == _LINE_TO and last is not None:
                yield from _straight(last, point)
            elif kind == _MOVE_TO:
                first = point
            last = point
            if is_closing(segment) and first is not None:
                yield from _straight(last, first)


def _straight(start: _Point, end: _Point) -> Iterator[Box]:
    (x0, y0), (x1, y1) = start, end
    if abs(x0 - x1) <= 1 or abs(y0 - y1) <= 1:
        yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _times(inner: _Matrix, outer: _Matrix | None) -> _Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = outer
    across = (inner[0] * a + inner[1] * c, inner[0] * b + inner[1] * d)
    along = (inner[2] * a + inner[3] * c, inner[2] * b + inner[3] * d)
    return (*across, *along, inner[4] * a + inner[5] * c + e, inner[4] * b + inner[5] * d + f)


def _moved(box: Box, matrix: _Matrix) -> Box:
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
