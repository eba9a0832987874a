"""Mails (eml, msg): the body by the text or html reader, every attachment by the reader of its own ending."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass, field
from email.message import EmailMessage

from ingest.cells import Cell, Sheet, squeeze
from ingest.readers import Unreadable
from ingest.readers.encoding import decode
from ingest.readers.nested import has_reader, inside, plain_name, prefixed, read_inner, unread_row
from ingest.readers.ole_container import MAGIC
from ingest.readers.package import reading

_DAMAGE = {
    "CloseBoundaryNotFoundDefect",
    "StartBoundaryNotFoundDefect",
    "MultipartInvariantViolationDefect",
    "InvalidBase64PaddingDefect",
    "InvalidBase64LengthDefect",
    "InvalidBase64CharactersDefect",
}


@dataclass(slots=True)
class Body:
    """A stretch of running text in the forms it was sent in: plain, html or both."""

    plain: str = ""
    html: str = ""


@dataclass(slots=True)
class Mail:
    """What is read of a mail, whatever its format. Senders and recipients are left out: they are no data."""

    subject: str
    bodies: list[Body] = field(default_factory=list)
    attachments: list[tuple[str, bytes]] = field(default_factory=list)
    forwarded: list[Mail] = field(default_factory=list)


def read(data: bytes) -> list[Sheet]:
    """A ``text`` sheet led by the subject, the body's tables, then the sheets of every attachment.

    Body lines are located as in the text or html reader; attachments as ``attachment name.xlsx: Sheet1!C7``.
    Of a body sent as plain text and as html, the plain one is read, unless only html keeps its table.
    """
    with reading("mail"):
        mail = parse(data)
        if not (mail.bodies or mail.attachments or mail.forwarded):
            raise Unreadable("the mail is empty, or is no mail")
        return _sheets(mail)


def parse(data: bytes) -> Mail:
    """The parts of a mail, nothing read yet: also for those who must look at attachments before that."""
    if data.startswith(MAGIC):
        from ingest.readers import msg

        return msg.parse(data)
    from email import policy
    from email.parser import BytesParser

    message = BytesParser(policy=policy.default).parsebytes(data)
    if not any(header in message for header in ("from", "subject", "date", "received")):
        raise Unreadable("the file has no mail headers")
    mail = _parsed(message)
    faults = {type(defect).__name__ for part in message.walk() for defect in part.defects} & _DAMAGE
    if faults:
        raise Unreadable(f"the mail is cut short or damaged ({', '.join(sorted(faults))}); ask for it again")
    return mail


def _parsed(message: EmailMessage) -> Mail:
    mail = Mail(str(message.get("subject", "")))
    _collect(message, mail)
    return mail


def _collect(part: EmailMessage, mail: Mail) -> None:
    """Put one part, and those inside it, into its place in the mail."""
    if part.get_content_type() == "multipart/alternative":
        _collect_alternatives(part, mail)
    elif part.get_content_type() == "message/rfc822":
        mail.forwarded += [_parsed(inner) for inner in _inner(part)]
    elif part.is_multipart():
        for inner in _inner(part):
            _collect(inner, mail)
    else:
        _collect_leaf(part, mail)


def _collect_alternatives(part: EmailMessage, mail: Mail) -> None:
    """One text in several forms. Some programs put attachments in here too: those stay attachments."""
    forms = Mail("")
    for inner in _inner(part):
        _collect(inner, forms)
    plain = "\n".join(body.plain for body in forms.bodies if body.plain)
    html = "\n".join(body.html for body in forms.bodies if body.html)
    if plain or html:
        mail.bodies.append(Body(plain, html))
    mail.attachments += forms.attachments
    mail.forwarded += forms.forwarded


def _collect_leaf(part: EmailMessage, mail: Mail) -> None:
    kind, name = part.get_content_type(), part.get_filename()
    if kind in ("text/plain", "text/html") and name is None and not part.is_attachment():
        text = _decoded(part)
        if text.strip():
            mail.bodies.append(Body(html=text) if kind == "text/html" else Body(plain=text))
    elif not _is_decoration(part):
        otherwise = f"{len(mail.attachments) + 1}{mimetypes.guess_extension(kind) or ''}"
        mail.attachments.append((plain_name(name or "", otherwise), _content(part)))


def _inner(part: EmailMessage) -> list[EmailMessage]:
    payload = part.get_payload()
    return (
        [inner for inner in payload if isinstance(inner, EmailMessage)] if isinstance(payload, list) else []
    )


def _is_decoration(part: EmailMessage) -> bool:
    """A logo shown inside the html body."""
    return part.get_content_maintype() == "image" and "content-id" in part


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _decoded(part: EmailMessage) -> str:
    content = _content(part)
    try:
        return content.decode(part.get_content_charset("utf-8")).replace("\r\n", "\n")
    except (LookupError, UnicodeDecodeError):
        return decode(content)


def _sheets(mail: Mail) -> list[Sheet]:
    with inside("mail"):
        text = Sheet("text", "text")
        sheets = [text]
        if mail.subject.strip():
            text.rows.append([Cell(squeeze(mail.subject), "subject")])
        for number, body in enumerate(mail.bodies, start=1):
            running, *tables = (
                _read_body(body) if number == 1 else prefixed(_read_body(body), f"part {number}")
            )
            text.rows += running.rows
            sheets += tables
        for name, content in mail.attachments:
            if name.lower().endswith(".p7m"):
                raise Unreadable("the mail is encrypted; ask for an open copy")
            if has_reader(name):
                sheets += read_inner(content, name)
            else:
                text.rows.append(unread_row(name))
        for number, forwarded in enumerate(mail.forwarded, start=1):
            sheets += prefixed(_sheets(forwarded), f"attachment message {number}")
        return sheets


def _read_body(body: Body) -> list[Sheet]:
    """Plain text first, because its lines are numbered; html where it keeps a table that plain flattens."""
    from ingest.readers import html, text

    if body.html.strip():
        sheets = html.read(body.html.encode())
        if not body.plain.strip() or any(map(_is_grid, sheets)):
            return sheets
    return text.read(body.plain.encode())


def _is_grid(sheet: Sheet) -> bool:
    """Whether a table holds figures in columns, unlike the tables mail programs lay pages out with."""
    lines = [[cell.text for cell in row if cell.text] for row in sheet.rows]
    in_columns = [line for line in lines if len(line) >= 2]
    has_figure = any(re.search(r"\d", text) for line in in_columns for text in line)
    return sheet.kind == "table" and len(in_columns) >= 2 and has_figure
