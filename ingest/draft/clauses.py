"""One clause of a sentence with everything in it that can be recognised, and the reasons not to read it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.draft.names import Name, Names
from ingest.draft.periods import Period, find_periods
from ingest.draft.spans import Span, figures
from ingest.draft.words import LARGER_AREA, Noun, counted_nouns

_SPLIT = re.compile(
    r",? (?:while|whereas|although|though|but|compared to the)\b|;\s|(?<=\d), and (?=[A-Z])"
    r"|, (?=(?:[\w,]+ )?of whom\b)|(?<=\w) (?=[-–—] from \d)"
    r"|, (?:(?:and|making|giving|bringing) )?(?=(?:an? |the )?(?:overall |combined )?total of\b)"
)
_SEARCH_RESULTS = re.compile(
    r"\b(?:search\w*|keywords?)\b.*\d (?:potential |possible )?(records|results|entries|matches|documents)\b"
    r"|\b(?:search\w*|keywords?|sample)\b.*\b(?:returns?|returned|gave|gives|found|finds|produced|yielded|retrieved"
    r"|brought (?:up|back))\b.*"
    r"\d (?:potential |possible )?"
    r"(crime reports|crime records|crimes|offences|incidents|reports)\b",
    re.IGNORECASE,
)
LIST_WORDS = re.compile(
    (
        r"(?:,|\s)\s*(?:includ(?:ing|ed|es)|which includ(?:ed|es)|among (?:them|these|those)|of "
        r"which|compris(?:ing|ed)|made up of)\b"
    ),
    re.IGNORECASE,
)
_ROUNDED = re.compile(
    r"\b(?:average|median|mean|estimate[ds]?|approximately|about|around|nearly|almost|roughly"
    r"|some|projected|forecast|well over"
    r"|just (?:over|under))\b",
    re.IGNORECASE,
)
_NOT_COUNTS = re.compile(
    r"\b(?:per (?:day|week|month|year|cent of|head|1,?000|100,?000)|an? (?:day|week|month)"
    r"|daily|weekly|officers?|staff|hours?|minutes?"
    r"|costs?|fees?|population|schools?|forces|constabularies|would|could|might|records? x"
    r"|retriev\w+|limit|youngest|oldest|eldest)\b",
    re.IGNORECASE,
)
# What would have to be done with the records that were found: it follows from their number and says nothing of it.
_CONSEQUENCE = re.compile(
    r"[,;:]?(?: (?:and|but|that|which|who|these|those|they|all|each|every one|of (?:which|these|those|them)))*"
    r" (?:would|could) (?:all |each |then |potentially )?(?:need|have|require|take|be)\b.*$"
    r"|,? and,? at (?:a|an) (?:minimum|average|estimate|conservative)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
# The police as those who keep the figures: 'Officers recorded 143 crimes'.
RECORDING = re.compile(r"\b(?:police )?officers (?=(?:have )?(?:recorded|logged|received)\b)", re.IGNORECASE)
_CHANGE = re.compile(
    (
        r"\b(?:by|(?<!brought )up|down|(?:rise|increase|fall|drop|jump|decrease|difference|change|leap|surge) "
        r"of|rank\w*|another|further|extra|additional)\s+$"
    ),
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    r"\s+of (?:(?:the|these|those) (crimes|offences|incidents|reports|complaints)\b"
    r"|(?:the|these|those|them|which|whom|its|all)\b)",
    re.IGNORECASE,
)
_ACTS = re.compile(r"\b(charged|summonsed|prosecuted|arrested)\s+$", re.IGNORECASE)
_PEOPLE_AFTER = re.compile(
    r"\s+(people|persons|individuals|suspects|offenders|adults|men|women)\b", re.IGNORECASE
)
_PART = re.compile(r"\b(\w+) of (?:the )?$", re.IGNORECASE)
_WHOLES = {"total", "totals", "number", "figure", "sum", "count", "all", "out", "majority"} - {
    "majority",
    "out",
}
_RESULT = re.compile(
    r"\b(?:charged?|summons\w*|caution\w*|convict\w*|sentenc\w*|detected|solved|cleared|no "
    r"further action|nfa|arrested|prosecut\w*"
    r"|identified|under investigation|ongoing|dropped|unsolved)\b",
    re.IGNORECASE,
)
OUTCOME_NUMBER = re.compile(r"\boutcome (?:type )?\d{1,2}[a-c]?\b", re.IGNORECASE)
VICTIMS = re.compile(
    r"(?:girls?|boys?|women|men|child(?:ren)?|females?|males?|victims?|people|complain(?:er|ant)s?)"
    r"(?: (?:who|that))?(?: (?:was|were))?(?: aged)? "
    r"(?:under|over|below|above|younger than|older than)(?: the age of)? \d{1,2}(?![,.]?\d)"
    r"|(?:victims|girls|boys|children|females|males) aged (?:between )?\d{1,2}(?: ?(?:to|and|-"
    r"|–) ?\d{1,2})?(?: (?:or|and) (?:under|over|younger|older))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clause:
    """A clause: its text, where it begins in its line, and what stands in it."""

    text: str
    start: int
    figures: list[Span]
    others: list[Span]
    periods: list[Period]
    platforms: list[Name]
    forces: list[Name]
    offences: list[Name]
    nouns: list[Noun]
    areas: list[Name] = field(default_factory=list)
    """Names of the whole area of the document's force, which narrow nothing."""

    @property
    def before(self) -> str:
        """What stands before the first figure."""
        return self.text[: self.figures[0].start] if self.figures else self.text


def clause_of(text: str, start: int, names: Names) -> Clause:
    """Recognise everything in a clause."""
    found, others = figures(text)
    periods = [period for period in find_periods(text) if period.kind != "day"]
    days = [period for period in find_periods(text) if period.kind == "day"]
    platforms = names.platforms(text)
    taken = [(item.start, item.end) for item in [*periods, *days]] + [
        (name.start, name.end) for name in platforms
    ]
    nouns = [
        noun
        for noun in counted_nouns(text)
        if all(noun.end <= first or last <= noun.start for first, last in taken)
    ]
    if (match := _SEARCH_RESULTS.search(text)) and found:
        group = match.lastindex or 1
        first, last = match.span(group)
        nouns = [noun for noun in nouns if noun.end <= first or last <= noun.start]
        nouns.append(Noun(match[group], first, last, "search_hits"))
    nouns += _acted_on(text, found)
    specific = [name for name in platforms if not name.is_generic] or platforms
    return Clause(
        text,
        start,
        found,
        others,
        periods,
        specific,
        names.forces(text),
        names.offences(text),
        nouns,
        names.areas(text),
    )


def without_consequence(text: str) -> str:
    """A clause up to what would have to be done with the records it counts: 'each of which would need reading'."""
    match = _CONSEQUENCE.search(text)
    return text[: match.start()] if match and re.search(r"\d", text[: match.start()]) else text


def found_records(clause: Clause) -> Clause:
    """The same clause where each of what it counts would still have to be read: these are records that were found."""
    return replace(clause, nouns=[replace(noun, unit="search_hits") for noun in clause.nouns])


def _acted_on(text: str, found: list[Span]) -> list[Noun]:
    """'charged 36 people', 'arrested 12 men': persons counted by what was done with them."""
    nouns = []
    for figure in found:
        verb = _ACTS.search(text[: figure.start])
        people = _PEOPLE_AFTER.match(text, figure.end)
        if verb and people:
            unit = "people_arrested" if verb[1].casefold() == "arrested" else "people_charged"
            nouns.append(Noun(people[1], people.start(1), people.end(1), unit))
    return nouns


def split(text: str, start: int) -> list[tuple[str, int]]:
    """The clauses of a sentence: cut at words that set one statement against another, and before a list of examples."""
    cuts = [0]
    for match in _SPLIT.finditer(text):
        if match.start() == 0 or (
            not re.search(r"\d", text[: match.start()]) and "total" in text[match.end() : match.end() + 20]
        ):
            continue
        if re.search(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b", text[match.end() :]):
            cuts.append(match.end())
    cuts.append(len(text))
    return [(text[first:last], start + first) for first, last in pairwise(cuts) if text[first:last].strip()]


def objection(
    clause: Clause, force: str | None, *, has_own_names: bool = False, is_part: bool = False
) -> str | None:
    """Why a clause with figures must not be read, or None. ``has_own_names``: each figure has a platform of its own,
    so that '96 of the offences' are those which name it. ``is_part``: what makes them a part is understood."""
    plain = RECORDING.sub(" ", _without_brackets(clause))
    if match := _NOT_COUNTS.search(plain):
        return f"'{match[0]}': not a count of crimes"
    if match := _ROUNDED.search(plain):
        return f"'{match[0]}': a rounded figure"
    areas = [
        match[0]
        for match in LARGER_AREA.finditer(plain)
        if not any(
            match[0].casefold() in name.text.casefold()
            or (match.start() < name.end and name.start < match.end())
            for name in clause.forces
        )
    ]
    if areas:
        return f"'{areas[0]}': figures of a larger area"
    others = [name.text for name in clause.forces if force is not None and not is_same_force(name, force)]
    if others:
        return f"'{others[0]}': figures of another force"
    reasons = (
        _figure_objection(clause, figure, has_own_names=has_own_names, is_part=is_part)
        for figure in clause.figures
    )
    return next((reason for reason in reasons if reason), None)


def _figure_objection(clause: Clause, figure: Span, *, has_own_names: bool, is_part: bool) -> str | None:
    """What speaks against one figure: a change, a part of a whole, a rounded number."""
    if _CHANGE.search(clause.text[: figure.start]):
        return f"'{clause.text[max(0, figure.start - 15) : figure.end].strip()}': a change, not a count"
    match = None if is_part else _OF_THEM.match(clause.text, figure.end)
    if match and not (has_own_names and match[1]):
        return f"'{clause.text[figure.start : figure.end + 10].strip()}': a part of what was counted before"
    if (part := _PART.search(clause.text[: figure.start])) and part[1].casefold() not in _WHOLES:
        return f"'{part[0].strip()} {figure.text}': of what is counted, not the count"
    is_bound = any(noun.unit == "search_hits" for noun in clause.nouns)
    if not is_bound and re.match(r"(?:more than|over|under|up to)\b", figure.text, re.IGNORECASE):
        return f"'{figure.text}': a rounded figure"
    return None


def is_same_force(name: Name, force: str) -> bool:
    """By id, or by name where the vocabulary does not know it."""
    return name.id == force or force.replace("-", " ") in name.text.casefold().replace("-", " ")


def _without_brackets(clause: Clause) -> str:
    """The clause without asides that hold no figure."""

    def blank(match: re.Match[str]) -> str:
        has_figure = any(match.start() <= figure.start < match.end() for figure in clause.figures)
        return match[0] if has_figure else " " * len(match[0])

    return re.sub(r"\([^()]*\)", blank, clause.text)


def results_in(clause: Clause) -> str | None:
    """A word that says what came of the crimes counted, which no role of the clause carries."""
    text = OUTCOME_NUMBER.sub(" ", clause.text)
    for noun in clause.nouns:
        if noun.unit in ("people_charged", "people_arrested", "arrests", "other"):
            text = text.replace(noun.text, " ")
    match = _RESULT.search(text)
    return match[0] if match else None
