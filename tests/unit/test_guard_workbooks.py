"""The guard on workbooks: each way of hiding something is found, its innocent twin is accepted."""

from __future__ import annotations

import random
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
    changed,
    decided,
    workbook,
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
        (
            lambda sheet: setattr(sheet.row_dimensions[2], "hidden", True),
            "1 hidden rows and 0 hidden columns",
        ),
        (lambda sheet: setattr(sheet.row_dimensions[3], "height", 0.1), "1 hidden rows and 0 hidden columns"),
        (
            lambda sheet: setattr(sheet.column_dimensions["B"], "hidden", True),
            "0 hidden rows and 1 hidden columns",
        ),
        (
            lambda sheet: setattr(sheet.column_dimensions["A"], "width", 0.1),
            "0 hidden rows and 1 hidden columns",
        ),
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
    assert decided(workbook(lambda book: fill(book, 9, "FFFFFFFF")), "a.xlsx") == (
        "quarantine",
        ["hidden_cells"],
    )
    assert decided(workbook(lambda book: fill(book, 1, None)), "a.xlsx") == (
        "accept_with_warnings",
        ["white_text"],
    )
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
        (
            "pivotCacheDefinition",
            "<c><sharedItems><s v='F'/></sharedItems></c>",
            ("quarantine", ["pivot_cache"]),
        ),
        ("pivotCacheDefinition", "<c><sharedItems/></c>", ("accept_with_warnings", ["pivot_without_cache"])),
        ("revisionLog", "<revisions/>", ("quarantine", ["tracked_changes"])),
        ("comments", "<comments><comment/></comments>", ("quarantine", ["comments"])),
        ("comments", "<comments/>", ("accept", [])),
        ("connections", "<connections/>", ("accept_with_warnings", ["external_link"])),
        (
            "externalLink",
            "<externalLink><ddeLink ddeService='cmd'/></externalLink>",
            ("quarantine", ["active_content"]),
        ),
        ("macrosheet", "<xm/>", ("quarantine", ["macros"])),
        ("worksheet", "<worksheet/>", ("quarantine", ["unlisted_sheet"])),
        ("theme", "<theme/>", ("accept", [])),
    ],
)
def test_parts_are_known_by_type_whatever_their_name(
    kind: str, content: str, expected: tuple[str, list[str]]
) -> None:
    assert decided(with_typed_part(kind, content), "a.xlsx") == expected


def link_cache(rows: int, texts: int) -> bytes:
    cells = '<cell r="A1" t="str"><v>x</v></cell>' * texts + '<cell r="C1"><v>5</v></cell>' * 3
    cached = f"<externalLink><sheetData>{f'<row>{cells}</row>' * rows}</sheetData></externalLink>"
    return with_typed_part("externalLink", cached)


def test_links_to_other_workbooks_are_a_warning_unless_they_keep_records() -> None:
    assert decided(link_cache(rows=20, texts=1), "a.xlsx") == ("accept_with_warnings", ["external_link"])
    assert decided(link_cache(rows=20, texts=3), "a.xlsx") == (
        "quarantine",
        ["external_records", "external_link"],
    )


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
