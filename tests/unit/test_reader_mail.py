"""Mails: the body, then every attachment by the reader of its own ending."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingest.cells import Sheet
from ingest.readers import Unreadable, mail

SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared folder of third-party documents is not there"
)

TABLE = "<table><tr><th>Year</th><th>Offences</th></tr><tr><td>2021</td><td>12</td></tr></table>"


def message(plain: str = "", html: str = "", subject: str = "Reply 12/24") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "foi@force.example", "someone@example.org", subject
    if plain:
        made.set_content(plain)
    if html and plain:
        made.add_alternative(html, subtype="html")
    elif html:
        made.set_content(html, subtype="html")
    return made


def workbook() -> bytes:
    written, book = io.BytesIO(), openpyxl.Workbook()
    book.active["C7"] = 5
    book.save(written)
    return written.getvalue()


def lines(sheet: Sheet) -> list[tuple[str, str]]:
    return [(row[0].text, row[0].locator) for row in sheet.rows if row]


def test_plain_body_lines_are_numbered_from_its_own_start() -> None:
    [text] = mail.read(message("Dear requester,\n\n1a. Charged – 5\n").as_bytes())
    assert (text.name, text.kind) == ("text", "text")
    assert lines(text) == [
        ("Reply 12/24", "subject"),
        ("Dear requester,", "line 1"),
        ("1a. Charged – 5", "line 3"),
    ]


def test_senders_and_recipients_are_not_read() -> None:
    [text] = mail.read(message("Body\n").as_bytes())
    assert not [cell for cell in text.cells() if "@" in cell.text]


def test_html_is_read_for_its_table_and_plain_text_otherwise() -> None:
    with_table = mail.read(message("2021 12\n", f"<p>Figures:</p>{TABLE}").as_bytes())
    assert [sheet.name for sheet in with_table] == ["text", "table 1"]
    assert with_table[1].rows[1][1].locator == "table 1 row 2 col 2"
    assert with_table[1].caption == "Figures:"
    layout = "<table><tr><td>Dear requester</td><td>logo</td></tr></table>"
    [text] = mail.read(message("Dear requester\n", layout).as_bytes())
    assert lines(text)[1] == ("Dear requester", "line 1")
    only_html = mail.read(message(html=layout).as_bytes())
    assert [sheet.name for sheet in only_html] == ["text", "table 1"]


def test_the_declared_encoding_counts_and_a_wrong_one_does_no_harm() -> None:
    head = b"Subject: x\nContent-Type: text/plain; charset=%b\nContent-Transfer-Encoding: 8bit\n\n"
    for charset, body in ((b"iso-8859-15", "€5".encode("iso-8859-15")), (b"no-such-thing", "€5".encode())):
        [text] = mail.read(head % charset + body)
        assert lines(text)[1] == ("€5", "line 1")


def test_attachments_are_read_by_their_ending_and_named_in_every_locator() -> None:
    made = message("See attached\n")
    made.add_attachment(
        workbook(), maintype="application", subtype="octet-stream", filename="C:\\temp\\data.xlsx"
    )
    made.add_attachment("Year,Offences\n2021,7\n", subtype="csv", filename="more.csv")
    made.add_attachment(b"...", maintype="application", subtype="x-thing", filename="odd.xyz")
    text, sheet, table = mail.read(made.as_bytes())
    assert (sheet.name, sheet.kind) == ("attachment data.xlsx: Sheet", "table")
    assert [(cell.text, cell.locator) for cell in sheet.cells()] == [("5", "attachment data.xlsx: Sheet!C7")]
    assert table.rows[1][1].locator == "attachment more.csv: line 2"
    assert lines(text)[-1] == (
        "[attachment odd.xyz was not read: no reader for this kind of file]",
        "attachment odd.xyz",
    )


def test_an_attachment_without_a_name_is_known_by_its_type() -> None:
    made = message("See attached\n")
    made.add_attachment(
        workbook(), maintype="application", subtype="vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    assert mail.read(made.as_bytes())[1].name == "attachment 1.xlsx: Sheet"


def test_logos_in_the_body_are_no_attachments() -> None:
    made = message(html="<p>Hello <img src='cid:logo'></p>")
    made.add_related(b"GIF89a", maintype="image", subtype="gif", cid="<logo>")
    [text] = mail.read(made.as_bytes())
    assert lines(text)[1:] == [("Hello", "para 1")]


def test_forwarded_mails_are_read_with_their_attachments() -> None:
    inner = message("Inner\n", subject="Original")
    inner.add_attachment(workbook(), maintype="application", subtype="octet-stream", filename="data.xlsx")
    outer = message("Outer\n")
    outer.add_attachment(inner)
    _, text, sheet = mail.read(outer.as_bytes())
    assert lines(text) == [
        ("Original", "attachment message 1: subject"),
        ("Inner", "attachment message 1: line 1"),
    ]
    assert sheet.rows[0][0].locator == "attachment message 1: attachment data.xlsx: Sheet!C7"


def test_what_must_be_looked_at_first_is_given_unread() -> None:
    made = message("See attached\n")
    made.add_attachment(b"\0\1", maintype="application", subtype="octet-stream", filename="data.xlsx")
    assert mail.parse(made.as_bytes()).attachments == [("data.xlsx", b"\0\1")]


def test_damaged_mails_are_refused() -> None:
    made = message("See attached\n")
    made.add_attachment(workbook(), maintype="application", subtype="octet-stream", filename="data.xlsx")
    whole = made.as_bytes()
    with pytest.raises(Unreadable, match="cut short"):
        mail.read(whole[: len(whole) * 2 // 3])
    made.add_attachment(
        b"PK\x03\x04 broken", maintype="application", subtype="octet-stream", filename="bad.xlsx"
    )
    with pytest.raises(Unreadable, match=r"attachment bad\.xlsx: "):
        mail.read(made.as_bytes())
    for data in (b"", b"\0\1\2\3", b"just some text"):
        with pytest.raises(Unreadable, match="no mail headers"):
            mail.read(data)


def test_mails_nested_without_end_are_refused() -> None:
    made = message("deepest\n")
    for _ in range(6):
        outer = message("outer\n")
        outer.add_attachment(made)
        made = outer
    with pytest.raises(Unreadable, match="nested more than"):
        mail.read(made.as_bytes())


# ---------------------------------------------------------------- Outlook

Storage = dict[str, Any]


def text_stream(property_id: str, text: str) -> dict[str, bytes]:
    return {f"__substg1.0_{property_id}001F": text.encode("utf-16-le")}


def attachment(name: str, content: bytes | Storage, **more: str) -> Storage:
    ending = "0102" if isinstance(content, bytes) else "000D"
    extra = {key: value for one in more.items() for key, value in text_stream(*one).items()}
    return {**text_stream("3707", name), f"__substg1.0_3701{ending}": content, **extra}


def outlook(
    subject: str, plain: str = "", html: bytes = b"", attached: list[Storage] | None = None
) -> Storage:
    code_page = struct.pack("<HHIII", 3, 0x3FDE, 6, 1252, 0)
    tree: Storage = {"__properties_version1.0": b"\0" * 32 + code_page, **text_stream("0037", subject)}
    if plain:
        tree |= text_stream("1000", plain)
    if html:
        tree["__substg1.0_10130102"] = html
    for number, one in enumerate(attached or []):
        tree[f"__attach_version1.0_#{number:08X}"] = {"__properties_version1.0": b"\0" * 8, **one}
    return tree


def test_outlook_messages_are_read_like_any_mail(compound_file: Callable[[Storage], bytes]) -> None:
    inner = outlook("Original", "Inner\r\n", attached=[attachment("more.csv", b"Year,Offences\n2021,7\n")])
    whole = outlook(
        "Reply 12/24",
        "Dear requester,\r\n\r\nsee attached\r\n",
        attached=[
            attachment("data.xlsx", workbook()),
            attachment("logo.png", b"png", **{"3712": "logo@1", "370E": "image/png"}),
            attachment("forwarded", inner),
        ],
    )
    text, sheet, forwarded, table = mail.read(compound_file(whole))
    assert lines(text) == [
        ("Reply 12/24", "subject"),
        ("Dear requester,", "line 1"),
        ("see attached", "line 3"),
    ]
    assert sheet.rows[0][0].locator == "attachment data.xlsx: Sheet!C7"
    assert lines(forwarded)[1] == ("Inner", "attachment message 1: line 1")
    assert table.rows[1][1].locator == "attachment message 1: attachment more.csv: line 2"


def test_outlook_html_is_decoded_by_its_code_page(compound_file: Callable[[Storage], bytes]) -> None:
    page = f"<html><p>2013–14</p>{TABLE}</html>".encode("cp1252")
    text, table = mail.read(compound_file(outlook("Reply", "2013?14 Year Offences", page)))
    assert lines(text)[1] == ("2013–14", "para 1")
    assert table.rows[1][1].text == "12"


def test_other_office_containers_are_no_mail(compound_file: Callable[[Storage], bytes]) -> None:
    with pytest.raises(Unreadable, match="no Outlook message"):
        mail.read(compound_file({"WordDocument": b"x" * 5000}))


@needs_shared
def test_given_mail_has_its_figures_on_the_expected_lines() -> None:
    [text] = mail.read((SHARED / "disclosures/west-midlands/5619-14/document.eml").read_bytes())
    texts = {row[0].locator: row[0].text for row in text.rows if row}
    assert texts["line 11"] == "1a. Charged - 5"
    assert texts["line 13"] == "2. Used the internet - 4"
