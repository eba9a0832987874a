"""The structure of xls worksheets, from the records of the workbook stream; values are python-calamine's.

Record numbers and layouts are those of the published [MS-XLS] specification.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ingest.readers import Unreadable
from ingest.readers.number_formats import formats_that_hide
from ingest.readers.sheet_structure import ENCRYPTED, ERRORS, SheetStructure, UsedRange

_BEGIN, _END, _FILEPASS, _BOUNDSHEET, _FORMAT, _XF = 0x0809, 0x000A, 0x002F, 0x0085, 0x041E, 0x00E0
_COLUMN, _ROW, _DIMENSIONS = 0x007D, 0x0208, 0x0200
_NAME, _STRINGS, _UNKNOWN = 0x0018, 0x00FC, 0xFFFE
_FORMULA, _MULRK, _LABELSST, _NUMBER, _LABEL, _BOOLERR, _RK = 0x06, 0xBD, 0xFD, 0x203, 0x204, 0x205, 0x27E
_CELLS = {_FORMULA, _LABELSST, _NUMBER, _LABEL, _BOOLERR, _RK}


def structures(stream: bytes) -> list[SheetStructure]:
    """The structure of every sheet in order. Refuses sheets too wide to hold: python-calamine reads all."""
    hiding_styles, sheets = _globals(stream)
    return [_structure(stream, start, name, hiding_styles) for name, start in sheets]


def without_pitfalls(stream: bytes) -> bytes:
    """The same records, without those that mislead python-calamine.

    It takes a chart inside a sheet for cells and for the end of that sheet, makes room for whatever size a
    sheet states, and fails on damaged names of ranges, which nobody needs.
    """
    patched = bytearray(stream)
    for start in (0, *(start for _, start in _globals(stream)[1])):
        for kind, place, size, depth in _places(stream, start):
            if kind == _DIMENSIONS:
                patched[place : place + size] = bytes(size)
            if depth > 1 or kind == _NAME:
                struct.pack_into("<H", patched, place - 4, _UNKNOWN)
    return bytes(patched)


def _places(stream: bytes, start: int) -> Iterator[tuple[int, int, int, int]]:
    """Number, place, size and depth of the records of one sheet; charts inside it lie deeper than 1."""
    if stream[start : start + 2] != _BEGIN.to_bytes(2, "little"):
        raise Unreadable("the workbook is damaged: a sheet does not start where it should")
    depth = 0
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        depth += kind == _BEGIN
        if kind == _END and depth == 1:
            return
        yield kind, start + 4, size, depth
        depth -= kind == _END
        start += 4 + size
    raise Unreadable("the workbook is cut short: a sheet has no end; ask for the file again")


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    for kind, place, size, depth in _places(stream, start):
        if depth == 1:
            yield kind, stream[place : place + size]


def _globals(stream: bytes) -> tuple[dict[int, str], list[tuple[str, int]]]:
    """Cell style number -> number format, of those that may hide something; and the name and place of every sheet."""
    formats: dict[int, str] = {}
    style_formats: list[int] = []
    sheets = []
    is_biff8 = True
    for kind, content in _records(stream, 0):
        if kind == _BEGIN:
            is_biff8 = content[:2] == b"\0\6"  # before that, texts had no flag and numbers of formats no text
        elif kind == _FILEPASS:
            raise Unreadable(ENCRYPTED)
        elif kind == _FORMAT and is_biff8:
            number, length = struct.unpack_from("<HH", content)
            formats[number] = _string(content[4:], length)
        elif kind == _XF:
            style_formats.append(struct.unpack_from("<H", content, 2)[0])
        elif kind == _STRINGS and struct.unpack_from("<I", content, 4)[0] > len(stream):
            raise Unreadable("the workbook is damaged: it states more texts than it can hold")
        elif kind == _BOUNDSHEET:
            name = _string(content[7:], content[6]) if is_biff8 else content[7:].decode("cp1252", "replace")
            sheets.append((name, struct.unpack_from("<I", content)[0]))
    hiding = formats_that_hide(formats)
    return {style: hiding[number] for style, number in enumerate(style_formats) if number in hiding}, sheets


def _string(content: bytes, length: int) -> str:
    """A text led by a flag that says whether each letter takes one byte or two."""
    width, encoding = (2, "utf-16-le") if content[0] & 1 else (1, "latin-1")
    return content[1 : 1 + length * width].decode(encoding)


def _structure(stream: bytes, start: int, name: str, hiding_styles: dict[int, str]) -> SheetStructure:
    structure, used = SheetStructure(), UsedRange(name)
    for kind, content in _records(stream, start):
        if kind == _COLUMN:
            first, last, _, _, flags = struct.unpack_from("<5H", content)
            if flags & 1:
                structure.hidden_columns.update(range(first, min(last, 255) + 1))
        elif kind == _ROW and content[12] & 0x20:
            structure.hidden_rows.add(struct.unpack_from("<H", content)[0])
        for row, column, style in _cells(kind, content):
            used.add(row, column)
            if (error := _error(kind, content)) is not None:
                structure.show(row, column, ERRORS.get(error, "#ERROR!"))
            elif style in hiding_styles:
                structure.show_under(row, column, hiding_styles[style])
    used.check()
    return structure


def _cells(kind: int, content: bytes) -> Iterator[tuple[int, int, int]]:
    """Row, column and style of the cells a record holds: mostly one or none, a run of numbers many."""
    if kind in _CELLS:
        yield struct.unpack_from("<HHH", content)
    elif kind == _MULRK:
        row, first = struct.unpack_from("<HH", content)
        for offset, position in enumerate(range(4, len(content) - 2, 6)):
            yield row, first + offset, struct.unpack_from("<H", content, position)[0]


def _error(kind: int, content: bytes) -> int | None:
    if kind == _BOOLERR and content[7]:
        return content[6]
    if kind == _FORMULA and content[12:14] == b"\xff\xff" and content[6] == 2:
        return content[8]
    return None
