"""How disclosure.yml finds a table again: headings, sheet, the line before or after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingest.cells import Cell, Sheet, begins_with, filled, same_text, squeeze
from ingest.draft.grid import Grid
from ingest.layouts.places import columns_of

_LONGEST = 60


def find_of(grid: Grid) -> dict[str, Any]:
    """The place of a table within its own sheet; what else it needs in the whole document is added by ``settle``."""
    if grid.kind == "pairs":
        return {"starts": _line(grid.sheet.rows[grid.start])}
    find: dict[str, Any] = {"header": grid.heading_texts}
    if grid.origin is not None:
        find["beside"] = True
    if grid.is_stacked:
        return (
            find
            | {"stacked": True}
            | ({"until": shortened(squeeze(grid.line_after))} if grid.line_after else {})
        )
    if until := _until(grid):
        find["until"] = until
    return find


def settle(find: dict[str, Any], grid: Grid, sheets: Sequence[Sheet]) -> tuple[dict[str, Any], str | None]:
    """Make a place unique in the document: the line before it, a sheet name, or a count. Gives find and sheet."""
    if grid.is_stacked:
        return find, None
    if grid.origin is not None:
        return _settle_beside(find, grid, sheets)
    if grid.kind == "pairs" and (above := _unique_line_above(grid, sheets)):
        find = {"after": above}
    matches = [
        (sheet, row) for sheet in sheets for row in range(len(sheet.rows)) if _matches(find, sheet.rows[row])
    ]
    own = [row for sheet, row in matches if sheet is grid.sheet]
    name = grid.sheet.name if len(matches) > len(own) else None
    if len(own) > 1:
        start = grid.start - 1 if "after" in find else grid.start
        find = find | {"nth": own.index(start) + 1} if start in own else find
    return find, name


def _settle_beside(
    find: dict[str, Any], grid: Grid, sheets: Sequence[Sheet]
) -> tuple[dict[str, Any], str | None]:
    """The same for a table with another one beside it, which may have the same headings in the same row."""
    places = [
        (sheet, number, column)
        for sheet in sheets
        for number, row in enumerate(sheet.rows)
        for column in columns_of(find["header"], row)
    ]
    own = [(number, column) for sheet, number, column in places if sheet is grid.origin]
    if len(own) > 1:
        find = find | {"nth": own.index((grid.start, grid.offset + grid.column)) + 1}
    return find, grid.sheet.name if len(places) > len(own) else None


def _matches(find: dict[str, Any], row: list[Cell]) -> bool:
    if "header" in find:
        wanted = find["header"]
        return any(
            all(same_text(cell.text, text) for cell, text in zip(row[column:], wanted, strict=False))
            for column in range(len(row) - len(wanted) + 1)
        )
    if "after" in find:
        return same_text(_line(row), find["after"])
    return bool(row) and _line(row).casefold().startswith(squeeze(find["starts"]).casefold())


def _unique_line_above(grid: Grid, sheets: Sequence[Sheet]) -> str | None:
    above = grid.sheet.rows[grid.start - 1] if grid.start else []
    text = _line(above)
    count = sum(same_text(_line(row), text) for sheet in sheets for row in sheet.rows)
    return text if text and count == 1 and len(text) <= _LONGEST else None


def _until(grid: Grid) -> str | None:
    """How the first line after a table begins, where that begins no line inside it."""
    below = next((row for row in grid.sheet.rows[grid.end :] if filled(row)), None)
    if below is None:
        return None
    inside = [_line(row) for row in grid.sheet.rows[grid.start + 1 : grid.end] if filled(row)]
    whole = _line(below)
    first = squeeze(filled(below)[0][1].text)
    for text in (shortened(first), shortened(whole), whole):
        if not any(begins_with(line, text) for line in inside):
            return text
    return None


def shortened(text: str) -> str:
    """The beginning of a line, cut between words."""
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rpartition(" ")[0] or text[:_LONGEST]


def _line(row: list[Cell]) -> str:
    return squeeze(" ".join(cell.text for cell in row))
