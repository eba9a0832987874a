"""OLE containers: encrypted office files, xls workbooks, Outlook messages, and old formats nothing here reads."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

from ingest.guard import old_workbook
from ingest.guard.verdict import Inspection, Refused

if TYPE_CHECKING:
    from olefile import OleFileIO

_FREE = 0xFFFFFFFF
_MAX_STREAMS = 20_000
_HEAD = 512
_STREAM = 2
_ENCRYPTED = {"encryptedpackage", "encryptioninfo", "\x06dataspaces", "\x09drmcontent"}


def open_container(data: bytes) -> OleFileIO:
    """The opened container. Raises Refused when sectors are missing at the end."""
    import olefile

    if len(data) < _HEAD + 1024:
        raise Refused("truncated", "the file is cut off")
    (shift,) = struct.unpack_from("<H", data, 30)
    (fat_sectors,) = struct.unpack_from("<I", data, 44)
    if shift not in (9, 12) or (fat_sectors << shift) > len(data):
        raise Refused(
            "truncated", "its table of sectors is longer than the file: the file is cut off or damaged"
        )
    try:
        container = olefile.OleFileIO(io.BytesIO(data))
    except Exception as error:
        code = "truncated" if len(data) % _HEAD else "damaged"
        raise Refused(code, "its table of sectors or its directory cannot be read") from error
    used = max((number for number, following in enumerate(container.fat) if following != _FREE), default=0)
    # The last sector may be short: some programs do not fill it up.
    if (used + 1) << shift >= len(data):
        raise Refused("truncated", "sectors at its end are missing: the file is cut off")
    _check_sizes(container, len(data))
    return container


def _check_sizes(container: OleFileIO, size: int) -> None:
    """Streams cannot be longer than the file; chains of sectors that run in circles make them so."""
    sizes = [
        entry.size for entry in container.direntries if entry is not None and entry.entry_type == _STREAM
    ]
    if len(sizes) > _MAX_STREAMS:
        raise Refused("damaged", f"it has more than {_MAX_STREAMS} streams")
    if sum(sizes) > size:
        raise Refused("damaged", "its streams are longer than the file")


def kind_of(container: OleFileIO) -> str:
    """``xls``, ``msg``, ``encrypted`` or the name of a format nothing reads."""
    names = stream_names(container)
    top = {path[0] for path in names}
    if top & _ENCRYPTED:
        return "encrypted"
    if "__properties_version1.0" in top:
        return "msg"
    if top & {"workbook", "book"}:
        return "xls"
    return "doc" if "worddocument" in top else "ole"


def stream_names(container: OleFileIO) -> list[tuple[str, ...]]:
    """Every stream and storage by its path in lower case."""
    paths = container.listdir(streams=True, storages=True)
    return [tuple(part.lower() for part in path) for path in paths]


def look_at_workbook(container: OleFileIO, inspection: Inspection) -> None:
    """An xls workbook: the streams beside it, then its records."""
    names = stream_names(container)
    storages = {path[0] for path in names}
    if any(name.startswith("_vba_project") for name in storages):
        inspection.find("macros", "programs beside the sheets")
    caches = [path for path in names if len(path) == 2 and path[0] == "_sx_db_cur"]
    if caches:
        inspection.find("pivot_cache", f"{len(caches)} pivot caches keep source records")
    embedded = {name for name in storages if name.startswith("mbd")}
    if embedded:
        what = f"{len(embedded)} embedded files, which may carry more than what they show"
        inspection.find("embedded_object", what)
    if "ctls" in storages:
        inspection.find("active_content", "programmable controls")
    if "revision log" in storages:
        inspection.find("tracked_changes", "a log of earlier cell values")
    if {"workbook", "book"} <= storages:
        raise Refused("two_formats", "it holds two workbooks, of which programs show one or the other")
    name = "Workbook" if "workbook" in storages else "Book"
    old_workbook.look(bytes(container.openstream(name).read()), inspection)
