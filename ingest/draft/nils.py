"""Sentences that say none: 'the search gave no results' -> a nil return with the period and offence asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.draft.clauses import clause_of, objection
from ingest.draft.context import Context
from ingest.draft.entries import give, read_code
from ingest.draft.lines import Line, sentences
from ingest.draft.model import DraftTable
from ingest.draft.plain import unexplained

_NONE = re.compile(
    r"\b(?:gave|returned|produced|yielded|found|showed|identified|recorded|resulted "
    r"in)\s(?P<after>no (?:results|records|matches|offences|crimes|arrests))\b"
    r"|\b(?P<before>no (?:results|records|offences|crimes|arrests|incidents|victims"
    r"|suspects)) (?:were|was|have been|had been) (?:found|recorded|returned|made"
    r"|identified)\b"
    r"|^\W*(?P<first>no) (?:recorded |such )?(?:offences|crimes|reports|incidents|arrests|victims)"
    r" (?:involv\w+|mention\w*|nam\w+|featur\w+|were|was|have|had)\b"
    r"|\bthere (?:is|was|were) (?:a )?(?P<nil>nil returns?)\b"
    r"|:\s(?P<alone>nil(?: returns?)?|none(?: recorded)?)\W*$",
    re.IGNORECASE,
)
_EXCEPT = re.compile(
    r"\b(?:except|other than|further|other|held|until|unless|if|not|prior|previous)\b", re.IGNORECASE
)


def read_nils(lines: Sequence[Line], context: Context) -> list[DraftTable]:
    """A statement for every such sentence whose question says what was counted."""
    tables = []
    for line in lines:
        for first, last in sentences(line.text):
            table = _nil(line, line.text[first:last], first, context)
            if table is not None:
                tables.append(table)
    return tables


def _nil(line: Line, text: str, start: int, context: Context) -> DraftTable | None:
    match = _NONE.search(text)
    clause = clause_of(text, start, context.names)
    if match is None or clause.figures or _EXCEPT.search(text) or objection(clause, context.asked.force):
        return None
    name = next(group for group, found in match.groupdict().items() if found)
    rest = text[: match.start(name)] + " " * len(match[name]) + text[match.end(name) :]
    if unexplained(clause_of(rest, start, context.names)):
        return None
    levels = context.levels(line.number, [text])
    unit = context.unit([*levels, *context.request(line.number)])
    if unit.means is None:
        return None
    table = DraftTable(
        "nil",
        {"layout": "statement"},
        {"text": "a sentence that says none"},
        number=line.number,
        locator=line.locator,
    )
    table.fields |= {
        "text": text[: match.start(name)] + "{value}" + text[match.end(name) :],
        "nil": [match[name]],
        "measure": unit.means,
    }
    table.why["measure"] = f"'{unit.text}' in {unit.why}"
    table.intended = [{"value": match[name]}]
    cell, offset = line.place(start + match.start(name))
    table.figures_at = {(id(cell), offset)}
    period = context.period(levels)
    give(
        table,
        "period",
        period if period.text or period.doubt else context.period(context.request(line.number)),
    )
    give(table, "platform", context.platform([("the sentence", text), *context.levels(line.number, [])[:1]]))
    offence = context.offence([*levels, *context.method])
    give(table, "offence", offence)
    if offence.text:
        read_code(table, "offence", offence.text, context)
    return table
