"""Web pages: running text by paragraph, and every table as its own grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.cells import Cell, Sheet, squeeze
from ingest.readers import Unreadable
from ingest.readers.encoding import decode
from ingest.readers.raised import raised

if TYPE_CHECKING:
    from lxml.etree import _Element

_SILENT = {"script", "style", "template", "noscript", "head", "svg"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "caption"}
_PARAGRAPHS = {"p", "li"}
_CONTAINERS = """
    address article aside blockquote body dd div dl dt fieldset figure footer form header hr html legend main nav ol pre
    section table tbody td tfoot th thead tr ul
"""
_BLOCKS = _HEADINGS | _PARAGRAPHS | set(_CONTAINERS.split())
_MAX_SPAN = 200  # a column span beyond this is a typing error or an attack, not a table


def read(data: bytes) -> list[Sheet]:
    """A ``text`` sheet (``heading 2``, ``para 5``, ``text 3``) and one sheet per table.

    Headings, paragraphs with list items, and other text are counted apart, since that is how a person counts
    on a page. A nested table is a table of its own; the cell around it keeps only its own text.
    """
    from lxml import html

    text = decode(data)
    if not text.strip():
        raise Unreadable("the page is empty")
    # Bytes in, so that an encoding declared in the page but already undone by decode() is not applied twice.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    if root is None:
        raise Unreadable("the page holds no text")
    page = _Page()
    page.walk(root)
    page.end_block()
    return [Sheet("text", "text", page.rows), *page.tables]


class _Page:
    """Collects text blocks and tables in the order of the page."""

    def __init__(self) -> None:
        self.rows: list[list[Cell]] = []
        self.tables: list[Sheet] = []
        self._pending: list[str] = []
        self._kind = "text"
        self._counts = {"heading": 0, "para": 0, "text": 0}

    def walk(self, element: _Element) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SILENT:
            return
        if tag == "table":
            self.end_block()
            self.table(element)
            return
        if tag in _BLOCKS:
            self.end_block()
            self._kind = "heading" if tag in _HEADINGS else "para" if tag in _PARAGRAPHS else "text"
        if tag == "br":
            self._pending.append("\n")
        self._add(_own_text(element))
        for child in element:
            kind = self._kind
            self.walk(child)
            self._kind = kind
            self._add(child.tail)
        if tag in _BLOCKS:
            self.end_block()

    def _add(self, text: str | None) -> None:
        """Line breaks in the source are white space; only <br> and blocks break a line."""
        self._pending.append((text or "").replace("\n", " "))

    def end_block(self) -> None:
        """Write the text gathered so far; a line break inside a block starts a row of its own."""
        lines = [line for line in map(squeeze, "".join(self._pending).split("\n")) if line]
        self._pending.clear()
        if not lines:
            return
        self._counts[self._kind] += 1
        locator = f"{self._kind} {self._counts[self._kind]}"
        self.rows.extend([Cell(line, locator)] for line in lines)

    def table(self, table: _Element) -> None:
        caption = self.rows[-1][0].text if self.rows else ""
        number = len(self.tables) + 1
        sheet = Sheet(f"table {number}", "table", caption=caption)
        self.tables.append(sheet)
        sheet.rows = _grid(table, number, self)


def _grid(table: _Element, number: int, page: _Page) -> list[list[Cell]]:
    """The cells of one table, spans filled with continued cells so that columns line up."""
    rows: list[list[Cell]] = []
    hanging: dict[int, tuple[int, str]] = {}  # column -> rows still covered by a span from above, its text
    own_rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    for row_number, row in enumerate(own_rows, start=1):
        cells: list[Cell] = []

        def place(
            text: str, is_continued: bool, cells: list[Cell] = cells, row_number: int = row_number
        ) -> None:
            cells.append(Cell(text, f"table {number} row {row_number} col {len(cells) + 1}", is_continued))

        def fill_hanging(cells: list[Cell] = cells) -> None:
            while len(cells) in hanging:
                left, text = hanging.pop(len(cells))
                if left > 1:
                    hanging[len(cells)] = (left - 1, text)
                place(text, True)

        for child in row:
            if child.tag not in ("td", "th"):
                continue
            fill_hanging()
            text = _cell_text(child, page)
            across, down = _span(child.get("colspan")), _span(child.get("rowspan"))
            for offset in range(across):
                if down > 1:
                    hanging[len(cells)] = (down - 1, text)
                place(text, offset > 0)
        fill_hanging()
        rows.append(cells if any(cell.text for cell in cells) else [])
    return rows


def _span(attribute: str | None) -> int:
    digits = (attribute or "").strip()
    return min(max(int(digits), 1), _MAX_SPAN) if digits.isdecimal() else 1


def _own_text(element: _Element) -> str:
    return raised(element.text or "") if element.tag == "sup" else element.text or ""


def _cell_text(cell: _Element, page: _Page) -> str:
    """The text of a cell; tables inside it are read as tables of their own."""
    pieces: list[str] = []

    def gather(element: _Element) -> None:
        if element is not cell and element.tag == "table":
            page.table(element)
            return
        if element.tag in _SILENT:
            return
        if element.tag in _BLOCKS or element.tag == "br":
            pieces.append(" ")
        pieces.append(_own_text(element))
        for child in element:
            gather(child)
            pieces.append(child.tail or "")
        if element.tag in _BLOCKS:
            pieces.append(" ")

    gather(cell)
    return squeeze("".join(pieces))
