"""A sentence turned into the text of a statement: placeholders where something varies, the rest as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.draft.clauses import Clause
from ingest.draft.lines import Line
from ingest.draft.spans import Span

_BULLETS = " :•*·-–"


@dataclass
class Template:
    """Collects the placeholders of one clause. With several figures those of one figure carry its number."""

    clause: Clause
    line: Line
    places: list[tuple[int, int, str]] = field(default_factory=list)
    texts: list[tuple[str, str, int]] = field(default_factory=list)
    """(role, text, number of the figure; 0 for all)"""

    def number(self, figure: Span) -> int | None:
        """The number of a figure, None where it is the only one."""
        return self.clause.figures.index(figure) + 1 if len(self.clause.figures) > 1 else None

    def put(self, role: str, start: int, end: int, figure: Span | None = None) -> None:
        """Let a role's text stand at a place of the clause, for one figure or for all."""
        if any(start < last and first < end for first, last, _ in self.places):
            return
        number = self.number(figure) if figure else None
        self.places.append((start, end, f"{{{role}{number or ''}}}"))
        self.texts.append((role, self.clause.text[start:end], number or 0))

    def finish(self, given: dict[str, str]) -> tuple[str, list[dict[str, str]], set[tuple[int, int]]]:
        """The text, what each figure should be read as, and where the figures stand.

        A statement cannot begin or end with a text that holds punctuation: such a one goes to ``given``.
        """
        figures = self.clause.figures
        for figure in figures:
            self.put("value", figure.start, figure.end, figure)
        text = self.clause.text
        first, last = len(text) - len(text.lstrip(_BULLETS)), len(text.rstrip())
        for place in list(self.places):
            printed = text[place[0] : place[1]]
            if (
                (place[0] <= first or place[1] >= last)
                and "value" not in place[2]
                and re.search(r"[,.;:]", printed)
            ):
                self.places.remove(place)
                given[place[2].strip("{}")] = printed
        for start, end, placeholder in sorted(self.places, reverse=True):
            text = text[:start] + placeholder + text[end:]
        intended = [
            {"value": figure.text}
            | {role: told for role, told, number in self.texts if number in (0, position) and role != "value"}
            for position, figure in enumerate(figures, start=1)
        ]
        at = set()
        for figure in figures:
            cell, offset = self.line.place(self.clause.start + figure.start)
            at.add((id(cell), offset))
        return text.lstrip(_BULLETS).strip(), intended, at
