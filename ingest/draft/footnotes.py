"""Footnote signs glued to numbers: '13(2)' is 13 where a note '(2) ...' stands below its table, and else nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.cells import squeeze
from ingest.draft.context import Context
from ingest.draft.grid import Grid
from ingest.draft.lines import Line

SIGNED = re.compile(r"\d[\d,]*\s?(?P<sign>\(\d\)|\[\d\])")
_NOTE = re.compile(r"(?:^|[.;]\s+)(?P<sign>\(\d\)|\[\d\])\s*(?=[A-Za-z])")


def unnoted(cells: Sequence[str], grid: Grid, context: Context) -> str:
    """The first number with a sign that no note below the table explains; '' where there is none."""
    signed = {cell: match["sign"] for cell in cells if (match := SIGNED.fullmatch(squeeze(cell)))}
    if not signed:
        return ""
    notes = _notes_below(grid, context)
    return next((cell for cell, sign in signed.items() if sign not in notes), "")


def _notes_below(grid: Grid, context: Context) -> set[str]:
    """The signs at which notes begin, from a table to the next one. A number that is asked under heads an answer."""
    blocks = context.page.blocks
    signs: set[str] = set()
    for block in blocks[next(n for n, own in enumerate(blocks) if own is grid) + 1 :]:
        if not isinstance(block, Line):
            break
        if not block.asks:
            signs |= {match["sign"] for match in _NOTE.finditer(block.text)}
    return {sign for sign in signs if sign.strip("()[]") not in context.page.questions}
