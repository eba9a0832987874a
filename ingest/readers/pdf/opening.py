"""Opening a PDF: whether the bytes are a whole, undamaged PDF that may be read. Nothing here looks at a page."""

from __future__ import annotations

import base64
import re
import zlib
from typing import TYPE_CHECKING

from ingest.readers import Unreadable

if TYPE_CHECKING:
    import pypdfium2

_ASK_AGAIN = "ask the force for the file again, or save it anew as PDF from the program that made it"
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_HEAD = 1024  # readers accept junk of this length before the header, mail gateways add it
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_OTHER_FILTERS = re.compile(rb"/(LZW|DCT|CCITTFax|JBIG2|JPX|RunLength|ASCIIHex|Crypt)")
_PIECE = 1 << 20
_MOST_UNPACKED = 300 * _PIECE  # beyond this a checksum is not worth its time


def open_document(data: bytes) -> pypdfium2.PdfDocument:
    """The opened document; Unreadable when it is none, is cut off or damaged, or needs a password.

    PDF libraries repair a damaged file and return what is left. Part of the figures, or a figure with one digit
    changed, is worse than none, so the end and the checksums of the file are looked at before the library sees it.
    """
    import pypdfium2

    header = data.find(b"%PDF-", 0, _HEAD)
    if header < 0:
        raise Unreadable(f"the file does not begin as a PDF does; {_ASK_AGAIN}")
    _check_end(data, header)
    _check_streams(data)
    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR:
            raise Unreadable(
                "the PDF is encrypted and opens only with a password; ask for an open copy"
            ) from error
        raise Unreadable(f"the PDF is damaged and cannot be opened; {_ASK_AGAIN}") from error
    if not pages:
        raise Unreadable(f"the PDF has no pages; {_ASK_AGAIN}")
    return document


def _check_end(data: bytes, header: int) -> None:
    """The last thing in a whole PDF is its end mark, and before it the place of its table of objects."""
    mark = data.rfind(b"%%EOF")
    if mark < 0:
        raise Unreadable(f"the PDF is cut off: its end mark is missing; {_ASK_AGAIN}")
    if re.search(rb"\d+\s+\d+\s+obj\b|\bendstream\b|\bendobj\b", data[mark:]):
        raise Unreadable(f"the PDF is cut off: its last saved changes have no end mark; {_ASK_AGAIN}")
    found = re.findall(rb"startxref\s+(\d+)\s*$", data[max(0, mark - 64) : mark])
    if not found:
        raise Unreadable(
            f"the PDF is damaged: its end does not say where its table of objects stands; {_ASK_AGAIN}"
        )
    offset = int(found[-1])
    places = {offset, offset + header}  # junk before the header moves everything by its length
    if not any(re.match(rb"\s*(xref\b|\d+\s+\d+\s+obj\b)", data[place : place + 40]) for place in places):
        raise Unreadable(
            f"the PDF is damaged or cut off: its table of objects is not where its end says; {_ASK_AGAIN}"
        )


def _check_streams(data: bytes) -> None:
    """Packed parts carry a checksum, which tells when one byte of them has changed on the way."""
    if b"/Encrypt" in data:
        return  # nothing can be unpacked before it is decrypted
    budget = _MOST_UNPACKED
    for match in _STREAM.finditer(data):
        start = match.end()
        head = data[max(0, match.start() - 512) : match.start()]
        head = head[head.rfind(b" obj") :]
        if b"/FlateDecode" not in head or _OTHER_FILTERS.search(head):
            continue
        packed = data[start : data.find(b"endstream", start)]
        try:
            if b"/ASCII85Decode" in head:
                packed = base64.a85decode(packed.strip().removesuffix(b"~>"))
            budget -= _unpacked_size(packed, budget)
        except (ValueError, zlib.error) as error:
            raise Unreadable(
                f"the PDF is damaged: a part of it does not fit its checksum; {_ASK_AGAIN}"
            ) from error
        if budget <= 0:
            return


def _unpacked_size(packed: bytes, most: int) -> int:
    """How large a packed part is when unpacked, counted no further than ``most``; nothing of it is kept."""
    unpacker = zlib.decompressobj()
    size = 0
    while packed and size < most and not unpacker.eof:
        size += len(unpacker.decompress(packed, _PIECE))
        packed = unpacker.unconsumed_tail
    if size < most and not unpacker.eof:
        raise zlib.error("incomplete")
    return size
