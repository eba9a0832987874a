"""The structure of xlsx and xlsm worksheets, by streaming their XML once; values are python-calamine's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from ingest.readers import Unreadable
from ingest.readers.number_formats import formats_that_hide
from ingest.readers.package import Package
from ingest.readers.sheet_structure import (
    MAX_POSITIONS,
    SheetStructure,
    UsedRange,
    column_number,
)

_CHUNK = 2**20
_LAST_COLUMN = 16384
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
_REFERENCES = re.compile(rb' r="([A-Z]+\d{6,}|[A-Z]+)')  # the row number only where it is long
_FILLED = re.compile(rb' r="([A-Z]+)(\d+)"[^<>]*(?<!/)>(?!</)')
_DIGITS = b"0123456789"
_TRUE = (b"1", b"true")


def structures(package: Package) -> list[SheetStructure | None]:
    """Structure of every sheet in order, None unless visible. Refuses damage and sheets too wide to hold."""
    workbook = package.main_part("xl/workbook.xml")
    relations = package.related(workbook)
    targets = dict(relations.values())
    package.verify(without="xl/worksheets/")
    hiding_styles = _hiding_styles(package, targets.get("styles", "xl/styles.xml"))
    found: list[SheetStructure | None] = []
    for sheet in package.xml(workbook).iter("{*}sheet"):
        relation_id = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        kind, part = relations.get(str(relation_id), ("", ""))
        is_visible = sheet.get("state", "visible") == "visible" and kind == "worksheet"
        name = sheet.get("name", "")
        found.append(_structure(package, part, name, hiding_styles) if is_visible else None)
    return found


def _hiding_styles(package: Package, part: str) -> dict[bytes, str]:
    """Cell style number, as it stands in the XML -> number format."""
    if part not in package:
        return {}
    styles = package.xml(part)
    formats = styles.iterfind("{*}numFmts/{*}numFmt")
    hiding = formats_that_hide({int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in formats})
    used = [int(one.get("numFmtId", "0")) for one in styles.iterfind("{*}cellXfs/{*}xf")]
    return {str(style).encode(): hiding[number] for style, number in enumerate(used) if number in hiding}


def _structure(package: Package, part: str, name: str, hiding_styles: dict[bytes, str]) -> SheetStructure:
    with package.open(part) as stream:
        head = stream.read(_CHUNK)
    scan = _Scan(head, hiding_styles)
    for piece in scan.pieces(package, part):
        scan.look(piece)
    if scan.cell_limit() > MAX_POSITIONS:
        used = UsedRange(name)
        for piece in scan.pieces(package, part):
            for column, row in _FILLED.findall(piece):
                used.add(int(row) - 1, _column(column))
        used.check()
    return scan.structure


class _Scan:
    """Looks for the few things that are not plain values, each by a pattern of its own, piece by piece."""

    def __init__(self, head: bytes, hiding_styles: dict[bytes, str]) -> None:
        root = re.search(rb"<(\w+:)?worksheet\b", head)
        p = (root and root[1]) or b""  # some programs write every tag with a prefix: <x:row>
        cell = rb"<%bc\b(?=[^>]* r=\"([A-Z]+)(\d+)\")" % p
        no_result = rb"\s*(?:</%bc>|<%bv\s*/>|<%bv>\s*</%bv>)" % (p, p, p, p)
        self._row_start, self._cell_start, self._formula_start = b"<%brow " % p, b"<%bc " % p, b"<%bf" % p
        self._row = re.compile(rb"<%brow ([^>]*)>" % p)
        self._error = re.compile(cell + rb'(?=[^>]* t="e")[^>]*>.*?<%bv[^>]*>([^<]*)<' % p, re.DOTALL)
        self._uncomputed = re.compile(
            cell + rb'(?![^>]* t="str")[^>]*>\s*<%bf\b[^>]*(?:/>|>([^<]*)</%bf>)' % (p, p) + no_result
        )
        styles = b"|".join(hiding_styles)
        self._hiding = re.compile(
            rb"<%bc\b(?=[^>]* s=\"(%b)\")" % (p, styles) + cell.removeprefix(rb"<%bc\b" % p)
        )
        self._hiding_styles = hiding_styles
        self._has_single_quotes = b" r='" in head
        self._columns: set[bytes] = set()
        self._last_row = 99_999
        self.structure = SheetStructure()
        self._hide_columns(_quoted(head) if self._has_single_quotes else head, p)

    def _hide_columns(self, head: bytes, prefix: bytes) -> None:
        for column in re.finditer(rb"<%bcol\b([^>]*)>" % prefix, head.partition(b"sheetData")[0]):
            attributes = dict(_ATTRIBUTE.findall(column[1]))
            if attributes.get(b"hidden") in _TRUE:
                last = min(int(attributes[b"max"]), _LAST_COLUMN)
                self.structure.hidden_columns.update(range(int(attributes[b"min"]) - 1, last))

    def pieces(self, package: Package, part: str) -> Iterator[bytes]:
        """The sheet's XML in pieces of about a megabyte, each holding whole rows."""
        held = b""
        with package.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                held += _quoted(chunk) if self._has_single_quotes else chunk
                start = held.rfind(self._row_start)
                if start > 0:
                    yield held[:start]
                    held = held[start:]
        yield held

    def cell_limit(self) -> int:
        """No fewer cells than the used range has: any row up to 99999 counts as that."""
        return self._last_row * (max(map(_column, self._columns), default=0) + 1)

    def look(self, piece: bytes) -> None:
        """Note what the cells of this piece hide, or show otherwise than as a value."""
        self._measure(piece)
        if b"hidden" in piece:
            rows = (dict(_ATTRIBUTE.findall(row)) for row in self._row.findall(piece) if b"hidden" in row)
            self.structure.hidden_rows.update(
                int(row[b"r"]) - 1 for row in rows if row.get(b"hidden") in _TRUE
            )
        if b't="e"' in piece:
            for letters, row, value in self._error.findall(piece):
                self.structure.show(int(row) - 1, _column(letters), _text(value))
        if self._formula_start in piece:
            for letters, row, formula in self._uncomputed.findall(piece):
                # Without a computed result, the formula itself stands there: it is neither blank nor a number.
                self.structure.show(int(row) - 1, _column(letters), "=" + (_text(formula) or "?"))
        if self._hiding_styles:
            for style, letters, row in self._hiding.findall(piece):
                self.structure.show_under(int(row) - 1, _column(letters), self._hiding_styles[style])

    def _measure(self, piece: bytes) -> None:
        """Widen the used range by the cells of this piece."""
        references = _REFERENCES.findall(piece)
        if len(references) < piece.count(self._cell_start):
            raise Unreadable(
                "the workbook has cells without an address; save it anew in a spreadsheet program"
            )
        for reference in set(references):
            letters = reference.rstrip(_DIGITS)
            self._columns.add(letters)
            if len(letters) < len(reference):
                self._last_row = max(self._last_row, int(reference[len(letters) :]))


def _quoted(xml: bytes) -> bytes:
    return xml.replace(b"'", b'"')


def _column(letters: bytes) -> int:
    return column_number(letters.decode())


def _text(xml: bytes) -> str:
    return unescape(xml.decode("utf-8", errors="replace")).strip()
