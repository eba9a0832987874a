"""xls: hidden sheets, rows and columns, comments, macro sheets and links, from the records of the workbook stream.

Record numbers and layouts are those of the published [MS-XLS] specification.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.guard.hidden import Hidden, report_hidden_parts, report_hidden_sheet
from ingest.guard.verdict import Inspection, Refused

_BEGIN, _END = (0x0009, 0x0209, 0x0409, 0x0809), 0x000A
_FILEPASS, _BOUNDSHEET, _SUPBOOK, _CACHED_CELLS, _NOTE = 0x002F, 0x0085, 0x01AE, 0x005A, 0x001C
_COLUMN, _ROW, _STYLE, _FORMAT = 0x007D, 0x0208, 0x00E0, 0x041E
_MANY_NUMBERS = 0x00BD
_CELLS = {0x0006, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, 0x00D6}
_STATES = ("visible", "hidden", "veryHidden")
_MACRO_SHEET, _WORKSHEET, _PROGRAM = 0x01, 0x00, 0x06
_OWN_SHEETS, _ADD_INS = 0x0401, 0x3A01
_CHECK_EVERY = 2**16


@dataclass
class _Globals:
    """What stands before the sheets: where each one starts, its state and type; links; styles."""

    sheets: list[tuple[int, int, int]] = field(default_factory=list)
    links: int = 0
    cached_cells: int = 0
    blank_formats: set[int] = field(default_factory=set)
    style_formats: list[int] = field(default_factory=list)

    def add(self, kind: int, content: bytes) -> None:
        if kind == _FILEPASS:
            raise Refused("encrypted", "it opens only with a password")
        if kind == _BOUNDSHEET and len(content) >= 6:
            start, state, sheet_type = struct.unpack_from("<IBB", content)
            self.sheets.append((start, state & 3, sheet_type))
        elif kind == _SUPBOOK and len(content) >= 4:
            self.links += struct.unpack_from("<H", content, 2)[0] not in (_OWN_SHEETS, _ADD_INS)
        elif kind == _CACHED_CELLS and len(content) >= 2:
            self.cached_cells += max(content[0] - content[1] + 1, 1)
        elif kind == _FORMAT and content[4:5] in (b"\0", b"\1") and content[5:].replace(b"\0", b"") == b";;;":
            self.blank_formats.add(struct.unpack_from("<H", content)[0])
        elif kind == _STYLE and len(content) >= 4:
            self.style_formats.append(struct.unpack_from("<H", content, 2)[0])

    def blank_styles(self) -> set[int]:
        """Numbers of the cell styles that show nothing."""
        return {style for style, number in enumerate(self.style_formats) if number in self.blank_formats}


def look(stream: bytes, inspection: Inspection) -> None:
    """Everything the records of a workbook may hide."""
    found, last = _Globals(), 0
    for kind, content in _records(stream, 0, inspection):
        found.add(kind, content)
        last = kind
    if not found.sheets or last != _END:
        raise Refused("truncated", "the list of its sheets is cut off")
    if found.links:
        what = f"{found.links} links to other workbooks, of which {found.cached_cells} cells are kept behind the sheets"
        inspection.find("external_link", what)
    for position, (start, state, sheet_type) in enumerate(found.sheets, start=1):
        if sheet_type in (_MACRO_SHEET, _PROGRAM):
            inspection.find("macros", "it is a sheet of programs", f"sheet {position}")
        hidden = _look_into(stream, start, position, found.blank_styles(), inspection)
        if sheet_type != _WORKSHEET:
            hidden.filled_rows = hidden.filled_rows or 1
        if state:
            report_hidden_sheet(inspection, position, _STATES[min(state, 2)], hidden)
        else:
            report_hidden_parts(inspection, position, hidden)


def _records(stream: bytes, start: int, inspection: Inspection) -> Iterator[tuple[int, bytes]]:
    """Record number and content to the end of this sheet, the end record included; charts inside it are left out."""
    depth = number = 0
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        depth += (kind in _BEGIN) - (kind == _END)
        if kind not in _BEGIN and depth == (kind != _END):
            yield kind, stream[start + 4 : start + 4 + size]
        if depth <= 0:
            return
        start += 4 + size
        number += 1
        if number % _CHECK_EVERY == 0:
            inspection.check_time()


def _look_into(stream: bytes, start: int, position: int, blank: set[int], inspection: Inspection) -> Hidden:
    """Twice through the records: what hides a cell may stand after it."""
    hidden_rows, hidden_columns = _hidden_places(stream, start, position, inspection)
    hidden = Hidden(empty=len(hidden_rows) + len(hidden_columns))
    filled_rows: set[int] = set()
    for kind, content in _records(stream, start, inspection):
        for row, column, style in _cells(kind, content):
            filled_rows.add(row)
            hidden.cells += style in blank
            if row in hidden_rows:
                hidden.rows.add(row)
            if column in hidden_columns:
                hidden.columns.add(column)
    hidden.filled_rows = len(filled_rows)
    return hidden


def _hidden_places(
    stream: bytes, start: int, position: int, inspection: Inspection
) -> tuple[set[int], set[int]]:
    """Hidden rows and columns; comments are counted on the way."""
    rows: set[int] = set()
    columns: set[int] = set()
    comments, last_kind = 0, 0
    for kind, content in _records(stream, start, inspection):
        last_kind = kind
        if kind == _COLUMN and len(content) >= 10:
            first, last, width, _, flags = struct.unpack_from("<5H", content)
            if flags & 1 or not width:
                columns.update(range(first, min(last, 255) + 1))
        elif kind == _ROW and len(content) >= 14 and content[12] & 0x20:
            rows.add(struct.unpack_from("<H", content)[0])
        comments += kind == _NOTE
    if last_kind != _END:
        raise Refused("truncated", "a sheet has no end record: the file is cut off", f"sheet {position}")
    if comments:
        inspection.find("comments", f"{comments} comments", f"sheet {position}")
    return rows, columns


def _cells(kind: int, content: bytes) -> Iterator[tuple[int, int, int]]:
    """Row, column and style of the cells with content in a record."""
    if kind in _CELLS and len(content) >= 6:
        yield struct.unpack_from("<HHH", content)
    elif kind == _MANY_NUMBERS and len(content) >= 6:
        row, first = struct.unpack_from("<HH", content)
        for offset, place in enumerate(range(4, len(content) - 7, 6)):
            yield row, first + offset, struct.unpack_from("<H", content, place)[0]
