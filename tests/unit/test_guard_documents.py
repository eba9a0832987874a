"""The guard on letters, PDFs, web pages, mails and ods: what is hidden is found, its innocent twin is accepted."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import docx
import pytest

from ingest import guard
from ingest.guard.pdf_streams import lzw_size
from ingest.guard.verdict import Inspection, Limits
from tests.unit import guarded
from tests.unit.guarded import LINES, changed, decided, ods, ods_cell, pdf, with_parts

Expected = tuple[str, list[str]]
WARNED = "accept_with_warnings"


def letter(fill: Callable[[Any], None] = lambda _: None) -> bytes:
    made = docx.Document()
    made.add_paragraph("Offences recorded: 31")
    fill(made)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def with_body(xml: str) -> bytes:
    return changed(letter(), "word/document.xml", "<w:sectPr", f"{xml}<w:sectPr")


def run(properties: str = "", text: str = "case 5") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<w:ins w:author="A Person"><w:r><w:t>31</w:t></w:r></w:ins>', ("quarantine", ["tracked_changes"])),
        ('<w:del w:id="1"><w:r><w:delText>47</w:delText></w:r></w:del>', ("quarantine", ["tracked_changes"])),
        ("<w:moveFrom><w:r><w:t>47</w:t></w:r></w:moveFrom>", ("quarantine", ["tracked_changes"])),
        (run("<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"), (WARNED, ["formatting_changes"])),
        (run("<w:vanish/>"), ("quarantine", ["hidden_text"])),
        (run('<w:vanish w:val="0"/>'), ("accept", [])),
        (run("<w:vanish/>", text=""), ("accept", [])),
        ("<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>" + run(), ("accept", [])),
        (run('<w:rStyle w:val="Unseen"/>'), ("quarantine", ["hidden_text"])),
        ('<w:pPr><w:pStyle w:val="Unseen"/></w:pPr>' + run(), ("quarantine", ["hidden_text"])),
        (run('<w:rStyle w:val="Strong"/>'), ("accept", [])),
    ],
)
def test_letters_are_judged_by_their_body(body: str, expected: Expected) -> None:
    style = '<w:style w:styleId="Unseen"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    data = changed(with_body(f"<w:p>{body}</w:p>"), "word/styles.xml", "</w:styles>", style)
    assert decided(data, "a.docx") == expected


def test_changes_in_a_header_count_too() -> None:
    def fill(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "Reply"

    data = letter(fill)
    assert decided(data, "a.docx") == ("accept", [])
    name = next(name for name in guarded.parts_of(data) if "header" in name)
    data = changed(data, name, "</w:hdr>", "<w:p><w:ins><w:r><w:t>5</w:t></w:r></w:ins></w:p></w:hdr>")
    assert decided(data, "a.docx") == ("quarantine", ["tracked_changes"])


def test_comments_in_letters_are_found_and_not_repeated() -> None:
    def fill(document: Any) -> None:
        document.add_comment(document.paragraphs[0].runs, text="case of a person", author="a person")

    verdict = guard.inspect(letter(fill), "a.docx")
    assert (verdict.decision, [reason.code for reason in verdict.reasons]) == ("quarantine", ["comments"])
    assert "person" not in verdict.reasons[0].what
    emptied = with_parts(letter(fill), word__comments_xml="<w:comments xmlns:w='w'/>")
    assert decided(emptied, "a.docx") == ("accept", [])


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("word/vbaProject.bin", ("quarantine", ["macros"])),
        ("word/embeddings/Microsoft_Excel_Sheet.xlsx", ("quarantine", ["embedded_object"])),
        ("word/afchunk.mht", ("quarantine", ["embedded_object"])),
        ("word/media/image1.png", ("accept", [])),
    ],
)
def test_parts_no_letter_needs_are_found(part: str, expected: Expected) -> None:
    assert decided(guarded.zipped(guarded.parts_of(letter()) | {part: b"content"}), "a.docx") == expected


def test_links_that_fetch_files_are_a_warning_and_links_to_click_are_none() -> None:
    link = '<Relationship Id="x1" TargetMode="External" Target="file:///x" Type="http://x/{}"/></Relationships>'
    part = "word/_rels/document.xml.rels"
    data = changed(letter(), part, "</Relationships>", link.format("attachedTemplate"))
    assert decided(data, "a.docx") == (WARNED, ["external_link"])
    assert decided(changed(letter(), part, "</Relationships>", link.format("hyperlink")), "a.docx") == ("accept", [])


def test_a_letter_of_images_only_needs_a_person() -> None:
    parts = guarded.parts_of(letter()) | {"word/media/image1.png": b"image"}
    parts["word/document.xml"] = b"<w:document xmlns:w='w'><w:body><w:p/></w:body></w:document>"
    assert decided(guarded.zipped(parts), "a.docx") == ("quarantine", ["image_only"])


TABLE = "<table:table table:name='A Person' {}>{}</table:table>"
HIDING = '<style:style style:name="ta2"><style:table-properties table:display="{}"/></style:style>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(map(ods_cell, cells))}</table:table-row>"


@pytest.mark.parametrize(
    ("attributes", "body", "display", "expected"),
    [
        ("", row("2021", "31"), "true", ("accept", [])),
        ('table:style-name="ta2"', row("case"), "false", ("quarantine", ["hidden_sheet"])),
        ('table:style-name="ta2"', row("case"), "true", ("accept", [])),
        ('table:style-name="ta2"', row(), "false", (WARNED, ["empty_hidden_part"])),
        ('table:style-name="ta2"', "<table:table-source/>" + row("5"), "false", (WARNED, ["external_link"])),
        ("", row("a") + row("b", more='table:visibility="collapse"'), "true", ("quarantine", ["hidden_rows_columns"])),
        ("", row("a") + row("b", more='table:visibility="filter"'), "true", ("quarantine", ["hidden_rows_columns"])),
        ("", row("a") + row(more='table:visibility="collapse"'), "true", (WARNED, ["empty_hidden_part"])),
        ("", row("a") + row("b", more='table:visibility="visible"'), "true", ("accept", [])),
        (
            "",
            f'<table:table-row-group table:display="false">{row("b")}</table:table-row-group>',
            "true",
            ("quarantine", ["hidden_rows_columns"]),
        ),
        ("", '<table:table-column/><table:table-column table:visibility="collapse"/>' + row("a", "b"), "true",
         ("quarantine", ["hidden_rows_columns"])),
        ("", '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
         + row("a", "b"), "true", (WARNED, ["empty_hidden_part"])),
        ("", row("a").replace("<text:p>", "<office:annotation><text:p>x</text:p></office:annotation><text:p>"), "true",
         ("quarantine", ["comments"])),
        ("", "<table:tracked-changes><table:cell-content-change/></table:tracked-changes>" + row("a"), "true",
         ("quarantine", ["tracked_changes"])),
        ("", "<table:tracked-changes/>" + row("a"), "true", ("accept", [])),
    ],
)  # fmt: skip
def test_ods_is_judged_by_its_tables(attributes: str, body: str, display: str, expected: Expected) -> None:
    data = ods(TABLE.format("", row("Total", "31")) + TABLE.format(attributes, body), HIDING.format(display))
    verdict = guard.inspect(data, "a.ods")
    assert (verdict.decision, [reason.code for reason in verdict.reasons]) == expected
    assert all(reason.place in ("", "sheet 2") and "Person" not in str(reason) for reason in verdict.reasons)


CHART = "<o:d xmlns:o='o'><o:body><o:chart/></o:body></o:d>"


@pytest.mark.parametrize(
    ("part", "content", "expected"),
    [
        ("Object 1/content.xml", CHART, ("accept", [])),
        ("Object 1/content.xml", CHART.replace("chart", "spreadsheet"), ("quarantine", ["embedded_object"])),
        ("Object 1", b"\xd0\xcf", ("quarantine", ["embedded_object"])),
        ("Basic/Standard/Module1.xml", "<m/>", ("quarantine", ["macros"])),
        ("Basic/Standard/script-lb.xml", "<m/>", ("accept", [])),
        ("META-INF/manifest.xml", "<m><encryption-data/></m>", ("quarantine", ["encrypted"])),
        ("Thumbnails/thumbnail.png", b"image", ("accept", [])),
        ("records.db", b"records", (WARNED, ["unknown_part"])),
    ],
)
def test_ods_is_judged_by_its_parts(part: str, content: bytes | str, expected: Expected) -> None:
    data = ods(TABLE.format("", row("2021", "31")))
    assert decided(guarded.zipped(guarded.parts_of(data) | {part: content}), "a.ods") == expected


IMAGE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>\n"
    b"stream\n0\nendstream"
)
FULL_PAGE, LOGO = "q 600 0 0 800 0 0 cm /X Do Q ", "q 60 0 0 40 500 750 cm /X Do Q "
NOTE = "/Annots [<< /Type /Annot /Subtype /{} /Rect [9 9 40 40] {} >>]"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (pdf(LINES), ("accept", [])),
        (pdf(LINES, packed=True), ("accept", [])),
        (pdf(FULL_PAGE, IMAGE), ("quarantine", ["image_only"])),
        (pdf(FULL_PAGE + "BT /F1 9 Tf (Page 1) Tj ET", IMAGE), ("quarantine", ["image_only"])),
        (pdf(LOGO + LINES, IMAGE), ("accept", [])),
        (pdf(FULL_PAGE + LINES + LINES.replace("700", "600"), IMAGE), ("accept", [])),
        (pdf("0 0 m 9 9 l S " * 100), ("quarantine", ["image_only"])),
        (pdf(FULL_PAGE + "3 Tr " + LINES, IMAGE), ("quarantine", ["recognised_text"])),
        (pdf(LINES + "3 Tr " + LINES), ("quarantine", ["hidden_text"])),
        (pdf(LINES + "0 g 40 690 300 20 re f"), ("quarantine", ["covered_text"])),
        (pdf("0 g 40 690 300 20 re f 1 g " + LINES), ("accept", [])),
        (pdf(LINES + "0 g 40 690 300 1 re f"), ("accept", [])),
        (pdf(LINES + "0 g 40 100 300 20 re f"), ("accept", [])),
        (pdf(LINES, page=NOTE.format("Text", "/Contents (see the case)")), ("quarantine", ["comments"])),
        (pdf(LINES, page=NOTE.format("Text", "")), ("accept", [])),
        (pdf(LINES, page=NOTE.format("Link", "/Contents (home page)")), ("accept", [])),
        (pdf(LINES, page=NOTE.format("Redact", "")), ("quarantine", ["covered_text"])),
        (pdf(LINES, page=NOTE.format("FileAttachment", "")), ("quarantine", ["embedded_object"])),
        (pdf(LINES, page=NOTE.format("Widget", "/FT /Tx /V (31)")), (WARNED, ["unread_fields"])),
        (pdf(LINES, page=NOTE.format("Widget", "/FT /Tx")), ("accept", [])),
        (pdf(LINES, catalog="/OpenAction << /S /JavaScript /JS (x) >>"), ("quarantine", ["active_content"])),
        (pdf(LINES, catalog="/OpenAction << /S /J#61vaScript /J#53 (x) >>"), ("quarantine", ["active_content"])),
        (pdf(LINES, catalog="/OpenAction << /S /Launch /F (x) >>"), ("quarantine", ["active_content"])),
        (pdf(LINES, catalog="/OpenAction [3 0 R /Fit]"), ("accept", [])),
        (pdf(LINES, catalog="/OCProperties << /D << /OFF [7 0 R] >> >>"), ("quarantine", ["hidden_layer"])),
        (pdf(LINES, catalog="/OCProperties << /D << /OFF [] >> >>"), ("accept", [])),
        (pdf(LINES, catalog="/Names << /EmbeddedFiles << /Names [(a) << /EF << /F 6 0 R >> /F (a) >>] >> >>"),
         ("quarantine", ["embedded_object"])),
        (pdf(LINES) + b"xref\n0 0\ntrailer\n<< /Root 1 0 R >>\nstartxref\n12\n%%EOF\n", ("reject", ["truncated"])),
        (pdf(LINES)[:-30], ("reject", ["truncated"])),
        (pdf(LINES)[:400], ("reject", ["truncated"])),
        (pdf(LINES) + bytes(20_000), ("reject", ["damaged"])),
        (b"sent by a gateway\n" + pdf(LINES), ("accept", [])),
    ],
)  # fmt: skip
def test_pdfs(data: bytes, expected: Expected) -> None:
    decision, codes = decided(data, "a.pdf")
    assert (decision, sorted(set(codes))) == expected


def test_names_inside_object_streams_are_seen() -> None:
    inner = zlib.compress(b"7 0 << /S /JavaScript /JS (x) >>")
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(inner)
    packed = head + b"\nstream\n%s\nendstream" % inner
    assert decided(pdf(LINES, packed), "a.pdf") == ("quarantine", ["active_content"])


def test_a_pdf_saved_again_is_a_warning() -> None:
    data = pdf(LINES)
    place = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    added = b"xref\n0 0\ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (place, len(data))
    assert decided(data + added, "a.pdf") == (WARNED, ["earlier_versions"])


def form(number: int, times: int) -> bytes:
    body = b"/X Do " * times
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % number
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(body), body)


@pytest.mark.parametrize(
    "data",
    [
        pdf("/X Do", *(form(number, 12) for number in range(7, 15))),
        pdf("BT /F1 1 Tf " + "(a)Tj " * 3_000_000, packed=True),
        pdf("0", b"<< /Filter [/FlateDecode /FlateDecode] /Length 1 >>\nstream\n0\nendstream"),
        pdf("0", b"<< /Filter /FlateDecode >>\nstream\n%s\nendstream" % zlib.compress(bytes(100 * 2**20), 9)),
    ],
    ids=["forms that draw forms", "a page of millions of letters", "packed twice", "zeros"],
)
def test_pdfs_that_expand_are_refused(data: bytes) -> None:
    decision, [code] = decided(data, "a.pdf")
    assert decision == "reject"
    assert code in ("expands", "too_slow")  # whichever limit is met first


def test_a_page_with_a_few_nested_forms_is_accepted() -> None:
    assert decided(pdf(LINES + "/X Do", form(7, 2), form(8, 1), form(9, 1)), "a.pdf") == ("accept", [])


def test_lzw_is_counted_without_being_unpacked() -> None:
    codes, packed = [256, 65, 258, 259, 260, 66, 257], 0
    for code in codes:
        packed = packed << 9 | code
    data = (packed << (-9 * len(codes) % 8)).to_bytes((9 * len(codes) + 7) // 8, "big")
    assert lzw_size(data, Inspection(Limits(), len(data))) == 1 + 2 + 3 + 4 + 1


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
        ("<style>.x{display:none}</style>" + GRID.format(" class='a x'", ""), ("quarantine", ["hidden_table_part"])),
        ("<style>.x{color:red}</style>" + GRID.format(" class='a x'", ""), ("accept", [])),
        ("<style>@media print{.x{display:none}}</style>" + GRID.format(" class='x'", ""), ("accept", [])),
        ("<div hidden>" + GRID.format("", "") + "</div>", ("quarantine", ["hidden_table_part"])),
        ("<nav style='display:none'>menu</nav>" + GRID.format("", ""), (WARNED, ["hidden_page_part"])),
        ("<nav style='display:none'></nav>" + GRID.format("", ""), ("accept", [])),
        (GRID.format("", "").replace("<tr>", COLUMNS + "<tr>", 1), ("quarantine", ["hidden_table_part"])),
        ("<x:Visible>SheetHidden</x:Visible>" + GRID.format("", ""), ("quarantine", ["hidden_sheet"])),
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
    verdict = guard.inspect(mail(("b.csv", b"1,2\n"), ("a.zip", guarded.zipped({"b.xlsx": hiding()}))), "a.eml")
    assert verdict.reasons[0].place == "attachment 2: member 1: sheet 1"


def test_outlook_messages_are_looked_into_too(compound_file: Callable[..., bytes]) -> None:
    def message(content: bytes) -> bytes:
        attached = {"__substg1.0_37010102": content, "__substg1.0_3707001F": "a.xlsx".encode("utf-16-le")}
        body = {"__substg1.0_1000001F": "Please see attached.\n".encode("utf-16-le")}
        return compound_file({"__properties_version1.0": bytes(32), "__attach_version1.0_#0": attached} | body)

    assert decided(message(guarded.workbook()), "a.msg") == ("accept", [])
    assert decided(message(hiding()), "a.msg") == ("quarantine", ["hidden_rows_columns"])
