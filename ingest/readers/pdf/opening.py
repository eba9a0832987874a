"""Opening a PDF: whether the bytes are a whole PDF that may be read. Nothing here looks at a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.readers import Unreadable

if TYPE_CHECKING:
    import pypdfium2

_ASK_AGAIN = "ask the force for the file again, or save it anew as PDF from the program that made it"
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_HEAD = 1024  # readers accept junk of this length before the header, mail gateways add it


def open_document(data: bytes) -> pypdfium2.PdfDocument:
    """The opened document; Unreadable when it is none, is cut off, or needs a password.

    PDF libraries repair a cut file and return the pages that are left. Part of the figures is worse than
    none, so the end of the file is checked before the library sees it.
    """
    import pypdfium2

    header = data.find(b"%PDF-", 0, _HEAD)
    if header < 0:
        raise Unreadable(f"the file does not begin as a PDF does; {_ASK_AGAIN}")
    _check_end(data, header)
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
