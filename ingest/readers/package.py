"""Zip packages (xlsx, xlsb, ods, docx): opened in memory, within limits, one part at a time. No meaning."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from ingest.readers import Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_PART_BYTES = 256 * 2**20  # a worksheet of a million short rows is about this big
MAX_PACKAGE_BYTES = 512 * 2**20
MAX_RATIO = 300  # real worksheets expand 5 to 40 times
_RATIO_MATTERS_FROM = 32 * 2**20
_CHUNK = 2**20


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn every failure inside the block into Unreadable: damaged input can break any line of a library."""
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(f"the {what} is damaged or not what its name says ({_short(error)})") from error
    except BaseException as error:
        # A Rust panic surfaces as a BaseException whose class cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable(f"the {what} is damaged (its reader gave up: {_short(error)})") from error


def _short(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:160]


class Package:
    """The parts of a zip package by name; names match without regard to case or the kind of slash."""

    def __init__(self, data: bytes, what: str) -> None:
        self.what = what
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            reason = f"the {what} is not a complete zip package ({error}); ask for the file again"
            raise Unreadable(reason) from error
        self._parts = {_plain(info.filename): info for info in self._zip.infolist()}
        if len(self._parts) < len(self._zip.infolist()):
            raise Unreadable(f"the {what} holds two parts of the same name, of which readers may see either")
        self._check_sizes(len(data))

    def _check_sizes(self, packed: int) -> None:
        total = sum(info.file_size for info in self._parts.values())
        for info in self._parts.values():
            if info.file_size > MAX_PART_BYTES:
                raise Unreadable(
                    f"the {self.what} expands without bound: {_mib(info.file_size)} in one part,"
                    f" {_mib(MAX_PART_BYTES)} allowed"
                )
        if total > MAX_PACKAGE_BYTES or (total > _RATIO_MATTERS_FROM and total > MAX_RATIO * packed):
            raise Unreadable(
                f"the {self.what} expands without bound: {_mib(packed)} become {_mib(total)},"
                f" {_mib(MAX_PACKAGE_BYTES)} and {MAX_RATIO} times allowed"
            )

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    def open(self, name: str) -> IO[bytes]:
        """A part as a stream; reading it to its end also checks its checksum."""
        if name not in self:
            raise Unreadable(f"the {self.what} has no part {name}")
        return self._zip.open(self._parts[_plain(name)])

    def read(self, name: str) -> bytes:
        with self.open(name) as stream:
            return stream.read()

    def verify(self, without: str) -> None:
        """Check the checksums of all parts outside the folder ``without``."""
        for name in self._parts:
            if not name.startswith(without):
                with self.open(name) as stream:
                    while stream.read(_CHUNK):
                        pass

    def xml(self, name: str) -> _Element:
        """A part parsed as XML, without entities, network or external definitions."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(self.read(name), parser)

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id -> (last word of its type, target part) of ``part``; the package itself is ``""``."""
        folder, _, name = part.rpartition("/")
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self:
            return {}
        found = {}
        for relation in self.xml(relations):
            if relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                absolute = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = relation.get("Type", "").rpartition("/")[2]
                found[relation.get("Id", "")] = (kind, posixpath.normpath(absolute))
        return found

    def main_part(self, otherwise: str) -> str:
        """The part a reader starts from."""
        for kind, target in self.related("").values():
            if kind == "officeDocument" and target in self:
                return target
        return otherwise


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _mib(size: int) -> str:
    return f"{size / 2**20:.1f} MiB"
