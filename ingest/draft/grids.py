"""Where tables stand in a sheet of cells: heading rows, body, end. Nothing here knows what a heading means."""

from __future__ import annotations

import re

from ingest.cells import Cell, Sheet, filled, lone, squeeze
from ingest.draft.beside import side_by_side
from ingest.draft.grid import Grid
from ingest.draft.labels import AGE, is_count, is_value
from ingest.draft.periods import period_of
from ingest.draft.words import NIL, NOT_HELD, WITHHELD, without_marks

_LONGEST_HEADING = 90
# '2', 'Question 2', '2. Arrests made': the heading of another answer
_QUESTION = re.compile(r"(?:question |q|part )?\(?\d{1,2}[a-z]?(?:[.)]?$|[.)] [A-Z])", re.IGNORECASE)
_LONGEST_SECTION = 60
_MARKER = re.compile(r"[*]+|[-–—]+")
_BAND = re.compile(r"\d{1,2} ?[-–] ?\d{1,2}")
_RECORD_HEADING = re.compile(
    r"\b(?:offence|crime|outcome|disposal|platform|website|site|app|status|classification)\b", re.IGNORECASE
)


def grids_of(sheet: Sheet) -> list[Grid]:
    """The tables of a sheet from top to bottom."""
    found: list[Grid] = []
    row = 0
    while row < len(sheet.rows):
        if beside := side_by_side(sheet, row, _headed):
            found += beside
            row = max(grid.end for grid in beside)
            continue
        grid = _headed(sheet, row) or _pairs(sheet, row)
        if grid is None:
            row += 1
            continue
        found.append(grid)
        row = grid.end
    return found


def _own(row: list[Cell]) -> list[tuple[int, Cell]]:
    return [(position, cell) for position, cell in filled(row) if not cell.is_continued]


def _is_heading_row(row: list[Cell]) -> bool:
    """Two or more short texts, none of them a number that counts; '12-15' may be a band of ages."""
    own = _own(row)
    if len(own) < 2 and (not own or row[0].text or any(cell.is_continued for _, cell in filled(row))):
        return False
    texts = [cell.text for _, cell in own]
    if all(_BAND.fullmatch(text) for text in texts) or not all(
        any(letter.isalnum() or letter == "%" for letter in text) for text in texts
    ):
        return False
    ages = _ages(texts[1:] if row[0].text else texts)
    return all(
        len(text) <= _LONGEST_HEADING and (not is_count(text) or _BAND.fullmatch(text) or text in ages)
        for text in texts
    )


def _ages(texts: list[str]) -> set[str]:
    """'13', '14' and '15' between '12 and under' and '16-17': single ages among bands, all of them rising."""
    starts = [int(match[0]) for text in texts if (match := re.match(r"\d{1,2}(?!\d)", text))]
    single = {text for text in texts if re.fullmatch(r"\d{1,2}", text)}
    others = [text for text in texts if text not in single]
    are_bands = any(re.search(r"\d", text) for text in others) and all(AGE.fullmatch(text) for text in others)
    return single if are_bands and starts == sorted(set(starts)) and len(starts) >= 2 else set()


def _headed(sheet: Sheet, start: int) -> Grid | None:
    row = sheet.rows[start]
    if not _is_heading_row(row):
        return None
    cells = filled(row)
    column = 0 if not row[0].text and _stub_below(sheet, start) else cells[0][0]
    grid = Grid(
        sheet,
        "headed",
        start,
        start + 1,
        column,
        cells[-1][0] + 1 - column,
        headings=1,
        over=_over(sheet, start),
    )
    if _is_second_heading(sheet, grid):
        grid.headings, grid.end = 2, start + 2
    _extend(grid)
    return grid if _has_body(grid) else None


def _stub_below(sheet: Sheet, start: int) -> bool:
    """Whether the rows below a blank first heading have row headings there."""
    below = [row for row in sheet.rows[start + 1 : start + 4] if filled(row)]
    return any(row[0].text and not row[0].is_continued for row in below)


def _over(sheet: Sheet, start: int) -> str:
    """The one text of the row directly above, where it is merged over several columns or stands over one."""
    if start == 0 or sheet.kind != "table":
        return ""
    above = lone(sheet.rows[start - 1])
    return above[1].text if above and above[0] > 0 else ""


def _is_second_heading(sheet: Sheet, grid: Grid) -> bool:
    """A row of further headings below merged ones."""
    if grid.start + 1 >= len(sheet.rows):
        return False
    merged = [cell.is_continued for cell in sheet.rows[grid.start][grid.column :] if cell.text]
    row = sheet.rows[grid.start + 1]
    texts = [cell.text for _, cell in _own(row)]
    return any(merged) and len(texts) >= 2 and not any(is_count(text) for text in texts)


def _extend(grid: Grid) -> None:
    """Take in rows as long as they look like rows of this table."""
    rows = grid.sheet.rows
    pending_blank = False
    number = grid.start + grid.headings
    while number < len(rows):
        row = rows[number]
        if not filled(row):
            is_first = grid.end == grid.start + grid.headings
            if is_first and not _is_ruled_off(grid, number):
                return
            pending_blank = not is_first
            number += 1
            continue
        single = lone(row)
        if single is not None and grid.width > 1:
            if not _takes_single(grid, number, single[0], single[1].text, pending_blank):
                return
        elif not _is_row(grid, number, pending_blank):
            return
        if number not in (*grid.sections[-1:], *grid.nils[-1:]):
            grid.take(_number_columns(row))
        pending_blank = False
        number += 1
        grid.end = number


def _is_ruled_off(grid: Grid, number: int) -> bool:
    """Whether one blank row sets the headings apart from a row of numbers as wide as they are."""
    rows = grid.sheet.rows
    below = rows[number + 1] if number + 1 < len(rows) else []
    return len(filled(below)) == grid.width and is_count(below[grid.column + grid.width - 1].text)


def _takes_single(grid: Grid, number: int, position: int, text: str, after_blank: bool) -> bool:
    """A one-cell row inside a table: a nil return, or a heading over the rows below it."""
    if position != grid.column:
        return is_value(text) and not after_blank and position < grid.column + grid.width
    if NIL.fullmatch(squeeze(text)):
        grid.nils.append(number)
        return True
    if after_blank and _QUESTION.match(squeeze(text)):
        return False
    is_short = len(text) <= _LONGEST_SECTION and not text.rstrip().endswith((".", ":", "?", "]"))
    below = _next_filled(grid.sheet, number)
    if not is_short or below is None or text.startswith(("*", "[", "(")):
        return False
    following = lone(grid.sheet.rows[below])
    if following is not None:
        fits = bool(NIL.fullmatch(squeeze(following[1].text)))
    else:
        fits = _is_row(grid, below, below - number > 1)
    if fits:
        grid.sections.append(number)
    return fits


def _next_filled(sheet: Sheet, number: int) -> int | None:
    return next((below for below in range(number + 1, len(sheet.rows)) if filled(sheet.rows[below])), None)


def _is_row(grid: Grid, number: int, after_blank: bool) -> bool:
    """Whether a row has the shape of those before it; after a blank line it must be like them, not merely possible."""
    row = grid.sheet.rows[number]
    inside = row[grid.column : grid.column + grid.width]
    if any(cell.text for cell in [*row[: grid.column], *row[grid.column + grid.width :]]):
        return False
    if [squeeze(cell.text) for cell in inside] == [squeeze(text) for text in grid.heading_texts]:
        return False
    if not grid.rows_taken:
        return not after_blank and not _is_heading_row_again(row)
    if _heads_another(row, after_blank):
        return False
    like = grid.number_columns
    counts = {position for position, cell in filled(row) if is_count(cell.text) or is_value(cell.text)}
    if like:
        return bool(counts & like) and (not after_blank or len(counts & like) * 2 >= len(like))
    own = len(_own(row))
    if any(is_count(cell.text) for _, cell in filled(row)):
        return False
    return own * 2 > grid.width and not (after_blank and _starts_another(grid, number))


def _number_columns(row: list[Cell]) -> set[int]:
    """Where a row holds numbers, or markers that stand for them."""
    return {
        position
        for position, cell in filled(row)
        if is_count(cell.text) or (_MARKER.fullmatch(cell.text) and _is_numeric(row))
    }


def _is_numeric(row: list[Cell]) -> bool:
    """Whether a row holds nothing but numbers and markers after its label, so that its markers stand for numbers."""
    return all(is_count(cell.text) or _MARKER.fullmatch(cell.text) for _, cell in filled(row)[1:])


def _heads_another(row: list[Cell], after_blank: bool) -> bool:
    """A row of years in rising or falling order, or one year after a blank line: headings, not numbers."""
    texts = [cell.text for _, cell in _own(row)][1:]
    if not texts or any(is_count(text) for text in texts):
        return False
    years = [period for text in texts if (period := period_of(text)) is not None and period.first is not None]
    if len(years) < 2:
        return bool(years) and after_blank
    days = [period.first for period in years if period.first]
    return days in (sorted(days), sorted(days, reverse=True))


def _is_heading_row_again(row: list[Cell]) -> bool:
    return (
        not row[0].text
        and not any(is_count(cell.text) for cell in row)
        and all(period_of(cell.text) for cell in row if cell.text)
    )


def _starts_another(grid: Grid, number: int) -> bool:
    """Whether a row of texts after a blank line is the heading of a further table rather than one more record."""
    row, below = grid.sheet.rows[number], grid.sheet.rows[number + 1 :]
    after = next((other for other in below if filled(other) and lone(other) is None), [])
    changes = [
        is_value(cell.text) != is_value(other.text)
        for cell, other in zip(row, after, strict=False)
        if cell.text and other.text
    ]
    return any(changes) and not any(period_of(cell.text) for cell in row)


def _has_body(grid: Grid) -> bool:
    """Data rows with numbers under the headings, or rows of text that could be records: each with a period, or under
    headings such as offence and outcome."""
    texts = [grid.texts(row) for row in grid.body]
    if any(is_count(text) for row in texts for text in row):
        return True
    dated = any(all(period_of(row[position]) for row in texts) for position in range(grid.width))
    return len(texts) >= 3 and (
        dated or sum(bool(_RECORD_HEADING.search(text)) for text in grid.heading_texts) >= 2
    )


def _pairs(sheet: Sheet, start: int) -> Grid | None:
    """Rows of exactly a label and a number, without headings."""
    end, column = start, None
    while end < len(sheet.rows):
        own = _own(sheet.rows[end])
        if len(own) != 2 or not _is_pair(own[0][1].text, own[1][1].text, goes_on=column is not None):
            break
        if column is not None and own[0][0] != column:
            break
        column = own[0][0]
        end += 1
    if column is None:
        return None
    width = max(filled(row)[-1][0] for row in sheet.rows[start:end]) + 1 - column
    return Grid(sheet, "pairs", start, end, column, width)


def _is_pair(label: str, value: str, *, goes_on: bool) -> bool:
    """Whether a row is a label and a number, or below such rows a word that tells why there is no number."""
    is_told = goes_on and (WITHHELD.fullmatch(squeeze(value)) or NOT_HELD.fullmatch(squeeze(value)))
    return bool(is_count(value) or is_told) and not is_count(label) and bool(without_marks(label))
