"""Grids in which cells are merged at will, for tests that write them in one format and read them back."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st


class Merged(NamedTuple):
    """A cell that covers ``height`` rows and ``width`` columns from its place on."""

    row: int
    column: int
    height: int
    width: int
    text: str


@st.composite
def merged_grids(draw: st.DrawFn, words: st.SearchStrategy[str]) -> tuple[list[Merged], int, int]:
    """The cells of a grid in reading order, which cover it without a gap, and its numbers of rows and columns."""
    rows, columns = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    taken: set[tuple[int, int]] = set()
    cells: list[Merged] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            width = draw(st.sampled_from([1, 1, 1, 2, 3]))
            height = draw(st.sampled_from([1, 1, 1, 2]))
            while width > 1 and (
                column + width > columns or any((row, column + x) in taken for x in range(width))
            ):
                width -= 1
            height = min(height, rows - row)
            taken |= {(row + y, column + x) for y in range(height) for x in range(width)}
            cells.append(Merged(row, column, height, width, draw(words)))
    return cells, rows, columns


def printed(cells: list[Merged], rows: int, columns: int) -> list[list[tuple[str, bool]]]:
    """What a reader must give: at every place the text of the cell that covers it, and whether it begins elsewhere."""
    grid = [[("", False)] * columns for _ in range(rows)]
    for cell in cells:
        for y in range(cell.height):
            for x in range(cell.width):
                grid[cell.row + y][cell.column + x] = (cell.text, (y, x) != (0, 0))
    return grid
