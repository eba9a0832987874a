"""xlsx, xlsm, xls, xlsb and ods: one table sheet per visible worksheet, values by python-calamine.

What the values do not tell (hidden rows and columns, errors, months shown as ``Jan-24``) comes from the
structure modules; ods has a reader of its own, because python-calamine gives no merged cells there.
"""

from __future__ import annotations

import gc
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import compress, islice, repeat
from typing import TYPE_CHECKING

from ingest.cells import Cell, Sheet
from ingest.readers import Unreadable
from ingest.readers.number_formats import as_shown
from ingest.readers.ole_container import MAGIC, with_workbook, workbook_stream
from ingest.readers.package import Package, reading
from ingest.readers.sheet_structure import (
    ENCRYPTED,
    MAX_CELLS,
    MAX_POSITIONS,
    Range,
    SheetStructure,
    column_name,
    value_text,
)

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_CELLS_AT_ONCE = 3000  # enough to make each step a long one, too few to matter for memory
_ZIP = b"PK\x03\x04"


def read(data: bytes) -> list[Sheet]:
    """One sheet per visible worksheet, cells located as ``Sheet1!C7``; hidden rows and columns are left out.

    Bytes that are a web page or plain text under a spreadsheet's name are read as what they are.
    """
    if not data.startswith((_ZIP, MAGIC)):
        return _read_misnamed(data)
    with reading("workbook"):
        if data.startswith(_ZIP):
            package = Package(data, "workbook")
            if "content.xml" in package:
                from ingest.readers import ods

                return ods.read_package(package)
        with _no_collection():
            return list(_worksheets(data))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold back the cycle collector, which would search millions of new cells over and over, for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read_misnamed(data: bytes) -> list[Sheet]:
    """Statistics programs export web pages and delimited text under the name ``.xls``."""
    from ingest.readers import delimited, html

    head = data[:4096].replace(b"\0", b"").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"<html" not in head:
        raise Unreadable("this is an Excel 2003 XML file; open it in a spreadsheet program, save it as xlsx")
    if b"<html" in head or b"<table" in head:
        return html.read(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or (data.strip() and not _CONTROL.search(data)):
        return delimited.read(data)
    raise Unreadable("this is no workbook: it starts neither as xlsx, xlsb or ods (a zip package) nor as xls")


def _worksheets(data: bytes) -> Iterator[Sheet]:
    from python_calamine import PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in data:
        raise Unreadable(ENCRYPTED)
    structures, sound = _examined(data)
    try:
        workbook = load_workbook(io.BytesIO(sound))
    except PasswordError as error:
        raise Unreadable(ENCRYPTED) from error
    for sheet, structure in zip(workbook.sheets_metadata, structures, strict=True):
        is_visible = sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        if is_visible and structure is not None:
            yield Sheet(sheet.name, "table", _rows(workbook, sheet.name, structure))


def _examined(data: bytes) -> tuple[Sequence[SheetStructure | None], bytes]:
    """The structure of every sheet in order, and the workbook in a form python-calamine can be trusted with.

    What it cannot hold or survive ends the whole process, so everything is looked through before.
    """
    if data.startswith(MAGIC):
        from ingest.readers import xls_structure

        stream = workbook_stream(data)
        return xls_structure.structures(stream), with_workbook(xls_structure.without_pitfalls(stream))
    package = Package(data, "workbook")
    if package.main_part("").endswith(".bin"):
        from ingest.readers import xlsb_structure

        return xlsb_structure.structures(package), data
    from ingest.readers import xlsx_structure

    return xlsx_structure.structures(package), data


def _rows(workbook: CalamineWorkbook, name: str, structure: SheetStructure) -> list[list[Cell]]:
    sheet = workbook.get_sheet_by_name(name)
    used = _used_range(sheet, structure)
    if used is None:
        return []
    grid = _Grid(sheet, used, structure)
    rows: list[list[Cell]] = []
    cells = 0
    numbered = enumerate(_values(sheet, used), start=used[0][0])
    while block := list(islice(numbered, grid.rows_at_once)):
        added = grid.rows(block)
        rows += added
        cells += sum(map(len, added))
        if cells > MAX_CELLS:
            raise Unreadable(f"sheet {name} holds more than the {MAX_CELLS} cells allowed")
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _used_range(sheet: CalamineSheet, structure: SheetStructure) -> Range | None:
    """The range python-calamine found values in, widened by what is only shown."""
    corners = [corner for corner in (sheet.start, sheet.end) if corner is not None]
    corners += [(row, column) for row, shown in structure.shown.items() for column in shown]
    if not corners:
        return None
    rows, columns = zip(*corners, strict=True)
    return (min(rows), min(columns)), (max(rows), max(columns))


def _values(sheet: CalamineSheet, used: Range) -> Iterator[Sequence[object]]:
    """The stored values of every row of the used range, all of its width."""
    (first_row, first_column), (last_row, last_column) = used
    if sheet.start is None or sheet.end is None:
        yield from repeat([""] * (last_column - first_column + 1), last_row - first_row + 1)
        return
    # python-calamine begins at row 1, but at the first used column.
    rows = islice(sheet.iter_rows(), first_row, None)
    if used == (sheet.start, sheet.end):
        yield from rows
        return
    before, after = [""] * (sheet.start[1] - first_column), [""] * (last_column - sheet.end[1])
    yield from ([*before, *values, *after] for values in rows)
    yield from repeat([""] * (last_column - first_column + 1), last_row - sheet.end[0])


class _Grid:
    """Turns rows of stored values into rows of cells. Numbers count from 0 in the whole worksheet."""

    def __init__(self, sheet: CalamineSheet, used: Range, structure: SheetStructure) -> None:
        (_, self.first_column), (last_row, last_column) = used
        columns = range(self.first_column, last_column + 1)
        self._structure = structure
        self._is_shown = [column not in structure.hidden_columns for column in columns]
        self.rows_at_once = max(1, _CELLS_AT_ONCE // len(columns))
        self._prefixes = [f"{sheet.name}!{column_name(column)}" for column in columns]
        merged = sheet.merged_cell_ranges if structure.merged is None else structure.merged
        self._merged = _by_row(merged or [], last_row, last_column)
        self._merged_text: dict[Range, str] = {}
        self._texts: list[str] = []  # of the rows at hand, one after another
        self._continued: list[int] = []  # which of them repeat a merged cell
        self._formats = [
            (column - self.first_column, rows)
            for column, rows in structure.formats.items()
            if column in columns
        ]
        self._special = {*self._merged, *structure.hidden_rows, *structure.shown}

    def rows(self, block: list[tuple[int, Sequence[object]]]) -> list[list[Cell]]:
        """The cells of a run of numbered rows; blank rows are empty, hidden ones left out."""
        self._texts, self._continued = [], []
        numbers: list[int] = []  # of the rows with text; a blank row stands as -1
        for number, values in block:
            texts = self._texts_of(number, values)
            if texts is not None:
                numbers.append(number if texts else -1)
                self._texts += texts
        places = [str(number + 1) for number in numbers if number >= 0]
        cells = _cells(self._texts, [prefix + place for place in places for prefix in self._prefixes])
        for position in self._continued:
            _set_continued(cells[position], True)
        width, taken = len(self._prefixes), iter(range(0, len(cells), len(self._prefixes)))
        rows = [cells[(at := next(taken)) : at + width] if number >= 0 else [] for number in numbers]
        if self._structure.hidden_columns:
            return [list(compress(row, self._is_shown)) for row in rows]
        return rows

    def _texts_of(self, number: int, values: Sequence[object]) -> list[str] | None:
        texts = [value.strip() if type(value) is str else value_text(value) for value in values]
        for position, formats in self._formats:
            if number in formats and (shown := as_shown(values[position], formats[number])) is not None:
                texts[position] = shown
        if number in self._special:
            self._show(number, texts)
            continued = self._continue(number, texts)
            if number in self._structure.hidden_rows:
                return None
            if any(texts):
                self._continued += [len(self._texts) + position for position in continued]
        return texts if any(texts) else []

    def _show(self, number: int, texts: list[str]) -> None:
        for column, text in self._structure.shown.get(number, {}).items():
            if 0 <= column - self.first_column < len(texts):
                texts[column - self.first_column] = text

    def _continue(self, number: int, texts: list[str]) -> list[int]:
        """Write the text of each merged range over the positions it covers in this row; which ones."""
        covered = []
        for merged in self._merged.get(number, ()):
            (first_row, first_column), (_, last_column) = merged
            if number == first_row and first_column >= self.first_column:
                self._merged_text[merged] = texts[first_column - self.first_column]
            text = self._merged_text.get(merged, "")
            for column in range(max(first_column, self.first_column), last_column + 1):
                if (number, column) != (first_row, first_column):
                    texts[column - self.first_column] = text
                    covered.append(column - self.first_column)
        return covered


_new_cell = Cell.__new__
_set_text = Cell.__dict__["text"].__set__
_set_locator = Cell.__dict__["locator"].__set__
_set_continued = Cell.__dict__["is_continued"].__set__


def _cells(texts: list[str], locators: list[str]) -> list[Cell]:
    """A cell for each text. Filling the slots of many cells at once takes half the time of ``Cell(...)``."""
    cells = list(map(_new_cell, repeat(Cell, len(texts))))
    for _ in map(_set_text, cells, texts):
        pass
    for _ in map(_set_locator, cells, locators):
        pass
    for _ in map(_set_continued, cells, repeat(False)):
        pass
    return cells


def _by_row(merged: list[Range], last_row: int, last_column: int) -> dict[int, list[Range]]:
    """Row -> the merged ranges that touch it, cut off at the used range."""
    found: dict[int, list[Range]] = {}
    covered = 0
    for (first_row, first_column), (end_row, end_column) in merged:
        clipped = ((first_row, first_column), (min(end_row, last_row), min(end_column, last_column)))
        covered += max(0, clipped[1][0] - first_row + 1) * max(0, clipped[1][1] - first_column + 1)
        if covered > MAX_POSITIONS:
            raise Unreadable("the workbook is damaged: merged cells overlap without bound")
        for row in range(first_row, clipped[1][0] + 1):
            found.setdefault(row, []).append(clipped)
    return found
