"""Parts that a question asks for: 'How many of these crimes resulted in a charge?' - '31' has that outcome.

A question is read as the sentence that would answer it, with a number in place of 'how many'.
"""

from __future__ import annotations

import re

from ingest.cells import squeeze
from ingest.draft.clauses import clause_of
from ingest.draft.context import Context
from ingest.draft.entries import give, read_code
from ingest.draft.given import Given
from ingest.draft.model import DraftTable
from ingest.draft.parts import Parts, is_plain, parts_of
from ingest.draft.periods import find_periods

_ASKED = re.compile(
    r"(?:\W*(?:question|q|point|part)?\W*\(?(?:\d{1,2}[a-z]?|[a-h]|[ivx]{1,4})[.):]?\s+)?(?:and |also |please state )?"
    r"(?P<lead>(?:in|for) )?(?:how many|the number|number)(?P<rest>\b[^?;:]+?)[?.]?",
    re.IGNORECASE,
)
_VICTIMS = re.compile(
    r" (?:of the )?(?P<noun>victims|suspects)(?: who)? (?=(?:are|were|was) )", re.IGNORECASE
)
_MANY = re.compile(r"\b(?:how many|number of)\b", re.IGNORECASE)
_STANDS_FOR = "99"
_CRIMES = ("offences", "crime_reports", "incidents")
_KINDS = {"outcome": _CRIMES, "victim": _CRIMES, "suspect": _CRIMES, "person": ("victims", "suspects")}


def asked_part(context: Context, number: str | None, unit: str) -> Given | None:
    """The text of the one part a question asks for, with its role in ``why``; None where it asks for no such part."""
    question = squeeze(context.question(number))
    match = _ASKED.fullmatch(question)
    if match is None or len(_MANY.findall(question)) != 1:
        return None
    rest = _without_period(match["rest"])
    if match["lead"] and not rest.casefold().startswith((" of", " cases", " offences", " crimes")):
        rest = f" cases{rest}"
    persons = _VICTIMS.match(rest)
    if persons:
        rest = f" of the {persons['noun']} {rest[persons.end() :]}"
    elif not rest.casefold().startswith((" of ", " cases")):
        rest = f" of the{rest}"
    text = f"{match['lead'] or ''}{_STANDS_FOR}{rest}"
    clause = clause_of(text, 0, context.names)
    parts = parts_of(clause, context)
    if parts is None or len(parts.parts) != 1 or not _fits(parts, unit) or clause.platforms:
        return None
    (part,) = parts.parts
    return Given(text[part.start : part.end], part.role, f"question {number}" if number else "the question")


def _without_period(text: str) -> str:
    """A question without the days at its end, which are looked up where all periods are."""
    periods = find_periods(text)
    if not periods or text[periods[-1].end :].strip():
        return text
    return re.sub(r"\s+(?:(?:in|during|for|over|between|from)\s*)?(?:the )?$", "", text[: periods[-1].start])


def _fits(parts: Parts, unit: str) -> bool:
    """Whether what the part is of is plain, and of the unit counted."""
    kind = parts.parts[0].kind
    if parts.whole is None or not is_plain(parts.whole) or unit not in _KINDS.get(kind, ()):
        return False
    return not parts.whole.figures and not parts.whole.platforms


def give_asked_part(table: DraftTable, context: Context, number: str | None, unit: str) -> bool:
    """Enter the outcome, sex or age for which a question asks; whether it asks for one."""
    part = asked_part(context, number, unit)
    if part is None:
        return False
    whose = "victim_" if unit == "victims" else "other:suspect_"
    role = str(part.means)
    role = {"sex": f"{whose}sex", "age": f"{whose}age", "suspect_age": "other:suspect_age"}.get(role, role)
    give(table, role, Given(part.text, None, part.why))
    if role == "outcome":
        read_code(table, "outcome", part.text, context)
    return True
