"""Parts of what was counted: 'Of these crimes, 177 offenders were charged', '12 of the crimes had a victim under 16'.

What the part is of is named by the clause itself or was told before; what is said of it is a matter of ``predicates``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.draft.clauses import Clause, clause_of
from ingest.draft.context import Context
from ingest.draft.names import Name
from ingest.draft.periods import Period
from ingest.draft.plain import unexplained
from ingest.draft.predicates import Part, is_known_outcome, predicates
from ingest.draft.words import Noun

_THOSE = r"(?:these|those|them|the|its|last year['’]s|this year['’]s)"
_LEAD = r"\W*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+)?(?:(?:but|and|however|meanwhile),? )?"
# 'Of these crimes, 177 ...', 'For the 388 Facebook crimes recorded in 2015, 53 ...'
_OF_WHOLE = re.compile(rf"{_LEAD}(?:of|among|for) (?P<whole>{_THOSE}\b[^,;:]*),\s*", re.IGNORECASE)
# '331 of the crimes ...', 'For 48 of the offences ...', 'In 22 cases ...'
_WHOLE_AFTER = re.compile(r"\s+of (?P<whole>(?:these|those|them|the|its)\b.*)", re.IGNORECASE | re.DOTALL)
_BEFORE_FIRST = re.compile(
    rf"{_LEAD}(?:(?:(?:over|during|in|for|across) (?:the|that|this) (?:same |whole )?"
    r"(?:period|time|timeframe)),? )?"
    r"(?P<lead>(?:in|for) )?",
    re.IGNORECASE,
)
_CASES = re.compile(r"\s+(?P<whole>cases|crimes|offences)\b,?\s*", re.IGNORECASE)
_OF_WHOM = re.compile(r"\s+of whom\s+", re.IGNORECASE)
_OF_WHOM_FIRST = re.compile(r"\W*of whom\s+", re.IGNORECASE)
_OF_WHICH = re.compile(r"\W*of which\s+(?:in )?", re.IGNORECASE)
# 'No further action was taken in 12 cases', '... in 12 of them'
_OUTCOME_FIRST = re.compile(rf"{_LEAD}(?P<outcome>[^,;:]+?) in ", re.IGNORECASE)
_LAST_WHOLE = re.compile(r"\s+(?:of )?(?P<whole>cases|these|those|them|the \w+)\W*", re.IGNORECASE)
# 'Facebook was mentioned in 14', 'Snapchat in 12'
_NAMED_IN = re.compile(
    r"\s+(?:(?:was|is|were) )?(?:mentioned |named |used |cited |involved |featured )?in\s+", re.IGNORECASE
)
_OPENS = re.compile(
    r"\W*(?:(?:answer|response|reply|question|part|point)s?\b|[aq](?=\d))?\W*(?:\(?(?:\d{1,2}[a-z]?|[a-h])[.):]\s)?\W*"
    r"(?:in|during|for|over|a total of|in total)?\W*(?:a total of\s)?",
    re.IGNORECASE,
)
_CHARGE = re.compile(r"charged(?: or summonsed)?", re.IGNORECASE)
_RECORDED = re.compile(r"\b(?:recorded|reported|committed|logged)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts a clause tells and what they are of: the words for it, and whether they are persons told before."""

    parts: tuple[Part, ...]
    whole: Clause | None
    is_of_persons: bool = False
    is_self: bool = False
    """'31 offences resulted in a charge': the sentence names what it counts and no whole."""
    is_of_which: bool = False
    """'of which 12 ...': of just what was counted before."""


def parts_of(clause: Clause, context: Context) -> Parts | None:
    """The parts a clause tells; None where it is no such clause or any of its words is not understood."""
    if not clause.figures:
        return None
    forms = (_whole_first, _platforms_first, _persons, _of_which, _outcome_first, _whole_after, _noun_first)
    return next((parts for form in forms if (parts := form(clause, context))), None)


def _whole_first(clause: Clause, context: Context) -> Parts | None:
    """'Of the 71 crimes in 2021, 52 had a female victim and 16 had a male victim'."""
    match = _OF_WHOLE.match(clause.text)
    if match is None:
        return None
    inside = [figure for figure in clause.figures if figure.start < match.end("whole")]
    rest = clause.figures[len(inside) :]
    between = clause.text[match.end() : rest[0].start] if rest else "?"
    if len(inside) > 1 or between.strip().casefold() not in ("", "in"):
        return None
    found = list(predicates(clause, rest, context))
    if len(found) != len(rest):
        return None
    parts = tuple(Part(figure, "whole") for figure in inside) + tuple(found)
    return Parts(parts, _named(clause, *match.span("whole"), context))


def _platforms_first(clause: Clause, context: Context) -> Parts | None:
    """'Of the 93, Facebook was mentioned in 14 and Snapchat in 12'."""
    match = _OF_WHOLE.match(clause.text)
    if match is None:
        return None
    inside = [figure for figure in clause.figures if figure.start < match.end("whole")]
    begins, found = match.end(), [Part(figure, "whole") for figure in inside]
    for figure in clause.figures[len(inside) :]:
        name = next((name for name in clause.platforms if begins <= name.start < figure.start), None)
        is_bare = name is not None and re.fullmatch(
            r"\W*(?:and\s+)?\W*", clause.text[begins : name.start], re.IGNORECASE
        )
        if name is None or not is_bare or not _NAMED_IN.fullmatch(clause.text[name.end : figure.start]):
            return None
        found.append(Part(figure, "platform", "platform", name.start, name.end))
        begins = figure.end
    if len(inside) > 1 or len(found) == len(inside) or clause.text[begins:].strip(" .;,"):
        return None
    return Parts(tuple(found), _named(clause, *match.span("whole"), context))


def _persons(clause: Clause, context: Context) -> Parts | None:
    """'five of whom were aged 10 or under'; 'of whom 12 were women and nine were men'."""
    first = clause.figures[0]
    before, after = clause.text[: first.start], _OF_WHOM.match(clause.text, first.end)
    if not (after and not before.strip(" ,")) and not _OF_WHOM_FIRST.fullmatch(before):
        return None
    begins = after.end() if after else first.end
    found = [_of_person(part, clause) for part in predicates(clause, clause.figures, context, begins=begins)]
    if len(found) != len(clause.figures) or any(part.kind not in ("person", "charged") for part in found):
        return None
    return Parts(tuple(found), None, is_of_persons=True)


def _of_person(part: Part, clause: Clause) -> Part:
    """Persons of whom some were charged are people charged; there is no outcome of a crime."""
    is_charged = part.kind == "outcome" and _CHARGE.fullmatch(clause.text[part.start : part.end])
    return replace(part, kind="charged", role="") if is_charged else part


def _of_which(clause: Clause, context: Context) -> Parts | None:
    """'of which 12 resulted in a charge'."""
    if not _OF_WHICH.fullmatch(clause.before):
        return None
    found = list(predicates(clause, clause.figures, context))
    return Parts(tuple(found), None, is_of_which=True) if len(found) == len(clause.figures) else None


def _outcome_first(clause: Clause, context: Context) -> Parts | None:
    """'No further action was taken in 12 cases'."""
    figure = clause.figures[0]
    lead = _OUTCOME_FIRST.fullmatch(clause.before)
    last = _LAST_WHOLE.fullmatch(clause.text, figure.end)
    if len(clause.figures) != 1 or lead is None or last is None or clause.periods:
        return None
    start, end = lead.span("outcome")
    if not is_known_outcome(clause.text[start:end], context):
        return None
    whole = _named(clause, *last.span("whole"), context)
    return Parts((Part(figure, "outcome", "outcome", start, end),), whole)


def _whole_after(clause: Clause, context: Context) -> Parts | None:
    """'331 of the crimes involved victims aged under 16', 'In 22 cases a suspect was charged'."""
    first = clause.figures[0]
    begins = _BEFORE_FIRST.fullmatch(clause.text, 0, first.start)
    if begins is None:
        return None
    if (match := _CASES.match(clause.text, first.end)) and begins["lead"]:
        ends, whole = match.end(), _named(clause, *match.span("whole"), context)
        found = list(predicates(clause, clause.figures, context, begins=ends))
        if len(found) != len(clause.figures):
            return None
        return Parts(tuple(found), whole)
    match = _WHOLE_AFTER.match(clause.text, first.end)
    if match is None:
        return None
    for ends in _ends_of_whole(clause, match.start("whole")):
        found = list(predicates(clause, clause.figures, context, begins=ends))
        if len(found) == len(clause.figures):
            whole = _named(clause, match.start("whole"), ends, context)
            return Parts(tuple(found), whole)
    return None


def _noun_first(clause: Clause, context: Context) -> Parts | None:
    """'31 offences resulted in a charge'; 'In 2018, 12 crimes ended with no suspect identified'."""
    (first, *others) = clause.figures
    noun = next((noun for noun in clause.nouns if noun.start > first.end), None)
    if others or noun is None or noun.unit not in ("offences", "crime_reports"):
        return None
    opening = clause.text[: first.start]
    for period in clause.periods:
        if period.end <= first.start:
            opening = opening[: period.start] + opening[period.end :]
    is_near = re.fullmatch(r"\s+(?:of )?(?:these |those |such |the )?", clause.text[first.end : noun.start])
    if not _OPENS.fullmatch(opening) or not is_near:
        return None
    found = list(predicates(clause, [first], context, begins=noun.end))
    if len(found) != 1 or found[0].kind != "outcome":
        return None
    return Parts(tuple(found), _named(clause, noun.start, noun.end, context), is_self=True)


def _ends_of_whole(clause: Clause, start: int) -> Iterator[int]:
    """Where the words for the whole may end: behind its pronoun, its noun or its period, the longest first."""
    items: list[Noun | Period | Name] = [*clause.nouns, *clause.periods, *clause.offences]
    ends = {item.end for item in items if item.start >= start}
    ends |= {
        match.end()
        for match in re.finditer(r"\b(?:these|those|them|cases|victims|suspects)\b", clause.text)
        if match.start() >= start
    }
    yield from sorted(ends, reverse=True)


def _named(clause: Clause, start: int, end: int, context: Context) -> Clause:
    """The words for the whole, as a clause of their own at their place in the line."""
    return clause_of(clause.text[start:end], clause.start + start, context.names)


def is_plain(whole: Clause) -> bool:
    """Whether the words for a whole say nothing that is not recognised."""
    bare = replace(whole, text=_RECORDED.sub(lambda match: " " * len(match[0]), whole.text))
    return not unexplained(bare, said=("its", "victims", "suspects", "latter", "cases"))
