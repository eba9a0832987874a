"""The guard on web pages and mails: hidden parts, cut-off ends, attachments; and innocent twins."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from ingest import guard
from tests.unit import guarded
from tests.unit.guarded import decided

Expected = tuple[str, list[str]]
WARNED = "accept_with_warnings"


GRID = "<table><tr><th>Year</th><th>Offences</th></tr><tr{}><td{}>2021</td><td>31</td></tr></table>"

COLUMNS = "<col><col style='display:none'>"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (GRID.format("", ""), ("accept", [])),
        (GRID.format(" style='display: none'", ""), ("quarantine", ["hidden_table_part"])),
        (GRID.format(" hidden", ""), ("quarantine", ["hidden_table_part"])),
        (GRID.format("", " style='visibility:hidden'"), ("quarantine", ["hidden_table_part"])),
        (GRID.format(" style='color: red'", ""), ("accept", [])),
        (
            "<style>.x{display:none}</style>" + GRID.format(" class='a x'", ""),
            ("quarantine", ["hidden_table_part"]),
        ),
        ("<style>.x{color:red}</style>" + GRID.format(" class='a x'", ""), ("accept", [])),
        ("<style>@media print{.x{display:none}}</style>" + GRID.format(" class='x'", ""), ("accept", [])),
        ("<div hidden>" + GRID.format("", "") + "</div>", ("quarantine", ["hidden_table_part"])),
        ("<nav style='display:none'>menu</nav>" + GRID.format("", ""), (WARNED, ["hidden_page_part"])),
        ("<nav style='display:none'></nav>" + GRID.format("", ""), ("accept", [])),
        (GRID.format("", "").replace("<tr>", COLUMNS + "<tr>", 1), ("quarantine", ["hidden_table_part"])),
        ("<x:Visible>SheetHidden</x:Visible>" + GRID.format("", ""), ("quarantine", ["hidden_sheet"])),
        (GRID.format("", " style='color: #FFF'"), (WARNED, ["white_text"])),
        (GRID.format("", " style='color:white; background: white'"), (WARNED, ["white_text"])),
        (GRID.format(" style='background:#036'", " style='color:#ffffff'"), ("accept", [])),
        (GRID.format(" bgcolor=navy", " style='color:white'"), ("accept", [])),
        (GRID.format(" bgcolor='#FFFFFF'", " style='color:white'"), (WARNED, ["white_text"])),
        (GRID.format("", " style='background-color:white; color:#fff0f0'"), ("accept", [])),
        ("<font color='#FFFFFF'>31</font>", (WARNED, ["white_text"])),
        (
            "<style>.w{color:rgb(255, 255, 255)}</style>" + GRID.format("", " class=w"),
            (WARNED, ["white_text"]),
        ),
        ("<style>.w{color:white} tr{background:navy}</style>" + GRID.format("", " class=w"), ("accept", [])),
        (
            "<style>.w{color:white} .n{background:navy}</style>" + GRID.format(" class=n", " class=w"),
            ("accept", []),
        ),
        ("<p style='color:white'></p>" + GRID.format("", ""), ("accept", [])),
        (GRID.format("", "").removesuffix("</table>"), ("reject", ["truncated"])),
        ("<p>31</p><p>4", ("accept", [])),
        ("<p>31</p><p cl", ("reject", ["truncated"])),
        ("<html><body><p>31</p></body></html>", ("accept", [])),
        ("<html><body><p>31</p></body>", (WARNED, ["unclosed_page"])),
        ("<html><body><p>31</p>", ("reject", ["truncated"])),
        ("<html><p>Â£31 â€“ net</p></html>", (WARNED, ["mojibake"])),
    ],
)
def test_pages(page: str, expected: Expected) -> None:
    assert decided(page.encode(), "a.html") == expected


def mail(*attachments: tuple[str, bytes]) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "foi@force.example", "Reply"
    made.set_content("Please see attached.\n")
    for name, content in attachments:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def hiding() -> bytes:
    return guarded.workbook(lambda book: setattr(book.active.row_dimensions[2], "hidden", True))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (mail(), ("accept", [])),
        (mail(("a.xlsx", guarded.workbook())), ("accept", [])),
        (mail(("A Person.xlsx", hiding())), ("quarantine", ["hidden_rows_columns"])),
        (mail(("a.zip", guarded.zipped({"b.xlsx": hiding()}))), ("quarantine", ["hidden_rows_columns"])),
        (mail(("a.png", b"\x89PNG\r\n")), (WARNED, ["unread_member"])),
        (mail(("a.rtf", b"{\\rtf1}")), (WARNED, ["unread_member"])),
        (mail(("a.csv", b"")), (WARNED, ["unread_member"])),
        (mail(("a.exe", b"x")), ("reject", ["program"])),
        (mail(("a.csv", b"MZ\0\0")), ("reject", ["program"])),
        (mail(("smime.p7m", b"x")), ("quarantine", ["encrypted"])),
        (mail(("a.csv", b"1,2\n"))[:-30], ("reject", ["truncated"])),
        (b"no header here\n", ("reject", ["damaged"])),
        (b"From: a\nContent-Transfer-Encoding: base64\n\nMzEgb2ZmZ", ("reject", ["damaged"])),
        (b"From: a\nSubject: b\n\n31 offences", (WARNED, ["no_final_line_end"])),
        (b"From: a\nContent-Type: application/pkcs7-mime\n\nx\n", ("quarantine", ["encrypted"])),
        (b"From: a\nSubject: b\n\n" + b"--b\n\nx\n" * 6000, ("reject", ["expands"])),
    ],
)
def test_mails(data: bytes, expected: Expected) -> None:
    verdict = guard.inspect(data, "a.eml")
    assert (verdict.decision, [reason.code for reason in verdict.reasons]) == expected
    assert not any("Person" in str(reason) for reason in verdict.reasons)


def test_findings_in_attachments_say_where() -> None:
    verdict = guard.inspect(
        mail(("b.csv", b"1,2\n"), ("a.zip", guarded.zipped({"b.xlsx": hiding()}))), "a.eml"
    )
    assert verdict.reasons[0].place == "attachment 2: member 1: sheet 1"


def test_outlook_messages_are_looked_into_too(compound_file: Callable[..., bytes]) -> None:
    def message(content: bytes) -> bytes:
        attached = {"__substg1.0_37010102": content, "__substg1.0_3707001F": "a.xlsx".encode("utf-16-le")}
        body = {"__substg1.0_1000001F": "Please see attached.\n".encode("utf-16-le")}
        return compound_file(
            {"__properties_version1.0": bytes(32), "__attach_version1.0_#0": attached} | body
        )

    assert decided(message(guarded.workbook()), "a.msg") == ("accept", [])
    assert decided(message(hiding()), "a.msg") == ("quarantine", ["hidden_rows_columns"])
