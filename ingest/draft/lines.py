"""Running text as paragraphs: wrapped lines joined, each character still knowing its cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from ingest.cells import Cell, squeeze

Zone = Literal["head", "request", "answer"]
_WRAPS = re.compile(r"(?:.*: )?(?:p\d+ )?line \d+")  # locators of formats whose lines break anywhere
_NEW_ITEM = re.compile(
    r"[-–•*·▪]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s|[A-Z][\w ]{0,30}: |page \d|(?:type|outcome|oc) ?\d"
    r"|(?:requests?|questions?|answers?|response|decision|you asked)\b",
    re.IGNORECASE,
)
_NUMBER_ALONE = re.compile(
    r"[<>]?\d{1,3}(?:,?\d{3})*(?<!19\d\d)(?<!20\d\d)|\*+|[-–]"
)  # the cell below in a table
_WRAPPED = range(55, 111)  # characters of a line that may have been broken; a longer one is a whole paragraph


@dataclass(slots=True)
class Line:
    """One paragraph, heading, list item or row of running text.

    ``number`` is the number of the question it belongs to ('1', '2b'), ``own_number`` what it prints itself.
    ``asks`` holds where it belongs to the request: nothing in it is data.
    """

    text: str
    sheet: str
    cells: list[Cell]
    offsets: list[int]
    is_heading: bool = False
    zone: Zone = "head"
    asks: bool = False
    number: str | None = None
    is_list_item: bool = field(default=False)

    @property
    def locator(self) -> str:
        """Where the line begins."""
        return self.cells[0].locator

    def place(self, offset: int) -> tuple[Cell, int]:
        """The cell in which a character stands, and the offset there."""
        number = bisect_right(self.offsets, offset) - 1
        return self.cells[number], offset - self.offsets[number]


def line_of(cells: list[Cell], sheet: str) -> Line:
    """A line of one or more cells, a blank between them."""
    offsets: list[int] = []
    text = ""
    for cell in cells:
        text += " " if text else ""
        offsets.append(len(text))
        text += cell.text
    return Line(text, sheet, list(cells), offsets, is_heading=cells[0].locator.startswith("heading"))


def paragraphs(rows: Iterable[list[Cell]], sheet: str, *, wraps: bool = True) -> list[Line]:
    """The lines of consecutive rows; a row that breaks off in the middle of a sentence goes on in the next."""
    found: list[Line] = []
    open_line: list[Cell] = []
    for row in rows:
        cells = [cell for cell in row if cell.text and not cell.is_continued]
        if not cells or (open_line and not (wraps and _goes_on(open_line[-1], cells))):
            if open_line:
                found.append(line_of(open_line, sheet))
            open_line = []
        open_line = [*open_line, *cells] if len(cells) == 1 or not open_line else cells
        if len(cells) > 1:
            found.append(line_of(cells, sheet))
            open_line = []
    if open_line:
        found.append(line_of(open_line, sheet))
    return found


def _goes_on(above: Cell, cells: list[Cell]) -> bool:
    text = above.text.rstrip()
    return (
        len(cells) == 1
        and _WRAPS.fullmatch(above.locator) is not None
        and len(text) in _WRAPPED
        and not text.endswith((".", ":", ";", "?", "!"))
        and not _NEW_ITEM.match(cells[0].text)
        and not _NUMBER_ALONE.fullmatch(cells[0].text.strip())
    )


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence: a full stop ends one only where a new one begins behind it."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in re.finditer(r"(?:[.?!]['\"”’)]*|;)(\s+)(?=[A-Z\d'\"“‘(:]|of |in |[*†‡–-]\s)", text):
        if match[0][0] == "." and _is_abbreviation(text[start : match.start() + 1]):
            continue
        spans.append((start, match.start() + len(match[0]) - len(match[1])))
        start = match.end()
    spans.append((start, len(text)))
    return [(first, last) for first, last in spans if squeeze(text[first:last])]


def _is_abbreviation(before: str) -> bool:
    """'s. 15A', 'No. 5', 'approx. 30', a list number: their full stop ends no sentence."""
    return bool(
        re.search(
            r"(?:^|[\s(])(?:no|nos|s|ss|approx|inc|e\.g|i\.e|etc|v|dr|mr|ms|st|[aq]\d{1,2}[a-z]?|[a-z])\.$"
            r"|(?:^\W*|\b(?:question|q|part|point|answer|response|note|section|type|outcome) ?)\d{1,2}[a-z]?\.$",
            before,
            re.IGNORECASE,
        )
    )
