"""Word documents: paragraphs and tables in the order of the page, and only what the page shows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx as writer
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.cells import Sheet
from ingest.readers import Unreadable, docx

SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared folder of third-party documents is not there"
)


def written(fill: Callable[[Document], None]) -> bytes:
    document = writer.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_body(xml: str) -> bytes:
    """A document whose body is the given WordprocessingML."""

    def fill(document: Document) -> None:
        for element in parse_xml(f"<w:body {nsdecls('w', 'wp', 'a')}>{xml}</w:body>"):
            document.element.body.insert(len(document.element.body) - 1, element)

    return written(fill)


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def lines(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row] for row in sheet.rows]


def test_paragraphs_and_tables_are_read_in_order() -> None:
    def fill(document: Document) -> None:
        document.add_heading("Rape outcomes")
        document.add_paragraph("")
        document.add_paragraph("You asked for figures.")
        table = document.add_table(2, 2)
        for cell, text in zip(table._cells, ("Year", "Offences", "2021", " 12* "), strict=True):
            cell.text = text
        document.add_paragraph("Facebook\t17\nTwitter\t9")
        document.add_table(1, 1).cell(0, 0).text = "x"

    text, first, second = docx.read(written(fill))
    assert [[(cell.text, cell.locator) for cell in row] for row in text.rows] == [
        [("Rape outcomes", "para 1")],
        [],
        [("You asked for figures.", "para 2")],
        [("Facebook", "para 3"), ("17", "para 3")],
        [("Twitter", "para 3"), ("9", "para 3")],
    ]
    assert (first.name, first.kind, first.caption) == ("table 1", "table", "You asked for figures.")
    assert [[(cell.text, cell.locator) for cell in row] for row in first.rows] == [
        [("Year", "table 1 row 1 col 1"), ("Offences", "table 1 row 1 col 2")],
        [("2021", "table 1 row 2 col 1"), ("12*", "table 1 row 2 col 2")],
    ]
    assert (second.name, second.caption) == ("table 2", "Facebook 17 Twitter 9")


def test_merged_cells_repeat_their_text_as_continued() -> None:
    def fill(document: Document) -> None:
        table = document.add_table(4, 3)
        for number, cell in enumerate(table._cells):
            cell.text = f"c{number}"
        table.cell(0, 0).merge(table.cell(0, 2)).text = "Title"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "Area"
        table.cell(2, 1).merge(table.cell(3, 2)).text = "Block"

    _, table = docx.read(written(fill))
    assert [[(cell.text, cell.is_continued) for cell in row] for row in table.rows] == [
        [("Title", False), ("Title", True), ("Title", True)],
        [("Area", False), ("c4", False), ("c5", False)],
        [("Area", True), ("Block", False), ("Block", True)],
        [("c9", False), ("Block", True), ("Block", True)],
    ]
    assert table.rows[3][2].locator == "table 1 row 4 col 3"


def test_rows_that_start_late_keep_their_columns() -> None:
    xml = f"""<w:tbl><w:tblPr/><w:tblGrid/>
      <w:tr><w:tc><w:p>{run("a")}</w:p></w:tc><w:tc><w:p>{run("b")}</w:p></w:tc></w:tr>
      <w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:p>{run("c")}</w:p></w:tc></w:tr></w:tbl>"""
    _, table = docx.read(with_body(xml))
    assert lines(table) == [["a", "b"], ["", "c"]]


def test_a_table_inside_a_cell_is_a_table_of_its_own() -> None:
    def fill(document: Document) -> None:
        outer = document.add_table(1, 2)
        outer.cell(0, 0).text = "Year"
        outer.cell(0, 1).text = "before"
        outer.cell(0, 1).add_table(1, 1).cell(0, 0).text = "inner"

    _, outer, inner = docx.read(written(fill))
    assert (lines(outer), lines(inner)) == ([["Year", "before"]], [["inner"]])
    assert inner.rows[0][0].locator == "table 2 row 1 col 1"


def test_only_what_the_page_shows_is_read() -> None:
    xml = f"""
      <w:p><w:del w:id="1" w:author="x">{run("47").replace("w:t", "w:delText")}</w:del>
        <w:ins w:id="2" w:author="x">{run("21")}</w:ins>{run(" hidden", "<w:vanish/>")}
        {run(" shown", '<w:vanish w:val="0"/>')}</w:p>
      <w:p>{run("")}<w:hyperlink>{run("a link")}</w:hyperlink><w:r><w:noBreakHyphen/></w:r>
        <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE \\@ "d"</w:instrText></w:r></w:p>
      <w:sdt><w:sdtPr><w:alias w:val="not text"/></w:sdtPr>
        <w:sdtContent><w:p>{run("in a form field")}</w:p></w:sdtContent></w:sdt>
      <w:tbl><w:tblPr/><w:tblGrid/>
        <w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p>{run("hidden row")}</w:p></w:tc></w:tr>
        <w:tr><w:trPr><w:del w:id="3" w:author="x"/></w:trPr><w:tc><w:p>{run("struck")}</w:p></w:tc></w:tr>
        <w:tr><w:tc><w:p>{run("12")}</w:p></w:tc></w:tr></w:tbl>"""
    text, table = docx.read(with_body(xml))
    assert lines(text) == [["21 shown"], ["a link-"], ["in a form field"]]
    assert [(cell.text, cell.locator) for cell in table.cells()] == [("12", "table 1 row 3 col 1")]


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('boxed')}</w:p></w:txbxContent>"
    xml = f"""<w:p>{run("around")}<w:r xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
      <mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>
      <mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"""
    [text] = docx.read(with_body(xml))
    assert lines(text) == [["around"], ["boxed"]]


def test_footnotes_stand_after_the_text() -> None:
    def note(number: int, text: str, kind: str = "normal") -> str:
        return f'<w:footnote w:id="{number}" w:type="{kind}"><w:p>{run(text)}</w:p></w:footnote>'

    whole = written(lambda document: document.add_paragraph("Offences: 5*"))
    out = io.BytesIO(whole)
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/_rels/document.xml.rels":
                part = part.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rId99" Target="footnotes.xml" Type="http://schemas.openxmlformats.org/'
                    b'officeDocument/2006/relationships/footnotes"/></Relationships>',
                )
            new.writestr(name, part)
        notes = note(0, "-", "separator") + note(1, "* fewer than five")
        new.writestr("word/footnotes.xml", f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>")
    [text] = docx.read(out.getvalue())
    assert [(row[0].text, row[0].locator) for row in text.rows] == [
        ("Offences: 5*", "para 1"),
        ("* fewer than five", "footnote 1"),
    ]


def test_damage_is_refused_in_one_sentence(compound_file: Callable[..., bytes]) -> None:
    whole = written(lambda document: document.add_paragraph("text"))
    empty = written(lambda _: None)
    old_word = compound_file({"WordDocument": b"x" * 5000})
    for data, reason in (
        (whole[:-100], "not a complete zip package"),
        (b"", "not a complete zip package"),
        (old_word, "old .doc format"),
        (empty, "shows no text"),
    ):
        with pytest.raises(Unreadable, match=reason) as refused:
            docx.read(data)
        assert "\n" not in str(refused.value)


def test_entities_are_not_expanded() -> None:
    whole = written(lambda document: document.add_paragraph("PLACE"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                head, body = part.split(b"<w:document", 1)
                part = head + b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:document' + body
                part = part.replace(b"PLACE", b"before &e;")
            new.writestr(name, part)
    [text] = docx.read(out.getvalue())
    assert lines(text) == [["before"]]


words = st.text(st.characters(exclude_categories=("Cc", "Cn", "Co", "Cs")), max_size=12)


@settings(max_examples=40, deadline=None)
@given(
    grid=st.integers(1, 5).flatmap(
        lambda width: st.lists(st.lists(words, min_size=width, max_size=width), min_size=1, max_size=6)
    )
)
def test_any_grid_written_as_a_table_reads_back_the_same(grid: list[list[str]]) -> None:
    def fill(document: Document) -> None:
        document.add_paragraph("caption")
        table = document.add_table(len(grid), len(grid[0]))
        for cell, text in zip(table._cells, (text for row in grid for text in row), strict=True):
            cell.text = text

    _, table = docx.read(written(fill))
    expected = [[text.strip() for text in row] for row in grid]
    assert lines(table) == [row if any(row) else [] for row in expected]


@needs_shared
def test_given_letter_has_its_figure_where_expected() -> None:
    sheets = docx.read((SHARED / "disclosures/northern-ireland/foi-15358/document.docx").read_bytes())
    texts = {cell.locator: cell.text for sheet in sheets for cell in sheet.cells()}
    assert texts["table 1 row 2 col 2"] == "26"
    assert texts["table 1 row 2 col 1"] == "Making/Taking"


@needs_shared
def test_tracked_changes_never_run_together_and_comments_are_not_read() -> None:
    sheets = docx.read((SHARED / "disclosures/_traps/tracked_changes_comments.docx").read_bytes())
    everything = " ".join(cell.text for sheet in sheets for cell in sheet.cells())
    assert "4721" not in everything
    assert "TRAP" not in everything


def test_a_raised_number_is_a_sign_and_no_digit() -> None:
    raised = run("1", "<w:vertAlign w:val='superscript'/>")
    ordinal = run("st", "<w:vertAlign w:val='superscript'/>")
    sheets = docx.read(with_body(f"<w:p>{run('4')}{raised}{run(' on the 1')}{ordinal}</w:p>"))
    assert lines(sheets[0]) == [["4¹ on the 1st"]]
