"""The guard on workbooks: each way of hiding something is found, its innocent twin is accepted."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from ingest import guard
from tests.unit import guarded
from tests.unit.guarded import (
    OFFICE,
    OFFICE_TYPE,
    biff,
    changed,
    decided,
    workbook,
    xls_number,
    xls_stream,
    xlsb_row,
)

Container = Callable[[Mapping[str, Any]], bytes]


def hide_sheet(state: str, rows: int) -> bytes:
    def fill(book: Workbook) -> None:
        sheet = book.create_sheet("A Person")
        guarded.records(sheet, rows)
        sheet.sheet_state = state

    return workbook(fill)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_found_and_not_named(state: str) -> None:
    verdict = guard.inspect(hide_sheet(state, 20), "a.xlsx")
    [reason] = verdict.reasons
    assert (verdict.decision, reason.code, reason.place) == ("quarantine", "hidden_sheet", "sheet 2")
    assert "20 rows" in reason.what
    assert "Person" not in str(reason)
    assert decided(hide_sheet("visible", 20), "a.xlsx") == ("accept", [])
    assert decided(hide_sheet(state, 0), "a.xlsx") == ("accept_with_warnings", ["empty_hidden_part"])


def test_a_hidden_state_written_with_character_codes_is_understood() -> None:
    data = changed(hide_sheet("hidden", 3), "xl/workbook.xml", 'state="hidden"', 'state="&#104;idden"')
    assert decided(data, "a.xlsx") == ("quarantine", ["hidden_sheet"])


def test_a_sheet_the_workbook_no_longer_lists_is_found() -> None:
    parts = guarded.parts_of(hide_sheet("visible", 3))
    listed = parts["xl/workbook.xml"]
    start = listed.index(b"<sheet ", listed.index(b"<sheet ") + 1)
    parts["xl/workbook.xml"] = listed[:start] + listed[listed.index(b">", start) + 1 :]
    assert decided(guarded.zipped(parts), "a.xlsx") == ("quarantine", ["unlisted_sheet"])


@pytest.mark.parametrize(
    ("hide", "what"),
    [
        (lambda sheet: setattr(sheet.row_dimensions[2], "hidden", True), "1 hidden rows and 0 hidden columns"),
        (lambda sheet: setattr(sheet.row_dimensions[3], "height", 0.1), "1 hidden rows and 0 hidden columns"),
        (lambda sheet: setattr(sheet.column_dimensions["B"], "hidden", True), "0 hidden rows and 1 hidden columns"),
        (lambda sheet: setattr(sheet.column_dimensions["A"], "width", 0.1), "0 hidden rows and 1 hidden columns"),
    ],
)
def test_hidden_rows_and_columns_with_content_are_found(hide: Callable[[Any], None], what: str) -> None:
    verdict = guard.inspect(workbook(lambda book: hide(book.active)), "a.xlsx")
    [reason] = verdict.reasons
    assert (verdict.decision, reason.code, reason.place) == ("quarantine", "hidden_rows_columns", "sheet 1")
    assert reason.what.startswith(what)


def test_hidden_rows_and_columns_without_content_are_accepted() -> None:
    def fill(book: Workbook) -> None:
        book.active.row_dimensions[9].hidden = True
        book.active.column_dimensions["F"].hidden = True
        book.active["F2"].fill = PatternFill("solid", "FFFF0000")

    assert decided(workbook(fill), "a.xlsx") == ("accept_with_warnings", ["empty_hidden_part"])


@cache
def many_rows() -> str:
    """More than four megabytes of them."""
    number = random.Random(5)  # noqa: S311
    row = '<row r="{0}"><c r="A{0}"><v>{1}</v></c><c r="B{0}"><v>{1}</v></c></row>'
    return "".join(row.format(place, number.random()) for place in range(1, 60_001))


def large(head: str = "", row: str = "") -> bytes:
    """A sheet too large to be taken apart without need."""
    sheet = f'<worksheet xmlns="{OFFICE}">{head}<sheetData>{many_rows()}{row}</sheetData></worksheet>'
    return guarded.with_parts(workbook(), xl__worksheets__sheet1_xml=sheet)


@pytest.mark.parametrize(
    ("head", "row", "decision"),
    [
        ("", "", "accept"),
        ('<cols><col min="3" max="16384" hidden="1"/></cols>', "", "accept_with_warnings"),
        ('<cols><col min="2" max="2" hidden="1"/></cols>', "", "quarantine"),
        ("<cols><col min='2' max='2' width='0'/></cols>", "", "quarantine"),
        ('<cols><col min="2" max="2" hidden="&#49;"/></cols>', "", "quarantine"),
        ("", '<row r="60001" hidden="1"><c r="A60001"><v>5</v></c></row>', "quarantine"),
        ("", '<row r="60001" ht="0" customHeight="1"><c r="A60001"><v>5</v></c></row>', "quarantine"),
        ("", '<row r="60001" hidden="1"><c r="A60001" s="1"/></row>', "accept_with_warnings"),
        ("", '<row r="60001" hidden="0"><c r="A60001"><v>5</v></c></row>', "accept"),
    ],
)
def test_large_sheets_hide_nothing_either(head: str, row: str, decision: str) -> None:
    data = large(head, row)
    assert decided(data, "a.xlsx")[0] == decision


def test_cells_that_show_nothing_are_found() -> None:
    def fill(book: Workbook, number_format: str) -> None:
        book.active["B3"].number_format = number_format

    assert decided(workbook(lambda book: fill(book, ";;;")), "a.xlsx") == ("quarantine", ["hidden_cells"])
    assert decided(workbook(lambda book: fill(book, "#,##0;;;@")), "a.xlsx") == ("accept", [])


def test_white_cells_are_found_where_nothing_coloured_is_behind_them() -> None:
    def fill(book: Workbook, rows: int, background: str | None) -> None:
        for row in range(10, 10 + rows):
            book.active.cell(row, 1, 5).font = Font(color="FFFFFFFF")
            if background:
                book.active.cell(row, 1).fill = PatternFill("solid", background)

    assert decided(workbook(lambda book: fill(book, 9, None)), "a.xlsx") == ("quarantine", ["hidden_cells"])
    assert decided(workbook(lambda book: fill(book, 9, "FFFFFFFF")), "a.xlsx") == ("quarantine", ["hidden_cells"])
    assert decided(workbook(lambda book: fill(book, 1, None)), "a.xlsx") == ("accept_with_warnings", ["white_text"])
    assert decided(workbook(lambda book: fill(book, 9, "FF003366")), "a.xlsx") == ("accept", [])


def test_scenarios_are_found() -> None:
    scenario = '</sheetData><scenarios><scenario name="a"/></scenarios>'
    data = changed(workbook(), "xl/worksheets/sheet1.xml", "</sheetData>", scenario)
    assert decided(data, "a.xlsx") == ("quarantine", ["hidden_cells"])


def test_comments_are_found() -> None:
    def fill(book: Workbook) -> None:
        book.active["B2"].comment = Comment("see the case of a person", "a person")

    data = workbook(fill)
    verdict = guard.inspect(data, "a.xlsx")
    assert decided(data, "a.xlsx") == ("quarantine", ["comments"])
    assert "person" not in str(verdict.reasons[0]).lower()
    emptied = guarded.parts_of(data)
    name = next(name for name in emptied if "comment" in name and name.endswith(".xml"))
    emptied[name] = b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    assert decided(guarded.zipped(emptied), "a.xlsx") == ("accept", [])


def with_typed_part(kind: str, content: str) -> bytes:
    """A workbook with a part that only its content type tells apart."""
    override = f'<Override PartName="/xl/thing7.xml" ContentType="{OFFICE_TYPE}.{kind}+xml"/></Types>'
    data = changed(workbook(), "[Content_Types].xml", "</Types>", override)
    return guarded.with_parts(data, xl__thing7_xml=content)


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        ("pivotCacheRecords", "<r><r><s v='F'/></r></r>", ("quarantine", ["pivot_cache"])),
        ("pivotCacheDefinition", "<c><sharedItems><s v='F'/></sharedItems></c>", ("quarantine", ["pivot_cache"])),
        ("pivotCacheDefinition", "<c><sharedItems/></c>", ("accept_with_warnings", ["pivot_without_cache"])),
        ("revisionLog", "<revisions/>", ("quarantine", ["tracked_changes"])),
        ("comments", "<comments><comment/></comments>", ("quarantine", ["comments"])),
        ("comments", "<comments/>", ("accept", [])),
        ("connections", "<connections/>", ("accept_with_warnings", ["external_link"])),
        ("macrosheet", "<xm/>", ("quarantine", ["macros"])),
        ("worksheet", "<worksheet/>", ("quarantine", ["unlisted_sheet"])),
        ("theme", "<theme/>", ("accept", [])),
    ],
)
def test_parts_are_known_by_type_whatever_their_name(kind: str, content: str, expected: tuple[str, list[str]]) -> None:
    assert decided(with_typed_part(kind, content), "a.xlsx") == expected


def link_cache(rows: int, texts: int) -> bytes:
    cells = '<cell r="A1" t="str"><v>x</v></cell>' * texts + '<cell r="C1"><v>5</v></cell>' * 3
    cached = f"<externalLink><sheetData>{f'<row>{cells}</row>' * rows}</sheetData></externalLink>"
    return with_typed_part("externalLink", cached)


def test_links_to_other_workbooks_are_a_warning_unless_they_keep_records() -> None:
    assert decided(link_cache(rows=20, texts=1), "a.xlsx") == ("accept_with_warnings", ["external_link"])
    assert decided(link_cache(rows=20, texts=3), "a.xlsx") == ("quarantine", ["external_records", "external_link"])


@pytest.mark.parametrize(
    ("name", "code", "decision"),
    [
        ("xl/vbaProject.bin", "macros", "quarantine"),
        ("xl/activeX/activeX1.bin", "active_content", "quarantine"),
        ("xl/embeddings/oleObject1.bin", "embedded_object", "quarantine"),
        ("xl/embeddings/Book1.xlsx", "embedded_object", "quarantine"),
        ("xl/model/item.data", "data_model", "quarantine"),
        ("extra/records.csv", "embedded_object", "quarantine"),
        ("extra/notes.bin", "unknown_part", "accept_with_warnings"),
    ],
)
def test_parts_no_answer_needs_are_found(name: str, code: str, decision: str) -> None:
    data = guarded.zipped(guarded.parts_of(workbook()) | {name: b"content of some length"})
    assert decided(data, "a.xlsx") == (decision, [code])


def test_a_workbook_of_images_only_needs_a_person() -> None:
    parts = guarded.parts_of(workbook()) | {"xl/media/image1.png": b"image"}
    assert decided(guarded.zipped(parts), "a.xlsx") == ("accept", [])
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData/></worksheet>"
    assert decided(guarded.zipped(parts), "a.xlsx") == ("quarantine", ["image_only"])


SHOWN = xls_number(1, 0) + xls_number(1, 1)


def xls_column(flags: int) -> bytes:
    return biff(0x007D, struct.pack("<6H", 1, 1, 2560, 0, flags, 0))


def xls_row(flags: int) -> bytes:
    return biff(0x0208, struct.pack("<6HI", 1, 0, 5, 255, 0, 0, flags))


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (xls_stream((0, 0, SHOWN)), ("accept", [])),
        (xls_stream((0, 0, SHOWN), (1, 0, SHOWN)), ("quarantine", ["hidden_sheet"])),
        (xls_stream((0, 0, SHOWN), (2, 0, SHOWN)), ("quarantine", ["hidden_sheet"])),
        (xls_stream((0, 0, SHOWN), (1, 0, b"")), ("accept_with_warnings", ["empty_hidden_part"])),
        (xls_stream((0, 0, xls_column(1) + SHOWN)), ("quarantine", ["hidden_rows_columns"])),
        (xls_stream((0, 0, SHOWN + xls_column(1))), ("quarantine", ["hidden_rows_columns"])),
        (xls_stream((0, 0, xls_column(0) + SHOWN)), ("accept", [])),
        (xls_stream((0, 0, xls_row(0x120) + SHOWN)), ("quarantine", ["hidden_rows_columns"])),
        (xls_stream((0, 0, xls_row(0x120))), ("accept_with_warnings", ["empty_hidden_part"])),
        (xls_stream((0, 0, xls_row(0x100) + SHOWN)), ("accept", [])),
        (xls_stream((0, 0, SHOWN + biff(0x001C, bytes(8)))), ("quarantine", ["comments"])),
        (xls_stream((0, 0, SHOWN), (0, 1, b"")), ("quarantine", ["macros"])),
        (xls_stream((0, 0, SHOWN), head=biff(0x002F, bytes(6))), ("quarantine", ["encrypted"])),
        (xls_stream((0, 0, SHOWN), head=biff(0x01AE, b"\1\0\5\0")), ("accept_with_warnings", ["external_link"])),
        (xls_stream((0, 0, SHOWN), head=biff(0x01AE, b"\1\0\1\4")), ("accept", [])),
        (
            xls_stream((0, 0, SHOWN), head=biff(0x041E, b"\xaa\0\3\0\0;;;") + biff(0x00E0, b"\0\0\xaa\0" + bytes(16))),
            ("quarantine", ["hidden_cells"]),
        ),
        (xls_stream((0, 0, SHOWN))[:-8], ("reject", ["truncated"])),
    ],
)
def test_xls_is_judged_by_its_records(compound_file: Container, stream: bytes, expected: tuple[str, list[str]]) -> None:
    assert decided(compound_file({"Workbook": stream}), "a.xls") == expected


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        ({"_VBA_PROJECT_CUR": {"VBA": {"dir": b"x"}}}, "macros"),
        ({"_SX_DB_CUR": {"0001": b"x"}}, "pivot_cache"),
        ({"MBD0001": {"CONTENTS": b"x"}}, "embedded_object"),
        ({"Ctls": b"x"}, "active_content"),
        ({"Revision Log": b"x"}, "tracked_changes"),
        ({"EncryptedPackage": b"x"}, "encrypted"),
        ({"SummaryInformation": b"x"}, None),
    ],
)
def test_xls_is_judged_by_what_stands_beside_the_sheets(
    compound_file: Container, tree: dict[str, Any], expected: str | None
) -> None:
    data = compound_file({"Workbook": xls_stream((0, 0, SHOWN))} | tree)
    assert decided(data, "a.xls") == (("quarantine", [expected]) if expected else ("accept", []))


def test_a_container_whose_end_is_missing_is_refused(compound_file: Container) -> None:
    data = compound_file({"Workbook": xls_stream((0, 0, SHOWN * 200))})
    assert decided(data, "a.xls") == ("accept", [])
    assert decided(data[:-600], "a.xls") == ("reject", ["truncated"])
    assert decided(data[:300], "a.xls") == ("reject", ["truncated"])


def test_old_word_documents_are_refused_by_name_of_their_kind(compound_file: Container) -> None:
    verdict = guard.inspect(compound_file({"WordDocument": b"x" * 5000}), "a.doc")
    assert verdict.decision == "reject"
    assert verdict.reasons[0].what.startswith("it is an old Word document")


def xlsb_column(flags: int) -> bytes:
    return guarded.xlsb_record(60, struct.pack("<4IH", 1, 1, 2560, 0, flags))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (guarded.xlsb(xlsb_row(1, 0, 1)), ("accept", [])),
        (guarded.xlsb(xlsb_row(1, 0, 1), state=1), ("quarantine", ["hidden_sheet"])),
        (guarded.xlsb(xlsb_row(1, 0, 1), state=2), ("quarantine", ["hidden_sheet"])),
        (guarded.xlsb(xlsb_row(1, 0) + xlsb_row(2, 0, hidden=True)), ("quarantine", ["hidden_rows_columns"])),
        (guarded.xlsb(xlsb_row(1, 0) + xlsb_row(2, hidden=True)), ("accept_with_warnings", ["empty_hidden_part"])),
        (guarded.xlsb(xlsb_column(1) + xlsb_row(1, 0, 1)), ("quarantine", ["hidden_rows_columns"])),
        (guarded.xlsb(xlsb_column(1) + xlsb_row(1, 0)), ("accept_with_warnings", ["empty_hidden_part"])),
        (guarded.xlsb(xlsb_column(0) + xlsb_row(1, 0, 1)), ("accept", [])),
        (guarded.with_parts(guarded.xlsb(xlsb_row(1, 0)), xl__comments1_bin=bytes(40)), ("quarantine", ["comments"])),
        (
            guarded.with_parts(guarded.xlsb(xlsb_row(1, 0)), xl__worksheets__sheet1_bin=b"\x81\1\0\0"),
            ("reject", ["truncated"]),
        ),
    ],
)
def test_xlsb_is_judged_by_its_records(data: bytes, expected: tuple[str, list[str]]) -> None:
    assert decided(data, "a.xlsb") == expected
