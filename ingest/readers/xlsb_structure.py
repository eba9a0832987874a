"""The structure of xlsb worksheets, from the records of the package's parts; values are python-calamine's.

Record numbers and layouts are those of the published [MS-XLSB] specification.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ingest.readers.number_formats import formats_that_hide
from ingest.readers.package import Package
from ingest.readers.sheet_structure import ERRORS, Range, SheetStructure, UsedRange

_ROW, _CELL_ERROR, _FORMULA_ERROR = 0, 3, 11
_CELLS = range(2, 12)  # 1 is a blank cell
_VISIBLE = bytes(4)
_FORMAT, _XF, _COLUMN, _SHEET, _MERGE, _CELL_STYLES, _CELL_STYLES_END = 44, 47, 60, 156, 176, 617, 618


def structures(package: Package) -> list[SheetStructure | None]:
    """Structure of every sheet in order, None unless visible. Refuses damage and sheets too wide to hold."""
    workbook = package.main_part("xl/workbook.bin")
    relations = package.related(workbook)
    targets = dict(relations.values())
    package.verify(without="xl/worksheets/")
    hiding_styles = _hiding_styles(package, targets.get("styles", "xl/styles.bin"))
    found: list[SheetStructure | None] = []
    for kind, content in _records(package.read(workbook)):
        if kind == _SHEET:
            relation_id, end = _wide_string(content, 8)
            name, _ = _wide_string(content, end)
            part_kind, part = relations[relation_id]
            is_visible = content[:4] == _VISIBLE and part_kind == "worksheet"
            found.append(_structure(package.read(part), name, hiding_styles) if is_visible else None)
    return found


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Record number and content. Number and size are written seven bits a byte, lowest first."""
    position = 0
    while position < len(part):
        kind = part[position]
        position += 1
        if kind & 0x80:
            kind = kind & 0x7F | part[position] << 7
            position += 1
        size = shift = 0
        while True:
            byte = part[position]
            position += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 or shift == 28:
                break
        yield kind, part[position : position + size]
        position += size


def _wide_string(content: bytes, position: int) -> tuple[str, int]:
    """A string and where it ends."""
    (length,) = struct.unpack_from("<I", content, position)
    end = position + 4 + 2 * length
    return content[position + 4 : end].decode("utf-16-le"), end


def _hiding_styles(package: Package, part: str) -> dict[int, str]:
    """Cell style number -> number format, of those that may hide something."""
    formats: dict[int, str] = {}
    style_formats: list[int] = []
    is_cell_style = False
    for kind, content in _records(package.read(part) if part in package else b""):
        if kind == _FORMAT:
            formats[struct.unpack_from("<H", content)[0]] = _wide_string(content, 2)[0]
        elif kind in (_CELL_STYLES, _CELL_STYLES_END):
            is_cell_style = kind == _CELL_STYLES
        elif kind == _XF and is_cell_style:
            style_formats.append(struct.unpack_from("<H", content, 2)[0])
    hiding = formats_that_hide(formats)
    return {style: hiding[number] for style, number in enumerate(style_formats) if number in hiding}


def _structure(part: bytes, name: str, hiding_styles: dict[int, str]) -> SheetStructure:
    merged: list[Range] = []
    structure, used, row = SheetStructure(merged=merged), UsedRange(name), 0
    for kind, content in _records(part):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", content)
            if content[11] & 0x10:
                structure.hidden_rows.add(row)
        elif kind in _CELLS:
            column, style = struct.unpack_from("<II", content)
            used.add(row, column)
            if kind in (_CELL_ERROR, _FORMULA_ERROR):
                structure.show(row, column, ERRORS.get(content[8], "#ERROR!"))
            elif number_format := hiding_styles.get(style & 0xFFFFFF):
                structure.show_under(row, column, number_format)
        elif kind == _COLUMN:
            first, last = struct.unpack_from("<II", content)
            if content[16] & 1:
                structure.hidden_columns.update(range(first, min(last, 16383) + 1))
        elif kind == _MERGE:
            first_row, last_row, first_column, last_column = struct.unpack_from("<4I", content)
            merged.append(((first_row, first_column), (last_row, last_column)))
    used.check()
    return structure
