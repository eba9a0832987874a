"""Every place with a number that became no value, and why. Nothing is dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.cells import filled, same_text, squeeze
from ingest.draft.grid import Grid
from ingest.draft.labels import is_number
from ingest.draft.lines import Line
from ingest.draft.model import DraftTable, Left
from ingest.draft.page import Page
from ingest.draft.periods import find_periods
from ingest.draft.spans import figures

_DIGIT = re.compile(r"\d")
_LONGEST = 100


def unused(
    page: Page,
    tables: Sequence[DraftTable],
    left: Iterable[Left],
    grids: dict[int, str],
    figures_left: dict[tuple[int, int], str],
) -> list[Left]:
    """Tables and lines with numbers that no table of the draft accounts for.

    ``left`` are drafted tables taken out again, ``grids`` the reasons of tables left out by id of the Grid,
    ``figures_left`` those of figures in sentences, by id of the cell and offset. The head of a letter and its contacts
    are named by place only, since names and addresses stand there.
    """
    used = {cell for table in tables for cell in table.used}
    read = {place for table in tables for place in table.figures_at}
    found = [*left]
    for block in page.blocks:
        if isinstance(block, Grid):
            found += _rows(block, used, grids.get(id(block), "not understood"))
        elif not any(id(cell) in used for cell in block.cells):
            found += _line(block, read, figures_left)
    order = {locator: number for number, locator in enumerate(_locators(page))}
    return sorted(dict.fromkeys(found), key=lambda entry: order.get(entry.locator, len(order)))


def _locators(page: Page) -> list[str]:
    cells = [block.cells() if isinstance(block, Grid) else block.cells for block in page.blocks]
    return list(dict.fromkeys(cell.locator for some in cells for cell in some))


def _rows(grid: Grid, used: set[int], reason: str) -> list[Left]:
    rows = grid.sheet.rows[grid.start : grid.end]
    if any(id(cell) in used for row in rows for cell in row):
        return []
    found = []
    for row in rows:
        cells = [cell for _, cell in filled(row)]
        if any(is_number(cell.text) for cell in cells):
            found.append(
                Left(cells[0].locator, squeeze(" | ".join(cell.text for cell in cells))[:_LONGEST], reason)
            )
    return found


def _line(line: Line, read: set[tuple[int, int]], reasons: dict[tuple[int, int], str]) -> list[Left]:
    if line.zone == "head":
        return [Left(line.locator, "", "head of the document")] if _DIGIT.search(line.text) else []
    if line.asks:
        return (
            [Left(line.locator, squeeze(line.text)[:_LONGEST], "what was asked")]
            if _DIGIT.search(line.text)
            else []
        )
    found, others = figures(line.text)
    entries = [
        Left(line.place(span.start)[0].locator, _around(line.text, span.start, span.end), span.reason)
        for span in others
    ]
    for span in found:
        cell, offset = line.place(span.start)
        if (id(cell), offset) not in read:
            reason = reasons.get((id(cell), offset), "not part of an understood sentence")
            entries.append(Left(cell.locator, _around(line.text, span.start, span.end), reason))
    if not entries and not any((id(cell), o) in read for cell in line.cells for o in range(len(cell.text))):
        entries += [
            Left(line.locator, period.text, "a date or period") for period in find_periods(line.text)[:1]
        ]
    return [_without_contacts(entry) for entry in entries]


def _without_contacts(entry: Left) -> Left:
    return Left(entry.locator, "", entry.reason) if entry.reason in ("address", "telephone number") else entry


def _around(text: str, start: int, end: int) -> str:
    return squeeze(text[max(0, start - 40) : end + 40])


def columns_left(grid: Grid, tables: Sequence[DraftTable]) -> list[Left]:
    """The columns with numbers that none of the tables drafted from a grid reads."""
    if not tables or grid.kind != "headed":
        return []
    if tables[0].fields["layout"] == "crosstab":
        skipped = [table.fields.get("skip", []) for table in tables]
        return _skipped(grid, [text for text in skipped[0] if all(text in other for other in skipped)])
    if tables[0].fields["layout"] not in ("counts", "records"):
        return []
    found = []
    for position, heading in enumerate(grid.heading_texts):
        roles = {table.fields["columns"].get(heading, "ignore") for table in tables}
        numbers = [text for row in grid.body if is_number(text := grid.texts(row)[position])]
        if roles == {"ignore"} and numbers and not _numbers_rows(numbers):
            cell = grid.sheet.rows[grid.start][grid.column + position]
            found.append(
                Left(
                    cell.locator,
                    f"{squeeze(heading)}: {len(numbers)} numbers",
                    "percentages, or a heading not understood",
                )
            )
    return found


def _skipped(grid: Grid, headings: Iterable[str]) -> list[Left]:
    """The columns of a crosstab that are passed over."""
    found = []
    for heading in dict.fromkeys(headings):
        cells = [cell for row in range(grid.headings) for cell in grid.sheet.rows[grid.start + row]]
        cell = next((cell for cell in cells if same_text(cell.text, heading)), None)
        if cell is not None:
            reason = "percentages, or a heading not understood"
            found.append(Left(cell.locator, f"column '{heading[:60]}'", reason))
    return found


def _numbers_rows(texts: Sequence[str]) -> bool:
    return [text.rstrip(".") for text in texts] == [str(number) for number in range(1, len(texts) + 1)]
