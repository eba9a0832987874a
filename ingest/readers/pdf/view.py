"""How the coordinates inside a PDF turn into what a reader sees: origin top left, rotation undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

Box = tuple[float, float, float, float]  # left, top, right, bottom


class View:
    """One page as seen. ``rotation`` (0, 90, 180, 270, clockwise) is that of the page unless given."""

    def __init__(self, page: pypdfium2.PdfPage, rotation: int | None = None) -> None:
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self.rotation = page.get_rotation() if rotation is None else rotation
        width, height = self._right - self._left, self._top - self._bottom
        self.width, self.height = (height, width) if self.rotation in (90, 270) else (width, height)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box of file coordinates (x0 <= x1, y0 <= y1) as seen."""
        if self.rotation == 0:
            return x0 - self._left, self._top - y1, x1 - self._left, self._top - y0
        if self.rotation == 90:
            return y0 - self._bottom, x0 - self._left, y1 - self._bottom, x1 - self._left
        if self.rotation == 180:
            return self._right - x1, y0 - self._bottom, self._right - x0, y1 - self._bottom
        return self._top - y1, self._right - x1, self._top - y0, self._right - x0

    def shows(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether any of a box lies on the page; what is outside is not printed."""
        return right > 0 and bottom > 0 and left < self.width and top < self.height
