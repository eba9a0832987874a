"""PDF documents: their lines as running text, and their tables, ruled or aligned, put together over pages."""

from __future__ import annotations

from ingest.cells import Sheet


def read(data: bytes) -> list[Sheet]:
    """A ``text`` sheet with every line (``p3 line 12``) and one sheet per table (``p3 table 1 row 7 col 2``).

    Lines, tables on a page and rows of a table are counted from 1 on each page. A table that runs over pages is
    one sheet; the header that a page repeats is counted as a row there but left out. A page of images has no
    lines. Raises Unreadable for a file that is no PDF, is cut off or damaged, or opens only with a password.
    """
    from ingest.readers.pdf.document import read_sheets

    return read_sheets(data)
