"""Lines of a table laid over its columns: what stands in which column at one height of the page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from ingest.readers.pdf.lines import Line, Piece
from ingest.readers.pdf.parts import is_figure, is_year
from ingest.readers.pdf.words import Word

_SPLIT_GAP = 0.4  # of the line height: wider than a space, so that words left and right of it are two entries

_GOES_ON = re.compile(
    r"(?:[,(/&–-]|\b(?:of|or|and|the|to|with|for|in|by|an?|from|at|than|under|involving))$", re.IGNORECASE
)


@dataclass
class Entry:
    """Words of one line that stand in one column, or run over the columns ``first`` to ``last``."""

    words: list[Word]
    first: int
    last: int

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def word_count(self) -> int:
        """How many words it is."""
        return sum(word.word_count for word in self.words)

    @cached_property
    def is_figure(self) -> bool:
        """Whether it is what value cells hold."""
        return is_figure(self.text)


@dataclass
class Band:
    """What stands at one height of a page."""

    page: int
    top: float
    bottom: float
    height: float  # of its text
    entries: list[Entry] = field(default_factory=list)
    is_group_heading: bool = False

    def columns(self) -> set[int]:
        return {entry.first for entry in self.entries}

    def at(self, column: int) -> list[Entry]:
        return [entry for entry in self.entries if entry.first == column]

    def has_figure(self, column: int) -> bool:
        return any(entry.is_figure for entry in self.at(column))

    @property
    def figures(self) -> set[int]:
        return {entry.first for entry in self.entries if entry.is_figure}

    @property
    def has_counts(self) -> bool:
        """Whether it holds figures that are not years."""
        return any(entry.is_figure and not is_year(entry.text) for entry in self.entries)

    @property
    def is_spanning(self) -> bool:
        """Whether it is one entry over several columns, as a heading inside a table is."""
        return len(self.entries) == 1 and self.entries[0].last > self.entries[0].first


def make_bands(lines: Iterable[Line], edges: list[float]) -> list[Band]:
    """One band for each line, in reading order."""
    return [Band(line.page, line.top, line.bottom, line.height, lay_out(line, edges)) for line in lines]


def lay_out(line: Line, edges: list[float]) -> list[Entry]:
    """The entries of a line. A piece over an edge is cut there only where its words show that it is two."""
    inner = edges[1:-1]
    is_data = any(is_figure(piece.text) for piece in line.pieces)
    entries: list[Entry] = []
    for piece in line.pieces:
        for words in _cut(piece, inner, line.height, is_data):
            first = bisect_right(inner, (words[0].left + words[0].right) / 2)
            last = bisect_right(inner, (words[-1].left + words[-1].right) / 2)
            if len(words) == 1:  # a long word may reach over an edge; a column it only touches is not its own
                first, last = bisect_right(inner, words[0].left + 2), bisect_right(inner, words[0].right - 2)
            if entries and first <= entries[-1].last and first == last and words[0].left > entries[-1].right:
                entries[-1].words += words
            else:
                entries.append(Entry(words, first, max(first, last)))
    return entries


def _cut(piece: Piece, inner: list[float], height: float, is_data: bool) -> Iterable[list[Word]]:
    """The words of a piece, cut at edges that fall between two words."""
    run = [piece.words[0]]
    for word in piece.words[1:]:
        gap = word.left - run[-1].right
        at_edge = any(run[-1].right - 1 <= edge <= word.left + 1 for edge in inner)
        if at_edge and (gap > _SPLIT_GAP * height or is_data or is_figure(word.text)):
            yield run
            run = []
        run.append(word)
    yield run


def unfinished(upper: str, lower: str) -> int:
    """Whether one text goes on in the next: 2 when the first cannot be all, or the second no beginning; 1 when
    that is likely; else 0.
    """
    if upper.count("(") > upper.count(")") or lower[:1].islower():
        return 2
    return 1 if _GOES_ON.search(upper) else 0
