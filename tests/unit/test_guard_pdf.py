"""The guard on PDFs: what pages hide or lack, what is attached, what expands; and innocent twins."""

from __future__ import annotations

import hashlib
import struct
import zlib

import pytest

from ingest.guard.pdf_streams import lzw_size
from ingest.guard.verdict import Inspection, Limits
from tests.unit.guarded import LINES, decided, pdf

Expected = tuple[str, list[str]]
WARNED = "accept_with_warnings"


IMAGE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>\n"
    b"stream\n0\nendstream"
)
FULL_PAGE, LOGO = "q 600 0 0 800 0 0 cm /X Do Q ", "q 60 0 0 40 500 750 cm /X Do Q "
DARK = "0 g 40 590 300 20 re f "
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
        (pdf(LINES + "1 g 40 690 300 20 re f"), ("quarantine", ["covered_text"])),
        (pdf("1 g 40 690 300 20 re f 0 g " + LINES), ("accept", [])),
        (pdf(LINES + "7 Tr " + LINES), ("quarantine", ["hidden_text"])),
        (pdf(LINES + "1 g " + LINES), ("quarantine", ["hidden_text"])),
        (pdf(LINES + LINES.replace("700", "1700")), (WARNED, ["text_beside_page"])),
        (pdf(LINES + LINES.replace("50", "-900")), (WARNED, ["text_beside_page"])),
        (pdf(LINES + LINES.replace("50 700", "590 700")), ("accept", [])),
        (pdf(LINES, page="/Rotate 90"), ("accept", [])),
        (pdf(LINES, page="/CropBox [0 0 600 650]"), (WARNED, ["text_beside_page"])),
        (pdf("0 0 0.5 rg 40 690 500 30 re f 1 g " + LINES), ("accept", [])),
        (pdf("0 g 40 690 300 20 re f 1 g " + LINES), ("accept", [])),
        (pdf(LINES + DARK + "1 g " + LINES.replace("700", "600") + "0 g 40 100 300 20 re f"), ("accept", [])),
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
    added = b"xref\n0 0\ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        place,
        len(data),
    )
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


PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def rc4(key: bytes, data: bytes) -> bytes:
    box, j, answer = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    i = j = 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        answer.append(byte ^ box[(box[i] + box[j]) & 255])
    return bytes(answer)


def encrypted(password: bytes) -> bytes:
    """A PDF under the oldest of its ciphers, which opens with this password."""
    owner = rc4(b"owner", PADDING)
    start = (password + PADDING)[:32] + owner + struct.pack("<i", -4) + b"0" * 16
    key = hashlib.md5(start, usedforsecurity=False).digest()[:5]
    own_key = hashlib.md5(key + b"\4\0\0\0\0", usedforsecurity=False).digest()[:10]
    user = rc4(key, PADDING)
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (
        owner.hex().encode(),
        user.hex().encode(),
    )
    data = pdf(rc4(own_key, LINES.encode()).decode("latin-1"), b"null", lock)
    return data.replace(
        b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 7 0 R /ID [<%s> <00>]" % (b"0" * 16).hex().encode()
    )


def test_a_pdf_with_a_password_is_told_from_one_protected_against_changes() -> None:
    assert decided(encrypted(b"secret"), "a.pdf") == ("quarantine", ["encrypted"])
    assert decided(encrypted(b""), "a.pdf") == (WARNED, ["restricted"])
