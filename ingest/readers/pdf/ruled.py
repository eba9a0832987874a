"""Tables drawn with rules: where rules cross there are cells, and words belong to the cell they stand in."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.readers.pdf.cellgrid import CellGrid
from ingest.readers.pdf.fringe import is_only_header
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.parts import Part
from ingest.readers.pdf.rules import Rule, Rules
from ingest.readers.pdf.words import Word

_TOUCH = 2.5  # rules this near to each other meet
_SAME_EDGE = 3.0  # no column or row is this narrow
_OPEN = 4.0  # rules that reach this far beyond the last crossing rule leave the table open there
_MOST_CROSSINGS = 2_000_000


@dataclass
class Frame:
    """Rules that hang together, and the rows and columns they make. Upright rules alone make one row."""

    level: list[Rule]
    upright: list[Rule]

    def __post_init__(self) -> None:
        self.xs, self.ys = _edges(rule.at for rule in self.upright), _edges(rule.at for rule in self.level)
        above, below = min(rule.start for rule in self.upright), max(rule.end for rule in self.upright)
        self.is_open_above = bool(self.ys) and above < self.ys[0] - _OPEN
        self.is_open_below = bool(self.ys) and below > self.ys[-1] + _OPEN
        if not self.level:
            self.ys = [above, below]
        else:
            self.ys = [above] * self.is_open_above + self.ys + [below] * self.is_open_below
            before, after = min(rule.start for rule in self.level), max(rule.end for rule in self.level)
            self.xs = (
                [before] * (before < self.xs[0] - _OPEN) + self.xs + [after] * (after > self.xs[-1] + _OPEN)
            )

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def held(self, words: list[Word]) -> list[Word]:
        """The words that stand inside."""
        left, right, top, bottom = 2 * self.xs[0], 2 * self.xs[-1], 2 * self.ys[0], 2 * self.ys[-1]
        return [
            word
            for word in words
            if left <= word[1] + word[3] <= right and top <= word[2] + word[4] <= bottom
        ]


def find_ruled(lines: list[Line], rules: Rules) -> tuple[list[Part], list[Word]]:
    """The ruled tables of a page, and the words outside of them."""
    parts: list[Part] = []
    words = [word for line in lines for word in line.words]
    page = lines[0].page if lines else 0
    # Small frames first: a frame around a whole page must not take the words of the tables in it.
    for frame in sorted(_frames(rules), key=lambda frame: frame.area):
        if len(frame.xs) < 3:
            continue
        inside = frame.held(words)
        part = _part(frame, inside, page) if inside else None
        if part is not None and not is_only_header(part, lines):
            parts.append(part)
            taken = set(map(id, inside))
            words = [word for word in words if id(word) not in taken]
    return parts, words


def _part(frame: Frame, words: list[Word], page: int) -> Part | None:
    grid = CellGrid(frame.xs, frame.ys, has_level_rules=bool(frame.level))
    grid.add_uprights(frame.upright)
    grid.add_levels(frame.level)
    grid.place(words)
    rows = grid.rows()
    if not any(sum(1 for slot in row if slot.text and not slot.is_continued) > 1 for row in rows):
        return None  # boxes around prose
    return Part(
        page, frame.xs[0], frame.ys[0], frame.xs[-1], frame.ys[-1], frame.xs, rows,
        is_open_above=frame.is_open_above, is_open_below=frame.is_open_below,
    )  # fmt: skip


def _frames(rules: Rules) -> list[Frame]:
    """Groups of rules that meet, directly or through others."""
    level, upright = rules.level, rules.upright
    if len(level) * len(upright) > _MOST_CROSSINGS:
        return []  # a drawing
    group = list(range(len(level) + len(upright)))

    def root(member: int) -> int:
        while group[member] != member:
            group[member] = group[group[member]]
            member = group[member]
        return member

    places = [rule.at for rule in level]  # ascending, as rules are read
    for number, rule in enumerate(upright, start=len(level)):
        first, last = bisect_right(places, rule.start - _TOUCH), bisect_right(places, rule.end + _TOUCH)
        for index in range(first, last):
            if level[index].start - _TOUCH <= rule.at <= level[index].end + _TOUCH:
                group[root(index)] = root(number)
    members: dict[int, list[int]] = defaultdict(list)
    for number in range(len(group)):
        members[root(number)].append(number)
    frames = []
    for numbers in members.values():
        lying = [level[number] for number in numbers if number < len(level)]
        standing = [upright[number - len(level)] for number in numbers if number >= len(level)]
        if lying and standing:
            frames.append(Frame(lying, standing))
    alone = [numbers[0] - len(level) for numbers in members.values() if len(numbers) == 1]
    return frames + _open_frames([upright[number] for number in alone if number >= 0])


def _open_frames(upright: list[Rule]) -> list[Frame]:
    """Columns parted by upright rules of one length, with no level rule at all."""
    groups: list[list[Rule]] = []
    for rule in upright:
        for group in groups:
            if abs(group[0].start - rule.start) <= _SAME_EDGE and abs(group[0].end - rule.end) <= _SAME_EDGE:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [Frame([], group) for group in groups if len(group) > 2]


def _edges(places: Iterable[float]) -> list[float]:
    """Places in ascending order, those nearly equal taken for one."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _SAME_EDGE:
            edges.append(place)
    return edges
