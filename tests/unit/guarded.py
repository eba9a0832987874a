"""Files for the guard's tests, hostile and innocent twins, and short names for what it says about them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import openpyxl

from ingest import guard

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def decided(data: bytes, name: str, limits: guard.Limits | None = None) -> tuple[str, list[str]]:
    """Decision and the codes of its reasons, in their order."""
    verdict = guard.inspect(data, name, limits or guard.Limits())
    assert all(reason.what and reason.remedy for reason in verdict.reasons)
    return verdict.decision, [reason.code for reason in verdict.reasons]


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def parts_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(package: bytes, **added: bytes | str) -> bytes:
    """The package with further or changed parts; ``__`` in a keyword stands for a slash, ``_`` for a dot."""
    names = {name.replace("__", "/").replace("_", "."): content for name, content in added.items()}
    return zipped(parts_of(package) | names)


def changed(package: bytes, part: str, old: str, new: str) -> bytes:
    parts = parts_of(package)
    assert old.encode() in parts[part]
    return zipped(parts | {part: parts[part].replace(old.encode(), new.encode(), 1)})


def workbook(fill: Callable[[openpyxl.Workbook], None] = lambda _: None) -> bytes:
    """A small table on a sheet that is shown, changed by ``fill``."""
    book = openpyxl.Workbook()
    for row in (["Year", "Offences"], ["2021/22", 31], ["2022/23", 44]):
        book.active.append(row)
    fill(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def records(sheet: openpyxl.worksheet.worksheet.Worksheet, number: int = 20) -> None:
    for row in range(1, number + 1):
        sheet.append([f"case {row}", 12 + row % 5])


_ODS_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)


def ods(body: str, styles: str = "", **parts: bytes | str) -> bytes:
    """An ods workbook around the tables in ``body``."""
    content = (
        f"<office:document-content {_ODS_NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    own = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
    return zipped(own | {key.replace("__", "/"): part for key, part in parts.items()})


def ods_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def biff(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def xls_stream(*sheets: tuple[int, int, bytes], head: bytes = b"") -> bytes:
    """A workbook stream of sheets given as state, type and records; ``head`` goes before them."""
    begin = biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    bodies = [begin + records + biff(0x000A) for _, _, records in sheets]

    def start(offsets: list[int]) -> bytes:
        listed = [
            biff(0x0085, struct.pack("<IBBBB", offset, state, kind, 1, 0) + b"S")
            for offset, (state, kind, _) in zip(offsets, sheets, strict=True)
        ]
        return begin + head + b"".join(listed) + biff(0x000A)

    offsets, place = [], len(start([0] * len(sheets)))
    for body in bodies:
        offsets.append(place)
        place += len(body)
    return start(offsets) + b"".join(bodies)


def xls_number(row: int, column: int, value: float = 5.0) -> bytes:
    return biff(0x0203, struct.pack("<HHHd", row, column, 0, value))


def xlsb_record(kind: int, content: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return number + bytes([len(content)]) + content


def xlsb(sheet: bytes, state: int = 0) -> bytes:
    """An xlsb package of one sheet with these records."""
    wide = [struct.pack("<I", len(text)) + text.encode("utf-16-le") for text in ("rId1", "Figures")]
    listed = xlsb_record(156, struct.pack("<II", state, 1) + b"".join(wide))
    link = '<Relationships><Relationship Id="rId1" Type="{}/{}" Target="{}"/></Relationships>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": link.format(OFFICE, "officeDocument", "xl/workbook.bin"),
            "xl/workbook.bin": xlsb_record(131) + listed + xlsb_record(132),
            "xl/_rels/workbook.bin.rels": link.format(OFFICE, "worksheet", "worksheets/sheet1.bin"),
            "xl/worksheets/sheet1.bin": xlsb_record(129) + sheet + xlsb_record(130),
        }
    )


def xlsb_row(number: int, *columns: int, hidden: bool = False) -> bytes:
    """A row with numbers in these columns."""
    head = struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 if hidden else 0, 0, 0)
    cells = [xlsb_record(5, struct.pack("<IId", column, 0, 31.0)) for column in columns]
    return xlsb_record(0, head) + b"".join(cells)


def pdf(content: str, *more: bytes, page: str = "", catalog: str = "", packed: bool = False) -> bytes:
    """A PDF of one page with these operators. ``more`` are further objects, numbered from 6."""
    stream = content.encode("latin-1")
    dictionary = b""
    if packed:
        stream, dictionary = zlib.compress(stream, 9), b"/Filter /FlateDecode"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        f"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 600 800] "
        f"/Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> {page} >>".encode(),
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(stream), dictionary, stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *more,
    ]
    data, starts = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, start=1):
        starts.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n" % (size, table, size)
    return data + tail + b"startxref\n%d\n%%%%EOF\n" % len(data)


LINES = (
    "BT /F1 12 Tf 50 700 Td (Offences recorded in 2021 and 2022: 31 and 44, by year and force area.) Tj ET "
)
