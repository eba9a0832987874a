"""The words of a page with the boxes they are printed in."""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from ingest.readers.pdf.rules import Rule
from ingest.readers.pdf.view import View

if TYPE_CHECKING:
    import pypdfium2

# pdfium gives a hyphen at a line's end as one of these marks, with no break after it.
_LINE_END_HYPHENS = "\x02\ufffe"
_WORD = re.compile(rf"[^\s{_LINE_END_HYPHENS}]+[{_LINE_END_HYPHENS}]?|[{_LINE_END_HYPHENS}]")
_PRINTED = str.maketrans({**dict.fromkeys(_LINE_END_HYPHENS + "\xad", "-"), "\uf0b7": "•", "\0": None})
_SAMPLED_WORDS = 40
_LEAST_ROOM = 0.6  # points between two characters with a rule between them
_ROTATIONS = (
    0,
    270,
    180,
    90,
)  # turn that makes text upright, by the quarter turns pdfium reports for a character


class Word(NamedTuple):
    """Text without white space in it, and the box it is printed in (``top`` is smaller than ``bottom``)."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class PageText:
    """The characters of one page, found by their index in the file."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        import pypdfium2.raw as pdfium

        self._text_page = page.get_textpage()
        self._handle = self._text_page.raw
        self._rect = pdfium.FS_RECTF()
        self._reference = ctypes.byref(self._rect)
        # The loose box is as high as the font, so that all words of a line have the same top and bottom.
        self._get_box = pdfium.FPDFText_GetLooseCharBox
        self.characters = _characters(self._text_page)
        self._spans = [match.span() for match in _WORD.finditer(self.characters)]

    def close(self) -> None:
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
        words = []
        for start, end in self._spans:
            word = self._word(start, end, view)
            if word is None or not view.shows(word.left, word.top, word.right, word.bottom):
                continue
            crossing = crossings.first(word) if end - start > 1 else None
            cut = None if crossing is None else self._cut(start, end, crossing, view)
            if cut is None:
                words.append(word)
            else:
                words += cut
        return words

    def _word(self, start: int, end: int, view: View) -> Word | None:
        rect = self._rect
        if not self._get_box(self._handle, start, self._reference):
            return None
        x0, x1, y0, y1 = rect.left, rect.right, rect.bottom, rect.top
        if end - start > 1 and self._get_box(self._handle, end - 1, self._reference):
            x0, x1 = min(x0, rect.left), max(x1, rect.right)
            y0, y1 = min(y0, rect.bottom), max(y1, rect.top)
        text = self.characters[start:end].translate(_PRINTED)
        return Word(text, *view.box(x0, y0, x1, y1)) if text else None

    def _cut(self, start: int, end: int, crossing: float, view: View) -> list[Word] | None:
        """The words left and right of an upright rule that stands in what pdfium takes for one word.

        Only where the rule has room between two characters; a word printed over a rule is still one word.
        """
        for middle in range(start + 1, end):
            before, after = self._word(middle - 1, middle, view), self._word(middle, middle + 1, view)
            if before and after and before.right - 0.5 <= crossing <= after.left + 0.5:
                if after.left - before.right < _LEAST_ROOM:
                    return None
                pieces = self._word(start, middle, view), self._word(middle, end, view)
                return [piece for piece in pieces if piece is not None]
        return None


class _Crossings:
    """Upright rules by place, to find the one that runs through a word."""

    def __init__(self, uprights: list[Rule]) -> None:
        self._rules = sorted(uprights, key=lambda rule: rule.at)
        self._places = [rule.at for rule in self._rules]

    def first(self, word: Word) -> float | None:
        middle = (word.top + word.bottom) / 2
        for rule in self._rules[bisect_right(self._places, word.left + 1) :]:
            if rule.at >= word.right - 1:
                return None
            if rule.start <= middle <= rule.end:
                return rule.at
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
