"""Tables rendered to PDF as forces' programs do: ruled or not, labels wrapped, over as many pages as needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tests.support.pdf_writer import PdfWriter, text_width

Grid = list[list[str]]

SIZE = 10.0
LEADING = 12.0
MARGIN = 60.0
BOTTOM = 780.0


@dataclass
class Style:
    """How a table is printed. ``rules``: all cells, under every row, under the header, between columns, or none."""

    widths: list[float]
    rules: Literal["all", "rows", "header", "columns", "none"] = "none"
    align: Literal["left", "right", "centre"] = "right"
    upright: Literal["top", "middle", "bottom"] = "top"
    padding: float = 4.0
    repeats_header: bool = False
    page_numbers: bool = False


@dataclass
class Printer:
    """Prints lines and tables one below the other."""

    pdf: PdfWriter = field(default_factory=PdfWriter)
    y: float = MARGIN

    def line(self, text: str, gap: float = 0.0) -> None:
        self.y += LEADING
        self.pdf.text(MARGIN, self.y, text)
        self.y += gap

    def next_page(self) -> None:
        self.pdf.new_page()
        self.y = MARGIN

    def table(self, grid: Grid, style: Style) -> None:
        if style.page_numbers:
            self._page_number()
        for number, row in enumerate(grid):
            if self.y + self._height(row, style) > BOTTOM:
                self.next_page()
                if style.page_numbers:
                    self._page_number()
                if style.repeats_header:
                    self._row(grid[0], style, is_header=True)
            self._row(row, style, is_header=number == 0)

    def bytes(self) -> bytes:
        return self.pdf.bytes()

    def _page_number(self) -> None:
        self.pdf.text(self.pdf.width / 2, 820, f"Page {len(self.pdf.pages)}", 8, align="centre")

    def _height(self, row: list[str], style: Style) -> float:
        lines = [wrap(text, width) for text, width in zip(row, style.widths, strict=True)]
        return max(1, *map(len, lines)) * LEADING + style.padding

    def _row(self, row: list[str], style: Style, *, is_header: bool) -> None:
        top, height = self.y, self._height(row, style)
        left = MARGIN
        for column, (text, width) in enumerate(zip(row, style.widths, strict=True)):
            lines = wrap(text, width)
            spare = height - style.padding - len(lines) * LEADING
            first = top + style.padding / 2 + spare * {"top": 0, "middle": 0.5, "bottom": 1}[style.upright]
            align = style.align if column else "left"
            x = {"left": left + 3, "right": left + width - 3, "centre": left + width / 2}[align]
            for number, line in enumerate(lines):
                self.pdf.text(x, first + number * LEADING + 0.8 * LEADING, line, SIZE, align=align)
            if style.rules in ("all", "columns"):
                self.pdf.line(left, top, left, top + height)
            left += width
        if style.rules in ("all", "columns"):
            self.pdf.line(left, top, left, top + height)
        if style.rules in ("all", "rows") or (style.rules == "header" and is_header):
            self.pdf.line(MARGIN, top, left, top)
            self.pdf.line(MARGIN, top + height, left, top + height)
        self.y += height


def wrap(text: str, width: float) -> list[str]:
    """The lines a text takes in a cell of this width."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", SIZE) <= width - 6:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def widths_for(grid: Grid, label_width: float, least: float = 40.0) -> list[float]:
    """Widths of columns that no word is too long for; all but the first are as wide as their longest text."""
    widths = []
    for column in range(len(grid[0])):
        texts = [row[column] for row in grid]
        words = [text_width(word, SIZE) for text in texts for word in text.split()]
        whole = [text_width(text, SIZE) for text in texts]
        wanted = label_width if column == 0 else max([least, *(width + 12 for width in whole)])
        widths.append(max([wanted, *(width + 12 for width in words)]))
    return widths
