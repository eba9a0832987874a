"""Headings that stand over several columns of an unruled table: which columns each of them is over."""

from __future__ import annotations

from itertools import pairwise

from ingest.readers.pdf.bands import Band, Entry, unfinished

_FLUSH = 3.0
_CENTRED = 0.2  # of the width of the columns: how far a heading may be from their middle


def spread(heading: Band, below: Band, count: int) -> bool:
    """Widen the entries of a heading row over the columns that have headings of their own only in the row below.

    Nothing changes unless every entry then stands in the middle of its columns, or at their left edge.
    """
    upper = [entry for entry in heading.entries if entry.first > 0]
    lower = {entry.first: entry for entry in below.entries if entry.first == entry.last}
    covered = {column for entry in upper for column in range(entry.first, entry.last + 1)}
    if not upper or not set(range(1, count)) - covered <= set(lower) or len(lower) <= len(upper):
        return False
    if any(unfinished(e.text, lower[e.first].text) for e in upper if e.first in lower):
        return False  # one heading over two lines
    for spans in (_by_middle(upper, lower), _by_left_edge(upper, lower)):
        if spans is not None:
            for entry, (first, last) in zip(upper, spans, strict=True):
                entry.first, entry.last = first, last
            heading.is_group_heading = True
            return True
    return False


def _by_middle(upper: list[Entry], lower: dict[int, Entry]) -> list[tuple[int, int]] | None:
    middles = [(entry.left + entry.right) / 2 for entry in upper]
    limits = [float("-inf"), *((a + b) / 2 for a, b in pairwise(middles)), float("inf")]
    spans = []
    for entry, (low, high) in zip(upper, pairwise(limits), strict=True):
        under = [c for c, e in lower.items() if c > 0 and low < (e.left + e.right) / 2 <= high]
        if not under:
            return None
        left, right = lower[min(under)].left, lower[max(under)].right
        if abs(entry.left + entry.right - left - right) / 2 > max(_CENTRED * (right - left) / 2, _FLUSH):
            return None
        spans.append((min(under), max(under)))
    return spans


def _by_left_edge(upper: list[Entry], lower: dict[int, Entry]) -> list[tuple[int, int]] | None:
    ends = [entry.first - 1 for entry in upper[1:]] + [max(lower)]
    spans = []
    for entry, end in zip(upper, ends, strict=True):
        first = lower.get(entry.first)
        if first is None or abs(first.left - entry.left) > _FLUSH:
            return None
        spans.append((entry.first, end))
    return spans
