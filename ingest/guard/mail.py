"""Mails (eml, msg): whether they are whole and open, then every attachment as a document of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.guard import page
from ingest.guard import text as plain_text
from ingest.guard.archives import InspectMember
from ingest.guard.kinds import OLE, ending_of, is_program_name
from ingest.guard.verdict import Inspection, Refused

if TYPE_CHECKING:
    from email.message import Message

    from ingest.readers.mail import Mail

_MAX_BOUNDARIES = 500
_CUT_OFF = {
    "CloseBoundaryNotFoundDefect", "StartBoundaryNotFoundDefect", "MultipartInvariantViolationDefect",
    "MissingHeaderBodySeparatorDefect",
}  # fmt: skip
_BAD_BASE64 = {"InvalidBase64LengthDefect", "InvalidBase64CharactersDefect", "InvalidBase64PaddingDefect"}
_ENCRYPTED_TYPES = {
    "multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted",
}  # fmt: skip


def look(data: bytes, inspection: Inspection, inspect_member: InspectMember) -> None:
    """An eml file or an Outlook message."""
    from ingest.readers.mail import parse

    if len(data) > inspection.limits.mail_bytes:
        raise Refused("too_large", f"a mail of more than {inspection.limits.mail_bytes >> 20} MiB")
    if not data.startswith(OLE):
        _check_structure(data, inspection)
    mail = parse(data)
    if not (mail.bodies or mail.attachments or mail.forwarded):
        raise Refused("empty", "the mail has neither text nor attachments")
    _look_into(mail, inspection, inspect_member)


def _check_structure(data: bytes, inspection: Inspection) -> None:
    from email import policy
    from email.parser import BytesParser

    limit = inspection.limits.members
    if len(re.findall(rb"boundary=", data, re.IGNORECASE)) > _MAX_BOUNDARIES or data.count(b"\n--") > limit:
        raise Refused("expands", f"a mail of more than {_MAX_BOUNDARIES} groups or {limit} parts")
    message = BytesParser(policy=policy.compat32).parsebytes(data)
    for part in message.walk():
        if part.get_content_type() in _ENCRYPTED_TYPES:
            raise Refused("encrypted", "the mail is encrypted")
        if _defects(part) & _CUT_OFF:
            raise Refused("truncated", "its closing line is missing: the mail is cut off")
        if not part.is_multipart():
            part.get_payload(decode=True)  # only this finds out
            if _defects(part) & _BAD_BASE64:
                raise Refused("damaged", "an encoded part of the mail is damaged or cut off")
    if not message.is_multipart() and not data.endswith(b"\n"):
        inspection.find("no_final_line_end", "its last line has no line end, as in a mail that was cut off")


def _defects(part: Message) -> set[str]:
    return {type(defect).__name__ for defect in part.defects}


def _look_into(mail: Mail, inspection: Inspection, inspect_member: InspectMember) -> None:
    for number, body in enumerate(mail.bodies, start=1):
        for name, content, look_at in (("text", body.plain, plain_text.look), ("page", body.html, page.look)):
            if content.strip():
                before = inspection.enter(
                    f"body {number} ({name})" if len(mail.bodies) > 1 else f"body ({name})"
                )
                look_at(content.encode("utf-8", "replace"), "eml", inspection)
                inspection.leave(before)
    for number, (name, attached) in enumerate(_named(mail), start=1):
        place = f"attachment {number}"
        if is_program_name(ending_of(name)):
            raise Refused("program", f"it is a program by its name (.{ending_of(name)})", place)
        inspection.hold(len(attached))
        inspect_member(attached, name, place, inspection)
        inspection.held -= len(attached)
    for number, forwarded in enumerate(mail.forwarded, start=1):
        before = inspection.enter(f"forwarded mail {number}")
        _look_into(forwarded, inspection, inspect_member)
        inspection.leave(before)


def _named(mail: Mail) -> Iterator[tuple[str, bytes]]:
    for name, content in mail.attachments:
        if name.lower().endswith(".p7m"):
            raise Refused("encrypted", "the mail is encrypted")
        yield name, content
