"""One table found in a sheet, as row numbers: headings, body, the one-cell rows inside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ingest.cells import Cell, Sheet, filled


@dataclass(slots=True)
class Grid:
    """A table of a sheet, as row numbers. ``headed``: ``headings`` rows of headings, then the body.

    ``pairs``: rows of a label and a number without headings. ``column`` and ``width`` are those of the headings.
    ``end`` is the row after the last one; ``sections`` and ``nils`` are the one-cell rows inside.
    """

    sheet: Sheet
    kind: Literal["headed", "pairs"]
    start: int
    end: int
    column: int
    width: int
    headings: int = 0
    sections: list[int] = field(default_factory=list)
    nils: list[int] = field(default_factory=list)
    over: str = ""
    """A heading merged over the headings proper ('Financial year')."""
    is_stacked: bool = False
    """Its cells stand one below the other in the document; ``sheet`` holds them set side by side."""
    line_after: str = ""
    """The line after a stacked table."""
    origin: Sheet | None = None
    """The sheet of a table that has another one beside it; ``sheet`` then holds its own columns alone."""
    offset: int = 0
    """The column of ``origin`` at which they begin."""
    number_columns: set[int] = field(default_factory=set)
    """The columns in which rows taken in so far hold numbers, kept up by ``take``."""
    rows_taken: int = 0

    def take(self, numbers: set[int]) -> None:
        """Count one more data row, whose numbers stand in these columns."""
        self.rows_taken += 1
        self.number_columns |= numbers

    @property
    def heading_texts(self) -> list[str]:
        """The cells of the first heading row, as ``find.header`` needs them."""
        return self.heading_row(0)

    def heading_row(self, number: int) -> list[str]:
        """The texts of one heading row, blanks where the row is shorter."""
        return self.texts(self.start + number)

    def texts(self, number: int) -> list[str]:
        """The texts of one row below the headings, blanks where the row is shorter."""
        cells = self.sheet.rows[number][self.column : self.column + self.width]
        return [cell.text for cell in cells] + [""] * (self.width - len(cells))

    @property
    def body(self) -> list[int]:
        """The row numbers of the data rows: neither blank nor one-cell rows."""
        skipped = {*self.sections, *self.nils}
        rows = range(self.start + self.headings, self.end)
        return [row for row in rows if row not in skipped and filled(self.sheet.rows[row])]

    def cells(self) -> list[Cell]:
        """Every cell of the table."""
        return [cell for row in self.sheet.rows[self.start : self.end] for cell in row]
