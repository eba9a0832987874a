"""A grid of ruled cells: which of them are merged, which words stand in each, and the rows that come of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise

from ingest.readers.pdf.lines import Line, make_lines, runs_upright, set_beside
from ingest.readers.pdf.parts import Row, Slot
from ingest.readers.pdf.rowsplit import split_rows
from ingest.readers.pdf.rules import Rule
from ingest.readers.pdf.words import Word

_COUNT = re.compile(r"[<>]?\s?\d[\d,]*\.?|[*–—-]")
_MANY_LINES = 8

Place = tuple[int, int]  # row, column


class CellGrid:
    """Columns between ``xs``, rows between ``ys``; without rules all of it is one merged cell."""

    def __init__(self, xs: list[float], ys: list[float], *, has_level_rules: bool = True) -> None:
        self.xs, self.ys, self._has_level_rules = xs, ys, has_level_rules
        self.width, self.height = len(xs) - 1, len(ys) - 1
        self._has_upright = [[False] * (self.width + 1) for _ in range(self.height)]  # left of the column
        self._has_level = [[False] * self.width for _ in range(self.height + 1)]  # above the row
        self._words: dict[Place, list[Word]] = {}
        self._order: list[tuple[Place, Word]] = []
        self._home: dict[Place, Place] = {}

    def add_uprights(self, rules: Iterable[Rule]) -> None:
        """Upright rules; they part the cells of the rows they pass."""
        middles = [(a + b) / 2 for a, b in pairwise(self.ys)]
        for rule in rules:
            column = _nearest(self.xs, rule.at)
            for row in range(bisect_left(middles, rule.start - 1), bisect_right(middles, rule.end + 1)):
                self._has_upright[row][column] = True

    def add_levels(self, rules: Iterable[Rule]) -> None:
        """Level rules; they part the cells of the columns they pass."""
        middles = [(a + b) / 2 for a, b in pairwise(self.xs)]
        for rule in rules:
            row = _nearest(self.ys, rule.at)
            for column in range(bisect_left(middles, rule.start - 1), bisect_right(middles, rule.end + 1)):
                self._has_level[row][column] = True

    def place(self, words: list[Word]) -> None:
        """Give every word to the cell it stands in, in reading order."""
        xs, ys = self.xs[1:-1], self.ys[1:-1]
        for word in words:
            _, left, top, right, bottom = word
            place = bisect_right(ys, (top + bottom) / 2), bisect_right(xs, (left + right) / 2)
            self._words.setdefault(place, []).append(word)
            self._order.append((place, word))
        self._part_unruled_columns()
        self._home = self._merge()

    def rows(self) -> list[Row]:
        """The rows from top to bottom. Lines stacked in one ruled row become rows of their own."""
        texts: dict[Place, list[Word]] = {}
        for place, word in self._order:
            texts.setdefault(self._home[place], []).append(word)
        printed = {home: _text(words) for home, words in texts.items()}
        rows: list[Row] = []
        for row in range(self.height):
            stacked = self._stacked_lines(row)
            if stacked:
                rows += [[Slot(text) for text in split.texts] for split in split_rows(stacked, self.xs)]
                continue
            homes = [self._home[row, column] for column in range(self.width)]
            rows.append(
                [Slot(printed.get(home, ""), home != (row, column)) for column, home in enumerate(homes)]
            )
        return rows

    def _merge(self) -> dict[Place, Place]:
        """For every place the first place of its merged cell. A merged cell covers the whole box around it."""
        home: dict[Place, Place] = {}
        if all(map(all, (has[1 : self.width] for has in self._has_upright))) and all(
            map(all, self._has_level[1:-1])
        ):
            return {
                (row, column): (row, column) for row in range(self.height) for column in range(self.width)
            }
        for row in range(self.height):
            for column in range(self.width):
                if (row, column) in home:
                    continue
                right, below = column + 1, row + 1
                while right < self.width and not self._has_upright[row][right] and (row, right) not in home:
                    right += 1
                while below < self.height and not any(self._has_level[below][column:right]):
                    below += 1
                for y in range(row, below):
                    for x in range(column, right):
                        home.setdefault((y, x), (row, column))
        return home

    def _part_unruled_columns(self) -> None:
        """Where rules between columns are left out, wide gaps in a row show that its cells are not merged.

        What one row shows holds for all rows that lack the same rule, unless their words stand across it.
        """
        lines = {row: self._lines_across(row) for row in range(self.height)}
        for column in range(1, self.width):
            x = self.xs[column]
            lacking = [row for row in range(self.height) if not self._has_upright[row][column]]
            crossed = {row for row in lacking if any(_crosses(line, x) for line in lines[row])}
            if any(_parts(line, x, self.xs) for row in lacking if row not in crossed for line in lines[row]):
                for row in lacking:
                    self._has_upright[row][column] = row not in crossed

    def _lines_across(self, row: int) -> list[Line]:
        """The lines of a row whose cells are not all parted by rules."""
        if all(self._has_upright[row][1 : self.width]):
            return []
        return make_lines(
            (word for column in range(self.width) for word in self._words.get((row, column), [])), 0
        )

    def _stacked_lines(self, row: int) -> list[Line] | None:
        """The lines of a ruled row that holds several rows of the table, as where only the header is ruled off."""
        cells = [self._words.get((row, column), []) for column in range(self.width)]
        if not self._has_level_rules:
            return set_beside(make_lines((word for words in cells for word in words), 0))
        if sum(len(words) > 1 and words[-1].top > words[0].bottom - 1 for words in cells) < 2:
            return None  # the quick answer for nearly every row
        homes = [self._home[row, column] for column in range(self.width)]
        below = [self._home[row + 1, column] for column in range(self.width)] if row + 1 < self.height else []
        if (
            len(set(homes)) < 2
            or any(home[0] != row for home in homes)
            or any(home[0] <= row for home in below)
        ):
            return None
        by_column = [make_lines(words, 0) for words in cells]
        filled = [lines for lines in by_column if len(lines) > 1]
        if len(filled) < 2 or not by_column[0]:
            return None
        has_counts = any(all(_COUNT.fullmatch(line.text) for line in lines) for lines in filled)
        lines = make_lines((word for words in cells for word in words), 0)
        full = [line for line in lines if len(line.pieces) > 1]
        is_long = len(lines) > _MANY_LINES and len(full) > 0.8 * len(lines)
        return set_beside(lines) if has_counts or is_long else None


def _crosses(line: Line, x: float) -> bool:
    return any(piece.left < x - 1 and piece.right > x + 1 for piece in line.pieces)


def _parts(line: Line, x: float, xs: list[float]) -> bool:
    """Whether a line has a piece in the column on either side of x."""
    column = xs.index(x)
    centres = [(piece.left + piece.right) / 2 for piece in line.pieces]
    return any(xs[column - 1] < at < x for at in centres) and any(x < at < xs[column + 1] for at in centres)


def _nearest(edges: list[float], at: float) -> int:
    number = bisect_left(edges, at)
    if number == len(edges) or (number and at - edges[number - 1] < edges[number] - at):
        number -= 1
    return number


def _text(words: list[Word]) -> str:
    if len(words) == 1:
        return words[0].text
    upright = next(filter(runs_upright, words), None)
    if upright and all(abs(word.right - word.left - upright.right + upright.left) < 1 for word in words):
        words = sorted(words, key=lambda word: (round(word.left), -word.bottom))  # such headings read upwards
    return " ".join(word.text for word in words)
