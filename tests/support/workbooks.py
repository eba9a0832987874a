"""Workbooks made, changed and read for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import openpyxl

from ingest.cells import Sheet


def xlsx(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    workbook = openpyxl.Workbook()
    fill(workbook)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def xlsx_of(cells: dict[str, object], formats: dict[str, str] | None = None) -> bytes:
    def fill(workbook: openpyxl.Workbook) -> None:
        for where, value in cells.items():
            workbook.active[where] = value
        for where, number_format in (formats or {}).items():
            workbook.active[where].number_format = number_format

    return xlsx(fill)


def found(sheet: Sheet) -> dict[str, str]:
    return {cell.locator: cell.text for cell in sheet.cells() if cell.text}


def repacked(package: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same package with the content of its parts changed."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return written.getvalue()
