"""Which figure of a clause belongs to which period or platform; believed only where nothing else can be meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.draft.clauses import Clause
from ingest.draft.names import Name
from ingest.draft.periods import Period
from ingest.draft.spans import Span

_COUNTED = (
    r"(?:(?:recorded|reported|alleged|such|crime|online|new|notifiable) ){0,2}"
    r"(?:crimes?|offences|reports|complaints|allegations|incidents|cases|arrests|victims"
    r"|suspects|people|persons|children|mentions|references|logs)"
)
_AFTER = re.compile(
    (
        rf"\s*(?:{_COUNTED}\s+)?(?:(?:were |was )?(?:recorded|reported|made|logged"
        r"|received)\s+)?\(?(?:in|during|for|over|throughout|by)?\s*(?:the\s+)?$"
    ),
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\s*(?::|,|-|–|=|\()?\s*(?:there were |it was |it recorded |saw |had |was |were |a total of |with )?$",
    re.IGNORECASE,
)
_PLATFORM_AFTER = re.compile(
    rf"\s*(?:{_COUNTED}\s+)?(?:(?:were|was)\s+)?(?:over|on|about|involv(?:ed|ing)|mention(?:ed"
    r"|ing)|nam(?:ed|ing)|via|for|through|to|using"
    r"|relat(?:ed|ing) to|linked to|referr(?:ed|ing) to|concerning|featur(?:ed|ing)|from|in "
    r"which|with)?\s*['\"‘“(]?$",
    re.IGNORECASE,
)
_PLATFORM_BEFORE = re.compile(r"['\"’”]?\s*(?::|\(|-|–|=|,|was|were|had|in)?\s*$", re.IGNORECASE)

_FORCE_BEFORE = re.compile(
    (
        r"(?:['’]s?)?\s*(?:police |constabulary )?(?::|\(|-|–|,)?\s*(?:(?:had |has )?(?:recorded"
        r"|logged|reported|saw|received|had|with)\s+)?(?:a total of )?$"
    ),
    re.IGNORECASE,
)

Item = Span | Period | Name


def by_period(clause: Clause) -> dict[Span, Period] | None:
    """Every figure with its own period: '43 in 2014, compared with 36 in 2013', or '2013: 36, 2014: 43'."""
    after = {
        figure: found for figure in clause.figures if (found := _next(clause, figure, clause.periods, _AFTER))
    }
    before = {
        figure: found
        for figure in clause.figures
        if (found := _previous(clause, figure, clause.periods, _BEFORE))
    }
    for pairs in (after, before):
        if len(pairs) == len(clause.figures) == len(set(pairs.values())) and pairs:
            return {figure: period for figure, period in pairs.items() if isinstance(period, Period)}
    return None


def by_platform(clause: Clause) -> dict[Span, Name] | None:
    """Every figure with its own platform: '1,219 over Facebook and 154 over Twitter', 'Skype (39)'."""
    after = {
        figure: found
        for figure in clause.figures
        if (found := _next(clause, figure, clause.platforms, _PLATFORM_AFTER))
    }
    before = {
        figure: found
        for figure in clause.figures
        if (found := _previous(clause, figure, clause.platforms, _PLATFORM_BEFORE))
    }
    complete = [
        pairs for pairs in (after, before) if len(pairs) == len(clause.figures) == len(set(pairs.values()))
    ]
    if len(complete) != 1 or len(clause.figures) < 2:
        return None
    return {figure: name for figure, name in complete[0].items() if isinstance(name, Name)}


def by_force(clause: Clause) -> dict[Span, Name] | None:
    """Every figure with its own force before it: 'North Yorkshire 557, West Yorkshire 2,301'."""
    pairs = {
        figure: found
        for figure in clause.figures
        if (found := _previous(clause, figure, clause.forces, _FORCE_BEFORE))
    }
    if len(pairs) < 2 or not len(pairs) == len(clause.figures) == len(set(pairs.values())):
        return None
    return {figure: name for figure, name in pairs.items() if isinstance(name, Name)}


def _next(clause: Clause, figure: Span, items: Sequence[Item], link: re.Pattern[str]) -> Item | None:
    """The item that follows a figure with only linking words between; no other figure in between."""
    following = min(
        (item for item in items if item.start >= figure.end), key=lambda item: item.start, default=None
    )
    if following is None:
        return None
    between = clause.text[figure.end : following.start]
    # 'over the last three years' holds its own preposition
    return (
        following
        if link.fullmatch(between) and not _holds_figure(clause, figure.end, following.start)
        else None
    )


def _previous(clause: Clause, figure: Span, items: Sequence[Item], link: re.Pattern[str]) -> Item | None:
    preceding = max(
        (item for item in items if item.end <= figure.start), key=lambda item: item.end, default=None
    )
    if preceding is None:
        return None
    between = clause.text[preceding.end : figure.start]
    return (
        preceding
        if link.fullmatch(between) and not _holds_figure(clause, preceding.end, figure.start)
        else None
    )


def _holds_figure(clause: Clause, first: int, last: int) -> bool:
    return any(first <= other.start < last for other in clause.figures)


def stands_alone(clause: Clause, figure: Span) -> bool:
    """Whether the only figure of a clause is plainly what the clause counts: 'All offences: 521', '39 offences'."""
    before, after = clause.text[: figure.start], clause.text[figure.end :]
    ends = re.fullmatch(r"[\s.)]*", after) is not None
    announced = re.search(
        r"(?::|\s[–-]|=|\b(?:a |the )?total (?:of|was|is)|\bwas|\bwere|\bis|\bare)\s*$", before, re.IGNORECASE
    )
    if ends and announced:
        return True
    return any(
        re.fullmatch(r"\s+(?:[a-z'-]+\s+){0,2}", clause.text[figure.end : noun.start])
        for noun in clause.nouns
    )
