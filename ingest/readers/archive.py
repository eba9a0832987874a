"""Zip archives of attachments. Members are read in memory, nothing is ever unpacked to disk."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from ingest.cells import Cell, Sheet
from ingest.readers import Unreadable
from ingest.readers.nested import has_reader, inside, read_inner, unread_row
from ingest.readers.package import reading

MAX_MEMBERS = 1000
MAX_MEMBER_BYTES = 128 * 2**20
MAX_TOTAL_BYTES = 256 * 2**20
MAX_RATIO = 300  # text compresses 5 to 40 times
_RATIO_MATTERS_FROM = 8 * 2**20
_LITTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_SYMBOLIC_LINK = 0o120000


def read(data: bytes) -> list[Sheet]:
    """The sheets of every member in order; a ``text`` sheet first, if some have no reader, names those."""
    with inside("archive"), reading("archive"):
        sheets: list[Sheet] = []
        unread: list[list[Cell]] = []
        for name, content in members(data):
            if has_reader(name):
                sheets.extend(read_inner(content, name))
            else:
                unread.append(unread_row(name))
        if not sheets:
            raise Unreadable("the archive holds no document that can be read")
        return [Sheet("text", "text", unread), *sheets] if unread else sheets


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of every member, one at a time. One bad member refuses the whole archive."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable(
            f"the archive is not a complete zip file ({error}); ask for the file again"
        ) from error
    with archive, reading("archive"):
        entries = archive.infolist()
        faults = _faults(entries, len(data))
        if faults:
            raise Unreadable("the archive is refused as a whole: " + "; ".join(faults[:10]))
        for entry in entries:
            if not entry.is_dir() and not _LITTER.search(entry.filename):
                yield entry.filename, archive.read(entry)


def _faults(entries: list[zipfile.ZipInfo], packed: int) -> list[str]:
    """Everything that makes the archive unsafe to open, judged by its directory alone.

    Python's zip reader stops at the size the directory declares, so what is declared is what can come out.
    """
    total = sum(entry.file_size for entry in entries)
    faults = [f"{_shown(entry)} {fault}" for entry in entries if (fault := _fault(entry))]
    if len(entries) > MAX_MEMBERS:
        faults.append(f"it has {len(entries)} members, {MAX_MEMBERS} are allowed")
    if total > MAX_TOTAL_BYTES or (total > _RATIO_MATTERS_FROM and total > MAX_RATIO * packed):
        faults.append(f"it expands without bound, from {packed} to {total} bytes")
    if sum(entry.compress_size for entry in entries) > packed:
        faults.append("its members overlap")
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        faults.append("two members have the same name")
    return faults


def _fault(entry: zipfile.ZipInfo) -> str:
    # orig_filename: ZipInfo cuts the shown name at a zero byte and turns backslashes on some systems.
    name = entry.orig_filename
    parts = re.split(r"[/\\]", name)
    if ".." in parts or name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name) or "\\" in name:
        return "would be written outside the archive's folder"
    if "\0" in name:
        return "has a hidden end to its name"
    if entry.external_attr >> 16 & 0o170000 == _SYMBOLIC_LINK:
        return "is a link to another file"
    if entry.flag_bits & 1:
        return "is encrypted; ask for a copy without a password"
    if entry.file_size > MAX_MEMBER_BYTES:
        return f"expands to {entry.file_size} bytes"
    return ""


def _shown(entry: zipfile.ZipInfo) -> str:
    return repr(entry.orig_filename[:80])
