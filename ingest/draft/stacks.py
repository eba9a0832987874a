"""Tables whose cells stand one to a line, one below the other, as some web pages store them."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.cells import Cell, Sheet
from ingest.draft.grid import Grid
from ingest.draft.labels import is_count, is_value
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
        if not run:
            found.append(blocks[position])
            position += 1
            continue
        done = 0
        while done < len(run):
            lines, width = _table(run, done)
            if not width:
                found.append(run[done])
                done += 1
                continue
            end = position + done + len(lines)
            after = blocks[end] if end < len(blocks) else None
            found.append(_grid(lines, width, after.text if isinstance(after, Line) else ""))
            done += len(lines)
        position += len(run)
    return found


def _run(blocks: Sequence[Line | Grid], start: int) -> list[Line]:
    """Short lines of one cell each, none of them a sentence."""
    run: list[Line] = []
    for number in range(start, len(blocks)):
        block = blocks[number]
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


def _table(run: Sequence[Line], start: int) -> tuple[list[Line], int]:
    """The lines of a table that begins at this line of a run, and its width; nothing and 0 where none begins.

    Where numbers go on below the last whole row, a blank cell has left no line: which is which cannot be told.
    """
    if len(run) - start < 2 * (_FEWEST_ROWS + 1) or is_count(run[start].text):
        return [], 0
    for width in range(2, _WIDEST + 1):
        headings = run[start : start + width]
        if len(headings) < width or any(is_count(line.text) for line in headings):
            continue
        end = _end_of_rows(run, start + width, width)
        if end - start >= width * (_FEWEST_ROWS + 1) and not any(
            is_count(line.text) for line in run[end : end + width + 1]
        ):
            return list(run[start:end]), width
    return [], 0


def _end_of_rows(run: Sequence[Line], start: int, width: int) -> int:
    """The end of the rows of a label and numbers that begin here, before the first that is none."""
    while start + width <= len(run):
        row = run[start : start + width]
        if is_count(row[0].text) or not all(
            is_value(line.text) and not period_of(line.text) for line in row[1:]
        ):
            break
        start += width
    return start


def _grid(lines: Sequence[Line], width: int, after: str) -> Grid:
    cells = [line.cells[0] for line in lines]
    rows: list[list[Cell]] = [list(cells[start : start + width]) for start in range(0, len(cells), width)]
    sheet = Sheet(lines[0].sheet, "text", rows)
    return Grid(sheet, "headed", 0, len(rows), 0, width, headings=1, is_stacked=True, line_after=after)
