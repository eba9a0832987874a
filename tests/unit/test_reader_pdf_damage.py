"""PDF reader: files that are cut off, damaged, locked or no PDF are refused with a clear sentence."""

from __future__ import annotations

import zlib

import pytest

from ingest.readers import Unreadable, pdf
from ingest.readers.pdf.opening import _unpacked_size
from tests.support.pdf_writer import PdfWriter
from tests.unit.test_reader_pdf import CROSSTAB, fill, only_table, rules


def whole() -> bytes:
    page = PdfWriter()
    rules(page)
    fill(page)
    return page.bytes()


@pytest.mark.parametrize("share", [0.1, 0.55, 0.9, 0.99])
def test_a_file_that_is_cut_off_is_unreadable(share: float) -> None:
    data = whole()
    with pytest.raises(Unreadable, match=r"cut off|damaged"):
        pdf.read(data[: int(share * len(data))])


def test_a_part_that_is_cut_out_makes_the_file_unreadable() -> None:
    data = whole()
    with pytest.raises(Unreadable, match="damaged or cut off"):
        pdf.read(data[:400] + data[900:])


def test_one_changed_byte_in_a_packed_part_makes_the_file_unreadable() -> None:
    page = PdfWriter(is_packed=True)
    rules(page)
    fill(page)
    data = bytearray(page.bytes())
    assert only_table(bytes(data)) == CROSSTAB
    data[data.index(b"stream\n") + 60] ^= 1
    with pytest.raises(Unreadable, match="checksum"):
        pdf.read(bytes(data))


def test_an_encrypted_file_is_unreadable() -> None:
    data = whole()
    trailer = (
        b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"00" * 32
        + b"> /U <"
        + b"11" * 32
    )
    locked = data.replace(b"/Root 1 0 R", trailer + b"> >> /ID [<00> <00>]")
    with pytest.raises(Unreadable, match="password"):
        pdf.read(locked)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html>%%EOF"])
def test_what_is_no_pdf_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable, match="does not begin"):
        pdf.read(data)


def test_a_large_packed_part_followed_by_a_line_end_is_measured_once() -> None:
    """The line end stays behind the packed part; looking for more of the part in it never ended."""
    packed = zlib.compress(b"x" * 3_000_000) + b"\n"
    assert _unpacked_size(packed, 10**8) == 3_000_000
