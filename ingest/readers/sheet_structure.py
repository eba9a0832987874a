"""What a worksheet shows beyond its values, in any format: hidden rows, merged ranges, texts as shown."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cache

from ingest.readers import Unreadable

MAX_POSITIONS = 10_000_000  # python-calamine holds every position of the used range, 32 bytes each
MAX_CELLS = 5_000_000
ENCRYPTED = "the workbook is encrypted and cannot be inspected; ask for a copy without a password"
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip

Range = tuple[tuple[int, int], tuple[int, int]]  # first and last (row, column), from 0


@dataclass(slots=True)
class SheetStructure:
    """Rows and columns count from 0.

    ``shown`` holds texts python-calamine does not give: error values, and formulas saved without a result.
    ``formats`` holds, by column and then row, the number format of cells that may show less than they hold
    (``mmm-yy``, ``[<5]"*"``).
    ``merged`` is None where python-calamine gives the merged ranges itself.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    shown: dict[int, dict[int, str]] = field(default_factory=dict)
    formats: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Range] | None = None

    def show(self, row: int, column: int, text: str) -> None:
        self.shown.setdefault(row, {})[column] = text

    def show_under(self, row: int, column: int, number_format: str) -> None:
        self.formats.setdefault(column, {})[row] = number_format


class UsedRange:
    """The rectangle around all cells seen, to refuse a sheet before a library makes room for all of it.

    One stray value in the last row and column of a sheet is 17 thousand million positions, and
    running out of memory inside python-calamine ends the whole process.
    """

    def __init__(self, sheet_name: str) -> None:
        self.sheet_name = sheet_name
        self.first_row = self.first_column = 2**31
        self.last_row = self.last_column = -1

    def add(self, row: int, column: int) -> None:
        self.first_row, self.last_row = min(self.first_row, row), max(self.last_row, row)
        self.first_column, self.last_column = min(self.first_column, column), max(self.last_column, column)

    def check(self) -> None:
        """Raise Unreadable when the rectangle is too large."""
        height, width = self.last_row - self.first_row + 1, self.last_column - self.first_column + 1
        if self.last_row >= 0 and height * width > MAX_POSITIONS:
            first = f"{column_name(self.first_column)}{self.first_row + 1}"
            last = f"{column_name(self.last_column)}{self.last_row + 1}"
            raise Unreadable(
                f"sheet {self.sheet_name} stretches from {first} to {last},"
                f" more than the {MAX_POSITIONS} cells allowed; remove the stray cells far from the table"
            )


@cache
def column_name(column: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    name = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        name = chr(65 + letter) + name
        column -= 1
    return name


@cache
def column_number(name: str) -> int:
    """A -> 0, AA -> 26."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def value_text(value: object) -> str:
    """A stored value as text: whole numbers without ``.0``, dates as ISO text, durations as ``30:00:00``.

    Fractions have at most 15 significant digits, since that is all a spreadsheet program ever shows.
    """
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.timedelta):
        return duration_text(round(value.total_seconds()))
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat().partition(".")[0].removesuffix("T00:00:00")
    return str(value)


def duration_text(seconds: int) -> str:
    """Hours, minutes and seconds; the hours go on beyond a day, as spreadsheets show them."""
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
