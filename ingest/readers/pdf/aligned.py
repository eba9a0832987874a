"""Finds tables without rules: successive lines whose words leave the same upright strips free."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.block import HEADING_LINES, LIST_MARK, PROSE_WORDS, Block, is_list_item
from ingest.readers.pdf.columns import find_edges
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.parts import Part, is_figure
from ingest.readers.pdf.rowsplit import split_rows

_MOST_SINGLE_LINES = 4  # lines with one piece between two full lines of a table
_MOST_REST = 3  # lines of a label below the figures of its row
_CLOSE = 0.5  # of the line height: lines of one cell are no further apart
_SMALL = 0.6  # of the cells: more than that begin with a small letter in prose
_PADDING = 0.1  # of the line height: what sets rows apart at least


def find_blocks(
    lines: list[Line], going_on: Block | None = None, walls: Sequence[Part] = (), before: Sequence[Line] = ()
) -> list[Block]:
    """The unruled tables of a page. ``going_on`` may continue from the page before at the first line; then it
    grows and stands first in the answer. No table reaches over a ruled one (``walls``). ``before`` are the last
    lines of the page before, should a heading have been left there without its table.
    """
    blocks: list[Block] = []
    start = 0
    if going_on is not None:
        start = _grow(going_on, lines, 0, walls)
        if start:
            blocks.append(going_on)
    floor = start
    while start < len(lines):
        if len(lines[start].pieces) < 2 or is_list_item(lines[start]):
            start += 1
            continue
        block = Block.of([lines[start]])
        end = _grow(block, lines, start + 1, walls)
        if len(block.full) > 1 and not block.starts_with_prose():
            _take_heading_above(block, [*(() if floor else before), *lines[floor:start]])
            if _is_table(block):
                blocks.append(block)
                floor = start = end
                continue
        start += 1
    return blocks


def _grow(block: Block, lines: list[Line], start: int, walls: Sequence[Part]) -> int:
    """Add lines from ``start`` on; the index after the last one taken."""
    is_new_page = start < len(lines) and lines[start].page != block.last.page
    taken, singles = start, block.pending
    block.pending = []
    for index in range(start, len(lines)):
        line = lines[index]
        above = singles[-1] if singles else block.last
        if block.is_too_far(above, line) or _is_walled_off(above, line, walls):
            break
        if block.is_row(line):
            if not block.add(line, singles):
                break
            taken, singles = index + 1, []
        else:
            singles.append(line)
            if len(singles) > _MOST_SINGLE_LINES or not _may_stand_in(line, block):
                break
    else:
        block.pending = singles
    if is_new_page and taken == start:
        block.pending = []
        return start
    return taken + _take_rest(block, lines, taken)


def _may_stand_in(line: Line, block: Block) -> bool:
    """A line with one piece inside a table: a label, a heading at its left edge, or text inside one column."""
    left = block.spans[0][0]
    right = max(block.spans[-1][1], *(head.right for head in block.lines[:HEADING_LINES]))
    if len(block.full) == 1 and line.right < left:
        return True  # below a header whose first column has no heading
    if line.left < left - 3 or line.right > right + 3:
        return False
    if line.left <= left + 3 * line.height:
        return True
    return not any(line.left < low and line.right > high for low, high in block.strips())


def _is_walled_off(a: Line, b: Line, walls: Sequence[Part]) -> bool:
    """Whether a ruled table stands between two lines."""
    left, right = min(a.left, b.left), max(a.right, b.right)
    return a.page == b.page and any(
        a.bottom - 2 < wall.bottom and wall.top < b.top + 2 and wall.left < right and left < wall.right
        for wall in walls
    )


def _take_rest(block: Block, lines: list[Line], start: int) -> int:
    """The last row's label may go on below its figures. How many such lines are taken."""
    count = 0
    for line, following in pairwise([*lines[start : start + _MOST_REST + 1], None]):
        if count == _MOST_REST or line is None or not _is_rest(block, line, following):
            break
        block.lines.append(line)
        count += 1
    block.pending = block.pending[count:]
    return count


def _is_rest(block: Block, line: Line, following: Line | None) -> bool:
    strips, last = block.strips(), block.last
    gap = line.top - last.bottom
    if line.page != last.page or len(line.pieces) > 1 or not strips or gap > _CLOSE * line.height:
        return False
    if abs(line.left - last.left) > 3:  # more text of another column, flush with what stands above it
        is_flush = any(abs(line.left - piece.left) < 1 for piece in last.pieces[1:])
        return is_flush and not any(line.left < high < line.right for _, high in strips)
    if line.right > strips[0][1]:
        return False
    if following and following.top - line.bottom < gap + 0.2 * line.height and following.right > strips[0][1]:
        return False  # prose that begins with a short line
    gaps = [b.top - a.bottom for a, b in pairwise(block.full) if a.page == b.page]
    if gaps and gap < median(gaps) - _PADDING * line.height:
        return True
    label = last.pieces[0]
    widest = max(row.pieces[0].right - row.pieces[0].left for row in block.lines)
    needed = label.right - label.left + 0.25 * line.height + line.words[0].first_width
    return line.text[:1].islower() or needed > widest - 0.5


def _take_heading_above(block: Block, lines: list[Line]) -> None:
    """Lines above that do not show the columns by themselves: headings over one column only or closely set, and
    what stands between them and the first row, as the label of that row does.
    """
    gaps = [b.top - a.bottom for a, b in pairwise(block.lines) if a.page == b.page]
    most = max(_CLOSE * block.first.height, 1.5 * max(gaps, default=0.0))
    taken, below = len(lines), block.first
    for number in range(len(lines) - 1, max(-1, len(lines) - 1 - HEADING_LINES), -1):
        line = lines[number]
        if line.page == below.page and below.top - line.bottom > most:
            break
        if (block.is_row(line) and block.add_above(line)) or block.stands_over_columns(line):
            taken = number
        elif block.columns_of(line) != {0}:
            break
        below = line
    block.lines[:0] = lines[taken:]


def _is_table(block: Block) -> bool:
    """Whether the lines are a table and not a numbered list, loosely set prose or two columns of prose."""
    edges = find_edges(block.lines, block.full)
    columns = len(edges) - 1
    if columns < 2:
        return False
    rows = split_rows(block.lines, edges)
    filled = [[slot.text for slot in row.slots if slot.text and not slot.is_continued] for row in rows]
    several = [texts for texts in filled if len(texts) > 1]
    if len(several) < 2 or (columns == 2 and all(LIST_MARK.fullmatch(texts[0]) for texts in several)):
        return False
    if all(
        median(len(row.slots[column].text.split()) for row in rows) >= PROSE_WORDS
        for column in range(columns)
    ):
        return False
    if any(is_figure(text) for texts in several for text in texts[1:]):
        return True
    # Without figures, several rows in capitals: words of loosely set prose stand in line for two lines at most.
    small = sum(text[:1].islower() for texts in several for text in texts)
    return len(several) > 2 and small < _SMALL * sum(map(len, several))
