"""What is found on one page: the rows of a table, or of the part of it that this page holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

# A count, an amount, a rate, a suppressed or an absent figure. Years look the same; see ``is_year``.
_FIGURE = re.compile(r"[<>≤≥~£$+-]{0,2}\s?\(?\d[\d, .]*%?\)?[*†‡]?|[*-]|–|—|nil|n/?a", re.IGNORECASE)
_YEAR = re.compile(r"(19[89]|20[0-4])\d([/-](\d\d){1,2})?\*?")


class Slot(NamedTuple):
    """One place of a grid. A merged cell fills several: the first holds it, the others repeat it as continued."""

    text: str
    is_continued: bool = False


Row = list[Slot]


@dataclass
class Part:
    """A table, or the part of one that stands on one page. ``edges`` are the places between its columns, outer
    ones included. ``is_open_*`` tells that no rule closes it there, as when a row goes on over the page.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float
    edges: list[float]
    rows: list[Row] = field(default_factory=list)
    is_open_above: bool = False
    is_open_below: bool = False
    repeated: int = 0  # rows at its top known to repeat the header


@lru_cache(maxsize=4096)  # the same few texts are asked for thousands of times
def is_figure(text: str) -> bool:
    """Whether a text is what value cells hold: a number, or a marker that stands for one."""
    return _FIGURE.fullmatch(text) is not None


def is_year(text: str) -> bool:
    """Whether a text may be the year heading of a column: ``2019``, ``2019/20``."""
    return _YEAR.fullmatch(text) is not None


def is_empty(row: Row) -> bool:
    """Whether nothing is printed in a row."""
    return not any(slot.text for slot in row)
