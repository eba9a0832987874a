"""Office containers (xls): the workbook's stream taken out, and packed anew for python-calamine."""

from __future__ import annotations

import io
import struct

from ingest.readers import Unreadable

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR = 4096  # the larger of the two allowed sizes: one header then addresses 400 MiB
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_MAX_TABLES = 109


def workbook_stream(data: bytes) -> bytes:
    """The records of an xls workbook."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        for name in ("Workbook", "Book"):
            if ole.exists(name):
                stream = bytes(ole.openstream(name).read())
                if len(stream) < ole.get_size(name):
                    raise Unreadable("the workbook is cut short; ask for the file again")
                return stream
    raise Unreadable("the file is an Office container but holds no workbook")


def with_workbook(stream: bytes) -> bytes:
    """A sound container holding nothing but these workbook records.

    A damaged container can send python-calamine round in circles until memory runs out; olefile notices.
    So it never sees a container as sent, nor the macros and objects inside it.
    """
    padding = max(-len(stream) % _SECTOR, _SECTOR - len(stream))
    sectors = (len(stream) + padding) // _SECTOR
    tables = -(-(sectors + 2) // (_SECTOR // 4 - 1))
    if tables > _MAX_TABLES:
        raise Unreadable("the workbook is too large for its format")
    # Sectors in order: the records, the directory, an empty mini stream (asked for by readers), the tables.
    chain = [*range(1, sectors), _END, _END, _END, *[_TABLE] * tables]
    chain += [_FREE] * (tables * _SECTOR // 4 - len(chain))
    header = MAGIC + struct.pack("<16x5H6x", 0x3E, 4, 0xFFFE, 12, 6)
    header += struct.pack("<9I", 1, tables, sectors, 0, _SECTOR, _END, 0, _END, 0)
    places = [sectors + 2 + table for table in range(tables)]
    header += struct.pack(f"<{_MAX_TABLES}I", *places, *[_FREE] * (_MAX_TABLES - tables))
    directory = _entry("Root Entry", 5, 1, sectors + 1, 64) + _entry(
        "Workbook", 2, _FREE, 0, sectors * _SECTOR
    )
    return b"".join(
        [
            header.ljust(_SECTOR, b"\0"),
            stream,
            b"\0" * padding,
            directory.ljust(2 * _SECTOR, b"\0"),
            struct.pack(f"<{len(chain)}I", *chain),
        ]
    )


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded) + 2, kind, 1)
    return head + struct.pack("<3I36xIQ", _FREE, _FREE, child, start, size)
