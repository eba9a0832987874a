"""Workbooks that are damaged, locked, hostile or no workbooks: refused in one sentence, or read without harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from ingest.readers import Unreadable, spreadsheet
from tests.support.workbooks import found, xlsx, xlsx_of


def test_a_stray_cell_far_away_is_refused_before_memory_runs_out() -> None:
    with pytest.raises(Unreadable, match="stretches from A1 to XFD1048576"):
        spreadsheet.read(xlsx_of({"A1": 1, "XFD1048576": 2}))


def test_an_empty_formatted_cell_far_away_does_no_harm() -> None:
    def fill(workbook: openpyxl.Workbook) -> None:
        workbook.active["A1"] = 1
        workbook.active["XFD1048576"].font = openpyxl.styles.Font(bold=True)

    assert found(spreadsheet.read(xlsx(fill))[0]) == {"Sheet!A1": "1"}


def test_damage_is_refused_in_one_sentence() -> None:
    whole = xlsx_of({f"A{row}": f"label {row}" for row in range(1, 200)})
    for data in (
        whole[: len(whole) // 2],
        b"PK\x03\x04" + b"\0" * 50,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"",
        b"\0\1\2",
    ):
        with pytest.raises(Unreadable, match=r"workbook") as refused:
            spreadsheet.read(data)
        assert "\n" not in str(refused.value)


def test_a_changed_byte_never_passes() -> None:
    whole = xlsx_of({f"A{row}": row * 7 for row in range(1, 400)})
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        entry = package.getinfo("xl/worksheets/sheet1.xml")
        start = entry.header_offset + 30 + len(entry.filename)
    for offset in range(start + 20, start + entry.compress_size - 20, 97):
        damaged = bytearray(whole)
        damaged[offset] ^= 0x10
        with pytest.raises(Unreadable):
            spreadsheet.read(bytes(damaged))


def test_two_parts_of_one_name_are_refused() -> None:
    written = io.BytesIO(xlsx_of({"A1": 1}))
    with zipfile.ZipFile(written, "a") as package, pytest.warns(UserWarning, match="Duplicate name"):
        package.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    with pytest.raises(Unreadable, match="two parts of the same name"):
        spreadsheet.read(written.getvalue())


def test_a_password_is_named_as_the_reason(compound_file: Callable[..., bytes]) -> None:
    data = compound_file({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y" * 100})
    with pytest.raises(Unreadable, match="encrypted"):
        spreadsheet.read(data)


def test_what_only_calls_itself_a_workbook_is_read_as_what_it_is() -> None:
    page = b"<html><body><table><tr><td>Year</td><td>12</td></tr></table></body></html>"
    assert found(spreadsheet.read(page)[1]) == {"table 1 row 1 col 1": "Year", "table 1 row 1 col 2": "12"}
    [sheet] = spreadsheet.read("Year\tOffences\n2021\t13\n".encode("utf-16"))
    assert [cell.text for cell in sheet.rows[1]] == ["2021", "13"]
    with pytest.raises(Unreadable, match="Excel 2003 XML"):
        spreadsheet.read(
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
        )
