"""Platform, offence and force of a statement: its own, those of the sentence before, or of its question."""

from __future__ import annotations

import re

from ingest.draft.entries import give, read_as, read_code
from ingest.draft.given import Given
from ingest.draft.model import DraftTable
from ingest.draft.names import Name
from ingest.draft.sentence import Sentence, own_qualifier
from ingest.draft.spans import Span
from ingest.draft.template import Template
from ingest.draft.words import Noun

_OF_THEM = re.compile(r"\W*of (?:these|those|them|(?:last|this|that) year['’]s)\b", re.IGNORECASE)


def write_platform(
    sentence: Sentence, template: Template, table: DraftTable, linked: dict[Span, Name], unit: str
) -> str:
    """Enter the platform; gives its text where one holds for all figures."""
    clause, context, previous = sentence.clause, sentence.context, sentence.previous
    if linked:
        for figure, name in linked.items():
            template.put("platform", name.start, name.end, figure)
        return ""
    if clause.platforms:
        return _own_platform(sentence, template, table, clause.platforms[0])
    if sentence.goes_on and previous is not None:
        if previous.platform:
            give(table, "platform", context.pooled(Given(previous.platform, None, "the sentence before")))
        return previous.platform
    if unit == "search_hits":
        return ""
    given = context.platform([*sentence.levels, *context.method])
    give(table, "platform", given)
    return given.text


def _own_platform(sentence: Sentence, template: Template, table: DraftTable, name: Name) -> str:
    context = sentence.context
    if name.is_generic and context.names_platforms and not context.is_pool:
        table.checks.append(f"platform: '{name.text}' may mean the platforms named elsewhere; left out")
        return ""
    template.put("platform", name.start, name.end)
    pooled = context.pooled(Given(name.text))
    if pooled.means:
        read_as(table, "platform", name.text, pooled.means, pooled.why.strip("; "))
    return name.text


def write_offence(
    sentence: Sentence, template: Template, table: DraftTable, noun: Noun | None, unit: str
) -> str:
    """Enter the offence; gives its text."""
    clause, context, previous = sentence.clause, sentence.context, sentence.previous
    if clause.offences:
        name = clause.offences[0]
        template.put("offence", name.start, name.end)
        read_code(table, "offence", name.text, context)
        return name.text
    if unit == "search_hits" or (noun is not None and own_qualifier(clause, noun)):
        return ""
    if previous is not None and (sentence.goes_on or noun is None):
        if previous.offence and (not clause.platforms or _OF_THEM.match(clause.text) or sentence.is_elliptic):
            give(table, "offence", Given(previous.offence, None, "the sentence before"))
            read_code(table, "offence", previous.offence, context)
            return previous.offence
        return ""
    levels = (
        sentence.levels if context.page.questions else [*sentence.levels, ("the title", context.page.title)]
    )
    given = context.offence(
        [*levels, *context.request(sentence.line.number), *context.method, *context.topic]
    )
    give(table, "offence", given)
    if given.text:
        read_code(table, "offence", given.text, context)
    return given.text


def write_force(
    sentence: Sentence, template: Template, table: DraftTable, linked: dict[Span, Name] | None
) -> str:
    """Where no force was named for the document, the sentence names it, or goes on about one named before."""
    if sentence.context.asked.force is not None:
        return ""
    if linked:
        for figure, name in linked.items():
            template.put("force", name.start, name.end, figure)
        return ""
    previous = sentence.previous
    if sentence.clause.forces:
        text, why = sentence.clause.forces[0].text, "the sentence names it"
    elif previous is not None and (sentence.goes_on or previous.line is sentence.line):
        text, why = previous.force, "from the sentence before"
    else:
        return ""
    if text:
        table.fields.setdefault("given", {})["force"] = text
        table.why["given.force"] = why
    return text
