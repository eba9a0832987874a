"""The common shape of every document: sheets of cells, each cell knowing where a person finds it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal


@dataclass(frozen=True, slots=True)
class Cell:
    """One piece of printed text.

    ``text`` is exactly as printed, without the white space around it. ``locator`` is what a person
    types or counts to find it: ``line 212``, ``table 3 row 4 col 2``, ``Sheet1!C7``,
    ``p3 table 1 row 7 col 2``.
    ``is_continued`` marks a grid position covered by a merged cell that starts above or to the left.
    """

    text: str
    locator: str
    is_continued: bool = False


@dataclass(slots=True)
class Sheet:
    """A grid of cells in reading order.

    ``kind`` is ``table`` for a grid the format itself marks as one, ``text`` for running lines, where a
    tab-separated line gives several cells and any other line gives one. Rows may be ragged; a blank line
    or row is an empty list. ``name`` is what ``sheet:`` in disclosure.yml refers to.
    ``caption`` is the nearest text printed before a table, if the format keeps it.
    """

    name: str
    kind: Literal["table", "text"]
    rows: list[list[Cell]] = field(default_factory=list)
    caption: str = ""

    def cells(self) -> Iterator[Cell]:
        """Every cell, row by row."""
        for row in self.rows:
            yield from row


def squeeze(text: str) -> str:
    """Collapse runs of white space (no-break spaces included) to one space; nothing else changes."""
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A text as it is compared: without what white space and letter case tell. Labels come thousands of times."""
    return squeeze(text).casefold()


def begins_with(line: str, text: str) -> bool:
    """Whether a line begins with the words of a text: '2' begins '2 Snapchat', not '2017/18'."""
    whole, begin = folded(line), folded(text)
    return whole.startswith(begin) and not (
        begin[-1:].isalnum() and whole[len(begin) : len(begin) + 1].isalnum()
    )


def same_text(left: str, right: str) -> bool:
    """Whether two printed texts are the same but for white space and letter case."""
    return left == right or folded(left) == folded(right)


def lone(row: list[Cell]) -> tuple[int, Cell] | None:
    """The only text printed in a row and its column, or None; a merged cell counts once however wide it is."""
    cells = filled(row)
    own = [(position, cell) for position, cell in cells if not cell.is_continued]
    if len(own) != 1 or any(cell.text != own[0][1].text for _, cell in cells):
        return None
    return own[0]


def filled(row: list[Cell]) -> list[tuple[int, Cell]]:
    """The non-empty cells of a row with their column positions."""
    return [(position, cell) for position, cell in enumerate(row) if cell.text]
