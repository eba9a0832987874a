"""Rows that would be counted twice if they are what they look like: totals nobody declared, and rows that repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.cells import folded, same_text
from ingest.layouts.figures import Figure, Misfit
from ingest.tables import TableBase

# 'Total offences', 'Grand total for all sites', 'Any', 'Both years'; but 'All other offences' are a rest, and a total
# loss is a fraud.
_TOTAL = re.compile(
    r"\b(?:sub-?)?totals?\b(?! loss\b)|\b(?:overall|altogether|combined)\b|^sum\b"
    r"|(?:^|[(:,–-] ?|\b(?:of|for|in|on|across|over|from) )(?:all|any|both)\b(?! others?\b)",
    re.IGNORECASE,
)


def undeclared_totals(table: TableBase, figures: list[Figure]) -> list[Misfit]:
    """A warning for every text that reads as a total and is not declared as one: its figures count as ordinary rows.

    A text that plays or reads_as mentions has been looked at.
    """
    if table.totals == "all":
        return []
    found = {
        text: figure
        for figure in reversed(figures)
        for text in figure.texts.values()
        if _TOTAL.search(" ".join(text.split()))
    }
    known = [*table.plays, *(reading.text for reading in table.reads_as)]
    known += [text for each in figures if each.is_total for text in each.texts.values()]
    return [
        Misfit(
            "undeclared_total", figure.locator, repr(text), "the word of a total listed under totals",
            "List it under totals, or under plays where it is none.", "warning",
        )
        for text, figure in found.items()
        if not figure.is_total and not any(same_text(text, other) for other in known)
    ]  # fmt: skip


def repeated_rows(rows: Iterable[tuple[Iterable[str], str]]) -> list[Misfit]:
    """A warning for every row whose labels, declared or ignored, all stand in an earlier row: (labels, locator)."""
    first: dict[tuple[str, ...], str] = {}
    misfits: list[Misfit] = []
    for labels, locator in rows:
        printed = list(labels)
        before = first.setdefault(tuple(folded(text) for text in printed), locator)
        if before != locator:
            shown = ", ".join(text for text in printed if text)[:80]
            found = f"{shown!r} a second time, after {before}"
            remedy = "Give what tells the rows apart a role; empty a number printed twice with corrections."
            expected = "labels that differ in each row"
            misfits.append(Misfit("repeated_row", locator, found, expected, remedy, "warning"))
    return misfits
