"""Tables side by side on one sheet, set apart by a blank column: each is read from its own columns."""

from __future__ import annotations

from collections.abc import Callable

from ingest.cells import Cell, Sheet, filled, lone
from ingest.draft.grid import Grid
from ingest.draft.labels import is_count

_NARROWEST = 2


def side_by_side(sheet: Sheet, start: int, headed: Callable[[Sheet, int], Grid | None]) -> list[Grid]:
    """The tables whose headings, or captions over them, stand together in a row; none where it is one table.

    ``headed`` finds a table with headings at a row. Every group of columns must be a table with labels of its own.
    """
    end = start
    while end < len(sheet.rows) and filled(sheet.rows[end]):
        end += 1
    groups = _groups(sheet.rows[start:end])
    if len(groups) < 2:
        return []
    found: list[Grid] = []
    for first, last in groups:
        rows: list[list[Cell]] = [[] for _ in range(start)]
        own = Sheet(sheet.name, sheet.kind, rows + [row[first:last] for row in sheet.rows[start:]])
        grid = headed(own, start) or (headed(own, start + 1) if end - start > 2 else None)
        if grid is None or grid.headings != 1 or not _has_labels(grid):
            return []
        caption = lone(own.rows[start]) if grid.start > start else None
        grid.over = caption[1].text if caption else ""
        grid.origin, grid.offset = sheet, first
        found.append(grid)
    return found


def _groups(rows: list[list[Cell]]) -> list[tuple[int, int]]:
    """First and last column of the groups that blank columns set apart; none where one is too narrow for a table."""
    used = sorted({position for row in rows for position, _ in filled(row)})
    groups: list[tuple[int, int]] = []
    for position in used:
        if groups and groups[-1][1] == position:
            groups[-1] = (groups[-1][0], position + 1)
        else:
            groups.append((position, position + 1))
    return groups if all(last - first >= _NARROWEST for first, last in groups) else []


def _has_labels(grid: Grid) -> bool:
    """Whether the first column of a table holds words, and some other one numbers."""
    texts = [grid.texts(row) for row in grid.body]
    return not any(is_count(row[0]) for row in texts) and any(
        is_count(text) for row in texts for text in row[1:]
    )
