"""What a file really is, by its first bytes and its parts, whatever its name says."""

from __future__ import annotations

import re
from collections.abc import Collection

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (OLE, "ole"),
    *((mark, "zip") for mark in ZIP),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"BM", "image"),
    (b"7z\xbc\xaf\x27\x1c", "other archive"),
    (b"Rar!\x1a\x07", "other archive"),
    (b"\x1f\x8b", "other archive"),
    (b"BZh", "other archive"),
    (b"\xfd7zXZ\0", "other archive"),
    (b"\x28\xb5\x2f\xfd", "other archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"L\0\0\0\x01\x14\x02\0", "program"),  # a Windows shortcut, which starts whatever it points to
)
_PRINTABLE_MAGIC = {b"BM", b"MZ", b"BZh"}  # these letters may also begin a text
_PROGRAM_ENDINGS = {
    "exe", "com", "scr", "pif", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta", "msi",
    "dll", "cpl", "jar", "lnk", "url", "reg", "sh", "iso", "img", "vhd", "msp",
}  # fmt: skip
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|title|div|p|h[1-6])[\s>]", re.IGNORECASE)
_XML = re.compile(rb"<\?xml|<\w+[^<>]*\sxmlns", re.IGNORECASE)
_MAIL_FIELD = re.compile(
    rb"^(from|to|subject|date|received|return-path|message-id|mime-version|content-type|delivered-to|x-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_TECHNICAL_FIELD = re.compile(
    rb"^(received|return-path|message-id|mime-version|delivered-to):", re.IGNORECASE | re.MULTILINE
)
_ENDING_KINDS = {
    "htm": "html",
    "xlsm": "xlsx",
    "xltx": "xlsx",
    "xltm": "xlsx",
    "docm": "docx",
    "dotx": "docx",
}


def ending_of(name: str) -> str:
    """The file ending in lower case; empty for a name without one."""
    stem, dot, ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    return ending.strip().lower() if dot and stem else ""


def kind_of_name(ending: str) -> str:
    """The kind a file ending promises."""
    return _ENDING_KINDS.get(ending, ending)


def is_program_name(ending: str) -> bool:
    """Whether a double click on such a file starts something."""
    return ending in _PROGRAM_ENDINGS


def kind_of(data: bytes, ending: str) -> str:
    """``zip``, ``ole``, ``pdf``, ``html``, ``eml`` ... or ``text``, of which csv, tsv and txt are only readings."""
    for mark, kind in _MAGIC:
        if data.startswith(mark) and (mark not in _PRINTABLE_MAGIC or _is_binary(data)):
            return kind
    if b"%PDF-" in data[:1024] and ending not in ("txt", "csv", "tsv", "htm", "html", "eml"):
        return "pdf"  # mail gateways and web servers put junk before the header
    # UTF-16 puts a zero byte beside every letter; what remains is enough to see tags and header fields.
    head = data[:8192].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if ending == "eml" or _begins_as_mail(head):
        return "eml" if _MAIL_FIELD.search(head[:4096]) else "no mail"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and not re.search(
        rb"<html", head, re.IGNORECASE
    ):
        return "xml"
    if head.startswith(b"<") and _HTML.search(head):
        return "html"
    if head.startswith(b"<") and _XML.match(head):
        return "xml"
    return "html" if ending in ("htm", "html") else "text"


def kind_of_package(names: Collection[str]) -> set[str]:
    """What the parts of a zip file make of it: none for a plain archive, several for one built to deceive.

    ``names`` are part names in lower case with forward slashes.
    """
    kinds = set()
    if any(name.startswith("xl/workbook.") for name in names):
        kinds.add("xlsb" if "xl/workbook.bin" in names else "xlsx")
        if {"xl/workbook.bin", "xl/workbook.xml"} <= set(names):
            kinds.add("xlsx")
    if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        kinds.add("docx")
    if any(name.startswith("ppt/presentation.") for name in names):
        kinds.add("pptx")
    if "content.xml" in names and ("mimetype" in names or "meta-inf/manifest.xml" in names or not kinds):
        kinds.add("opendocument")
    return kinds


def _is_binary(data: bytes) -> bool:
    return b"\0" in data[:512]


def _begins_as_mail(head: bytes) -> bool:
    """Two header fields at the very start; a letter may well begin with a single ``Date:`` or ``Subject:``."""
    lines = head[:2048].split(b"\n", 4)
    fields = [bool(re.match(rb"[A-Za-z][A-Za-z0-9-]*: ", line)) for line in lines[:2]]
    return all(fields) and len(fields) == 2 and _TECHNICAL_FIELD.search(head[:4096]) is not None
