"""Which figure of a clause belongs to which period or platform; believed only where nothing else can be meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.draft.clauses import Clause
from ingest.draft.names import Name
from ingest.draft.periods import Period
from ingest.draft.spans import Span
from ingest.draft.words import Noun

_WORD = re.compile(r"[A-Za-z'’]+|[^\sA-Za-z]")
_OPENING = set("'\"‘“(")
_CLOSING = set("'\"’”)")
# Words between a figure and what it belongs to that set up no other link. Names, nouns and periods are taken out first.
_TELLING = {
    "recorded", "reported", "alleged", "such", "crime", "online", "new", "notifiable", "were", "was", "been",
    "have", "had", "has", "there", "it", "the", "a", "an", "total", "of", "made", "logged", "received",
    "registered", "which", "that", "where", "potentially", "times",
}  # fmt: skip
_NAMING = {
    "over", "on", "about", "involving", "involved", "mention", "mentions", "mentioning", "mentioned", "name",
    "names", "naming", "named", "via", "for", "through", "to", "using", "used", "relating", "related", "linked",
    "referring", "referred", "concerning", "concerned", "featuring", "featured", "from", "in", "which", "with",
    "where", "connected", "include", "including", "included", "containing", "contained", "cite", "citing",
    "cited", "reference", "references", "referencing",
}  # fmt: skip
_PASSIVE = {
    "was", "were", "had", "in", "there", "involved", "used", "named", "mentioned", "recorded", "cited", "with",
    "of", "featured",
}  # fmt: skip
_TIMES = {
    "in", "during", "for", "over", "throughout", "by",
}  # fmt: skip
_REACHED = {
    "saw", "compared", "up", "down", "fall", "rise", "increase", "decrease", "drop", "jump", "from", "against",
    "rose", "logged", "recorded", "with", "figure", "figures", "number", "numbers", "force", "forces", "police",
    "there's",
}  # fmt: skip
TELLING_WORDS = frozenset(
    _TELLING | _NAMING | _TIMES | _REACHED | {"fell", "increased", "dropped", "climbed"}
)
_RISEN = ({"rose", "to"}, {"fell", "to"}, {"increased", "to"}, {"dropped", "to"}, {"climbed", "to"})

_OPENS = re.compile(r"\W*(?:(?:but|and) )?(?:(?:in|during|for|over) )?(?:the )?", re.IGNORECASE)
_NEAR = 6  # words between a period that opens a clause and its figure: 'In 2018, Kent Police recorded 57'

Item = Span | Period | Name


def by_period(clause: Clause) -> dict[Span, Period] | None:
    """Every figure with its own period: '43 in 2014, compared with 36 in 2013', or '2013: 36, 2014: 43'."""
    for find in (_period_after, _period_before, _period_around):
        pairs = {figure: find(clause, figure) for figure in clause.figures}
        found = {figure: period for figure, period in pairs.items() if isinstance(period, Period)}
        if len(found) == len(clause.figures) == len(set(found.values())) and found:
            return found
    return None


def _period_after(clause: Clause, figure: Span) -> Item | None:
    """'43 in 2014'; 'last year' needs no preposition: '29 involving Twitter last year'."""
    found = _next(clause, figure, clause.periods, _time_after)
    if found is None:
        relative = [period for period in clause.periods if period.kind == "relative"]
        first = min((p for p in clause.periods if p.start >= figure.end), key=lambda p: p.start, default=None)
        found = _next(clause, figure, relative, _name_after) if first in relative else None
    return found


def _period_before(clause: Clause, figure: Span) -> Item | None:
    return _previous(clause, figure, clause.periods, _time_before)


def _period_around(clause: Clause, figure: Span) -> Item | None:
    """'In 2018, 46 ..., compared with 12 in 2012': the first figure's period opens the clause."""
    opening = clause.periods[0] if clause.periods else None
    if figure is clause.figures[0] and opening is not None and opening.end <= figure.start:
        is_opening = _OPENS.fullmatch(clause.text[: opening.start]) is not None
        is_near = len(_words(clause, opening.end, figure.start)) <= _NEAR
        return opening if is_opening and is_near and opening.kind in ("plain", "range", "relative") else None
    return _period_after(clause, figure)


def by_platform(clause: Clause) -> dict[Span, Name] | None:
    """Every figure with its own platform: '1,219 over Facebook and 154 over Twitter', 'Skype (39)'."""
    if len(clause.figures) < 2:
        return None
    complete = []
    for find, link in ((_next, _name_after), (_previous, _name_before)):
        pairs = {figure: find(clause, figure, clause.platforms, link) for figure in clause.figures}
        found = {figure: name for figure, name in pairs.items() if isinstance(name, Name)}
        if len(found) == len(clause.figures) == len(set(found.values())):
            complete.append(found)
    return complete[0] if len(complete) == 1 else None


def by_one_platform(clause: Clause) -> Name | None:
    """The platform of the only figure: 'Snapchat was used in 102 of the crimes', '12 of the crimes mention Kik'."""
    (figure,) = clause.figures
    for find, link in ((_next, _name_after), (_previous, _name_before)):
        if isinstance(found := find(clause, figure, clause.platforms, link), Name):
            return found
    return None


def by_force(clause: Clause) -> dict[Span, Name] | None:
    """Every figure with its own force before it: 'North Yorkshire 557, West Yorkshire 2,301'."""
    pairs = {figure: _previous(clause, figure, clause.forces, _force_before) for figure in clause.figures}
    found = {figure: name for figure, name in pairs.items() if isinstance(name, Name)}
    if len(found) < 2 or not len(found) == len(clause.figures) == len(set(found.values())):
        return None
    return found


def _words(clause: Clause, first: int, last: int) -> list[str]:
    """The words and signs of a stretch, without the names, nouns and periods that stand in it."""
    text = clause.text
    items: list[Name | Noun | Period] = [
        *clause.platforms,
        *clause.forces,
        *clause.areas,
        *clause.offences,
        *clause.nouns,
    ]
    for item in [*items, *clause.periods]:
        if first <= item.start and item.end <= last:
            text = text[: item.start] + " " * (item.end - item.start) + text[item.end :]
    return [word.casefold() for word in _WORD.findall(text[first:last])]


def _time_after(words: list[str]) -> bool:
    """Nothing but telling words, and those that name a platform or offence, before 'in 2014'."""
    known = _TELLING | _NAMING | _TIMES | _OPENING | _CLOSING
    return all(word in known for word in words) and (
        not words or words[-1] in _TIMES | _OPENING | {"the"} or not set(words) - _TELLING
    )


def _time_before(words: list[str]) -> bool:
    rest = set(words) - _TELLING - _REACHED - set(":,-–=()")
    return not rest or rest in _RISEN or rest == {"rising", "to"}


def _name_after(words: list[str]) -> bool:
    return all(word in _TELLING | _NAMING | _OPENING for word in words)


def _name_before(words: list[str]) -> bool:
    return len(words) <= 4 and all(word in _CLOSING | set(":,-–=(") | _PASSIVE for word in words)


def _force_before(words: list[str]) -> bool:
    allowed = _TELLING | _REACHED | _CLOSING | set(":,-–(") | {"s", "constabulary", "'s", "’s"}
    return all(word in allowed for word in words)


def _next(
    clause: Clause, figure: Span, items: Sequence[Item], link: Callable[[list[str]], bool]
) -> Item | None:
    """The item that follows a figure with only linking words between; no other figure in between."""
    following = min(
        (item for item in items if item.start >= figure.end), key=lambda item: item.start, default=None
    )
    if following is None or _holds_figure(clause, figure.end, following.start):
        return None
    # 'over the last three years' holds its own preposition
    return following if link(_words(clause, figure.end, following.start)) else None


def _previous(
    clause: Clause, figure: Span, items: Sequence[Item], link: Callable[[list[str]], bool]
) -> Item | None:
    preceding = max(
        (item for item in items if item.end <= figure.start), key=lambda item: item.end, default=None
    )
    if preceding is None or _holds_figure(clause, preceding.end, figure.start):
        return None
    return preceding if link(_words(clause, preceding.end, figure.start)) else None


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
