"""Printed totals: those a heading names, and rows that add up to one without being called so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.draft.headings import Column
from ingest.draft.labels import Labels
from ingest.draft.words import is_total


def number_in(text: str) -> int | None:
    """The number of a cell that holds nothing else; None for markers, blanks and words."""
    digits = re.sub(r"(?<=\d), ?(?=\d{3})", "", text.strip())
    return int(digits) if digits.isdecimal() else None


def adds_up(rows: Sequence[Sequence[str]], last: Sequence[str]) -> bool:
    """Whether a row holds the sums of the rows above it, blanks and markers counting nothing.

    Told only where chance is unlikely: at least two rows are added, and either several columns agree or the sum is
    of three or more numbers and no small one.
    """
    agreeing = 0
    largest = 0
    for position, text in enumerate(last):
        value = number_in(text)
        parts = [number for row in rows if (number := number_in(row[position])) is not None]
        if value is None or len(parts) < 2:
            continue
        if value != sum(parts):
            return False
        agreeing += value > 0
        largest = max(largest, value if len(parts) >= 3 else 0)
    return agreeing >= 2 or largest >= 20


def unmarked_total_rows(rows: Sequence[Sequence[str]]) -> list[int]:
    """Rows that are the sums of all rows above them. Only the last row, or rows that end a block, can be."""
    if len(rows) < 3:
        return []
    last = len(rows) - 1
    return [last] if adds_up(rows[:last], rows[last]) else []


def area_totals_of(headings: Sequence[str], counts: Sequence[Column], labels: Labels) -> list[str]:
    """Headings that are no force, where all others are and add up to the numbers below these in every row."""
    forces = [position for position, text in enumerate(headings) if labels.force(text)]
    others = [position for position in range(len(headings)) if position not in forces]
    rows = list(zip(*(column.cells for column in counts), strict=True))
    if len(forces) < 2 or len(others) != 1 or not rows:
        return []
    sums = [adds_up([[row[position]] for position in forces], [row[others[0]]]) for row in rows]
    return [headings[others[0]]] if all(sums) and not is_total(headings[others[0]]) else []
