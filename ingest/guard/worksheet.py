"""One worksheet of xlsx or xlsm: which rows, columns and cells hold something without showing it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.guard.elements import Attributes, Walker, is_on
from ingest.guard.hidden import Hidden
from ingest.guard.office import Package
from ingest.guard.styles import InvisibleStyles
from ingest.readers.sheet_structure import column_number

_LARGE = 4 * 2**20
_OVERLAP = 64
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})$")
_HIDING = (b"hidden", b'ht="0', b"ht='0", b'width="0', b"width='0", b"scenario")
_PLAIN_START = re.compile(rb"(\xef\xbb\xbf)?\s*<(\?xml[^>]*utf-8|\w)", re.IGNORECASE)
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb"""(\w+)\s*=\s*["']([^"'&]*)["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_CELL_COLUMN = re.compile(rb' r="([A-Z]{1,3})\d')


def look_into(package: Package, part: str, styles: InvisibleStyles, *, is_shown: bool) -> Hidden:
    """A large sheet that hides nothing is not taken apart: that would take longer than reading it."""
    if package.archive.members[part].file_size > _LARGE and is_shown and not styles:
        quick = _QuickLook()
        if not quick.may_hide(package.archive.chunks(part)):
            return Hidden(filled_rows=1, empty=len(quick.hidden_columns), has_visible_cells=True)
    sheet = _Sheet(styles)
    package.walk(part, sheet)
    return sheet.result()


class _QuickLook:
    """Looks for the words for hiding, which cannot be written in another way; columns may be hidden if empty."""

    def __init__(self) -> None:
        self.hidden_columns: list[tuple[int, int]] = []
        self._used: set[bytes] = set()

    def may_hide(self, chunks: Iterable[bytes]) -> bool:
        """Whether a closer look is needed."""
        before = b""
        is_in_head = True
        for chunk in chunks:
            window = before + chunk
            if is_in_head:
                head, start, window = window.partition(b"sheetData")
                if not start or not _PLAIN_START.match(head) or b"<!DOCTYPE" in head or b"&" in head:
                    return True
                is_in_head = False
                self._note_columns(head)
            if any(word in window for word in _HIDING):
                return True
            before = window[-_OVERLAP:]
            if self.hidden_columns and not self._note_cells(window):
                return True
        return self._has_filled_column()

    def _note_columns(self, head: bytes) -> None:
        for column in _COLUMN.finditer(head):
            attributes = {
                key.decode(): value.decode("latin-1") for key, value in _ATTRIBUTE.findall(column[1])
            }
            self.hidden_columns += hidden_columns(attributes)

    def _note_cells(self, window: bytes) -> bool:
        """Note the columns that have cells; False when some cell does not say where it stands."""
        columns = _CELL_COLUMN.findall(window)
        self._used.update(columns)
        return abs(len(columns) - len(_CELL.findall(window))) <= 2

    def _has_filled_column(self) -> bool:
        used = {column_number(letters.decode()) for letters in self._used}
        return any(first <= column <= last for first, last in self.hidden_columns for column in used)


class _Sheet(Walker):
    """Cells with content by row and column, beside what is hidden."""

    def __init__(self, styles: InvisibleStyles) -> None:
        self._styles = styles
        self._hidden_columns: list[tuple[int, int]] = []
        self._row = self._column = -1
        self._is_row_hidden = self._is_in_cell = self._is_row_filled = False
        self._hidden_rows = 0
        self._style = ""
        self._hidden = Hidden()

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t", "f"):
            self.wants_text = self._is_in_cell
        elif name == "row":
            self._start_row(attributes)
        elif name == "col":
            self._hidden_columns += hidden_columns(attributes)
        elif name == "scenario":
            self._hidden.scenarios += 1

    def end(self, name: str) -> None:
        if name == "c":
            self._is_in_cell = self.wants_text = False
        elif name in ("v", "t", "f"):
            self.wants_text = False

    def text(self) -> None:
        """The cell the walk stands in has content."""
        self.wants_text = self._is_in_cell = False
        if not self._is_row_filled:
            self._is_row_filled = True
            self._hidden.filled_rows += 1
        is_hidden = self._is_row_hidden
        if is_hidden:
            self._hidden.rows.add(self._row)
        for first, last in self._hidden_columns:
            if first <= self._column <= last:
                self._hidden.columns.add(self._column)
                is_hidden = True
        if not is_hidden:
            self._hidden.has_visible_cells = True
            self._hidden.cells += self._style in self._styles.blank
            self._hidden.white_cells += self._style in self._styles.white

    def result(self) -> Hidden:
        hidden = self._hidden
        hidden.empty = self._hidden_rows + len(self._hidden_columns)
        return hidden

    def _start_row(self, attributes: Attributes) -> None:
        self._row = _number(attributes.get("r"), self._row + 2) - 1
        self._column = -1
        self._is_row_filled = False
        self._is_row_hidden = is_on(attributes.get("hidden", "0")) or _is_zero(attributes.get("ht"))
        self._hidden_rows += self._is_row_hidden

    def _start_cell(self, attributes: Attributes) -> None:
        self._is_in_cell = True
        self._column += 1
        self._style = attributes.get("s", "0")
        if self._hidden_columns and (reference := _REFERENCE.match(attributes.get("r", ""))):
            self._column = column_number(reference[1].upper())


def hidden_columns(attributes: Attributes) -> list[tuple[int, int]]:
    """First and last column, from 0, of a ``col`` element if it hides them."""
    if not is_on(attributes.get("hidden", "0")) and not _is_zero(attributes.get("width")):
        return []
    first = _number(attributes.get("min"), 1) - 1
    return [(first, _number(attributes.get("max"), first + 1) - 1)]


def _is_zero(size: str | None) -> bool:
    """A height or width too small to see."""
    try:
        return size is not None and float(size) < 0.5
    except ValueError:
        return False


def _number(digits: str | None, otherwise: int) -> int:
    return int(digits) if digits and digits.isdecimal() and len(digits) < 9 else otherwise
