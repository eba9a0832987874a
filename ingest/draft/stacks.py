"""Tables whose cells stand one to a line, one below the other, as some web pages store them."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.cells import Cell, Sheet
from ingest.draft.grid import Grid
from ingest.draft.labels import is_number, is_value
from ingest.draft.lines import Line
from ingest.draft.periods import period_of

_LONGEST = 70
_WIDEST = 10
_FEWEST_ROWS = 2


def unstacked(blocks: Sequence[Line | Grid]) -> list[Line | Grid]:
    """Blocks with every stacked table as a grid in place of its lines."""
    found: list[Line | Grid] = []
    position = 0
    while position < len(blocks):
        run = _run(blocks, position)
        table = _table(run)
        if table is None:
            found.append(blocks[position])
            position += 1
            continue
        lines, width = table
        after = blocks[position + len(lines)] if position + len(lines) < len(blocks) else None
        found.append(_grid(lines, width, after.text if isinstance(after, Line) else ""))
        position += len(lines)
    return found


def _run(blocks: Sequence[Line | Grid], start: int) -> list[Line]:
    """Short lines of one cell each, none of them a sentence."""
    run: list[Line] = []
    for block in blocks[start:]:
        if (
            not isinstance(block, Line)
            or len(block.cells) != 1
            or len(block.text) > _LONGEST
            or block.is_heading
        ):
            break
        if block.text.rstrip().endswith((".", "?", ":", ";", "]")) or (run and block.sheet != run[0].sheet):
            break
        run.append(block)
    return run


def _table(run: Sequence[Line]) -> tuple[list[Line], int] | None:
    """The lines of a table that begins with the first line, and its width.

    Where numbers go on below the last whole row, a blank cell has left no line: which is which cannot be told.
    """
    if len(run) < 2 * (_FEWEST_ROWS + 1) or _is_count(run[0].text):
        return None
    for width in range(2, _WIDEST + 1):
        headings = run[:width]
        if len(headings) < width or any(_is_count(line.text) for line in headings):
            continue
        rows = _rows(run[width:], width)
        rest = run[width * (len(rows) + 1) :]
        if len(rows) >= _FEWEST_ROWS and not any(_is_count(line.text) for line in rest[: width + 1]):
            return list(run[: width * (len(rows) + 1)]), width
    return None


def _rows(lines: Sequence[Line], width: int) -> list[Sequence[Line]]:
    """Rows of a label and numbers, up to the first that is none."""
    rows: list[Sequence[Line]] = []
    for start in range(0, len(lines) - width + 1, width):
        row = lines[start : start + width]
        if _is_count(row[0].text) or not all(
            is_value(line.text) and not period_of(line.text) for line in row[1:]
        ):
            break
        rows.append(row)
    return rows


def _is_count(text: str) -> bool:
    return is_number(text) and period_of(text) is None


def _grid(lines: Sequence[Line], width: int, after: str) -> Grid:
    cells = [line.cells[0] for line in lines]
    rows: list[list[Cell]] = [list(cells[start : start + width]) for start in range(0, len(cells), width)]
    sheet = Sheet(lines[0].sheet, "text", rows)
    return Grid(sheet, "headed", 0, len(rows), 0, width, headings=1, is_stacked=True, line_after=after)
