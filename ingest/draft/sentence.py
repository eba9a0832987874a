"""One clause with what stands around it: what it counts, what it goes on about, what speaks against reading it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.draft.clauses import OUTCOME_NUMBER, Clause
from ingest.draft.context import Context
from ingest.draft.given import Given, Level
from ingest.draft.lines import Line
from ingest.draft.links import by_force, by_one_platform, by_period, by_platform, stands_alone
from ingest.draft.model import DraftTable
from ingest.draft.names import Name
from ingest.draft.periods import Period
from ingest.draft.plain import corrected, one_sided, unexplained
from ingest.draft.questions import group_objection
from ingest.draft.relative import SAME
from ingest.draft.spans import Span
from ingest.draft.words import Noun, qualifier_of

_SPLITS = re.compile(
    r"\W*(?:by (?:calendar |financial )?(?:year|month|quarter)\b|year by year\b|broken down\b|[-–—]\s*from \d)",
    re.IGNORECASE,
)
# How a sentence goes on about just what the sentence before it counted.
_GOES_ON = re.compile(
    r"\W*(?:by (?:calendar |financial )?(?:year|month|quarter)|(?:of|among) (?:these|those"
    r"|them)|(?:this|it|which|that) compares|these|those|such|they|year by year|broken down"
    r"|(?:last|this|that) year['’]s|(?:in |over |during )?(?:the )?(?:last|same|previous"
    r"|this) (?:year|period)|including"
    r"|(?:in \S+,? )?(?:the|this|that) (?:number|figure|total)(?! of\b)(?: \w+){0,2}? "
    r"(?:was|were|rose|fell|had|stood|increased|dropped))\b",
    re.IGNORECASE,
)
# Nothing but a platform before the figures: 'Mentioning Twitter: ...', 'Twitter was mentioned 36 times'.
_OPENING = re.compile(
    r"\W*(?:and |for |on |mentioning |involving |naming |relating to )*\W*"
    r"(?:(?:was|is) (?:mentioned|named|cited)(?: in)?|from)?\W*",
    re.IGNORECASE,
)
_NAMING = re.compile(
    r"\s+(?:(?:which |that )?(?:involv|mention|nam|concern|featur)(?:ing|ed)|on|over"
    r"|(?:linked|related|relating) to)\s+",
    re.IGNORECASE,
)
_OF = re.compile(
    (
        r"\s+(?:of|for|under|connected (?:with|to)|relating to|related to|involving|concerning"
        r"|linked to|against)\s+(?!\d)(\w+)"
    ),
    re.IGNORECASE,
)


@dataclass(slots=True)
class Told:
    """What the last understood sentence was about, for one that goes on about it."""

    unit: str
    unit_text: str
    platform: str
    offence: str
    force: str
    periods: list[Period | None]
    table: DraftTable
    line: Line
    whole: Told | None = None
    """What it only splits: the sentence before 'By year: ...'."""
    persons: str = ""
    """The unit of the persons spoken of last, where they are not what is counted: victims."""

    def number_of(self, figures: Sequence[str]) -> int | None:
        """Which of its figures 'the 93 offences' means, from 1; 0 where none is printed, None for none of them."""
        if not figures:
            return 0
        told = [intended["value"] for intended in self.table.intended]
        return told.index(figures[0]) + 1 if told.count(figures[0]) == 1 == len(figures) else None

    def period(self, number: int = 0) -> Given:
        """The period of a figure, or the one of all (0); the one given to it, or printed in it."""
        given = self.table.fields.get("given", {}).get("period")
        periods = self.periods[number - 1 : number] if number else self.periods
        texts = {given} if given else {period.text if period else "" for period in periods}
        if len(texts) != 1 or not (text := next(iter(texts))):
            return Given()
        readings = [
            r for r in self.table.fields.get("reads_as", []) if (r["role"], r["text"]) == ("period", text)
        ]
        means = {r["means"] for r in readings}
        return Given(text, means.pop() if len(means) == 1 else None, "the sentence before")


@dataclass
class Sentence:
    """A clause, its line, the heading or short line directly above it, whatever line stands there, what was told."""

    clause: Clause
    line: Line
    context: Context
    heading: str
    above: str
    previous: Told | None

    @property
    def levels(self) -> list[Level]:
        """Where to look for what the sentence does not say: the line above it; in a reply its question, the title."""
        near = [self.heading] if self.heading else []
        if self.context.page.questions:
            return self.context.levels(self.line.number, near)
        return [("the line above it", text) for text in near]

    @property
    def goes_on(self) -> bool:
        """Whether it is about what the sentence before it was about."""
        told = _GOES_ON.match(self.clause.text) or _SPLITS.match(self.clause.text)
        return self.previous is not None and told is not None

    @property
    def split(self) -> Told | None:
        """The sentence before, where this one only splits what that one counted: 'By year: ...'."""
        previous = self.previous
        return (
            (previous.whole or previous) if previous is not None and _SPLITS.match(self.clause.text) else None
        )

    @property
    def names_only_platform(self) -> bool:
        """'Mentioning Twitter: ...', 'Twitter: ...': nothing but a platform before the figures."""
        before = self.clause.before
        for name in reversed(self.clause.platforms):
            if name.end <= len(before):
                before = before[: name.start] + before[name.end :]
        return bool(self.clause.platforms) and _OPENING.fullmatch(before) is not None

    @property
    def is_elliptic(self) -> bool:
        """'There were 29 involving Twitter last year': of what the sentence before counted, those of a platform."""
        clause = self.clause
        if self.previous is None or len(clause.figures) != 1 or len(clause.platforms) != 1:
            return False
        (figure,), (name,) = clause.figures, clause.platforms
        return (
            re.fullmatch(r"\W*(?:and )?there were\s+(?:also |another )?", clause.before, re.IGNORECASE)
            is not None
            and _NAMING.fullmatch(clause.text[figure.end : name.start]) is not None
        )

    @property
    def names_only_force(self) -> bool:
        """'Essex Police: 12 in 2017', 'Essex saw a fall from 12 in 2017 to 9 in 2018'."""
        clause = self.clause
        told = {name.id for name in clause.forces}
        if len(told) != 1 or clause.nouns or clause.platforms or clause.offences or self.previous is None:
            return False
        return bool(self.previous.force) and by_period(clause) is not None

    def noun(self) -> Noun | str | None:
        """The counted noun: right after the figures, or before the first; a reason where two compete."""
        clause = self.clause
        text = clause.text
        for name in clause.platforms:  # '645 Facebook reports'
            text = text[: name.start] + "x" * (name.end - name.start) + text[name.end :]
        after = [
            noun
            for figure in clause.figures
            for noun in clause.nouns
            if re.fullmatch(r"\s+(?:[a-z'-]+\s){0,2}", text[figure.end : noun.start])
        ]
        before = [noun for noun in clause.nouns if noun.end <= len(clause.before)]
        for nouns in (after, before):
            units = {noun.unit for noun in nouns}
            if len(units) > 1:
                return f"it speaks of {' and of '.join(sorted({noun.text for noun in nouns}))}"
            if units:
                return nouns[0]
        return self._named_offence()

    def _named_offence(self) -> Noun | None:
        """An offence named as what is counted: 'sexual communication with a child: 23 in 2017'."""
        clause = self.clause
        if len(clause.offences) != 1:
            return None
        name = clause.offences[0]
        between = clause.text[name.end : clause.figures[0].start]
        is_label = re.fullmatch(r"\s*(?:\([^)]*\)\s*)?:\s*(?:from )?", between) is not None
        return Noun(name.text, name.start, name.end, "offences") if is_label else None

    def objection(self, unit: str) -> str | None:
        """Words that make the figures mean less than all that is counted, where no coordinate could say so."""
        clause = self.clause
        if len({name.id or name.text for name in clause.offences}) > 1:
            return "several offences in one sentence"
        if told := corrected(self.line.text):
            return f"'{told}': a figure that was corrected"
        if told := one_sided(clause):
            return f"'{told}': when it began is not told"
        if word := unexplained(clause):
            return f"'{word}' may narrow what is counted"
        return group_objection(clause, self.context, self.line.number, unit)

    @property
    def has_own_names(self) -> bool:
        """Whether every figure has a platform of its own, named beside it."""
        clause = self.clause
        names = {name.id or name.text for name in clause.platforms}
        alone = len(clause.figures) == 1 and len(names) == 1
        return bool(by_platform(clause)) or (alone and by_one_platform(clause) is not None)

    def periods(self) -> dict[Span, Period] | str:
        """Figures with periods of their own; empty where one period, or none, holds for all; a reason where unclear."""
        clause = self.clause
        pairs = by_period(clause)
        if pairs is not None:
            return pairs
        if len(clause.figures) == 1:
            if len(clause.periods) > 1:
                return "several periods for one figure"
            return {} if stands_alone(clause, clause.figures[0]) else "what the figure counts is not plain"
        if len(clause.periods) <= 1 and (by_platform(clause) is not None or by_force(clause) is not None):
            return {}
        return {} if self.is_from_to() else "which figure belongs to which period is not plain"

    def is_from_to(self) -> bool:
        """'from three to 10 across the same period'."""
        clause = self.clause
        if len(clause.figures) != 2 or len(clause.periods) != 1 or not SAME.fullmatch(clause.periods[0].text):
            return False
        first, second = clause.figures
        begins = re.search(r"\bfrom $", clause.text[: first.start])
        return bool(begins and clause.text[first.end : second.start] == " to ")

    def platforms(self) -> dict[Span, Name] | str:
        """Figures with platforms of their own; empty where one, or none, holds for all; a reason where unclear."""
        clause = self.clause
        if len({name.id or name.text for name in clause.platforms}) <= 1:
            return {}
        linked = by_platform(clause)
        return linked if linked is not None else "several platforms in one sentence"

    def outcome(self) -> tuple[int, int] | None:
        """Where a numbered outcome stands, which all figures share."""
        match = OUTCOME_NUMBER.search(self.clause.text)
        return match.span() if match else None


def own_qualifier(clause: Clause, noun: Noun) -> bool:
    """Whether the counted noun says by itself which offences: 'indecent image offences', 'crimes of violence'."""
    if qualifier_of(clause.text, noun):
        return True
    after = _OF.match(clause.text, noun.end)
    return after is not None and not any(name.start == after.start(1) for name in clause.platforms)
