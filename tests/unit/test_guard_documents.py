"""The guard on letters, PDFs, web pages, mails and ods: what is hidden is found, its innocent twin is accepted."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest

from ingest import guard
from tests.unit import guarded
from tests.unit.guarded import changed, decided, ods, ods_cell, with_parts

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


def field(*pieces: str, instead: str = "31") -> str:
    """A field whose instruction is cut into pieces; a piece may be a field itself. ``instead`` is what it shows."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    told = [
        piece if piece.startswith("<") else f"<w:r><w:instrText>{piece}</w:instrText></w:r>"
        for piece in pieces
    ]
    return f"{mark.format('begin')}{''.join(told)}{mark.format('separate')}{run(text=instead)}{mark.format('end')}"


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
        (field("DDEAUTO", ' c:\\\\x "a"'), ("quarantine", ["active_content"])),
        (field(" dde", "auto x"), ("quarantine", ["active_content"])),
        (field(field("PAGE"), " DDE x"), ("quarantine", ["active_content"])),
        (field("PAGE", instead="DDE x"), ("accept", [])),
        ('<w:fldSimple w:instr=" DDEAUTO x "/>', ("quarantine", ["active_content"])),
        (field(" INCLUDETEXT x"), (WARNED, ["external_link"])),
        (field(" TOC 1", " DDE"), ("accept", [])),
        (run('<w:rStyle w:val="Unseen"/>'), ("quarantine", ["hidden_text"])),
        ('<w:pPr><w:pStyle w:val="Unseen"/></w:pPr>' + run(), ("quarantine", ["hidden_text"])),
        (run('<w:rStyle w:val="Strong"/>'), ("accept", [])),
        (run('<w:color w:val="FFFFFF"/>'), ("quarantine", ["hidden_text"])),
        (run('<w:color w:val="FFFFFF"/><w:shd w:fill="1F3864"/>'), (WARNED, ["white_text"])),
        (run('<w:color w:val="FFFFFF"/>', text=" "), ("accept", [])),
        (run('<w:color w:val="FF0000"/>') + run(), ("accept", [])),
        (run('<w:sz w:val="2"/>'), ("quarantine", ["hidden_text"])),
        (run('<w:sz w:val="14"/>'), ("accept", [])),
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


def test_changes_in_footnotes_count_whatever_type_is_given() -> None:
    note = "<w:footnotes xmlns:w='w'><w:del><w:r><w:delText>5</w:delText></w:r></w:del></w:footnotes>"
    assert decided(with_parts(letter(), word__footnotes_xml=note), "a.docx") == (
        "quarantine",
        ["tracked_changes"],
    )


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
    link = (
        '<Relationship Id="x1" TargetMode="External" Target="file:///x" Type="http://x/{}"/></Relationships>'
    )
    part = "word/_rels/document.xml.rels"
    data = changed(letter(), part, "</Relationships>", link.format("attachedTemplate"))
    assert decided(data, "a.docx") == (WARNED, ["external_link"])
    assert decided(changed(letter(), part, "</Relationships>", link.format("hyperlink")), "a.docx") == (
        "accept",
        [],
    )


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
