"""Where the columns of an unruled table are: upright strips of a page that no word of it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.readers.pdf.lines import WIDE_GAP, Line
from ingest.readers.pdf.parts import is_figure

Span = tuple[float, float]

_LEADERS = re.compile(r"[.…_·]{6,}")
_MOST_HEAD_LINES = 3
_MANY_ROWS = 4


def covered(lines: Iterable[Line], before: Sequence[Span] = ()) -> list[Span]:
    """The parts of the page's width that words stand in, from left to right."""
    words = (word for line in lines for word in line.words if not _LEADERS.fullmatch(word.text))
    spans = sorted([*before, *((word.left, word.right) for word in words)])
    merged: list[Span] = []
    for left, right in spans:
        if merged and left <= merged[-1][1]:
            if right > merged[-1][1]:
                merged[-1] = (merged[-1][0], right)
        else:
            merged.append((left, right))
    return merged


def gutters(spans: Sequence[Span], width: float) -> list[Span]:
    """The free strips between them that are at least this wide."""
    return [(a[1], b[0]) for a, b in pairwise(spans) if b[0] - a[1] >= width]


def narrowest_gutter(lines: Sequence[Line]) -> float:
    """How wide a strip must be that is more than the space between two words."""
    height = sorted(line.height for line in lines)[len(lines) // 2]
    pairs = (pair for line in lines for piece in line.pieces for pair in pairwise(piece.words))
    gaps = sorted(gap for a, b in pairs if (gap := b.left - a.right) > 0)
    space = min(gaps[len(gaps) // 2], 0.25 * height) if gaps else 0.25 * height
    return min(max(1.6 * space, 0.3 * height), WIDE_GAP * height)


def find_edges(lines: Sequence[Line], full: Sequence[Line]) -> list[float]:
    """The edges of the columns, outer ones included.

    ``full`` are the lines with something in several columns. Headings may stand across columns, as those over
    groups do; they are left out of account when more columns show without them.
    """
    best: list[Span] = []
    for skipped in range(min(_MOST_HEAD_LINES, len(full) - 1)):
        rest = full[skipped:]
        if skipped and not _are_rows(rest):
            break
        found = _well_parted(gutters(covered(rest), narrowest_gutter(rest)), rest)
        if len(found) > len(best):
            best = found
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    return [left, *((a + b) / 2 for a, b in _narrowed(best, lines)), right]


def _are_rows(lines: Sequence[Line]) -> bool:
    """Whether lines show columns without those above: they are many, or each holds a figure."""
    return len(lines) >= _MANY_ROWS or all(any(is_figure(p.text) for p in line.pieces[1:]) for line in lines)


def _narrowed(strips: list[Span], lines: Sequence[Line]) -> list[Span]:
    """Strips without what the other lines cover, as labels do that are longer than those with figures."""
    single = [part for line in lines for part in (line.beside or [line])]
    narrow = []
    for strip in strips:
        low, high = strip
        for line in single:
            left, right = _beside(line, (low, high))
            if left < right:
                low, high = max(low, left), min(high, right)
        narrow.append((low, high))
    return narrow


def _beside(line: Line, strip: Span) -> Span:
    """Where the words of a line end before a strip and begin again after it."""
    low, high = strip
    gaps = [
        (a.right, b.left)
        for a, b in pairwise(line.words)
        if a.right < high and b.left > low and a.right < b.left
    ]
    if line.right < high:
        gaps.append((line.right, high))
    if line.left > low:
        gaps.append((low, line.left))
    return max(gaps, key=lambda gap: min(gap[1], high) - max(gap[0], low), default=(high, low))


def _well_parted(strips: list[Span], lines: Sequence[Line]) -> list[Span]:
    """Strips that most lines with words on both sides of them show by a wide gap."""
    kept = []
    for low, high in strips:
        wide = both = 0
        for line in lines:
            left = max((word.right for word in line.words if word.right <= low + 0.1), default=None)
            right = min((word.left for word in line.words if word.left >= high - 0.1), default=None)
            if left is not None and right is not None:
                both += 1
                wide += right - left > WIDE_GAP * line.height
        if wide >= max(1, 0.5 * both):
            kept.append((low, high))
    return kept
