"""csv and tsv of any delimiter, with whatever stands above and below the table."""

from __future__ import annotations

import csv
import io
from collections import Counter

from ingest.cells import Cell, Sheet
from ingest.readers import Unreadable
from ingest.readers.encoding import decode

_DELIMITERS = ",;\t|"

LINE_ENDS = ("\n", "\r", "\x0c", "\x1a")
"""What a text that is whole ends with."""


def read(data: bytes) -> list[Sheet]:
    """One ``table 1`` sheet. A locator is the line on which the row starts, since quoted cells may hold line breaks.

    A last line without a line end is not read: in a file that was cut off, its last number may have lost digits. The
    guard says so.
    """
    text = decode(data)
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text), skipinitialspace=True)
    rows: list[list[Cell]] = []
    started = 1
    try:
        for record in reader:
            locator = f"line {started}"
            is_blank = not any(piece.strip() for piece in record)
            rows.append([] if is_blank else [Cell(piece.strip(), locator) for piece in record])
            started = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(f"not a readable csv from line {started} on: {error}") from error
    if rows and not text.endswith(LINE_ENDS):
        rows[-1] = []
    return [Sheet("table 1", "table", rows)]


def _delimiter(text: str) -> str:
    """The delimiter under which most lines fall into the same number of cells, without quotes left inside them.

    csv.Sniffer guesses from letters and digits too and fails on short files with a preamble.
    """

    def agreement(delimiter: str) -> tuple[bool, int, int]:
        rows = _rows(text, delimiter, is_strict=True)
        is_strict = rows is not None
        rows = [row for row in rows or _rows(text, delimiter, is_strict=False) or [] if len(row) > 1]
        widths = Counter(map(len, rows))
        width, lines_of_width = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        torn = sum(any(cell.count('"') % 2 for cell in row) for row in rows)
        return (is_strict, lines_of_width - torn, width)

    return max(_DELIMITERS, key=agreement)


def _rows(text: str, delimiter: str, *, is_strict: bool) -> list[list[str]] | None:
    """The cells under a delimiter; None where that cannot be, strictly: where text goes on behind a closing quote."""
    try:
        return list(
            csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True, strict=is_strict)
        )
    except csv.Error:
        return None
