"""Zip files, plain or as office packages: what their directory claims, and what really comes out of them."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from ingest.guard.kinds import ending_of, is_program_name
from ingest.guard.verdict import Inspection, Refused

_CHUNK = 2**20
_PIECE = 2**16
_DIRECTORY_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_SYMBOLIC_LINK = 0o120000
_SHOWN_FAULTS = 20
_LITTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)

InspectMember = Callable[[bytes, str, str, Inspection], bool]


class Archive:
    """The members of a zip file by plain name (lower case, forward slashes), inflated within the limits.

    Sizes in the directory are claims: every byte is counted as it comes out. Raises Refused.
    """

    def __init__(self, data: bytes, inspection: Inspection) -> None:
        self._data = data
        self._inspection = inspection
        self._counted: set[str] = set()
        if data.count(_DIRECTORY_ENTRY) > inspection.limits.members:
            raise Refused("expands", f"the archive has more than {inspection.limits.members} members")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, EOFError) as error:
            what = "the zip directory at its end is missing or damaged: the file is cut off"
            raise Refused("truncated", what) from error
        self.entries = [entry for entry in entries if not entry.is_dir()]
        self._check_entries(entries)
        self.members = {plain_name(entry): entry for entry in self.entries}
        if len(self.members) < len(self.entries):
            raise Refused("dishonest_archive", "several members have the same name")
        self._check_claims()

    def _check_entries(self, entries: list[zipfile.ZipInfo]) -> None:
        """Refuse the whole file for one bad entry, naming every one; by position, for a name may hold personal data."""
        faults = [
            (number, fault) for number, entry in enumerate(entries, start=1) if (fault := _fault(entry))
        ]
        for number, (code, what) in faults[:_SHOWN_FAULTS]:
            self._inspection.find(code, what, f"member {number}")
        if faults:
            number, (code, what) = faults[0]
            raise Refused(code, what, f"member {number}")

    def _check_claims(self) -> None:
        limits = self._inspection.limits
        largest = max((entry.file_size for entry in self.entries), default=0)
        if largest > limits.part_bytes:
            what = f"one part expands to {largest >> 20} MiB, {limits.part_bytes >> 20} MiB allowed"
            raise Refused("expands", what)
        self._inspection.check_expansion(
            self._inspection.expanded + sum(entry.file_size for entry in self.entries)
        )
        if sum(entry.compress_size for entry in self.entries) > len(self._data):
            raise Refused("dishonest_archive", "its members overlap")

    def check_all(self) -> None:
        """Inflate every member once: sizes, checksums and ends are as the directory says."""
        for name in self.members:
            for _ in self.chunks(name):
                pass

    def read(self, name: str) -> bytes:
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a member in pieces of at most a megabyte; reading to the end checks it."""
        entry = self.members[name]
        size, checksum = 0, 0
        is_counted = name in self._counted
        for chunk in self._inflated(entry):
            size += len(chunk)
            if size > entry.file_size:
                raise Refused("dishonest_archive", "a member expands to more than the directory says")
            checksum = zlib.crc32(chunk, checksum)
            self._inspection.spend(0 if is_counted else len(chunk))
            yield chunk
        self._counted.add(name)
        if size != entry.file_size or checksum != entry.CRC:
            raise Refused("damaged", "a part of the file does not match its size or checksum")

    def _inflated(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        start = self._content_start(entry)
        packed = memoryview(self._data)[start : start + entry.compress_size]
        if len(packed) < entry.compress_size:
            raise Refused("truncated", "a part of the file is cut off")
        if entry.compress_type == zipfile.ZIP_STORED:
            for place in range(0, len(packed), _CHUNK):
                yield bytes(packed[place : place + _CHUNK])
            return
        if entry.compress_type != zipfile.ZIP_DEFLATED:
            raise Refused("unsupported", f"it is packed by an unusual method (number {entry.compress_type})")
        yield from _inflate(packed)

    def _content_start(self, entry: zipfile.ZipInfo) -> int:
        """Where the content starts, by the header before it, which must agree with the directory."""
        header = self._data[entry.header_offset : entry.header_offset + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise Refused("damaged", "a part of the file is not where the directory says")
        *_, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        name_start = entry.header_offset + _LOCAL_HEADER.size
        name = self._data[name_start : name_start + name_length]
        if name not in (
            entry.orig_filename.encode("utf-8", "replace"),
            entry.orig_filename.encode("cp437", "replace"),
        ):
            raise Refused("dishonest_archive", "a member's name differs from the one in the directory")
        return int(name_start + name_length + extra_length)


def _inflate(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for place in range(0, len(packed), _PIECE):
            waiting: bytes | memoryview = packed[place : place + _PIECE]
            while waiting and not inflater.eof:
                yield inflater.decompress(waiting, _CHUNK)
                waiting = inflater.unconsumed_tail
            if inflater.eof:
                break
        while not inflater.eof:
            rest = inflater.decompress(b"", _CHUNK)
            if not rest:
                break
            yield rest
    except zlib.error as error:
        raise Refused("damaged", "a part of the file cannot be unpacked") from error
    if not inflater.eof:
        raise Refused("truncated", "a part of the file is cut off")


def plain_name(entry: zipfile.ZipInfo) -> str:
    """The name of a member as readers look it up."""
    return posixpath.normpath(entry.filename.replace("\\", "/").lstrip("/")).lower()


def _fault(entry: zipfile.ZipInfo) -> tuple[str, str] | None:
    """What makes an entry unsafe, as code and words."""
    # orig_filename: ZipInfo cuts the shown name at a zero byte and turns backslashes on some systems.
    name = entry.orig_filename
    if ".." in re.split(r"[/\\]", name) or name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name):
        return "escapes_folder", "it would be written outside the archive's folder"
    if "\0" in name:
        return "dishonest_archive", "its name has a hidden end"
    if entry.external_attr >> 16 & 0o170000 == _SYMBOLIC_LINK:
        return "escapes_folder", "it is a link to another file"
    if entry.flag_bits & 1:
        return "encrypted", "it opens only with a password"
    return None


def look(archive: Archive, inspection: Inspection, inspect_member: InspectMember) -> None:
    """A plain archive: every member is a document of its own."""
    if not archive.entries:
        raise Refused("empty", "the archive holds no file")
    read = 0
    for number, (name, entry) in enumerate(archive.members.items(), start=1):
        place = f"member {number}"
        if is_program_name(ending_of(name)):
            raise Refused("program", f"it is a program by its name (.{ending_of(name)})", place)
        if _LITTER.search(entry.filename):
            for _ in archive.chunks(name):
                pass
            continue
        inspection.hold(entry.file_size)
        read += inspect_member(archive.read(name), entry.filename, place, inspection)
        inspection.held -= entry.file_size
    if not read:
        raise Refused("unsupported", "the archive holds no document that a reader reads")
