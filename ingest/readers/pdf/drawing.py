"""What is drawn on a page besides text, as boxes: thin ones for straight lines, thick ones for shading."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ingest.readers.pdf.view import Box

if TYPE_CHECKING:
    import pypdfium2

THIN = 3.0  # thicker than this is a box, not a line
_MOST_PATHS = 60_000  # beyond this it is a drawing, not a page of tables
_MOST_SEGMENTS = 4_000
_BOX_SEGMENTS = 6
_DEEPEST_FORM = 4
_WHITE = 250

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]


def drawn_boxes(page: pypdfium2.PdfPage) -> Iterator[Box]:
    """Every straight line and every shaded box of a page, in file coordinates (left, bottom, right, top)."""
    drawing = _Drawing()
    for number, (path, matrix) in enumerate(drawing.paths(page.raw, None, 0)):
        if number == _MOST_PATHS:
            return
        yield from drawing.boxes_of(path, matrix)


class _Drawing:
    """Asks pdfium for path objects; holds the buffers it answers into."""

    def __init__(self) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium: Any = pdfium
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._edges = tuple(ctypes.c_float() for _ in range(4))
        self._mode_places = ctypes.byref(self._fill), ctypes.byref(self._stroke)
        self._edge_places = tuple(map(ctypes.byref, self._edges))

    def paths(self, holder: Any, matrix: _Matrix | None, depth: int) -> Iterator[tuple[Any, _Matrix | None]]:
        """Every path object, those inside form objects included, with the matrix of its form."""
        pdfium = self._pdfium
        kind_of, path, form = pdfium.FPDFPageObj_GetType, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM
        count, get = pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject
        if depth:
            count, get = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
        for index in range(count(holder)):
            item = get(holder, index)
            kind = kind_of(item)
            if kind == path:
                yield item, matrix
            elif kind == form and depth < _DEEPEST_FORM:
                yield from self.paths(item, _times(self._matrix_of(item), matrix), depth + 1)

    def boxes_of(self, path: Any, matrix: _Matrix | None) -> Iterator[Box]:
        """The lines of a path: itself if it is thin, its straight parts if it is outlined; or the box it shades."""
        pdfium = self._pdfium
        pdfium.FPDFPath_GetDrawMode(path, *self._mode_places)
        fill, stroke = self._fill.value, self._stroke.value
        if not fill and not stroke:
            return  # only a border for clipping: nothing is printed
        if not pdfium.FPDFPageObj_GetBounds(path, *self._edge_places):
            return
        left, bottom, right, top = (edge.value for edge in self._edges)
        box = (left, bottom, right, top) if matrix is None else _moved((left, bottom, right, top), matrix)
        if box[2] - box[0] <= THIN or box[3] - box[1] <= THIN:
            yield box
            return
        segments = pdfium.FPDFPath_CountSegments(path)
        if stroke:
            if segments <= _MOST_SEGMENTS:
                yield from self._straight_lines(path, segments, _times(self._matrix_of(path), matrix))
        elif segments <= _BOX_SEGMENTS and not self._is_white(path):
            yield box

    def _matrix_of(self, item: Any) -> _Matrix:
        found = self._pdfium.FS_MATRIX()
        self._pdfium.FPDFPageObj_GetMatrix(item, found)
        return found.a, found.b, found.c, found.d, found.e, found.f

    def _is_white(self, path: Any) -> bool:
        parts = [ctypes.c_uint() for _ in range(4)]
        found = self._pdfium.FPDFPageObj_GetFillColor(path, *parts)
        return bool(found) and all(part.value > _WHITE for part in parts[:3])

    def _straight_lines(self, path: Any, segments: int, matrix: _Matrix) -> Iterator[Box]:
        """The level and upright lines of an outlined path, for instance a whole grid drawn in one go."""
        pdfium = self._pdfium
        x, y = ctypes.c_float(), ctypes.c_float()
        first: _Point | None = None
        last: _Point | None = None
        for index in range(segments):
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = _moved((x.value, y.value, x.value, y.value), matrix)[:2]
            if kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
                yield from _straight(last, point)
            elif kind == pdfium.FPDF_SEGMENT_MOVETO:
                first = point
            last = point
            if pdfium.FPDFPathSegment_GetClose(segment) and first is not None:
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
