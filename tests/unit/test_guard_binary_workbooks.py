"""The guard on xls and xlsb: records, streams and what stands beside the sheets."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ingest import guard
from tests.unit import guarded
from tests.unit.guarded import biff, decided, xls_number, xls_stream, xlsb_row

Container = Callable[[Mapping[str, Any]], bytes]


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
        (
            xls_stream((0, 0, SHOWN), head=biff(0x01AE, b"\1\0\5\0")),
            ("accept_with_warnings", ["external_link"]),
        ),
        (xls_stream((0, 0, SHOWN), head=biff(0x01AE, b"\1\0\1\4")), ("accept", [])),
        (
            xls_stream(
                (0, 0, SHOWN), head=biff(0x041E, b"\xaa\0\3\0\0;;;") + biff(0x00E0, b"\0\0\xaa\0" + bytes(16))
            ),
            ("quarantine", ["hidden_cells"]),
        ),
        (xls_stream((0, 0, SHOWN))[:-8], ("reject", ["truncated"])),
    ],
)
def test_xls_is_judged_by_its_records(
    compound_file: Container, stream: bytes, expected: tuple[str, list[str]]
) -> None:
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
        (
            guarded.xlsb(xlsb_row(1, 0) + xlsb_row(2, hidden=True)),
            ("accept_with_warnings", ["empty_hidden_part"]),
        ),
        (guarded.xlsb(xlsb_column(1) + xlsb_row(1, 0, 1)), ("quarantine", ["hidden_rows_columns"])),
        (guarded.xlsb(xlsb_column(1) + xlsb_row(1, 0)), ("accept_with_warnings", ["empty_hidden_part"])),
        (guarded.xlsb(xlsb_column(0) + xlsb_row(1, 0, 1)), ("accept", [])),
        (
            guarded.with_parts(guarded.xlsb(xlsb_row(1, 0)), xl__comments1_bin=bytes(40)),
            ("quarantine", ["comments"]),
        ),
        (
            guarded.with_parts(guarded.xlsb(xlsb_row(1, 0)), xl__worksheets__sheet1_bin=b"\x81\1\0\0"),
            ("reject", ["truncated"]),
        ),
        (
            guarded.with_parts(guarded.xlsb(xlsb_row(1, 0)), xl__worksheets__sheet1_bin=xlsb_row(1, 0)),
            ("reject", ["truncated"]),
        ),
    ],
)
def test_xlsb_is_judged_by_its_records(data: bytes, expected: tuple[str, list[str]]) -> None:
    assert decided(data, "a.xlsb") == expected
