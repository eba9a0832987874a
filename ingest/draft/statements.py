"""Figures in sentences -> statement tables. A sentence that is not understood to its last figure is left out whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.cells import squeeze
from ingest.draft.clauses import (
    LIST_WORDS,
    OUTCOME_NUMBER,
    VICTIMS,
    Clause,
    clause_of,
    objection,
    results_in,
    split,
)
from ingest.draft.context import Context, Given
from ingest.draft.fill import finish, give, read_as
from ingest.draft.headings import slug
from ingest.draft.label_lines import label_of, read_label
from ingest.draft.lines import Line, sentences
from ingest.draft.links import by_force, by_period, by_platform, stands_alone
from ingest.draft.model import DraftTable
from ingest.draft.names import Name
from ingest.draft.offence_lists import read_list
from ingest.draft.periods import Period, find_periods
from ingest.draft.readings import relative_years
from ingest.draft.relative import SAME, Resolved, resolve, same_period
from ingest.draft.spans import Span
from ingest.draft.template import Template
from ingest.draft.words import Noun

# How a sentence goes on about what the sentence before it counted.
_REFERS = re.compile(
    r"\W*(?:by (?:year|platform|site|month|force)|(?:of|among) (?:these|those|the|them)|these|those"
    r"|this|that|they|it|the (?:figures?|reports?"
    r"|complaints?|crimes?|offences?|number|total|breakdown)|(?:in |over |during )?(?:the )?(?:last"
    r"|same|previous|this) (?:year|period)"
    r"|mentioning|involving|relating to|for|and|yearly|annually|broken down|year by year|with|including)\b",
    re.IGNORECASE,
)
_QUALIFIER = re.compile(r"((?:[A-Za-z][\w'-]* ){0,3})$")
_PLAIN_WORDS = re.compile(
    r"(?:of|the|an?|all|any|number|numbers|total|recorded|reported|alleged|logged|these|those|such|by|and|in|for|there|were|was|are|it|police|force"
    r"|saw|had|received|crime|criminal|overall|yearly|annual|question|\d+|from|to|with|at|on|least|one|following|above|below|their|its|which|notifiable)",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\s+(?:of|for|under|connected (?:with|to)|relating to|related to|involving|concerning"
    r"|linked to|against)\s+(?!\d)(\w+)",
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
    table: DraftTable | None = None
    line: Line | None = None


@dataclass(slots=True)
class Statements:
    """What was read from the sentences, and what was left."""

    tables: list[DraftTable] = field(default_factory=list)
    reasons: dict[tuple[int, int], str] = field(default_factory=dict)
    """Why a figure is left out, by the id of its cell and its offset there."""


def read_statements(lines: Sequence[Line], context: Context) -> Statements:
    """Read every sentence of the answer in order."""
    result = Statements()
    previous: Told | None = None
    for line in lines:
        if previous is not None and previous.line is not None and previous.line.number != line.number:
            previous = None
        for clause, is_list in _clauses(line, context):
            told = _read(clause, line, context, previous, result, is_list=is_list)
            previous = told or previous
    return result


def _clauses(line: Line, context: Context) -> Iterator[tuple[Clause, bool]]:
    """The clauses with figures; a list of examples ('including 12 of ...') is a clause of its own."""
    for first, last in sentences(line.text):
        for text, start in split(line.text[first:last], first):
            clause = clause_of(text, start, context.names)
            if not clause.figures:
                continue
            cut = next(
                (
                    m
                    for m in LIST_WORDS.finditer(text)
                    if any(0 <= f.start - m.end() <= 2 for f in clause.figures)
                ),
                None,
            )
            if cut is None:
                yield clause, False
                continue
            head = clause_of(text[: cut.end()], start, context.names)
            if head.figures:
                yield head, False
                yield (
                    clause_of(
                        text[cut.start() :].lstrip(", "),
                        start + len(text) - len(text[cut.start() :].lstrip(", ")),
                        context.names,
                    ),
                    True,
                )
            else:
                yield clause, True


def _read(
    clause: Clause, line: Line, context: Context, previous: Told | None, result: Statements, *, is_list: bool
) -> Told | None:
    reason = objection(clause, context.asked.force)
    if reason is None and is_list:
        table = read_list(
            clause, line, context, previous.platform if previous else "", previous.unit if previous else ""
        )
        if isinstance(table, DraftTable):
            result.tables.append(table)
            return None
        reason = table
    if reason is None:
        outcome = _Reader(clause, line, context, previous).read()
        if isinstance(outcome, DraftTable):
            result.tables.append(outcome)
            return None
        if isinstance(outcome, Told):
            if outcome.table is not None:
                result.tables.append(outcome.table)
            return outcome
        reason = outcome
    for figure in clause.figures:
        cell, offset = line.place(clause.start + figure.start)
        result.reasons[id(cell), offset] = reason
    return None


@dataclass
class _Reader:
    """Reads one clause."""

    clause: Clause
    line: Line
    context: Context
    previous: Told | None

    def read(self) -> Told | DraftTable | str:
        """What the clause tells, or why it is left out."""
        clause = self.clause
        refers = bool(_REFERS.match(clause.text)) or self._is_next_sentence()
        noun = self._noun()
        if isinstance(noun, str):
            return noun
        if noun is None and (named := _named_offence(clause)) is not None:
            noun = Noun(named.text, named.start, named.end, "offences")
        if noun is None and not (refers and self.previous):
            label = label_of(clause)
            return (
                read_label(clause, self.line, self.context, label)
                if label
                else "no word says what is counted"
            )
        unit = noun.unit if noun else self.previous.unit  # type: ignore[union-attr]
        unit_text = noun.text if noun else self.previous.unit_text  # type: ignore[union-attr]
        if unit == "cases":
            unit = "offences" if OUTCOME_NUMBER.search(clause.text) else "other"
        reason = self._changes_of_sense(unit)
        if reason is not None:
            return reason
        pairs = self._periods()
        if isinstance(pairs, str):
            return pairs
        platforms = self._platforms(pairs)
        if isinstance(platforms, str):
            return platforms
        return self._write(unit, unit_text, noun, pairs, platforms, refers=refers)

    def _is_next_sentence(self) -> bool:
        """'Mentioning Twitter: ...', 'Twitter: ...': nothing but a platform before the figures."""
        before = self.clause.before
        for name in reversed(self.clause.platforms):
            if name.end <= len(before):
                before = before[: name.start] + before[name.end :]
        return re.fullmatch(r"\W*(?:and |for |on )*\W*(?:from )?\W*", before) is not None and bool(
            self.clause.platforms
        )

    def _noun(self) -> Noun | str | None:
        """The counted noun: right after the figures, or before the first; a reason where two compete."""
        clause = self.clause
        after = [
            noun
            for figure in clause.figures
            for noun in clause.nouns
            if re.fullmatch(r"\s+(?:[a-z'-]+\s){0,2}", clause.text[figure.end : noun.start])
        ]
        before = [noun for noun in clause.nouns if noun.end <= len(clause.before)]
        for nouns in (after, before):
            units = {noun.unit for noun in nouns}
            if len(units) > 1:
                return f"it speaks of {' and of '.join(sorted({noun.text for noun in nouns}))}"
            if units:
                return nouns[0]
        return None

    def _changes_of_sense(self, unit: str) -> str | None:
        """Words that make the figures mean less than all that is counted, where no coordinate could say so."""
        clause = self.clause
        if unit not in ("people_charged", "people_arrested", "arrests", "other", "suspects") and (
            result := results_in(clause)
        ):
            return f"'{result}': an outcome that is not told apart"
        ages = [span for span in clause.others if span.reason == "age"]
        if (ages or VICTIMS.search(clause.text)) and unit != "suspects":
            return f"'{(ages[0].text if ages else 'victims')}': a group of victims that is not told apart"
        if len(clause.offences) > 1 and len({name.id for name in clause.offences}) > 1:
            return "several offences in one sentence"
        return None

    def _periods(self) -> dict[Span, Period] | str:
        """Figures with periods of their own; empty where one period, or none, holds for the only figure."""
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
        if self._is_from_to():
            return {}
        return "which figure belongs to which period is not plain"

    def _is_from_to(self) -> bool:
        """'from three to 10 across the same period'."""
        clause = self.clause
        if len(clause.figures) != 2 or len(clause.periods) != 1 or not SAME.fullmatch(clause.periods[0].text):
            return False
        first, second = clause.figures
        return bool(
            re.search(r"\bfrom $", clause.text[: first.start])
            and re.fullmatch(r" to ", clause.text[first.end : second.start])
        )

    def _platforms(self, pairs: dict[Span, Period]) -> dict[Span, Name] | str:
        clause = self.clause
        if len({name.id or name.text for name in clause.platforms}) <= 1:
            return {}
        linked = None if pairs else by_platform(clause)
        return linked if linked is not None else "several platforms in one sentence"

    def _write(
        self,
        unit: str,
        unit_text: str,
        noun: Noun | None,
        pairs: dict[Span, Period],
        platforms: dict[Span, Name],
        *,
        refers: bool,
    ) -> Told | str:
        clause = self.clause
        template = Template(clause, self.line)
        table = DraftTable(
            "figures", {"layout": "statement"}, number=self.line.number, locator=self.line.locator
        )
        table.why["text"] = "a sentence with figures"
        periods = self._write_periods(template, table, pairs)
        platform = self._write_platform(template, table, platforms, unit, refers=refers)
        offence = self._write_offence(template, table, noun, unit, refers=refers)
        force = self._write_force(template, table, by_force(clause) if not pairs else None, refers=refers)
        if match := OUTCOME_NUMBER.search(clause.text):
            template.put("outcome", match.start(), match.end())
        table.fields["measure"] = unit
        table.why["measure"] = f"'{squeeze(unit_text)}'" + ("" if noun else " in the sentence before")
        if unit == "other":
            table.fields.setdefault("given", {})["other:unit"] = squeeze(unit_text)
        if not pairs and not clause.periods and unit != "search_hits":
            self._give_period(table)
        finish(table, template)
        table.name = slug(platform or offence or unit) or "figures"
        return Told(unit, unit_text, platform, offence, force, list(periods), table, self.line)

    def _give_period(self, table: DraftTable) -> None:
        """A figure without a period of its own: that of its question, or of the scope the document states."""
        context = self.context
        levels = context.levels(self.line.number, []) if context.page.questions else []
        given = context.period([*levels, *context.method])
        if not given.text and not given.doubt:
            given = relative_years([*levels, *context.method], context.dates) or (
                context.period(context.request) if levels else given
            )
        give(table, "period", given)
        if given.text:
            self._basis(table, find_periods(given.means or given.text))

    def _write_periods(
        self, template: Template, table: DraftTable, pairs: dict[Span, Period]
    ) -> Sequence[Period | None]:
        clause = self.clause
        series: list[Period | None] = [pairs.get(figure) for figure in clause.figures]
        if not pairs and clause.periods:
            series = [clause.periods[0]] * len(clause.figures)
        resolved = resolve(
            [pairs.get(f) for f in clause.figures] if pairs else series[:1], self.context.dates
        )
        if self._is_from_to() and not pairs:
            resolved = same_period(2, self.previous.periods if self.previous else [])
        if not pairs:
            self._write_shared(template, table, series[:1], resolved)
        else:
            for number, (figure, period) in enumerate(zip(clause.figures, series, strict=True)):
                self._write_one(template, table, figure, period, resolved[number])
        self._basis(table, [period for period in series if period])
        return series

    def _write_one(
        self,
        template: Template,
        table: DraftTable,
        figure: Span | None,
        period: Period | None,
        found: Resolved | None,
    ) -> None:
        """The period of one figure, or of all where no figure is given."""
        if period is None:
            return
        means, reason = self._meaning(period, found)
        if (
            means is None
            and period.kind == "unclear"
            and figure is not None
            and len(self.clause.figures) == 1
        ):
            given = self.context.period(
                [("the sentence", period.text), *self.context.levels(self.line.number, [])]
            )
            give(table, "period", given)
            return
        if means is None and (last := self._last_of_span(period)) is not None:
            means, reason = last, "the last of the years of the sentence before"
        if means is None and period.kind in ("relative", "unclear"):
            table.checks.append(f"period: '{period.text}' cannot be told from the document; left out")
            return
        template.put("period", period.start, period.end, figure)
        if means is not None:
            read_as(table, "period", period.text, means, reason, template.number(figure) if figure else None)

    def _write_shared(
        self,
        template: Template,
        table: DraftTable,
        series: Sequence[Period | None],
        resolved: Sequence[Resolved | None],
    ) -> None:
        period = series[0] if series else None
        if period is None:
            return
        if len(resolved) > 1 and all(resolved):
            template.put("period", period.start, period.end)
            for number, found in enumerate(resolved, start=1):
                if found is not None:
                    read_as(table, "period", period.text, found.means, found.reason, number)
            return
        only = self.clause.figures[0] if len(self.clause.figures) == 1 else None
        self._write_one(template, table, only, period, resolved[0] if resolved else None)

    def _meaning(self, period: Period, found: Resolved | None) -> tuple[str | None, str]:
        if found is not None:
            return found.means, found.reason
        if (open_end := self.context.unfinished(period)) is not None:
            return (
                open_end,
                f"not over when published ({self.context.dates.answered}), and no other end is printed",
            )
        return period.means, "its days, written out"

    def _last_of_span(self, period: Period) -> str | None:
        """'the last year alone' after a figure for several financial years: the last of them."""
        if self.previous is None or self.previous.table is None:
            return None
        readings = self.previous.table.fields.get("reads_as", [])
        spans = [
            match
            for reading in readings
            if (match := re.fullmatch(r"\d{4}/\d{2} to (\d{4}/\d{2})", reading["means"]))
        ]
        is_last = re.fullmatch(
            r"(?:in )?(?:the )?(?:last|latest|most recent) (?:financial )?year(?: alone)?",
            period.text.strip(),
            re.IGNORECASE,
        )
        return spans[0][1] if is_last and len(spans) == 1 else None

    def _basis(self, table: DraftTable, periods: Sequence[Period]) -> None:
        bases = {period.basis for period in periods if period.basis}
        if bases == {"financial"}:
            table.fields["period_basis"] = "tax" if self.context.is_tax_year else "financial"
        elif bases == {"calendar"}:
            spoken = [("", self.line.text), ("", self.context.question(self.line.number))]
            if self.context.says_financial(spoken):
                table.fields["period_basis"] = "financial"
                table.checks.append(
                    "period: single years where financial years are spoken of: which is meant is left open"
                )
            else:
                table.fields["period_basis"] = "calendar"

    def _write_platform(
        self, template: Template, table: DraftTable, platforms: dict[Span, Name], unit: str, *, refers: bool
    ) -> str:
        clause, context = self.clause, self.context
        if platforms:
            for figure, name in platforms.items():
                template.put("platform", name.start, name.end, figure)
            return ""
        if clause.platforms:
            return self._own_platform(template, table, clause.platforms[0])
        if refers and self.previous is not None and self.previous.platform:
            give(
                table, "platform", context.pooled(Given(self.previous.platform, None, "the sentence before"))
            )
            return self.previous.platform
        if unit == "search_hits":
            return ""
        levels = context.levels(self.line.number, []) if context.page.questions else []
        given = context.platform([*levels, *context.method])
        give(table, "platform", given)
        return given.text

    def _own_platform(self, template: Template, table: DraftTable, name: Name) -> str:
        context = self.context
        if name.is_generic and context.names_platforms:
            table.checks.append(f"platform: '{name.text}' may mean the platforms named elsewhere; left out")
            return ""
        template.put("platform", name.start, name.end)
        pooled = context.pooled(Given(name.text))
        if pooled.means:
            read_as(table, "platform", name.text, pooled.means, "several platforms in one figure")
        return name.text

    def _write_offence(
        self, template: Template, table: DraftTable, noun: Noun | None, unit: str, *, refers: bool
    ) -> str:
        clause, context = self.clause, self.context
        if clause.offences:
            name = clause.offences[0]
            template.put("offence", name.start, name.end)
            return name.text
        if unit == "search_hits" or (noun is not None and _own_qualifier(clause, noun)):
            return ""
        if refers and self.previous is not None and self.previous.offence and not clause.platforms:
            give(table, "offence", Given(self.previous.offence, None, "the sentence before"))
            return self.previous.offence
        if noun is None and self.previous is not None:
            return ""
        if context.page.questions:
            levels = context.levels(self.line.number, [])
            given = context.offence(levels + context.request + context.method)
        else:
            given = context.offence([("the title", context.page.title), *context.method])
        give(table, "offence", given)
        return given.text

    def _write_force(
        self, template: Template, table: DraftTable, linked: dict[Span, Name] | None, *, refers: bool
    ) -> str:
        """Where no force was named for the document, the sentence names it, or goes on about one named before."""
        if self.context.asked.force is not None:
            return ""
        if linked:
            for figure, name in linked.items():
                template.put("force", name.start, name.end, figure)
            return ""
        if self.clause.forces:
            text = self.clause.forces[0].text
            table.why["given.force"] = "the sentence names it"
        elif self.previous is not None and (refers or self.previous.line is self.line):
            text = self.previous.force
            table.why["given.force"] = "from the sentence before"
        else:
            return ""
        if text:
            table.fields.setdefault("given", {})["force"] = text
        return text


def _named_offence(clause: Clause) -> Name | None:
    """An offence named as what is counted: 'sexual communication with a child: 23 in 2017'."""
    if len(clause.offences) == 1 and re.fullmatch(
        r"\s*(?:\([^)]*\)\s*)?:\s*", clause.text[clause.offences[0].end : clause.figures[0].start]
    ):
        return clause.offences[0]
    return None


def _own_qualifier(clause: Clause, noun: Noun) -> bool:
    """Whether the counted noun says by itself which offences: 'indecent image offences', 'crimes of violence'."""
    before = _QUALIFIER.search(clause.text[: noun.start])
    words = before[1].split() if before else []
    if any(not _PLAIN_WORDS.fullmatch(word.strip("'\"")) for word in words[-1:]):
        return True
    after = _OF.match(clause.text, noun.end)
    return after is not None and not any(name.start == after.start(1) for name in clause.platforms)
