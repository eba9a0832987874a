"""Lines that make one unruled table so far, and whether a further line belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.columns import Span, covered, gutters
from ingest.readers.pdf.lines import WIDE_GAP, Line, Piece
from ingest.readers.pdf.parts import is_figure, is_year
from ingest.readers.pdf.words import Word

LEAST_STRIP = 0.3  # of the line height: about one space
HEADING_LINES = 4  # a heading has no more
PROSE_WORDS = 6  # as many words in one piece are a sentence rather than a heading or label
LIST_MARK = re.compile(r"\(?(\d{1,2}|[a-z]|[ivx]{1,4})[.):]\)?|[•▪●○·*–—o-]|\uf0a7|Q\d*[.:]?", re.IGNORECASE)
_CLOSE_STRIP = 0.4  # of the line height: wider than a space, and enough where the rows are in line
_FIRST_GAP = 3.2  # of the line height: how far a header may stand above its first row
_MORE_PITCH = 1.5  # a distance this much larger than any before ends a table
_FLUSH = 3.0


@dataclass
class Block:
    """The lines of one unruled table; it may go on over pages.

    ``full`` are its lines with pieces in several columns; the first ``skipped`` of them are headings that stand
    across columns. ``pending`` are lines with one piece at the end of a page: rows if the table goes on.
    """

    lines: list[Line]
    full: list[Line]
    spans: list[Span]
    skipped: int = 0
    longest_pitch: float = 0.0
    pending: list[Line] = field(default_factory=list)

    @classmethod
    def of(cls, lines: list[Line]) -> Block:
        """A block of lines that all have pieces in several columns."""
        return cls([*lines], [*lines], covered(lines))

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def first(self) -> Line:
        return self.lines[0]

    def strips(self) -> list[Span]:
        """The free strips between its columns."""
        return gutters(self.spans, LEAST_STRIP * self.last.height)

    def add(self, line: Line, singles: Sequence[Line]) -> bool:
        """Take a line with several pieces, and the single ones before it, if it leaves the columns standing."""
        is_apart = bool(singles) or pitch(self.last, line) > 2 * line.height
        if self.crosses_as_prose(line) or (is_apart and self._begins_another(line)):
            return False
        for skipped in range(self.skipped, min(self.skipped + 2, len(self.full))):
            base = self.spans if skipped == self.skipped else covered(self.full[skipped:])
            spans = covered([line], base)
            if self._stand(base, spans, line):
                self._take(line, singles, spans, skipped)
                return True
            if is_apart or any(is_figure(piece.text) for piece in self.full[skipped].pieces[1:]):
                break  # only headings stand across columns
        return False

    def add_above(self, line: Line) -> bool:
        """Take a line above as a row, if it leaves the columns standing."""
        spans = covered([line], self.spans)
        if not self._stand(self.spans, spans, line) or len(gutters(spans, 1)) < len(self.strips()):
            return False
        self.spans = spans
        self.full.insert(0, line)
        self.skipped += self.skipped > 0
        return True

    def is_too_far(self, above: Line, line: Line) -> bool:
        """Whether a line stands too far below the one above it to belong to the table."""
        if line.page != above.page:
            return False
        if not self.longest_pitch:
            return line.top - above.bottom > _FIRST_GAP * above.height
        return pitch(above, line) > max(self.longest_pitch, 1.2 * line.height) * _MORE_PITCH

    def is_row(self, line: Line) -> bool:
        """Whether a line stands in several columns, be it that a long text comes close to the next column."""
        if is_parted(line.pieces):
            return not is_list_item(line)
        strips = self.strips()
        if any(word.left < low - 1 and word.right > high + 1 for word in line.words for low, high in strips):
            return False
        usual = median([b.left - a.right for a, b in pairwise(line.words)] or [0.0])
        least = 1.3 * usual if len(line.words) > 3 else 0.0
        for number, (a, b) in enumerate(pairwise(line.words), start=1):
            gap = b.left - a.right
            in_strip = gap > least and any(a.right <= high and b.left >= low for low, high in strips)
            if in_strip and (gap > _CLOSE_STRIP * line.height or self._are_figures(line.words[number:])):
                return True
        return False

    def starts_with_prose(self) -> bool:
        """Whether its first line is prose that stands across the columns of the others."""
        return len(self.full) > 2 and Block.of(self.full[1:]).crosses_as_prose(self.full[0])

    def crosses_as_prose(self, line: Line) -> bool:
        """Whether a long piece of a line stands across columns."""
        long = [piece for piece in line.pieces if piece.word_count >= PROSE_WORDS]
        strips = self.strips() if long else []
        return any(_crosses(piece, strip, LEAST_STRIP * line.height) for piece in long for strip in strips)

    def stands_over_columns(self, line: Line) -> bool:
        """Whether a line above the table is a heading: over most columns, or right over a later one."""
        strips = self.strips()
        if len(gutters(covered([line], self.spans), LEAST_STRIP * line.height)) < len(strips):
            return False
        if max(piece.word_count for piece in line.pieces) >= PROSE_WORDS:
            return False
        if len(self.columns_of(line)) > max(2, 0.6 * len(strips)):
            return True
        below = [piece for row in self.full[:4] for piece in row.pieces[1:]]
        is_over = len(line.pieces) == 1 and any(_is_in_line(line.pieces[0], piece) for piece in below)
        return is_over and line.left >= strips[0][0] - 1

    def columns_of(self, line: Line) -> set[int]:
        """The columns that the words of a line stand in."""
        strips = self.strips()
        return {sum(low + high < word.left + word.right for low, high in strips) for word in line.words}

    def _begins_another(self, line: Line) -> bool:
        """Whether a line after something else, or on the next page, is the header of another table."""
        if line.page != self.last.page:
            return self._is_header(line) and not any(
                line.text == head.text for head in self.lines[:HEADING_LINES]
            )
        return self._is_header(line) or not self._is_flush(line)

    def _is_header(self, line: Line) -> bool:
        """Whether a line has words, or years, where figures stand above."""
        pieces = line.pieces[1:]
        if not pieces or any(is_figure(piece.text) and not is_year(piece.text) for piece in pieces):
            return False
        if len(pieces) == 1 and is_figure(pieces[0].text):
            return False  # one year, or a count that looks like one
        return sum(self._is_over_figures(piece) for piece in pieces) > 0.5 * len(pieces)

    def _is_over_figures(self, piece: Piece) -> bool:
        above = [
            p for row in self.full[1:] for p in row.pieces if p.left < piece.right and piece.left < p.right
        ]
        return len(self.full) > 1 and sum(is_figure(p.text) for p in above) >= 0.6 * len(above)

    def _is_flush(self, line: Line) -> bool:
        """Whether what stands in later columns is in line with the rows above: left, right or centred."""
        above = [piece for row in (*self.full[:2], *self.full[-4:]) for piece in row.pieces[1:]]
        hits = sum(any(_is_in_line(piece, other) for other in above) for piece in line.pieces[1:])
        return hits >= 0.5 * (len(line.pieces) - 1)

    def _are_figures(self, words: list[Word]) -> bool:
        """Whether words are figures in line with those of the table."""
        above = [piece for row in self.full[-8:] for piece in row.pieces[1:]]
        return all(
            is_figure(word.text) and any(_is_in_line(Piece([word]), p) for p in above) for word in words
        )

    def _stand(self, before: Sequence[Span], spans: Sequence[Span], line: Line) -> bool:
        """Whether enough strips are left. Few lines have narrow gaps in common by chance, but no wide ones."""
        width = LEAST_STRIP * line.height
        had, has = len(gutters(before, width)), len(gutters(spans, width))
        if not has or has < 0.35 * had or has < 0.6 * min(had, len(line.pieces) - 1):
            return False
        if len(self.full) > 3 or gutters(spans, WIDE_GAP * line.height):
            return True
        return (
            len(self.full) > 1 and bool(gutters(spans, _CLOSE_STRIP * line.height)) and self._is_flush(line)
        )

    def _take(self, line: Line, singles: Sequence[Line], spans: list[Span], skipped: int) -> None:
        for added in (*singles, line):
            if added.page == self.last.page:
                self.longest_pitch = max(self.longest_pitch, pitch(self.last, added))
            self.lines.append(added)
        self.full.append(line)
        self.spans, self.skipped = spans, skipped


def pitch(above: Line, line: Line) -> float:
    """The distance of two lines, measured so that lines of several printed lines do not count for more."""
    return line.top - above.bottom + line.height


def is_list_item(line: Line) -> bool:
    """A number or a dot, and prose beside it."""
    if len(line.pieces) != 2 or not LIST_MARK.fullmatch(line.pieces[0].text):
        return False
    return line.pieces[1].word_count >= PROSE_WORDS - 1


def is_parted(pieces: list[Piece]) -> bool:
    """Whether pieces stand beside each other; those of lines set beside each other may also stand over each other."""
    return len(pieces) > 1 and max(p.left for p in pieces) > min(p.right for p in pieces)


def _crosses(piece: Piece, strip: Span, space: float) -> bool:
    """Whether a piece stands on both sides of a strip and leaves no space in it."""
    low, high = strip
    if piece.left > low or piece.right < high:
        return False
    return not any(min(b.left, high) - max(a.right, low) >= space for a, b in pairwise(piece.words))


def _is_in_line(a: Piece, b: Piece) -> bool:
    """Whether two pieces are flush left, flush right or centred on each other."""
    return (
        min(abs(a.left - b.left), abs(a.right - b.right), abs(a.left + a.right - b.left - b.right) / 2)
        < _FLUSH
    )
