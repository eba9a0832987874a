"""Lines of a table put together to its rows: labels over several lines become one, everything else stays apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.bands import Band, Entry, make_bands, unfinished
from ingest.readers.pdf.headings import spread
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.parts import Row, Slot
from ingest.readers.pdf.rules import Rule

_PADDING = 0.1  # of the line height: by this much rows set apart are further apart than lines of one row
_CLOSE = 0.5  # of the line height: lines of one cell are no further apart
_SPACE = 0.2  # of the line height: a narrow space
_MOST_HEADER_LINES = 4
_MOST_WORDS = 4  # of a heading in one line
_MANY = 3  # as many different lines do not agree by chance
_LONG = 0.6  # of the width of its column: a label that may have run out of place


@dataclass
class SplitRow:
    """One row of a table, and the place of its first line."""

    slots: Row
    page: int
    top: float
    bottom: float

    @property
    def texts(self) -> list[str]:
        return [slot.text for slot in self.slots]


def split_rows(
    lines: Sequence[Line], edges: list[float], separators: dict[int, list[Rule]] | None = None
) -> list[SplitRow]:
    """The rows of a table from its lines (of one page or of several in order) and the edges of its columns.

    ``separators`` are level rules by page: no row reaches over one.
    """
    bands = make_bands(lines, edges)
    if not bands:
        return []
    for number in range(min(_MOST_HEADER_LINES, len(bands) - 1)):
        if bands[number].has_counts or not spread(bands[number], bands[number + 1], len(edges) - 1):
            break
    joins = _Joins(bands, len(edges) - 1, separators or {}).decide()
    rows: list[list[Band]] = [[bands[0]]]
    for band, is_joined in zip(bands[1:], joins, strict=True):
        if is_joined:
            rows[-1].append(band)
        else:
            rows.append([band])
    return [_row(group, len(edges) - 1) for group in rows]


def _row(group: list[Band], count: int) -> SplitRow:
    slots = [Slot("")] * count
    for entry in (entry for band in group for entry in band.entries):
        before = slots[entry.first].text
        slots[entry.first] = Slot(f"{before} {entry.text}" if before else entry.text)
        for column in range(entry.first + 1, entry.last + 1):
            slots[column] = Slot(slots[entry.first].text, True)
    page = group[0].page
    return SplitRow(slots, page, group[0].top, max(band.bottom for band in group if band.page == page))


class _Joins:
    """Decides for each two successive bands whether they are one row.

    Where rows are set further apart than the lines within a row, distance tells. Where all lines are equally
    far apart, a line without figures is part of the row above or below only if the wording shows it, or if all
    such lines of the table fit one way: each begins with a word that had no place in the line before it.
    """

    def __init__(self, bands: list[Band], count: int, separators: dict[int, list[Rule]]) -> None:
        self.bands, self.separators = bands, separators
        self.height = median(band.height for band in bands)
        self.widths = [
            max(
                (
                    entry.right - entry.left
                    for band in bands
                    for entry in band.at(column)
                    if entry.last == column
                ),
                default=0,
            )
            for column in range(count)
        ]
        has_figures = any(band.figures - {0} for band in bands)
        self.is_full = [
            bool(b.figures - {0}) if has_figures else len(b.columns()) > 0.6 * count for b in bands
        ]
        self.figure_columns = {
            c
            for c in range(1, count)
            if sum(b.has_figure(c) for b in bands) > 0.5 * sum(bool(b.at(c)) for b in bands)
        }
        self.head = next((number for number, band in enumerate(bands) if band.figures), 0)
        self.tight = self._tight_gap()

    def decide(self) -> list[bool]:
        joins = [self._by_distance(a, b) for a, b in pairwise(self.bands)]
        for run in self._runs(joins):
            self._by_wording(run, joins)
        self._by_agreement(joins)
        for number in range(min(self.head, _MOST_HEADER_LINES) - 1):
            if joins[number] is None and self._is_header(number):
                joins[number] = True
        return [bool(join) for join in joins]

    # -- distance -----------------------------------------------------------------------------------------------

    def _tight_gap(self) -> float | None:
        """The largest distance of lines within one row; None when distance tells nothing."""
        pairs = [(b.top - a.bottom, a, b) for a, b in pairwise(self.bands) if a.page == b.page]
        apart = [gap for gap, a, b in pairs if a.figures & b.figures]
        if apart:
            limit = min(apart) - _PADDING * self.height
            within = [gap for gap, _, _ in pairs if gap < limit]
            return max(within) if within else None
        gaps = sorted(gap for gap, _, _ in pairs)
        jumps = [(high - low, place) for place, (low, high) in enumerate(pairwise(gaps), start=1)]
        size, place = max(jumps, default=(0.0, 0))
        rows = sum(self.is_full)
        if size > _PADDING * self.height and rows > 2 and len(gaps) - place >= 0.7 * (rows - 1):
            return gaps[place - 1]
        return None

    def _by_distance(self, a: Band, b: Band) -> bool | None:
        """True or False where that is certain, None where the wording must tell."""
        if (
            a.is_group_heading
            or a.figures & b.figures
            or a.is_spanning
            or b.is_spanning
            or self._is_ruled_off(a, b)
        ):
            return False
        if (a.columns() - a.figures) & b.figures & self.figure_columns:
            return False  # a heading over its first figure
        if a.page != b.page:
            is_complement = a.columns() == {0} and bool(b.figures) and 0 not in b.columns()
            return True if is_complement else None
        gap = b.top - a.bottom
        if self.tight is not None:
            return gap <= self.tight + 0.01
        return False if gap > _CLOSE * self.height else None

    def _is_ruled_off(self, a: Band, b: Band) -> bool:
        if a.page != b.page:
            return False
        top, bottom = (a.top + a.bottom) / 2, (b.top + b.bottom) / 2
        left = min(entry.left for entry in (*a.entries, *b.entries))
        right = max(entry.right for entry in (*a.entries, *b.entries))
        rules = self.separators.get(a.page, [])
        return any(
            top < rule.at < bottom and rule.start <= left + 5 and rule.end >= right - 5 for rule in rules
        )

    # -- wording ------------------------------------------------------------------------------------------------

    def _runs(self, joins: list[bool | None]) -> list[tuple[int, int]]:
        """Stretches of undecided pairs, as first and last band of each."""
        runs: list[tuple[int, int]] = []
        for number, join in enumerate(joins):
            if join is None:
                if runs and runs[-1][1] == number:
                    runs[-1] = (runs[-1][0], number + 1)
                else:
                    runs.append((number, number + 1))
        return runs

    def _by_wording(self, run: tuple[int, int], joins: list[bool | None]) -> None:
        """Join what the wording shows to go on, without bringing two full bands into one row."""
        first, last = run
        for number in sorted(range(first, last), key=lambda n: -self._cue(self.bands[n], self.bands[n + 1])):
            a, b = self.bands[number], self.bands[number + 1]
            if self._cue(a, b) and self._is_possible(number) and not self._meets_full(number, joins):
                joins[number] = True

    def _by_agreement(self, joins: list[bool | None]) -> None:
        """Lines without figures that all fit to the row below them, or all to the one above, belong there.

        Only where enough different lines agree, each of several words: headings inside a table may fit by chance,
        the more so below a row with a long label. Fewer are enough where the wording of others has shown the same.
        """
        loose = self._loose(joins)
        labelled = [(first, last) for first, last in loose if 0 in self.bands[first].columns()]
        texts = {entry.text for first, _ in labelled for entry in self.bands[first].at(0)}
        told_below, told_above = self._directions(joins)
        least_below = 1 if told_below > told_above else _MANY
        least_above = _MANY if told_above > told_below else _MANY + 1
        below, above = [last for _, last in labelled], [first - 1 for first, _ in labelled]
        for pairs, least in ((below, least_below), (above, least_above)):
            if len(texts) >= least and all(
                self._may_join(pair, joins) and self._is_long(pair) for pair in pairs
            ):
                for pair in pairs:
                    joins[pair] = True
                break
        self._join_without_label(sorted(set(loose) - set(labelled)), joins)

    def _loose(self, joins: list[bool | None]) -> list[tuple[int, int]]:
        """First and last band of every row, as far as joined, in which no band is full."""
        starts = [0, *(n + 1 for n, join in enumerate(joins) if not join)]
        rows = [(start, end - 1) for start, end in pairwise([*starts, len(self.bands)])]
        return [(first, last) for first, last in rows if not any(self.is_full[first : last + 1])]

    def _is_long(self, number: int) -> bool:
        """Whether the label of a band nearly fills its column, with several words."""
        label = next(iter(self.bands[number].at(0)[::-1]), None)
        if label is None:
            return False
        return label.word_count >= _MANY and label.right - label.left > _LONG * self.widths[0]

    def _join_without_label(self, groups: list[tuple[int, int]], joins: list[bool | None]) -> None:
        """A line without label and figures is no heading; it belongs to the row above or below."""
        below, above = self._directions(joins)
        for first, last in groups:
            pairs = [pair for pair in (first - 1, last) if self._may_join(pair, joins)]
            if len(pairs) == 2 and below != above:
                pairs = [last if below > above else first - 1]
            if len(pairs) == 1:
                joins[pairs[0]] = True

    def _directions(self, joins: list[bool | None]) -> tuple[int, int]:
        """How many lines without figures belong to a row below, and to one above, as far as decided."""
        joined = [n for n, join in enumerate(joins) if join]
        return sum(not self.is_full[n] for n in joined), sum(not self.is_full[n + 1] for n in joined)

    def _may_join(self, number: int, joins: list[bool | None]) -> bool:
        if not 0 <= number < len(joins) or joins[number] is False:
            return False
        return self._on_one_page(number) and self._is_possible(number) and not self._meets_full(number, joins)

    def _on_one_page(self, number: int) -> bool:
        return self.bands[number].page == self.bands[number + 1].page

    def _is_possible(self, number: int) -> bool:
        """Whether the second line can go on the first: in each column they share, its first word had no place."""
        a, b = self.bands[number], self.bands[number + 1]
        shared = a.columns() & b.columns()
        if not shared or not (shared == a.columns() or shared == b.columns()):
            return False
        return all(self._had_no_place(a.at(column)[-1], b.at(column)[0], column) for column in shared)

    def _had_no_place(self, upper: Entry, lower: Entry, column: int) -> bool:
        needed = upper.right - upper.left + _SPACE * self.height + lower.words[0].first_width
        return needed > self.widths[column] - 0.5

    def _cue(self, a: Band, b: Band) -> int:
        """How clearly the wording shows that a text goes on in the next line."""
        shared = a.columns() & b.columns()
        return max((unfinished(a.at(column)[-1].text, b.at(column)[0].text) for column in shared), default=0)

    def _meets_full(self, number: int, joins: list[bool | None]) -> bool:
        """Whether joining two bands would put two full bands, with figures in one column, into one row."""
        first, last = number, number + 1
        while first > 0 and joins[first - 1]:
            first -= 1
        while last < len(joins) and joins[last]:
            last += 1
        group = self.bands[first : last + 1]
        if sum(self.is_full[first : last + 1]) > 1 and not any(band.figures for band in group):
            return True
        columns = [column for band in group for column in band.figures]
        return len(columns) > len(set(columns))

    def _is_header(self, number: int) -> bool:
        """Two lines above all figures that are one heading row: what shares a column there fills it."""
        a, b = self.bands[number], self.bands[number + 1]
        shared = a.columns() & b.columns()
        is_group_heading = len(a.entries) > 1 and len(b.columns() - a.columns() - {0}) >= len(a.entries) - 1
        if (
            not shared
            or is_group_heading
            or a.page != b.page
            or any(e.word_count > _MOST_WORDS for e in a.entries)
        ):
            return False
        return all(self._had_no_place(a.at(column)[-1], b.at(column)[0], column) for column in shared)
