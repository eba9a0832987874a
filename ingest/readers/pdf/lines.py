"""Words put together to the lines a person sees, and lines cut into pieces at wide gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from statistics import median

from ingest.readers.pdf.words import Word

WIDE_GAP = 0.62  # of the line height: about two and a half spaces, more than even loosely set words are apart
_BESIDE = 0.3  # of the line height: lines of one column overlap less, however closely they are set


@dataclass
class Piece:
    """Words of one line that stand together."""

    words: list[Word]

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def word_count(self) -> int:
        """How many words it is."""
        return sum(word.word_count for word in self.words)


@dataclass
class Line:
    """Words printed at one height of one page, from left to right."""

    page: int
    words: list[Word]
    number: int = 0  # on its page, from 1, counted over all lines of the page
    beside: list[Line] = field(
        default_factory=list
    )  # the lines this one is put together from; see ``set_beside``
    top: float = field(init=False)
    bottom: float = field(init=False)

    def __post_init__(self) -> None:
        if len(self.words) > 1:
            self.words = _without_overprint(sorted(self.words, key=attrgetter("left")))
        self.top = min([word.top for word in self.words])
        self.bottom = max([word.bottom for word in self.words])

    @property
    def left(self) -> float:
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def height(self) -> float:
        """The usual height of its words; a large initial does not count."""
        return median(word.bottom - word.top for word in self.words)

    @cached_property
    def pieces(self) -> list[Piece]:
        if self.beside:
            return [piece for line in self.beside for piece in line.pieces]
        pieces = [Piece([self.words[0]])]
        for word in self.words[1:]:
            if word.left - pieces[-1].right > WIDE_GAP * self.height:
                pieces.append(Piece([word]))
            else:
                pieces[-1].words.append(word)
        return pieces


def make_lines(words: Iterable[Word], page: int) -> list[Line]:
    """The lines of a page from top to bottom, numbered from 1.

    Words belong to one line when more than half of the lower one's height overlaps. Text that runs up or
    down the page is a line for itself, for it would tie many lines together.
    """
    groups: list[tuple[float, float, list[Word]]] = []  # top and bottom of the first word, words
    single: list[list[Word]] = []
    for word in sorted(words, key=attrgetter("top")):
        _, left, top, right, bottom = word
        if bottom - top > 2 * (right - left) and runs_upright(word):
            single.append([word])
            continue
        for first_top, first_bottom, members in groups[-1:-4:-1]:
            overlap = min(bottom, first_bottom) - top
            if overlap > 0.5 * min(first_bottom - first_top, bottom - top):
                members.append(word)
                break
        else:
            groups.append((top, bottom, [word]))
    lines = [Line(page, members) for members in [*(group[2] for group in groups), *single]]
    lines.sort(key=lambda line: (line.top, line.left))
    for number, line in enumerate(lines, start=1):
        line.number = number
    return lines


def set_beside(lines: list[Line]) -> list[Line]:
    """Lines of which one stands beside others at half their height made one, as where a figure is centred
    beside a label of two lines. Lines that stand over each other stay apart, however closely they are set.
    """
    groups: list[list[Line]] = []
    for line in lines:
        if groups and any(_is_beside(line, other) for other in groups[-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        group[0]
        if len(group) == 1
        else Line(group[0].page, [w for line in group for w in line.words], beside=group)
        for group in groups
    ]


def _is_beside(line: Line, other: Line) -> bool:
    if other.bottom - line.top < _BESIDE * min(line.height, other.height):
        return False
    return not any(a.left < b.right and b.left < a.right for a in line.pieces for b in other.pieces)


def runs_upright(word: Word) -> bool:
    """Whether a word runs up or down the page."""
    return len(word.text) > 2 and word.bottom - word.top > 2 * (word.right - word.left)


def _without_overprint(words: list[Word]) -> list[Word]:
    """Bold text is sometimes made by printing it twice, a hair apart."""
    kept = words[:1]
    for word in words[1:]:
        last = kept[-1]
        if word.text != last.text or word.left - last.left > 1 or abs(word.top - last.top) > 1:
            kept.append(word)
    return kept
