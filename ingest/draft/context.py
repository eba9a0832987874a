"""What holds for a table or sentence that does not say it itself: taken from its caption, its question or the title.

The nearest place that says anything decides. Where that place says two different things, nothing is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ingest.draft.calendar import YEAR
from ingest.draft.counting import unit_before, unit_of
from ingest.draft.dates import Dates
from ingest.draft.given import Given, Level, listed
from ingest.draft.labels import Labels
from ingest.draft.model import Asked, Vocabulary
from ingest.draft.names import Name, Names
from ingest.draft.page import Page
from ingest.draft.periods import Period, find_periods
from ingest.draft.referring import refers_back
from ingest.draft.words import counted_nouns, qualifier_of

TAX_YEAR = re.compile(r"\b(?:0?6(?:th)?(?: of)? apr\w*|tax years?)\b", re.IGNORECASE)
FINANCIAL_YEAR = re.compile(
    r"\b(?:financial|fiscal) years?\b|\bapril to march\b|\byears? (?:to|ending|ended) (?:31(?:st)? )?march\b(?! \d)",
    re.IGNORECASE,
)
_SEARCHED = re.compile(
    r"\b(?:search(?:ed|es)?|filtered|keywords?|key term|extracted|research has been)\b", re.IGNORECASE
)
_SCOPE = re.compile(r"(?:scope|offences?|note|basis|coverage|period|figures?)\s?:\s", re.IGNORECASE)
_AS_QUESTION = re.compile(
    r"\b(?:as|same as|like|see|for) (?:in |for |at )?(?:question|q|point|part) ?(\d{1,2}[a-z]?)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:asked|requests?|figures|data|statistics|information)\b.*\b(?:how many|number of|on|about|for)\b",
    re.IGNORECASE,
)
_ALL_CRIME = re.compile(
    r"\b(?:crimes?|offences?) of (?:every|any|all) (?:kinds?|types?|sorts?)\b|\ball (?:recorded )?crimes?\b"
    r"|\btotal (?:number of )?recorded crimes?\b",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(r"\b(?:such as|like|including|e\.g\.?)\s*$", re.IGNORECASE)
_CALENDAR_YEAR = re.compile(r"\bcalendar years?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Context:
    """Everything about a document that helps to read its tables and sentences."""

    page: Page
    names: Names
    labels: Labels
    dates: Dates
    asked: Asked

    @property
    def vocabulary(self) -> Vocabulary:
        """The caller's names."""
        return self.names.vocabulary

    def levels(self, number: str | None, near: Iterable[str]) -> list[Level]:
        """Where to look, nearest first: around the table or sentence, the question it answers, the title."""
        levels = [("the text around it", text) for text in near]
        question = self.question(number)
        if question:
            levels.append((f"question {number}" if number else "the question", question))
            if (other := _AS_QUESTION.search(question)) and other[1] != number:
                levels.append(
                    (f"question {other[1]}, to which question {number} refers", self.question(other[1]))
                )
            else:
                levels += self._referred(number, question)
        levels.append(("the title", self.page.title))
        return levels

    def request(self, number: str | None) -> list[Level]:
        """The whole request, for what holds for all its parts; nothing for a part that was not recognised in it."""
        is_unknown = number is not None and bool(self.page.questions) and not self.question(number)
        return [] if is_unknown or not self.page.request_text else [("the request", self.page.request_text)]

    @property
    def method(self) -> list[Level]:
        """What the answer says of how it was searched, before its first figure."""
        lines = [
            line.text for line in self.page.lines if line.zone == "answer" and _SEARCHED.search(line.text)
        ]
        return self.scope + [("what was searched", text) for text in lines[:1]]

    @property
    def scope(self) -> list[Level]:
        """The line that says what all figures are about: 'Scope: offences of stalking, April 2015 to March 2018'."""
        return [("the scope", line.text) for line in self.page.lines if _SCOPE.match(line.text)][:1]

    @property
    def topic(self) -> list[Level]:
        """In a report, the sentence without figures that says what the forces were asked about."""
        if self.page.questions:
            return []
        lines = [line.text for line in self.page.lines if _ASKED.search(line.text)]
        return [("what was asked for", text) for text in lines if self.names.offences(text)][:1]

    def question(self, number: str | None) -> str:
        """What is asked under a number; 1a falls back on 1; the only question stands for any."""
        questions = self.page.questions
        if number is not None:
            return questions.get(number) or questions.get(number.rstrip("abcdefgh"), "")
        return next(iter(questions.values())) if len(questions) == 1 else ""

    def _referred(self, number: str | None, question: str) -> list[Level]:
        """The questions before, as far as each goes on about the one before it: 'how many of these ...'."""
        numbers = list(self.page.questions)
        own = number if number in numbers else (number or "").rstrip("abcdefgh")
        position = numbers.index(own) if own in numbers else 0
        found: list[Level] = []
        while position and refers_back(question):
            position -= 1
            question = self.page.questions[numbers[position]]
            found.append(("the question before, to which it refers", question))
        return found

    @property
    def is_tax_year(self) -> bool:
        """Whether the document says that its years run from 6 April."""
        return any(TAX_YEAR.search(line.text) for line in self.page.lines)

    def says_financial(self, levels: Iterable[Level]) -> bool:
        """Whether the places nearest to a table speak of financial years."""
        return any(FINANCIAL_YEAR.search(text) and not _CALENDAR_YEAR.search(text) for _, text in levels)

    def period(self, levels: list[Level]) -> Given:
        """The one period the nearest place names."""
        for where, text in levels:
            found = [period for period in find_periods(text) if period.kind not in ("day", "relative")]
            if not found:
                continue
            if (financial := self._same_year(found, levels)) is not None:
                return financial
            distinct = {(period.first, period.last) for period in found}
            if len(distinct) > 1 or not found[0].is_known:
                return Given(
                    doubt=f"{where} names {listed(p.text for p in found)}: which period holds is not certain"
                )
            return self.as_given(found[0], where)
        return Given()

    def _same_year(self, found: list[Period], levels: list[Level]) -> Given | None:
        """'From 2021 to 2022' where the question or the title names the financial year 2021/2."""
        years = re.findall(YEAR, found[0].text)
        if len(found) != 1 or found[0].kind != "unclear" or len(years) != 2:
            return None
        for where, text in levels:
            for period in find_periods(text):
                named = [str(day.year) for day in (period.first, period.last) if day]
                if period.basis == "financial" and named == years:
                    return self.as_given(period, f"{where}; '{found[0].text}' is that financial year")
        return None

    def as_given(self, period: Period, where: str) -> Given:
        """A period as a given text; one that had not ended when the document was written has no known end."""
        if (open_end := self.unfinished(period)) is not None:
            return Given(
                period.text,
                open_end,
                f"{where}; not over when answered {self.dates.answered}, so without an end",
            )
        return Given(period.text, period.means, where)

    def unfinished(self, period: Period) -> str | None:
        """'from ...' for a period that goes on beyond the day of the answer, which prints no other end."""
        answered = self.dates.answered_on
        if answered is None or period.first is None or period.last is None or period.last < answered:
            return None
        return f"from {period.first}" if period.first <= answered and period.kind == "plain" else None

    def offence(self, levels: list[Level]) -> Given:
        """The one offence the nearest place names."""
        for position, (where, text) in enumerate(levels):
            names = self.names.offences(text)
            if not names and _ALL_CRIME.search(text):
                return Given()  # what is asked or captioned there is no single offence
            if not self._other_offences(text):
                if names:
                    break
                continue
            if names:
                return Given(doubt=f"{where} names other offences beside '{names[0].text[:40]}'")
            if where != "the title" or self.names.offences(self.page.title):
                return self._one(levels[:position], self.names.offences, "offences")
        return self._one(levels, self.names.offences, "offences")

    def _other_offences(self, text: str) -> bool:
        """Whether a text speaks of offences in words that are no known name: 'image offences', 'grooming crimes'."""
        names = self.names.platforms(text)
        for noun in counted_nouns(text):
            if noun.unit not in ("offences", "crime_reports"):
                continue
            word = qualifier_of(text, noun)
            if any(
                name.start < noun.end and noun.start <= name.end + 1 for name in self.names.offences(text)
            ):
                continue
            if word and not any(name.start < noun.start and noun.start - name.end <= 2 for name in names):
                return True
        return False

    def platform(self, levels: list[Level]) -> Given:
        """The one platform, or pool of platforms, the nearest place names."""

        def specific(text: str) -> list[Name]:
            names = self.names.platforms(text)
            return [name for name in names if not name.is_generic] or names

        given = self._one(levels, specific, "platforms")
        if given.text and self.is_generic(given.text) and self.names_platforms and not self.is_pool:
            return Given(doubt=f"'{given.text}' may mean the platforms named elsewhere")
        return self.pooled(given)

    def pooled(self, given: Given) -> Given:
        """Several platforms counted together are read as the vocabulary's label for a pool."""
        names = self.names.platforms(given.text)
        if self.is_generic(given.text) and self.is_pool:
            why = f"{given.why}; the platforms of the title, the only ones named"
            return Given(given.text, self.vocabulary.pooled_platform, why, given.doubt)
        if names and names[0].id is None and not names[0].is_generic:
            known = self.labels.platform(given.text)
            means = None if known else self.vocabulary.pooled_platform
            return Given(given.text, means, f"{given.why}; several platforms in one figure", given.doubt)
        return given

    @property
    def is_pool(self) -> bool:
        """Whether 'social media' stands for the platforms that the title counts together, the only ones named."""
        named = [
            name
            for line in self.page.lines
            for name in self.names.platforms(line.text)
            if not name.is_generic
        ]
        title, pool = self.page.title, self.vocabulary.pool
        pools = [
            name for name in self.names.platforms(title) if name.id in (None, pool) and not name.is_generic
        ]
        if len(pools) != 1 or _EXAMPLES.search(title[: pools[0].start]):
            return False
        return {name.text.casefold() for name in named} == {pools[0].text.casefold()}

    def is_generic(self, text: str) -> bool:
        """Whether a platform text only says social media."""
        return any(name.is_generic for name in self.names.platforms(text))

    @property
    def names_platforms(self) -> bool:
        """Whether the document names any platform by name."""
        return any(
            not name.is_generic for line in self.page.lines for name in self.names.platforms(line.text)
        )

    def _one(self, levels: list[Level], find: Callable[[str], list[Name]], what: str) -> Given:
        for where, text in levels:
            names = find(text)
            if not names:
                continue
            if len({name.id or name.text.casefold() for name in names}) > 1:
                return Given(doubt=f"{where} names several {what}: {listed(name.text for name in names)}")
            return Given(names[0].text, None, where)
        return Given()

    def unit(self, levels: list[Level]) -> Given:
        """What is counted, in the words of the nearest place that says it; ``means`` is the unit."""
        return unit_of(levels, self.page, self.names)

    def unit_before(self, number: str | None) -> Given:
        """For a question that counts nothing by name ('Which sites were used?'): what all questions before it count."""
        return unit_before(number, self.page, self.names)


def context_of(page: Page, vocabulary: Vocabulary, dates: Dates, asked: Asked) -> Context:
    """A context with the recognisers of one vocabulary."""
    return Context(page, Names(vocabulary), Labels(vocabulary), dates, asked)
