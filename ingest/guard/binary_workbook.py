"""xlsb: hidden sheets, rows and columns, from the records of the parts; caches behind the sheets as in xlsx.

Record numbers and layouts are those of the published [MS-XLSB] specification.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ingest.guard.caches import look_behind_sheets
from ingest.guard.hidden import Hidden, report_hidden_parts, report_hidden_sheet
from ingest.guard.office import Package, look_at_common_parts, main_part
from ingest.guard.verdict import Inspection, Refused
from ingest.guard.workbook import look_for_unlisted

_ROW, _COLUMN, _SHEET, _END_OF_SHEET = 0, 60, 156, 130
_CELLS = range(2, 12)  # 1 is a blank cell
_STATES = ("visible", "hidden", "veryHidden")
_CHECK_EVERY = 2**16


def look(package: Package, inspection: Inspection) -> None:
    """Everything a binary workbook may hide."""
    workbook = main_part(package, "xl/workbook.bin")
    relations = package.relations.get(workbook, {})
    listed = set()
    position = 0
    for kind, content in _records(package, workbook, inspection):
        if kind != _SHEET or len(content) < 12:
            continue
        position += 1
        (state,) = struct.unpack_from("<I", content)
        relation_kind, part = relations.get(_wide_string(content, 8), ("", ""))
        if part not in package.archive.members:
            continue
        listed.add(part)
        is_worksheet = relation_kind.endswith("/worksheet")
        hidden = _look_into(package, part, inspection) if is_worksheet else Hidden(filled_rows=1)
        if state:
            report_hidden_sheet(inspection, position, _STATES[min(state, 2)], hidden)
        else:
            report_hidden_parts(inspection, position, hidden)
    look_for_unlisted(package, inspection, listed)
    look_at_common_parts(package)
    look_behind_sheets(package, inspection)


def _look_into(package: Package, part: str, inspection: Inspection) -> Hidden:
    hidden, row = Hidden(), 0
    columns: list[tuple[int, int]] = []
    is_row_hidden = is_row_filled = has_end = False
    for kind, content in _records(package, part, inspection):
        if kind == _ROW and len(content) >= 12:
            (row,) = struct.unpack_from("<I", content)
            is_row_hidden, is_row_filled = bool(content[11] & 0x10), False
            hidden.empty += is_row_hidden
        elif kind in _CELLS and len(content) >= 4:
            (column,) = struct.unpack_from("<I", content)
            hidden.filled_rows += not is_row_filled
            is_row_filled = True
            if is_row_hidden:
                hidden.rows.add(row)
            if any(first <= column <= last for first, last in columns):
                hidden.columns.add(column)
        elif kind == _COLUMN and len(content) >= 17 and content[16] & 1:
            columns.append(struct.unpack_from("<II", content))
            hidden.empty += 1
        has_end = has_end or kind == _END_OF_SHEET
    if not has_end:
        raise Refused("truncated", "a sheet has no end record: the file is cut off")
    return hidden


def _records(package: Package, part: str, inspection: Inspection) -> Iterator[tuple[int, bytes]]:
    """Record number and content. Number and size are written seven bits a byte, lowest first."""
    if package.archive.members[part].file_size > inspection.limits.binary_part_bytes:
        raise Refused("too_large", f"a sheet takes more than {inspection.limits.binary_part_bytes >> 20} MiB")
    data = package.archive.read(part)
    position = number = 0
    try:
        while position < len(data):
            kind = data[position]
            position += 1
            if kind & 0x80:
                kind = kind & 0x7F | (data[position] & 0x7F) << 7
                position += 1
            size = shift = 0
            while True:
                byte = data[position]
                position += 1
                size |= (byte & 0x7F) << shift
                shift += 7
                if byte < 0x80 or shift == 28:
                    break
            yield kind, data[position : position + size]
            position += size
            number += 1
            if number % _CHECK_EVERY == 0:
                inspection.check_time()
    except IndexError as error:
        raise Refused("truncated", "a part ends within a record") from error


def _wide_string(content: bytes, position: int) -> str:
    (length,) = struct.unpack_from("<I", content, position)
    return content[position + 4 : position + 4 + 2 * min(length, 1000)].decode("utf-16-le", "replace")
