"""The words of a page with the boxes they are printed in; words printed in one go stay together."""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ingest.readers.pdf.calls import ADDRESS, NUMBER, Floats, address_of, quick
from ingest.readers.pdf.rules import Rule
from ingest.readers.pdf.view import View

if TYPE_CHECKING:
    import pypdfium2

Span = tuple[int, int]

# pdfium gives a hyphen at a line's end as one of these marks, with no break after it.
_LINE_END_HYPHENS = "\x02\ufffe"
_WORD = re.compile(rf"[^\s{_LINE_END_HYPHENS}]+[{_LINE_END_HYPHENS}]?|[{_LINE_END_HYPHENS}]")
_PRINTED = str.maketrans({**dict.fromkeys(_LINE_END_HYPHENS + "\xad", "-"), "\uf0b7": "•"})
_SAMPLED_WORDS = 40
_ROTATIONS = (
    0,
    270,
    180,
    90,
)  # turn that makes text upright, by the quarter turns pdfium reports for a character
_NARROW, _WIDE = frozenset("fijltI.,:;'!|()[]-/ "), frozenset("mwMW@%")
_WIDELY = 0.6  # of its height: a character takes less where no run of spaces stands among the words
_SPACES = 2.6  # spaces and more set columns apart; two are a typist's
_SMALLEST = 1.0  # points: letters lower and narrower than this are specks
_TALL = 1.5  # of the first character's height: higher words go over more than one line
_NOTHING = -1  # no address: a character that stands in no text object
_LEAST_ROOM = 0.6  # points between two characters with a rule between them


class Word(NamedTuple):
    """A word, or several that the file prints in one go, and the box around it (``top`` is smaller than ``bottom``).

    Words printed in one go are of one cell; kept together they need one box, and no wide space parts them.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def word_count(self) -> int:
        """How many words it is."""
        return self.text.count(" ") + 1

    @property
    def first_width(self) -> float:
        """How wide its first word is, near enough."""
        first = self.text.split(" ", 1)[0]
        return (self.right - self.left) * _weight(first) / _weight(self.text)


class PageText:
    """The characters of one page, found by their index in the file."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._text_page = page.get_textpage()
        self._handle = self._text_page.raw
        self._address = address_of(self._handle)
        # The loose box is as high as the font, so that all words of a line have the same top and bottom.
        self._get_box = quick("FPDFText_GetLooseCharBox", NUMBER, ADDRESS, NUMBER, ADDRESS)
        self._get_object = quick("FPDFText_GetTextObject", ADDRESS, ADDRESS, NUMBER)
        self._is_generated = quick("FPDFText_IsGenerated", NUMBER, ADDRESS, NUMBER)
        self._box = Floats(4)
        self._is_tall = False  # whether the word asked for last is higher than a line
        self._characters = _characters(self._text_page)
        self._printed = self._characters.translate(_PRINTED)
        self._spans = [match.span() for match in _WORD.finditer(self._characters)]

    def close(self) -> None:
        """Free what pdfium holds for the page's text."""
        self._text_page.close()

    def rotation(self) -> int | None:
        """The turn after which most text runs from left to right; None for a page without text."""
        import pypdfium2.raw as pdfium

        sample = self._spans[:: max(1, len(self._spans) // _SAMPLED_WORDS)]
        angles = [pdfium.FPDFText_GetCharAngle(self._handle, start) for start, _ in sample]
        turns = [_ROTATIONS[round(angle / (math.pi / 2)) % 4] for angle in angles if angle >= 0]
        return max(set(turns), key=lambda turn: (turns.count(turn), -turn)) if turns else None

    def words(self, view: View, uprights: list[Rule]) -> list[Word]:
        """Every word printed on the visible page, in the order of the file, cut where an upright rule crosses it."""
        crossings = _Crossings(uprights)
        words: list[Word] = []
        for first, last in self._printed_together():
            start = self._spans[first][0]
            word = self._word(start, self._spans[last][1], view)
            if word is None or not view.shows(word.left, word.top, word.right, word.bottom):
                continue
            if self._is_tall and self._runs_level(start, view):
                for span in self._spans[first : last + 1]:
                    words += self._unstacked(*span, view)
            elif crossings.first(word) is not None:
                for span in self._spans[first : last + 1]:
                    words += self._cut(span, crossings, view)
            elif last > first and word.right - word.left > _WIDELY * (word.bottom - word.top) * len(
                word.text
            ):
                words += self._set_apart(first, last, view)
            else:
                words.append(word)
        return words

    def _set_apart(self, first: int, last: int, view: View) -> list[Word]:
        """The words of one instruction, parted where runs of spaces stand, as in preformatted columns. pdfium tells
        such a run as one space, so that the boxes around it have to be measured.
        """
        words: list[Word] = []
        start = self._spans[first][0]
        for (_, end), (begin, _) in pairwise(self._spans[first : last + 1]):
            before, space, after = (self._sides(index) for index in (end - 1, end, begin))
            if before and space and after and after[0] - before[1] > _SPACES * max(space[1] - space[0], 1.0):
                words += [word] if (word := self._word(start, end, view)) else []
                start = begin
        return [*words, word] if (word := self._word(start, self._spans[last][1], view)) else words

    def _sides(self, index: int) -> tuple[float, float] | None:
        """Left and right of a character along the line of upright text."""
        if not self._get_box(self._address, index, self._box.place):
            return None
        return self._box.numbers[0], self._box.numbers[2]

    def _printed_together(self) -> Iterator[tuple[int, int]]:
        """The words of the page in groups: printed by one instruction, with one space between each two. The numbers
        of the first and the last word of each group.
        """
        is_generated, printed_by = self._is_generated, self._get_object
        spans, characters, address = self._spans, self._characters, self._address
        first, end_before, instruction = 0, -2, 0
        for number, (start, end) in enumerate(spans):
            is_near = start - end_before == 1 and characters[end_before] == " "
            if is_near and not is_generated(address, end_before):
                instruction = instruction or printed_by(address, spans[first][0]) or _NOTHING
                if printed_by(address, start) == instruction:
                    end_before = end
                    continue
            if number:
                yield first, number - 1
            first, end_before, instruction = number, end, 0
        if spans:
            yield first, len(spans) - 1

    def _word(self, start: int, end: int, view: View) -> Word | None:
        self._is_tall = False
        if not self._get_box(self._address, start, self._box.place):
            return None
        x0, y1, x1, y0 = self._box.numbers
        if end - start > 1 and self._get_box(self._address, end - 1, self._box.place):
            height = y1 - y0
            left, top, right, bottom = self._box.numbers
            x0, x1 = min(x0, left), max(x1, right)
            y0, y1 = min(y0, bottom), max(y1, top)
            self._is_tall = y1 - y0 > _TALL * height
        if y1 - y0 < _SMALLEST and x1 - x0 < _SMALLEST * (end - start):
            return None  # nobody can see it
        text = self._printed[start:end]
        if "\0" in text:
            text = text.replace("\0", "")
        return Word(text, *view.box(x0, y0, x1, y1)) if text else None

    def _runs_level(self, index: int, view: View) -> bool:
        import pypdfium2.raw as pdfium

        angle = pdfium.FPDFText_GetCharAngle(self._handle, index)
        return view.rotation in (0, 180) and round(angle / (math.pi / 2)) % 2 == 0

    def _unstacked(self, start: int, end: int, view: View) -> list[Word]:
        """The words in what pdfium takes for one though it goes over lines, as one figure below another."""
        parts: list[Word] = []
        for index in range(start, end):
            character = self._word(index, index + 1, view)
            last = parts[-1] if parts else None
            if character is None:
                continue
            if last and min(last.bottom, character.bottom) - max(last.top, character.top) > 0.5 * (
                character.bottom - character.top
            ):
                parts[-1] = Word(
                    last.text + character.text, last.left, last.top, character.right, last.bottom
                )
            else:
                parts.append(character)
        return parts

    def _cut(self, span: Span, crossings: _Crossings, view: View) -> list[Word]:
        """A word, or its two parts where an upright rule stands in what pdfium takes for one word.

        Only where the rule has room between two characters; a word printed over a rule is still one word.
        """
        start, end = span
        word = self._word(start, end, view)
        crossing = crossings.first(word) if word else None
        if crossing is not None:
            for middle in range(start + 1, end):
                before, after = self._word(middle - 1, middle, view), self._word(middle, middle + 1, view)
                if before and after and before.right - 0.5 <= crossing <= after.left + 0.5:
                    if after.left - before.right < _LEAST_ROOM:
                        break
                    pieces = self._word(start, middle, view), self._word(middle, end, view)
                    return [piece for piece in pieces if piece is not None]
        return [word] if word else []


def _weight(text: str) -> float:
    """How wide a text is in most fonts, in small letters of middling width."""
    return sum(
        0.5 if char in _NARROW else 1.5 if char in _WIDE else 1.25 if char.isupper() else 1.0 for char in text
    )


class _Crossings:
    """Upright rules by place, to find the one that runs through a word."""

    def __init__(self, uprights: list[Rule]) -> None:
        self._rules = sorted(uprights, key=lambda rule: rule.at)
        self._places = [rule.at for rule in self._rules]

    def first(self, word: Word) -> float | None:
        number, count = bisect_right(self._places, word.left + 1), len(self._places)
        middle = (word.top + word.bottom) / 2
        while number < count and self._places[number] < word.right - 1:
            rule = self._rules[number]
            if rule.start <= middle <= rule.end:
                return rule.at
            number += 1
        return None


def _characters(text_page: pypdfium2.PdfTextPage) -> str:
    """The characters of a page, exactly one per character index."""
    import pypdfium2.raw as pdfium

    count = text_page.count_chars()
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page.raw, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    # Some characters have no text or need two units: ask for each by its index.
    codes = [pdfium.FPDFText_GetUnicode(text_page.raw, index) for index in range(count)]
    return "".join(chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd" for code in codes)
