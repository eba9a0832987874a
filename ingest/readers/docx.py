"""Word documents: running text by paragraph, and every table as its own grid, read straight from the XML.

Only what the page shows is read: no comments, no struck-out or hidden text, no headers and footers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.cells import Cell, Sheet
from ingest.readers import Unreadable
from ingest.readers.ole_container import MAGIC
from ingest.readers.package import Package, reading
from ingest.readers.raised import raised

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_SPAN = 200  # a column span beyond this is damage, not a table
_OFF = ("0", "false", "off", "none")
_UNREAD = {
    "del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rt", "annotationRef",
    "rPr", "pPr", "tblPr", "tcPr", "trPr", "tblGrid", "sdtPr", "sectPr",
}  # fmt: skip
_AS_TEXT = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read(data: bytes) -> list[Sheet]:
    """A ``text`` sheet (``para 5``, ``footnote 1``) and one sheet per table (``table 1 row 2 col 2``).

    Paragraphs are counted as a person counts them: without blank ones, and without those inside tables.
    A table inside a cell is a table of its own; the cell around it keeps only its own text.
    """
    if data.startswith(MAGIC):
        raise Unreadable("the document is encrypted or in the old .doc format; ask for an open docx or a PDF")
    with reading("document"):
        package = Package(data, "document")
        main = package.main_part("word/document.xml")
        page = _Page()
        page.walk(package.xml(main))
        for kind, part in package.related(main).values():
            if kind in ("footnotes", "endnotes") and part in package:
                page.read_notes(package.xml(part), kind.removesuffix("s"))
    if not page.rows and not page.tables:
        raise Unreadable("the document shows no text")
    return [Sheet("text", "text", page.rows), *page.tables]


@dataclass(slots=True)
class _Page:
    """Paragraphs and tables in the order of the document."""

    rows: list[list[Cell]] = field(default_factory=list)
    tables: list[Sheet] = field(default_factory=list)
    _paragraphs: int = 0
    _last_text: str = ""

    def walk(self, element: _Element) -> None:
        for block in _blocks(element):
            if _local(block) == "tbl":
                self.table(block)
                continue
            text = _text(block)
            if text.strip():
                self._paragraphs += 1
                self._add(text, f"para {self._paragraphs}")
            elif self.rows and self.rows[-1]:
                self.rows.append([])
            for box in _text_boxes(block):
                self.walk(box)

    def read_notes(self, notes: _Element, kind: str) -> None:
        """Footnotes say what an asterisk means; they stand after the text, numbered as printed."""
        number = 0
        for note in notes:
            text = "\n".join(map(_text, _blocks(note)))
            if _attribute(note, "type") in (None, "normal") and text.strip():
                number += 1
                self._add(text, f"{kind} {number}")

    def _add(self, text: str, locator: str) -> None:
        """A line break inside a paragraph starts a row of its own, a tab a cell."""
        for line in text.strip().split("\n"):
            pieces = [piece.strip() for piece in line.split("\t")] if line.strip() else []
            self.rows.append([Cell(piece, locator) for piece in pieces])
        self._last_text = " ".join(text.split())

    def table(self, table: _Element) -> None:
        sheet = Sheet(f"table {len(self.tables) + 1}", "table", caption=self._last_text)
        self.tables.append(sheet)
        above: dict[int, str] = {}  # column -> text of the cell that reaches down into the next row
        for row_number, row in enumerate(_through_wrappers(table, "tr"), start=1):
            if _has(row, "trPr", "hidden") or _has(row, "trPr", "del"):
                continue
            cells: list[Cell] = []
            for text, is_continued in self._row(row, above):
                cells.append(Cell(text, f"{sheet.name} row {row_number} col {len(cells) + 1}", is_continued))
            sheet.rows.append(cells if any(cell.text for cell in cells) else [])

    def _row(self, row: _Element, above: dict[int, str]) -> Iterator[tuple[str, bool]]:
        """Text of every grid column, and whether a merged cell covers it; ``above`` is brought up to date."""
        column = _span(row, "trPr", "gridBefore", otherwise=0)
        yield from [("", False)] * column
        for cell in _through_wrappers(row, "tc"):
            merge = cell.find("{*}tcPr/{*}vMerge")
            is_covered = merge is not None and _attribute(merge, "val") != "restart" and column in above
            text = above[column] if is_covered else self._cell_text(cell)
            across = _span(cell, "tcPr", "gridSpan", otherwise=1)
            for offset in range(across):
                yield text, is_covered or offset > 0
            for covered in range(column, column + across):
                if merge is None:
                    above.pop(covered, None)
                else:
                    above[covered] = text
            column += across

    def _cell_text(self, cell: _Element) -> str:
        paragraphs = []
        for block in _blocks(cell):
            if _local(block) == "tbl":
                self.table(block)
            else:
                paragraphs.append(_text(block).strip())
                paragraphs.extend(
                    _text(inner).strip() for box in _text_boxes(block) for inner in _blocks(box)
                )
        return "\n".join(filter(None, paragraphs))


def _blocks(element: _Element) -> Iterator[_Element]:
    """Paragraphs and tables below ``element``, also those inside content controls and insertions."""
    for child in element:
        name = _local(child)
        if name in ("p", "tbl"):
            yield child
        elif name not in _UNREAD:
            yield from _blocks(child)


def _through_wrappers(element: _Element, wanted: str) -> Iterator[_Element]:
    """Rows of a table or cells of a row, also those inside content controls."""
    for child in element:
        name = _local(child)
        if name == wanted:
            yield child
        elif name not in _UNREAD:
            yield from _through_wrappers(child, wanted)


def _text(paragraph: _Element) -> str:
    """The shown text of a paragraph, without its text boxes."""
    pieces: list[str] = []

    def gather(element: _Element) -> None:
        for child in element:
            name = _local(child)
            if name == "t":
                pieces.append(raised(child.text or "") if _is_raised(element) else child.text or "")
            elif name in _AS_TEXT:
                pieces.append(_AS_TEXT[name])
            elif name not in _UNREAD and name != "txbxContent" and not _has(child, "rPr", "vanish"):
                gather(child)

    gather(paragraph)
    return "".join(pieces)


def _text_boxes(paragraph: _Element) -> Iterator[_Element]:
    """Text boxes anchored in a paragraph; their copies for older programs (Fallback) are left out."""
    for child in paragraph:
        if _local(child) == "txbxContent":
            yield child
        elif _local(child) not in _UNREAD:
            yield from _text_boxes(child)


def _has(element: _Element, group: str, name: str) -> bool:
    """Whether a formatting property is set, and not switched off."""
    found = element.find(f"{{*}}{group}/{{*}}{name}")
    return found is not None and _attribute(found, "val") not in _OFF


def _is_raised(run: _Element) -> bool:
    """Whether a run of text is set above the line."""
    found = run.find("{*}rPr/{*}vertAlign")
    return found is not None and _attribute(found, "val") == "superscript"


def _span(element: _Element, group: str, name: str, otherwise: int) -> int:
    found = element.find(f"{{*}}{group}/{{*}}{name}")
    digits = (_attribute(found, "val") or "") if found is not None else ""
    return min(max(int(digits), otherwise), _MAX_SPAN) if digits.isdecimal() else otherwise


def _attribute(element: _Element, name: str) -> str | None:
    return next(
        (str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None
    )


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
