"""The documents the benchmarks read: the given 61-page answer where its folder is there, and invented ones."""

from __future__ import annotations

from pathlib import Path

from tests.bench.folders import HEADINGS, invented_rows
from tests.bench.measure import ROOT
from tests.support.pdf_writer import PdfWriter

GIVEN = ROOT.parent / "shared" / "samples" / "Hertfordshire.pdf"
_PAGES, _ROWS_A_PAGE = 61, 74
_COLUMNS = (40, 80, 160, 320, 555)  # points from the left
_PITCH = 10.4


def long_pdf(folder: Path) -> tuple[Path, str]:
    """A record list of 61 pages and what it is."""
    if GIVEN.is_file():
        return GIVEN, "the given answer of 61 pages"
    path = folder / "list.pdf"
    path.write_bytes(_invented_pdf())
    return path, f"an invented list of {_PAGES} pages (no {GIVEN.name} beside the project)"


def _invented_pdf() -> bytes:
    rows = [HEADINGS, *invented_rows(_PAGES * _ROWS_A_PAGE - 1)]
    writer = PdfWriter(is_packed=True)
    for page in range(_PAGES):
        if page:
            writer.new_page()
        shown = rows[page * _ROWS_A_PAGE : (page + 1) * _ROWS_A_PAGE]
        bottom = 30 + len(shown) * _PITCH
        for number, row in enumerate(shown):
            writer.line(_COLUMNS[0], 30 + number * _PITCH, _COLUMNS[-1], 30 + number * _PITCH)
            for x, text in zip(_COLUMNS, row, strict=False):
                writer.text(x + 2, 38 + number * _PITCH, text, size=7)
        writer.line(_COLUMNS[0], bottom, _COLUMNS[-1], bottom)
        for x in _COLUMNS:
            writer.line(x, 30, x, bottom)
    return writer.bytes()


def long_workbook(folder: Path, count: int) -> Path:
    """An invented record list of ``count`` rows as xlsx."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Records")
    for row in [HEADINGS, *invented_rows(count)]:
        sheet.append(row)
    path = folder / "list.xlsx"
    book.save(path)
    return path
