"""Office packages (xlsx, xlsb, docx): which kinds of part they hold, and the kinds no answer needs."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from ingest.guard.archives import Archive
from ingest.guard.elements import Attributes, Walker, walk
from ingest.guard.verdict import Inspection, Refused

_MAX_RELATIONS = 100_000
_CONTENT_TYPES = "[content_types].xml"
_DOCUMENT_ENDINGS = (
    "csv|tsv|txt|json|xlsx?|xlsm|xlsb|ods|docx?|pdf|html?|eml|msg|zip|mdb|accdb|sqlite|db|parquet"
)

# Kind of part -> a pattern over its name, its content type and the types of the relations that lead to it:
# a package may name its parts as it likes, and programs find them by type.
_KINDS = {
    "macros": r"vbaproject|macrosheet",
    "active_content": r"activex",
    "embedded_object": rf"oleobject|/embeddings/|relationships/package|afchunk|\.(?:{_DOCUMENT_ENDINGS})\n",
    "pivot_records": r"pivotcacherecords",
    "pivot_definition": r"pivotcachedefinition",
    "comments": r"threadedcomments?\b|relationships/comments\b|[/.]comments\+xml|ms-excel\.comments|/comments\d*\.",
    "external_link": r"externallink(?!path)",
    "revisions": r"revisionlog",
    "data_model": r"xl/model/|powerpivot|relationships/datamodel",
    "connection": r"connections\b|querytable",
}
_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _KINDS.items()}
_KNOWN_PLACES = re.compile(
    r"(xl|word|docprops|_rels|customxml|_xmlsignatures|customui|userprops|\[trash\])/|\[content_types\]\.xml$|mimetype$"
)


@dataclass
class Package:
    """The parts of a package, with what their relations and content types say about them."""

    archive: Archive
    inspection: Inspection
    content_types: dict[str, str] = field(default_factory=dict)
    relations: dict[str, dict[str, tuple[str, str]]] = field(
        default_factory=dict
    )  # part -> id -> (type, target)
    external: list[str] = field(default_factory=list)  # types of relations that lead outside the package

    @classmethod
    def open(cls, archive: Archive, inspection: Inspection) -> Package:
        """Read the directory parts and check every other one."""
        archive.check_all()
        package = cls(archive, inspection)
        if _CONTENT_TYPES in archive.members:
            walk(archive.chunks(_CONTENT_TYPES), _ContentTypes(package), inspection)
        for name in archive.members:
            folder, _, file = name.rpartition("/")
            if folder.rpartition("/")[2] == "_rels" and file.endswith(".rels"):
                source = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
                walk(archive.chunks(name), _Relations(package, source), inspection)
        return package

    def walk(self, part: str, walker: Walker) -> None:
        walk(self.archive.chunks(part), walker, self.inspection)

    def parts_of_kind(self, kind: str) -> list[str]:
        """Parts of one of the kinds above; the relation files themselves are never meant."""
        led_to: dict[str, list[str]] = {}
        for related in self.relations.values():
            for relation_type, target in related.values():
                led_to.setdefault(target, []).append(relation_type)
        found = []
        for name in self.archive.members:
            if "/_rels/" not in f"/{name}":
                signs = "\n".join([f"/{name}", self.content_type(name), *led_to.get(name, [])]) + "\n"
                if _PATTERNS[kind].search(signs):
                    found.append(name)
        return found

    def content_type(self, part: str) -> str:
        return self.content_types.get(part) or self.content_types.get("." + part.rpartition(".")[2], "")

    def targets(self, part: str, relation: str) -> list[str]:
        """The parts that ``part`` leads to by one type of relation, given by its last word."""
        related = self.relations.get(part, {}).values()
        return [
            target
            for kind, target in related
            if kind.endswith("/" + relation) and target in self.archive.members
        ]


class _ContentTypes(Walker):
    def __init__(self, package: Package) -> None:
        self._package = package

    def start(self, name: str, attributes: Attributes) -> None:
        kind = attributes.get("ContentType", "").lower()
        if len(self._package.content_types) > _MAX_RELATIONS:
            raise Refused("expands", f"a list of more than {_MAX_RELATIONS} parts")
        if name == "Override":
            part = attributes.get("PartName", "").replace("\\", "/").lstrip("/").lower()
            self._package.content_types[part] = kind
        elif name == "Default":
            self._package.content_types["." + attributes.get("Extension", "").lower()] = kind


class _Relations(Walker):
    def __init__(self, package: Package, source: str) -> None:
        self._package = package
        self._source = source
        self._count = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name != "Relationship":
            return
        self._count += 1
        if self._count > _MAX_RELATIONS:
            raise Refused("expands", f"a part with more than {_MAX_RELATIONS} relations")
        kind, target = attributes.get("Type", "").lower(), attributes.get("Target", "").replace("\\", "/")
        if attributes.get("TargetMode", "").lower() == "external":
            self._package.external.append(kind.rpartition("/")[2])
            return
        folder = posixpath.dirname(self._source)
        places = [target.lstrip("/")] if target.startswith("/") else [posixpath.join(folder, target), target]
        paths = [posixpath.normpath(place).lower() for place in places]
        present = [path for path in paths if path in self._package.archive.members]
        related = self._package.relations.setdefault(self._source, {})
        related[attributes.get("Id", "")] = (kind, (present or paths)[0])


class Count(Walker):
    """Counts elements by local name."""

    def __init__(self, *names: str) -> None:
        self._names = frozenset(names)
        self.count = 0

    def start(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002
        self.count += name in self._names


def look_at_common_parts(package: Package) -> None:
    """What may stand in any office package: programs, embedded files, comments, links to elsewhere."""
    find = package.inspection.find
    if parts := package.parts_of_kind("macros"):
        find("macros", f"programs in {_parts(parts)}")
    if parts := package.parts_of_kind("active_content"):
        find("active_content", f"programmable controls in {_parts(parts)}")
    if parts := package.parts_of_kind("embedded_object"):
        find(
            "embedded_object",
            f"{_parts(parts)} holding embedded files, which may carry more than what they show",
        )
    if parts := package.parts_of_kind("connection"):
        find("external_link", f"{_parts(parts)} describing connections to outside data")
    if comments := sum(_comments(package, part) for part in package.parts_of_kind("comments")):
        find("comments", f"{comments} comments")
    _look_at_links(package)
    unknown = [
        name for name in package.archive.members if not _KNOWN_PLACES.match(name) and "/_rels/" not in name
    ]
    known_otherwise = set(package.parts_of_kind("embedded_object"))
    if left := [name for name in unknown if name not in known_otherwise]:
        find("unknown_part", f"{_parts(left)} that no office program writes")


def _comments(package: Package, part: str) -> int:
    if part.endswith(".bin"):
        return 1 if package.archive.members[part].file_size > 16 else 0  # an empty list takes a few bytes
    count = Count("comment", "threadedComment")
    package.walk(part, count)
    return count.count


def _look_at_links(package: Package) -> None:
    """Addresses a reader clicks on are part of any letter; what is fetched by itself is worth a warning."""
    links = [kind for kind in package.external if kind != "hyperlink"]
    if links:
        kinds = ", ".join(sorted({re.sub(r"[^a-z]", "", kind)[:40] for kind in links}))
        package.inspection.find("external_link", f"{len(links)} links to other files ({kinds})")


def _parts(parts: list[str]) -> str:
    return "1 part" if len(parts) == 1 else f"{len(parts)} parts"


def main_part(package: Package, otherwise: str) -> str:
    """The part the document starts from, which must be the one every program finds."""
    targets = package.targets("", "officedocument")
    if not targets:
        return otherwise
    if len(set(targets)) > 1 or (otherwise in package.archive.members and targets[0] != otherwise):
        raise Refused("two_formats", "the package holds more than one main document")
    return targets[0]
