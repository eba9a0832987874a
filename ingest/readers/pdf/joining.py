"""Tables that run over pages put together: their parts, a repeated header dropped, split rows mended."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ingest.cells import same_text
from ingest.readers.pdf.parts import Part, Row, Slot, is_empty, is_figure, is_year

_SAME_EDGE = 4.0
_MOST_HEADER_ROWS = 3
_KNOWN_ROWS = 200  # enough to know what a column holds


@dataclass(slots=True)
class PlacedSlot:
    """A slot and where a person finds it: the part it stands in, its row and column there."""

    slot: Slot
    part: Part
    row: int
    column: int


@dataclass
class Table:
    """One table of the document: its parts in order, and its rows as one."""

    parts: list[Part]
    rows: list[list[PlacedSlot]] = field(default_factory=list)

    @classmethod
    def of(cls, parts: list[Part]) -> Table:
        """A table of parts whose rows are whole already."""
        return cls(parts, [row for part in parts for row in _placed(part)[part.repeated :]])

    def fitted(self, part: Part) -> Part | None:
        """A part at the top of the next page, laid over the columns of this table if it is more of it."""
        fitted = _fit(part, self.parts[0].edges)
        if fitted is None or _starts_anew(self._slots(), [row for row in fitted.rows if not is_empty(row)]):
            return None
        return fitted

    def append(self, part: Part) -> None:
        """Go on with the part of the next page."""
        above, last = self.parts[-1], [placed.slot for placed in self.rows[-1]]
        self.parts.append(part)
        rows = _placed(part)[_repeated_header(self._slots(), part.rows) :]
        if rows and _is_split(last, [placed.slot for placed in rows[0]], above, part):
            self.rows[-1] = [_mended(a, b) for a, b in zip(self.rows[-1], rows.pop(0), strict=True)]
        self.rows += rows

    def _slots(self) -> list[Row]:
        return [[placed.slot for placed in row] for row in self.rows[:_KNOWN_ROWS]]


def _fit(part: Part, edges: list[float]) -> Part | None:
    """The part with its rows laid over other edges; None when its own columns are others.

    Pages may be set off against each other, and a page where two columns are merged throughout lacks an edge.
    """
    shift = edges[0] - part.edges[0]
    own = [edge + shift for edge in part.edges]
    places = [min(range(len(edges)), key=lambda index: abs(edges[index] - edge)) for edge in own]
    if any(abs(edges[place] - edge) > _SAME_EDGE for place, edge in zip(places, own, strict=True)):
        return None
    if len(set(places)) < len(places) or places[-1] != len(edges) - 1:
        return None
    is_whole = len(places) == len(edges)
    rows = part.rows if is_whole else [_widened(row, places) for row in part.rows]
    return replace(part, rows=rows, edges=[edge - shift for edge in edges])


def _widened(row: Row, places: list[int]) -> Row:
    wide = [Slot("")] * places[-1]
    for column, slot in enumerate(row):
        for place in range(places[column], places[column + 1]):
            wide[place] = Slot(slot.text, slot.is_continued or place > places[column])
    return wide


def _starts_anew(rows: list[Row], next_rows: list[Row]) -> bool:
    """Whether the rows after a page break begin with a header of their own.

    A header repeated from the first page is no new one. Else a header shows by words, or the table's own year
    headings, in columns that hold figures above and below it.
    """
    if not next_rows or len(rows) < 2 or _repeated_header(rows, next_rows):
        return False
    head, body = next_rows[0], rows[1:]
    figure_columns = [
        column
        for column in range(len(head))
        if sum(is_figure(row[column].text) for row in body)
        > 0.6 * sum(bool(row[column].text) for row in body)
        > 0
    ]
    texts = [
        head[column].text for column in figure_columns if head[column].text and not head[column].is_continued
    ]
    if not texts:
        return False
    if all(not is_figure(text) or is_year(text) for text in texts) and len(texts) > 0.5 * len(figure_columns):
        years = [text for text in texts if is_year(text)]
        return not years or len(years) > 1 or len(texts) > len(years)
    return False


def _repeated_header(rows: list[Row], next_rows: list[Row]) -> int:
    """How many rows at the top of a later page only repeat the table's header."""
    count = 0
    while count < min(_MOST_HEADER_ROWS, len(rows) - 1, len(next_rows)):
        first, again = rows[count], next_rows[count]
        if len(first) != len(again) or is_empty(first):
            break
        if not all(same_text(a.text, b.text) for a, b in zip(first, again, strict=True)):
            break
        if (
            any(is_figure(slot.text) and not is_year(slot.text) for slot in first[1:])
            or first in rows[count + 1 :]
        ):
            break  # a row of data that happens to be the same
        if not count and first[0].text and sum(bool(slot.text) for slot in first) < 2:
            break  # a heading inside the table
        count += 1
    return count


def _is_split(above: Row, below: Row, part: Part, next_part: Part) -> bool:
    """Whether the last row of a page goes on in the first row of the next one."""
    if is_empty(above) or is_empty(below) or len(above) != len(below):
        return False
    if any(slot.is_continued for slot in above) or any(slot.is_continued for slot in below):
        return False
    both = [(a.text, b.text) for a, b in zip(above, below, strict=True) if a.text and b.text]
    if not both:
        return not below[0].text
    if any(is_figure(b) for _, b in both) or (_has_figures(above) and _has_figures(below)):
        return False
    is_open = part.is_open_below and next_part.is_open_above
    return is_open or all(b[:1].islower() for _, b in both)


def _has_figures(row: Row) -> bool:
    return any(is_figure(slot.text) for slot in row[1:])


def _mended(a: PlacedSlot, b: PlacedSlot) -> PlacedSlot:
    """One cell from its two halves; it is found where it begins."""
    if not a.slot.text:
        return b
    if b.slot.text:
        a.slot = Slot(f"{a.slot.text} {b.slot.text}", a.slot.is_continued)
    return a


def _placed(part: Part) -> list[list[PlacedSlot]]:
    return [
        [PlacedSlot(slot, part, number, column) for column, slot in enumerate(row, start=1)]
        for number, row in enumerate(part.rows, start=1)
    ]
