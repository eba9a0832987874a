"""ods, xls and xlsb: the same grids as from xlsx, structure read from each format's own records."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from ingest.readers import Unreadable, spreadsheet

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
BLANK = '<table:table-cell table:number-columns-repeated="16384"/>'
ODS = f"""<?xml version="1.0"?>
<office:document-content {NAMESPACES}>
  <office:automatic-styles>
    <style:style style:name="ta9" style:family="table">
      <style:table-properties table:display="false"/>
    </style:style>
  </office:automatic-styles>
  <office:body><office:spreadsheet>
    <table:table table:name="Data" table:style-name="ta9">
      <table:table-row>
        <table:table-cell office:value-type="string"><text:p>secret</text:p></table:table-cell>
      </table:table-row>
    </table:table>
    <table:table table:name="Figures">
      <table:table-column table:number-columns-repeated="2"/>
      <table:table-column table:visibility="collapse"/>
      <table:table-column table:number-columns-repeated="16381"/>
      <table:table-row table:number-rows-repeated="2">{BLANK}</table:table-row>
      ROWS
      <table:table-row table:number-rows-repeated="1048000">{BLANK}</table:table-row>
    </table:table>
  </office:spreadsheet></office:body>
</office:document-content>"""


def ods(*rows: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", ODS.replace("ROWS", "".join(rows)))
    return written.getvalue()


def ods_row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def ods_cell(kind: str, shown: str, attributes: str = "") -> str:
    value = f'office:value-type="{kind}" {attributes}'
    return f"<table:table-cell {value}><text:p>{shown}</text:p></table:table-cell>"


def test_ods_gives_the_same_grid_as_xlsx_would() -> None:
    covered = "<table:covered-table-cell/>"
    data = ods(
        ods_row(ods_cell("string", "Title", 'table:number-columns-spanned="4"'), covered, covered, covered),
        ods_row(
            ods_cell("string", "Area<text:s/>1", 'table:number-rows-spanned="2"'),
            ods_cell("date", "Jan-24", 'office:date-value="2024-01-01"'),
            ods_cell("string", "hidden"),
            ods_cell("date", "09/01/24", 'office:date-value="2024-01-09"'),
        ),
        ods_row(
            covered,
            ods_cell("float", "1,234", 'office:value="1234"'),
            ods_cell("string", "hidden"),
            ods_cell("percentage", "12.5%", 'office:value="0.125"'),
        ),
        ods_row(ods_cell("string", "filtered"), attributes='table:visibility="filter"'),
        ods_row("<table:table-cell/>"),
        ods_row(
            ods_cell("string", "#N/A<office:annotation><text:p>a comment</text:p></office:annotation>"),
            ods_cell("time", "30:00", 'office:time-value="PT30H00M00S"'),
            "<table:table-cell/>",
            ods_cell("boolean", "TRUE", 'office:boolean-value="true"'),
            attributes='table:number-rows-repeated="2"',
        ),
        ods_row(
            ods_cell("float", "&lt;5", 'office:value="3"'),
            ods_cell("float", "-", 'office:value="0"'),
            "<table:table-cell/>",
            '<table:table-cell office:value-type="float" office:value="9"/>',
        ),
    )
    [sheet] = spreadsheet.read(data)
    assert [[(cell.text, cell.is_continued) for cell in row] for row in sheet.rows] == [
        [("Title", False), ("Title", True), ("Title", True)],
        [("Area 1", False), ("Jan-24", False), ("2024-01-09", False)],
        [("Area 1", True), ("1234", False), ("0.125", False)],
        [],
        [("#N/A", False), ("30:00:00", False), ("TRUE", False)],
        [("#N/A", False), ("30:00:00", False), ("TRUE", False)],
        [("<5", False), ("0", False), ("9", False)],
    ]
    assert sheet.name == "Figures"
    assert [row[1].locator for row in sheet.rows if row] == [f"Figures!B{row}" for row in (3, 4, 5, 8, 9, 10)]
    assert sheet.rows[2][2].locator == "Figures!D5"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            ods_row(ods_cell("string", "x"), attributes='table:number-rows-repeated="2147483647"'),
            "beyond row",
        ),
        (
            ods_row(
                ods_cell("string", "x", 'table:number-columns-repeated="16384"'),
                attributes='table:number-rows-repeated="1000000"',
            ),
            "cells allowed",
        ),
    ],
)
def test_ods_that_repeats_without_bound_is_refused(row: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        spreadsheet.read(ods(row))


def biff(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def biff_label(row: int, column: int, text: str) -> bytes:
    return biff(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1"))


def biff_sheet(rows: int = 5) -> bytes:
    def row(number: int, flags: int) -> bytes:
        return biff(0x0208, struct.pack("<6HI", number, 0, 5, 255, 0, 0, flags))

    return b"".join(
        [
            biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)),
            biff(0x007D, struct.pack("<6H", 1, 1, 2560, 0, 1, 0)),  # column B is hidden
            biff(0x0200, struct.pack("<IIHHH", 0, rows, 0, 5, 0)),
            row(1, 0x100), row(2, 0x120), row(3, 0x100),  # row 3 is hidden
            biff_label(1, 0, "Title"), biff_label(2, 0, "hidden"),
            biff_label(3, 0, "Offences"), biff_label(3, 1, "hidden"),
            biff(0x0203, struct.pack("<HHHd", 3, 2, 0, 1535.0)),
            biff(0x0205, struct.pack("<HHHBB", 3, 3, 0, 0x2A, 1)),
            biff(0x00BD, struct.pack("<HHHIHIH", 4, 2, 1, 45300 << 2 | 2, 0, 7 << 2 | 2, 3)),
            # A chart, with the values it last drew.
            biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0020, 0, 0, 0, 0)),
            biff(0x0203, struct.pack("<HHHd", 3, 2, 0, 99.0)),
            biff(0x000A, b""),
            biff(0x00E5, struct.pack("<HHHHH", 1, 1, 1, 0, 3)),
            biff(0x000A, b""),
        ]
    )  # fmt: skip


def biff_workbook(sheet: bytes, texts: int = 0) -> bytes:
    def head(offset: int) -> bytes:
        return b"".join(
            [
                biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)),
                biff(0x041E, struct.pack("<HHB", 170, 6, 0) + b"mmm-yy"),
                biff(0x00E0, struct.pack("<HH16x", 0, 0)),
                biff(0x00E0, struct.pack("<HH16x", 0, 170)),
                biff(0x0085, struct.pack("<IBBBB", offset, 0, 0, 7, 0) + b"Figures"),
                biff(0x0018, b"\0\0\0\1\xff\xff" + b"\0" * 9),  # a damaged name
                biff(0x00FC, struct.pack("<II", texts, texts)),
                biff(0x000A, b""),
            ]
        )

    return head(len(head(0))) + sheet


def test_xls_structure_is_read_from_its_records(compound_file: Callable[..., bytes]) -> None:
    data = compound_file({"Workbook": biff_workbook(biff_sheet())})
    [sheet] = spreadsheet.read(data)
    assert [[(cell.text, cell.is_continued) for cell in row] for row in sheet.rows] == [
        [("Title", False), ("Title", True), ("Title", True)],
        [("Offences", False), ("1535", False), ("#N/A", False)],
        [("", False), ("Jan-24", False), ("7", False)],
    ]
    assert sheet.rows[1][1].locator == "Figures!C4"


def test_xls_that_states_sizes_without_bound_is_read_or_refused_unharmed(
    compound_file: Callable[..., bytes],
) -> None:
    [sheet] = spreadsheet.read(compound_file({"Workbook": biff_workbook(biff_sheet(rows=2**31))}))
    assert len(sheet.rows) == 3
    with pytest.raises(Unreadable, match="more texts than it can hold"):
        spreadsheet.read(compound_file({"Workbook": biff_workbook(biff_sheet(), texts=2**31 - 1)}))
    far = biff_sheet()[:-4] + biff(0x0203, struct.pack("<HHHd", 65535, 65535, 0, 1.0)) + biff(0x000A, b"")
    with pytest.raises(Unreadable, match="stretches from A2 to CRXP65536"):
        spreadsheet.read(compound_file({"Workbook": biff_workbook(far)}))


def test_a_container_that_runs_in_circles_does_not_fill_the_memory(
    compound_file: Callable[..., bytes],
) -> None:
    whole = bytearray(compound_file({"Workbook": biff_workbook(biff_sheet()) + bytes(9000)}))
    tables = struct.unpack_from("<I", whole, 76)[0]
    struct.pack_into("<I", whole, (tables + 1) * 512 + 5 * 4, 1)  # the sixth sector leads back to the second
    [sheet] = spreadsheet.read(bytes(whole))  # all that matters stands before it
    assert len(sheet.rows) == 3


def record(kind: int, content: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return number + bytes([len(content)]) + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb_sheet() -> bytes:
    def row(number: int, *, hidden: bool = False) -> bytes:
        return record(
            0, struct.pack("<IIHBBB", number, 0, 300, 0, 0x10 if hidden else 0, 0) + struct.pack("<I", 0)
        )

    def text(column: int, shown: str) -> bytes:
        return record(6, struct.pack("<II", column, 0) + wide(shown))

    return b"".join(
        [
            record(129),
            record(148, struct.pack("<4I", 1, 4, 0, 3)),
            record(390), record(60, struct.pack("<4IH", 1, 1, 2560, 0, 1)), record(391),
            record(145),
            row(1), text(0, "Title"),
            row(2, hidden=True), text(0, "hidden"),
            row(3), text(0, "Offences"), text(1, "hidden"), record(5, struct.pack("<IId", 2, 0, 1535.0)),
            record(3, struct.pack("<IIB", 3, 0, 0x2A)),
            row(4), record(5, struct.pack("<IId", 2, 1, 45300.0)),
            record(146),
            record(177, struct.pack("<I", 1)), record(176, struct.pack("<4I", 1, 1, 0, 3)), record(178),
            record(130),
        ]
    )  # fmt: skip


def xlsb() -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    link = f'<Relationship Id="{{}}" Type="{office}/{{}}" Target="{{}}"/>'
    sheet = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Figures"))
    styles = [
        record(278),
        record(615, struct.pack("<I", 1)), record(44, struct.pack("<H", 170) + wide("mmm-yy")), record(616),
        record(617, struct.pack("<I", 2)),
        record(47, struct.pack("<HH12x", 0, 0)), record(47, struct.pack("<HH12x", 0, 170)),
        record(618),
        record(279),
    ]  # fmt: skip
    parts = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations.format(link.format("rId1", "officeDocument", "xl/workbook.bin")).encode(),
        "xl/_rels/workbook.bin.rels": relations.format(
            link.format("rId1", "worksheet", "worksheets/sheet1.bin")
            + link.format("rId2", "styles", "styles.bin")
        ).encode(),
        "xl/workbook.bin": b"".join([record(131), record(143), sheet, record(144), record(132)]),
        "xl/worksheets/sheet1.bin": xlsb_sheet(),
        "xl/styles.bin": b"".join(styles),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return written.getvalue()


def test_xlsb_structure_is_read_from_its_records() -> None:
    [sheet] = spreadsheet.read(xlsb())
    assert [[(cell.text, cell.is_continued) for cell in row] for row in sheet.rows] == [
        [("Title", False), ("Title", True), ("Title", True)],
        [("Offences", False), ("1535", False), ("#N/A", False)],
        [("", False), ("Jan-24", False), ("", False)],
    ]
    assert sheet.rows[1][1].locator == "Figures!C4"
