"""ods workbooks, streamed from content.xml: python-calamine tells no merged cells and hidden rows there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.cells import Cell, Sheet
from ingest.readers import Unreadable
from ingest.readers.package import Package
from ingest.readers.sheet_structure import ENCRYPTED, MAX_CELLS, column_name, duration_text, value_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFFICE, _STYLE, _TABLE, _TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "style", "table", "text")
)
_CELL, _COVERED_CELL = f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"
_VALUE_TYPE, _VALUE = f"{_OFFICE}value-type", f"{_OFFICE}value"
_COLUMNS_REPEATED, _ROWS_REPEATED = f"{_TABLE}number-columns-repeated", f"{_TABLE}number-rows-repeated"
_COLUMNS_SPANNED, _ROWS_SPANNED = f"{_TABLE}number-columns-spanned", f"{_TABLE}number-rows-spanned"
_NAME, _VISIBILITY = f"{_TABLE}name", f"{_TABLE}visibility"
_PARAGRAPH = f"{_TEXT}p"
_MAX_COLUMNS = 16384
_MAX_ROWS = 2**20
_PART_OF_A_DATE = re.compile(r"(\d{1,2}[-/. ])?[A-Za-z]{3,9}|[A-Za-z]{3,9}[-/. ']*\d{2,4}|(\d{1,2}/)?\d{4}")
_Cells = dict[int, tuple[str, bool]]  # column with text -> the text, whether a merged cell covers it
_DURATION = re.compile(r"(-?)PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")


def read_package(package: Package) -> list[Sheet]:
    """One sheet per visible worksheet; hidden rows and columns are left out."""
    from lxml import etree

    manifest = "META-INF/manifest.xml"
    if manifest in package and b"encryption-data" in package.read(manifest):
        raise Unreadable(ENCRYPTED)
    workbook = _Workbook()
    tags = [f"{_STYLE}style", f"{_TABLE}table", f"{_TABLE}table-column", f"{_TABLE}table-row"]
    with package.open("content.xml") as stream:
        for event, element in etree.iterparse(
            stream, events=("start", "end"), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
        ):
            if event == "start":
                workbook.start(element)
            else:
                workbook.end(element)
    return workbook.sheets


class _Workbook:
    """Takes in the elements of content.xml as they stream by."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._hidden_styles: set[str] = set()
        self._table: _Table | None = None

    def start(self, element: _Element) -> None:
        if element.tag == f"{_TABLE}table" and self._table is None:
            is_hidden = element.get(f"{_TABLE}style-name") in self._hidden_styles
            self._table = _Table(element.get(_NAME, ""), is_hidden)

    def end(self, element: _Element) -> None:
        table = self._table
        if element.tag == f"{_STYLE}style":
            properties = element.find(f"{_STYLE}table-properties")
            if properties is not None and properties.get(f"{_TABLE}display") == "false":
                self._hidden_styles.add(element.get(f"{_STYLE}name", ""))
        elif table is not None and element.tag == f"{_TABLE}table-column":
            table.add_columns(element)
        elif table is not None and element.tag == f"{_TABLE}table-row":
            table.add_rows(element)
            element.clear()
        elif table is not None and element.get(_NAME) == table.name:
            if not table.is_hidden:
                self.sheets.append(Sheet(table.name, "table", table.cells()))
            self._table = None


@dataclass(slots=True)
class _Table:
    """The rows of one worksheet so far. Only rows and columns up to the last text are kept."""

    name: str
    is_hidden: bool
    _hidden_columns: set[int] = field(default_factory=set)
    _columns: int = 0
    _row: int = 0
    _rows: list[tuple[int, _Cells]] = field(default_factory=list)
    _hidden_rows: set[int] = field(default_factory=set)
    _covered: dict[int, tuple[int, str]] = field(default_factory=dict)  # column -> rows still covered, text
    _held: int = 0

    def add_columns(self, column: _Element) -> None:
        repeated = min(_number(column, _COLUMNS_REPEATED), _MAX_COLUMNS)
        if column.get(_VISIBILITY) in ("collapse", "filter"):
            self._hidden_columns.update(range(self._columns, self._columns + repeated))
        self._columns += repeated

    def add_rows(self, row: _Element) -> None:
        repeated = _number(row, _ROWS_REPEATED)
        is_hidden = row.get(_VISIBILITY) in ("collapse", "filter")
        if not self._covered and not any(map(_holds_something, row)):
            self._row += repeated
            return
        if self._row + repeated > _MAX_ROWS:
            raise Unreadable(
                f"sheet {self.name} goes on beyond row {_MAX_ROWS}; remove stray cells below the table"
            )
        for number in range(self._row, self._row + repeated):
            cells = self._cells_of(row)
            self._held += len(cells)
            if self._held > MAX_CELLS:
                raise Unreadable(f"sheet {self.name} holds more than the {MAX_CELLS} cells allowed")
            if is_hidden:
                self._hidden_rows.add(number)
            elif any(text for text, _ in cells.values()):
                self._rows.append((number, cells))
        self._row += repeated

    def _cells_of(self, row: _Element) -> _Cells:
        cells: _Cells = {column: (text, True) for column, (_, text) in self._covered.items()}
        self._covered = {where: (left - 1, text) for where, (left, text) in self._covered.items() if left > 1}
        column = 0
        for cell in row:
            if cell.tag not in (_CELL, _COVERED_CELL):
                continue
            repeated = min(_number(cell, _COLUMNS_REPEATED), _MAX_COLUMNS)
            if cell.tag == _CELL and _holds_something(cell):
                text = _text(cell)
                for repetition in range(column, column + repeated):
                    cells[repetition] = (text, False)
                self._span(cells, column, cell, text)
            column += repeated
        return cells

    def _span(self, cells: _Cells, column: int, cell: _Element, text: str) -> None:
        across, down = _number(cell, _COLUMNS_SPANNED), _number(cell, _ROWS_SPANNED)
        if (across, down) == (1, 1):
            return
        for covered in range(column, column + min(across, _MAX_COLUMNS)):
            if covered > column:
                cells[covered] = (text, True)
            if down > 1:
                self._covered[covered] = (down - 1, text)

    def cells(self) -> list[list[Cell]]:
        """Rows of equal width from the first to the last text; blank ones are empty."""
        used = {
            column for _, row in self._rows for column, (text, covered) in row.items() if text and not covered
        }
        if not used:
            return []
        columns = [column for column in range(min(used), max(used) + 1) if column not in self._hidden_columns]
        if len(columns) * len(self._rows) > MAX_CELLS:
            raise Unreadable(f"sheet {self.name} holds more than the {MAX_CELLS} cells allowed")
        rows: list[list[Cell]] = []
        following = self._rows[0][0]
        for number, row in self._rows:
            rows.extend([] for blank in range(following, number) if blank not in self._hidden_rows)
            texts = [row.get(column, ("", False)) for column in columns]
            locators = [f"{self.name}!{column_name(column)}{number + 1}" for column in columns]
            rows.append(
                [Cell(text, at, covered) for (text, covered), at in zip(texts, locators, strict=True)]
            )
            following = number + 1
        return rows


def _number(element: _Element, attribute: str) -> int:
    digits = element.get(attribute, "1")
    return max(int(digits), 1) if digits.isdecimal() else 1


def _holds_something(cell: _Element) -> bool:
    return len(cell) > 0 or cell.get(_VALUE_TYPE) is not None or _number(cell, _ROWS_SPANNED) > 1


def _text(cell: _Element) -> str:
    """What the cell shows; numbers as stored, dates as ISO text unless only a part of the date is shown."""
    shown = "\n".join(_shown(paragraph) for paragraph in cell.iterchildren(_PARAGRAPH)).strip()
    kind = cell.get(_VALUE_TYPE)
    if kind in ("float", "percentage", "currency"):
        value = cell.get(_VALUE)
        return shown if value is None or _is_masked(cell, float(value), shown) else value_text(float(value))
    if kind == "boolean":
        return (cell.get(f"{_OFFICE}boolean-value") or shown).upper()
    if kind == "date" and not _PART_OF_A_DATE.fullmatch(shown):
        return (cell.get(f"{_OFFICE}date-value") or shown).partition(".")[0].removesuffix("T00:00:00")
    if kind == "time" and (duration := _DURATION.fullmatch(cell.get(f"{_OFFICE}time-value") or "")):
        hours, minutes, seconds = (int(group or 0) for group in duration.groups()[1:])
        return duration_text((hours * 3600 + minutes * 60 + seconds) * (-1 if duration[1] else 1))
    return shown or (cell.get(f"{_OFFICE}string-value") or "").strip()


def _is_masked(cell: _Element, value: float, shown: str) -> bool:
    """Whether a number is shown as something else: ``*``, ``<5`` or nothing. A dash for zero hides nothing."""
    has_text = cell.find(_PARAGRAPH) is not None
    is_number = any(map(str.isdigit, shown)) and shown[0] not in "<>*"
    return has_text and value != 0 and not is_number


def _shown(element: _Element) -> str:
    """The text of a paragraph, with its written-out spaces, tabs and line breaks."""
    if len(element) == 0:
        return element.text or ""
    pieces = [element.text or ""]
    for child in element:
        name = str(child.tag).removeprefix(_TEXT)
        if name == "s":
            pieces.append(" " * min(_number(child, f"{_TEXT}c"), 1000))
        elif name in ("tab", "line-break"):
            pieces.append("\t" if name == "tab" else "\n")
        elif name in ("span", "a"):
            pieces.append(_shown(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
