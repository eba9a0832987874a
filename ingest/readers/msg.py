"""Outlook messages (msg): the streams of the container -> the parts of a mail.

Stream names and properties are those of the published [MS-OXMSG] and [MS-OXPROPS] specifications.
"""

from __future__ import annotations

import io
import mimetypes
import struct
from typing import TYPE_CHECKING

from ingest.readers import Unreadable
from ingest.readers.encoding import decode
from ingest.readers.mail import Body, Mail
from ingest.readers.nested import MAX_DEPTH, plain_name

if TYPE_CHECKING:
    from olefile import OleFileIO

_SUBJECT, _BODY, _HTML, _RICH_TEXT = "0037", "1000", "1013", "1009"
_DATA, _SHORT_NAME, _LONG_NAME, _CONTENT_ID, _MIME = "3701", "3704", "3707", "3712", "370E"
_PROPERTIES = "__properties_version1.0"
_MESSAGE_CODE_PAGE, _BODY_CODE_PAGE = 0x3FFD, 0x3FDE
_CODE_PAGES = {20127: "ascii", 28591: "iso-8859-1", 28605: "iso-8859-15", 65001: "utf-8"}


def parse(data: bytes) -> Mail:
    """Subject, bodies, attached files and attached messages."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        if not ole.exists(_PROPERTIES):
            raise Unreadable("the file is an Office container but no Outlook message")
        return _message(_Storage(ole, ()), 0)


class _Storage:
    """One level of the container: a message or an attachment."""

    def __init__(self, ole: OleFileIO, path: tuple[str, ...]) -> None:
        self._ole = ole
        self._path = path
        entries = ole.listdir(streams=True, storages=True)
        self.names = {entry[-1] for entry in entries if tuple(entry[:-1]) == path}

    def below(self, name: str) -> _Storage:
        return _Storage(self._ole, (*self._path, name))

    def stream(self, name: str) -> bytes | None:
        if name not in self.names:
            return None
        return bytes(self._ole.openstream([*self._path, name]).read())

    def binary(self, property_id: str) -> bytes | None:
        return self.stream(f"__substg1.0_{property_id}0102")

    def text(self, property_id: str, code_page: int = _MESSAGE_CODE_PAGE) -> str:
        """A text property: UTF-16, or bytes in the code page the message names."""
        wide = self.stream(f"__substg1.0_{property_id}001F")
        if wide is not None:
            return wide.decode("utf-16-le", errors="replace").rstrip("\0")
        return self.decoded(self.stream(f"__substg1.0_{property_id}001E") or b"", code_page)

    def decoded(self, content: bytes, code_page: int) -> str:
        number = self._number(code_page)
        try:
            return content.decode(_CODE_PAGES.get(number, f"cp{number}")).rstrip("\0").replace("\r\n", "\n")
        except (LookupError, UnicodeDecodeError):
            return decode(content.rstrip(b"\0"))

    def _number(self, property_id: int) -> int:
        """A number from the list of fixed-size properties; 0 where there is none."""
        listed = self.stream(_PROPERTIES) or b""
        # The list's own head is 32, 24 or 8 bytes long; all are multiples of 8, entries take 16.
        for position in range(0, len(listed) - 15, 8):
            kind, found = struct.unpack_from("<HH", listed, position)
            if (kind, found) == (3, property_id):
                return int(struct.unpack_from("<I", listed, position + 8)[0])
        return 0


def _message(storage: _Storage, depth: int) -> Mail:
    if depth > MAX_DEPTH:
        raise Unreadable(f"messages are nested more than {MAX_DEPTH} deep")
    mail = Mail(storage.text(_SUBJECT))
    html = storage.binary(_HTML)
    body = Body(
        storage.text(_BODY, _BODY_CODE_PAGE).replace("\r\n", "\n"),
        storage.text(_HTML) if html is None else storage.decoded(html, _BODY_CODE_PAGE),
    )
    if body.plain.strip() or body.html.strip():
        mail.bodies.append(body)
    elif storage.binary(_RICH_TEXT):
        raise Unreadable(
            "the message holds its text in rich text only; save it from the mail program as html or eml"
        )
    for name in sorted(name for name in storage.names if name.startswith("__attach_version1.0_")):
        _attach(storage.below(name), mail, depth)
    return mail


def _attach(storage: _Storage, mail: Mail, depth: int) -> None:
    inner = f"__substg1.0_{_DATA}000D"
    content = storage.binary(_DATA)
    if content is None:
        if inner in storage.names:
            mail.forwarded.append(_message(storage.below(inner), depth + 1))
        return
    mime = storage.text(_MIME)
    if mime.startswith("image/") and storage.text(_CONTENT_ID):
        return  # a logo shown inside the html body
    otherwise = f"{len(mail.attachments) + 1}{mimetypes.guess_extension(mime) or ''}"
    name = plain_name(storage.text(_LONG_NAME) or storage.text(_SHORT_NAME), otherwise)
    mail.attachments.append((name, content))
