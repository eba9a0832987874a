"""What a file hides or threatens: accept, accept with warnings, quarantine or reject it, before a byte is parsed.

Works on bytes in memory, writes nothing, and says in its findings only kinds, positions and counts: what is
hidden stays hidden. One module per family of formats, loaded when a file needs it; ``verdict`` holds the rules and
limits.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from ingest.guard import kinds
from ingest.guard.verdict import Decision, Inspection, Limits, Reason, Refused, Verdict
from ingest.readers import Unreadable, known_endings
from ingest.readers.package import reading

__all__ = ["Decision", "Limits", "Reason", "Verdict", "inspect", "inspect_path"]

_TEXTS = ("csv", "tsv", "txt")
_WORKBOOKS = ("xlsx", "xls", "xlsb", "ods")
_PACKAGES = {"xlsx": "workbook", "xlsb": "binary_workbook", "docx": "letter"}
_UNREAD = {"program", "image", "rtf", "xml", "no mail", "other archive", "ole", "doc", "pptx"}
_UNREAD_MEMBERS = ("empty", "unsupported", "image_only")
_USUAL_LIMITS = Limits()


def inspect(data: bytes, name: str, limits: Limits = _USUAL_LIMITS) -> Verdict:
    """The verdict on a document held in memory. ``name`` is used for its ending only. Never raises."""
    inspection = Inspection(limits, len(data))
    kind = ""
    try:
        with reading("file"):
            kind = _inspect(data, name, inspection)
    except Refused as refusal:
        inspection.find(refusal.code, refusal.what, refusal.place)
    except Unreadable:
        # The words of a library may quote the content, so they are not passed on.
        inspection.find("damaged", "it cannot be read as what it begins as")
    return inspection.verdict(kind)


def inspect_path(path: Path, limits: Limits = _USUAL_LIMITS) -> Verdict:
    """The verdict on a document on disk. Raises OSError when it cannot be opened."""
    size = path.stat().st_size
    if size > limits.file_bytes:
        inspection = Inspection(limits, size)
        inspection.find("too_large", f"{size >> 20} MiB, {limits.file_bytes >> 20} MiB allowed")
        return inspection.verdict("")
    return inspect(path.read_bytes(), path.name, limits)


def _inspect(data: bytes, name: str, inspection: Inspection) -> str:
    """Look into one document, outermost or inside another; returns the ending of the reader that fits."""
    if not data or (len(data) < 2**20 and not data.strip(b"\0 \t\r\n")):
        raise Refused("empty", f"a file of {len(data)} bytes" if not data else "it holds nothing but blanks")
    if len(data) > inspection.limits.file_bytes:
        raise Refused("too_large", f"{len(data) >> 20} MiB, {inspection.limits.file_bytes >> 20} MiB allowed")
    ending = kinds.ending_of(name)
    kind = kinds.kind_of(data, ending)
    if kind in _LOOKS:
        kind = _LOOKS[kind](data, ending, inspection) or kind
    if kind in _UNREAD:
        _refuse(kind)
    return _compare(kind, ending, inspection)


def _inspect_text(data: bytes, ending: str, inspection: Inspection) -> str:
    if ending in known_endings() and ending not in (*_TEXTS, *_WORKBOOKS, "xlsm"):
        raise Refused(
            "damaged", f"its content is not what .{ending} promises: the file is damaged or misnamed"
        )
    from ingest.guard import text

    content = text.look(data, ending, inspection)
    if ending not in _TEXTS and ending in known_endings() and not re.search(r"[,;|\t].*\n", content):
        raise Refused("damaged", f"its content is not what .{ending} promises, and no table either")
    return "text"


def _inspect_zip(data: bytes, ending: str, inspection: Inspection) -> str:  # noqa: ARG001
    from ingest.guard.archives import Archive

    archive = Archive(data, inspection)
    found = kinds.kind_of_package(archive.members)
    if len(found) > 1:
        raise Refused("two_formats", "programs may read it as different kinds of document")
    kind = found.pop() if found else "zip"
    if kind == "opendocument":
        from ingest.guard import opendocument

        opendocument.look(archive, inspection)
        return "ods"
    if kind == "zip":
        from ingest.guard import archives

        archives.look(archive, inspection, _inspect_member)
    elif kind in _PACKAGES:
        from ingest.guard.office import Package

        module = import_module(f"ingest.guard.{_PACKAGES[kind]}")
        module.look(Package.open(archive, inspection), inspection)
    return kind


def _inspect_compound(data: bytes, ending: str, inspection: Inspection) -> str:
    from ingest.guard import compound

    with compound.open_container(data) as container:
        kind = compound.kind_of(container)
        if kind == "encrypted":
            raise Refused("encrypted", "it opens only with a password or for named readers")
        if kind == "xls":
            compound.look_at_workbook(container, inspection)
    if kind == "msg":
        _inspect_mail(data, ending, inspection)
    return kind


def _inspect_mail(data: bytes, ending: str, inspection: Inspection) -> None:  # noqa: ARG001
    from ingest.guard import mail

    mail.look(data, inspection, _inspect_member)


def _inspect_page(data: bytes, ending: str, inspection: Inspection) -> None:
    from ingest.guard import page

    page.look(data, ending, inspection)


def _inspect_pdf(data: bytes, ending: str, inspection: Inspection) -> None:  # noqa: ARG001
    from ingest.guard import pdf

    pdf.look(data, inspection)


def _refuse(kind: str) -> None:
    if kind == "program":
        raise Refused("program", "it is a program, whatever its name says")
    if kind == "image":
        raise Refused("image_only", "it is an image")
    if kind == "no mail":
        raise Refused("damaged", "it is no mail: it begins with no header")
    names = {"doc": "an old Word document", "ole": "an old office document", "rtf": "a rich text file",
             "xml": "an XML file", "pptx": "a presentation"}  # fmt: skip
    raise Refused("unsupported", f"it is {names.get(kind, 'a packed file')}, for which there is no reader")


def _compare(kind: str, ending: str, inspection: Inspection) -> str:
    """The ending of the reader that fits; a warning when it is not the one the name gives."""
    promised = kinds.kind_of_name(ending)
    if kind == "text":
        if ending in _TEXTS:
            return ending
        kind = "csv" if promised in _WORKBOOKS else "txt"
    if kind == promised:
        return ending
    inspection.find("name_disagrees", f"its name ends in {_shown(ending)}, its content is {kind}")
    return kind


def _shown(ending: str) -> str:
    """An ending that is none of the known ones may be part of a sentence, or of a person's name."""
    known = {
        *known_endings(),
        "doc",
        "rtf",
        "xml",
        "dat",
        "log",
        "md",
        "json",
        "docm",
        "dotx",
        "xltx",
        "xltm",
    }
    return f".{ending}" if ending in known else "something unknown" if ending else "nothing"


def _inspect_member(data: bytes, name: str, place: str, inspection: Inspection) -> bool:
    """A document inside another; False for one that no reader reads, which is shown as not read, not refused.

    After any other refusal the place is left as it is, so that the finding names the inner document.
    """
    before = inspection.enter(place)
    is_read = True
    try:
        _inspect(data, name, inspection)
    except Refused as refusal:
        if refusal.code not in _UNREAD_MEMBERS:
            raise
        inspection.find("unread_member", refusal.what)
        is_read = False
    inspection.leave(before)
    return is_read


_LOOKS: dict[str, Callable[[bytes, str, Inspection], str | None]] = {
    "zip": _inspect_zip,
    "ole": _inspect_compound,
    "text": _inspect_text,
    "html": _inspect_page,
    "pdf": _inspect_pdf,
    "eml": _inspect_mail,
}
