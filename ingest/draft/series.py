"""Names or periods with a figure each and no other word: 'June 2018 13, July 2018 21', 'Kik: 2017 = 4; 2018 = 9'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.draft.clauses import Clause, clause_of, split
from ingest.draft.context import Context
from ingest.draft.given import Given
from ingest.draft.label_lines import BARE, HOW_MANY
from ingest.draft.lines import Line, sentences
from ingest.draft.names import Names
from ingest.draft.questions import ask_of
from ingest.draft.surroundings import refusal_of_list

_WHICH = re.compile(
    r"\b(?:which|what) (?:\w+ ){0,3}(?:platforms?|sites?|websites?|apps?|applications?|networks?)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:\0|[\s,;:.()=–-]|\band\b|\bin\b|\bfor\b)+", re.IGNORECASE)


def clauses_of(line: Line, names: Names) -> Iterator[tuple[str, int]]:
    """The clauses of a line and where each begins; 'in 2017, 4; 2018, 9; 2019, 7' is one."""
    pieces = [piece for first, last in sentences(line.text) for piece in split(line.text[first:last], first)]
    text, start = "", 0
    for more, begins in pieces:
        if text.rstrip().endswith(";") and is_series(clause_of(more, begins, names)):
            text = line.text[start : begins + len(more)]
            continue
        if text:
            yield text, start
        text, start = more, begins
    if text:
        yield text, start


def unit_of_series(clause: Clause, line: Line, context: Context, above: str) -> Given | None:
    """The unit that such a clause counts: where its question asks how many, or the line above it or the title says.

    None where there are other words, where the question asks for something else, or where nothing says what is counted.
    """
    rest = _masked(clause)
    first = rest.find("\0")
    if first < 0 or not BARE.fullmatch(rest[:first]) or not _BETWEEN.fullmatch(rest[first:]):
        return None
    if not (clause.periods or clause.platforms):
        return None
    question = context.question(line.number)
    if question:
        return _asked(clause, line, context) if HOW_MANY.search(question) or _WHICH.search(question) else None
    near = [above] if above else []
    if len(clause.figures) < 2 or refusal_of_list(near, context) is not None:
        return None
    return _known(context.unit(context.levels(line.number, near)))


def _asked(clause: Clause, line: Line, context: Context) -> Given | None:
    question = context.question(line.number)
    ask = ask_of(question, clause)
    unit = context.unit([("the question", ask)] if ask != question else context.levels(line.number, []))
    if not unit.text and not unit.doubt:
        unit = context.unit(context.request(line.number))
    return _known(unit)


def _known(unit: Given) -> Given | None:
    return unit if unit.means not in (None, "other") else None


def is_series(clause: Clause) -> bool:
    """Whether a clause is nothing but figures with names or periods."""
    rest = _masked(clause)
    has_names = bool(clause.figures and (clause.periods or clause.platforms))
    return has_names and _BETWEEN.fullmatch(rest) is not None


def _masked(clause: Clause) -> str:
    """The text of a clause with figures, periods and platforms blotted out."""
    text = list(clause.text)
    spans = [(figure.start, figure.end) for figure in clause.figures]
    spans += [(period.start, period.end) for period in clause.periods]
    spans += [(name.start, name.end) for name in clause.platforms]
    for start, end in spans:
        text[start:end] = "\0" * (end - start)
    return "".join(text)
