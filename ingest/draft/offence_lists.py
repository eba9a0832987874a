"""Examples of what was counted: 'included 371 allegations of harassment, 38 threats to kill and eight rapes'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.cells import squeeze
from ingest.draft.clauses import VICTIMS, Clause, clause_of
from ingest.draft.context import Context
from ingest.draft.entries import finish, give, read_as
from ingest.draft.given import Given
from ingest.draft.model import DraftTable
from ingest.draft.names import Name
from ingest.draft.plain import unexplained
from ingest.draft.relative import resolve
from ingest.draft.sentence import Sentence
from ingest.draft.spans import Span
from ingest.draft.template import Template

_LEAD = re.compile(
    (
        r"\s+(?:(?:allegations?|complaints?|reports?|cases?|offences|crimes|counts?|incidents?"
        r"|instances?) (?:of|involving) |of )?"
    ),
    re.IGNORECASE,
)
_AMONG = re.compile(r"\W*among(?:st)? (?P<whole>[^\d]{3,80}?) (?:were|was|are)\s+", re.IGNORECASE)
_TAIL = re.compile(r"(?:\s*,)?(?:\s+and)?\s*$|\s*[.;]\s*$", re.IGNORECASE)
_LONGEST = 70


@dataclass(frozen=True, slots=True)
class Whole:
    """What a list gives examples of: its unit, the words that say so, and the platform all of it names."""

    unit: str
    why: str
    platform: Name | None = None


def opens_list(clause: Clause) -> bool:
    """'Among last year's Facebook reports were 38 ...': the clause is a list of examples."""
    return len(clause.figures) > 1 and _AMONG.fullmatch(clause.before) is not None


def read_list(sentence: Sentence) -> DraftTable | str:
    """A list of offences with a figure each, examples of what was counted. Or why it is left out."""
    clause, line, context, previous = sentence.clause, sentence.line, sentence.context, sentence.previous
    whole = _whole(sentence)
    if whole is None:
        return "a list of examples, and nothing says of what"
    if len(clause.figures) < 2 or len({period.text for period in clause.periods}) > 1:
        return "a list of examples that is not plain"
    if any(name is not whole.platform for name in clause.platforms):
        return "a list of examples that is not plain"
    items = [_item(clause, number) for number in range(len(clause.figures))]
    if any(not label or len(label) > _LONGEST or not context.labels.offence(label) for label, _, _ in items):
        return "a list of examples, not all of them offences"
    template = Template(clause, line)
    fields = {"layout": "statement", "measure": whole.unit, "partial": True}
    table = DraftTable("offence_types", fields, number=line.number, locator=line.locator)
    table.why |= {
        "text": "a list of offences with figures",
        "partial": "they are examples",
        "measure": whole.why,
    }
    _period(template, table, clause, context)
    for figure, (label, start, victims) in zip(clause.figures, items, strict=True):
        template.put("offence", start, start + len(label), figure)
        if victims:
            table.fields.setdefault("given", {})[f"victim{template.number(figure)}"] = victims
    if whole.platform is not None:
        template.put("platform", whole.platform.start, whole.platform.end)
    elif previous is not None and previous.platform and (previous.line is line or sentence.goes_on):
        give(table, "platform", context.pooled(Given(previous.platform, None, "the sentence before")))
    finish(table, template)
    return table


def _whole(sentence: Sentence) -> Whole | None:
    """What the examples are examples of: 'among Facebook reports' says it, or the sentence before."""
    clause, previous = sentence.clause, sentence.previous
    if match := _AMONG.fullmatch(clause.before):
        told = clause_of(match["whole"], 0, sentence.context.names)
        units = {noun.unit for noun in told.nouns}
        names = [name for name in clause.platforms if name.end <= len(clause.before)]
        is_plain = units in ({"offences"}, {"crime_reports"}) and not told.offences and len(names) < 2
        if is_plain and not unexplained(told):
            return Whole(units.pop(), f"'{told.nouns[0].text}'", names[0] if names else None)
    if previous is not None and previous.unit in ("offences", "crime_reports"):
        return Whole(previous.unit, "of those counted before")
    return None


def _period(template: Template, table: DraftTable, clause: Clause, context: Context) -> None:
    if not clause.periods:
        return
    period = clause.periods[0]
    found = resolve([period], context.dates)[0]
    if period.kind in ("relative", "unclear") and found is None:
        table.checks.append(f"period: '{period.text}' cannot be told from the document; left out")
        return
    template.put("period", period.start, period.end)
    if found is not None or period.means:
        read_as(
            table,
            "period",
            period.text,
            found.means if found else period.means or "",
            found.reason if found else "its days",
        )
    if period.basis == "calendar" or found is not None:
        table.fields["period_basis"] = "calendar"


def _item(clause: Clause, number: int) -> tuple[str, int, str]:
    """The offence of one figure, where it begins in the clause, and the group of victims it names."""
    figure: Span = clause.figures[number]
    last = number + 1 == len(clause.figures)
    end = len(clause.text) if last else clause.figures[number + 1].start
    for period in clause.periods:
        if figure.end < period.start < end:
            end = period.start
    lead = _LEAD.match(clause.text, figure.end)
    start = lead.end() if lead else figure.end
    text = clause.text[start:end]
    text = re.sub(r"\s+(?:in|during|for)\s*$", "", text)
    previous = None
    while previous != text:
        previous, text = text, _TAIL.sub("", text)
    victims = VICTIMS.search(text)
    return text.rstrip(), start, squeeze(victims[0]) if victims else ""
