"""Examples of what was counted: 'included 371 allegations of harassment, 38 threats to kill and eight rapes'."""

from __future__ import annotations

import re

from ingest.cells import squeeze
from ingest.draft.clauses import VICTIMS, Clause
from ingest.draft.context import Context, Given
from ingest.draft.fill import finish, give, read_as
from ingest.draft.lines import Line
from ingest.draft.model import DraftTable
from ingest.draft.relative import resolve
from ingest.draft.spans import Span
from ingest.draft.template import Template

_LEAD = re.compile(
    r"\s+(?:(?:allegations?|complaints?|reports?|cases?|offences|crimes|counts?|incidents?"
    r"|instances?) (?:of|involving) )?",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:\s*,)?(?:\s+and)?\s*$|\s*[.;]\s*$", re.IGNORECASE)
_LONGEST = 70


def read_list(clause: Clause, line: Line, context: Context, platform: str, unit: str) -> DraftTable | str:
    """A list of offences with a figure each, examples of what the sentence before counted. Or why it is left out."""
    if unit not in ("offences", "crime_reports"):
        return "a list of examples, and nothing says of what"
    if len(clause.figures) < 2 or len({period.text for period in clause.periods}) > 1:
        return "a list of examples that is not plain"
    items = [_item(clause, number) for number in range(len(clause.figures))]
    labels = [label for label, _, _ in items]
    if any(not label or len(label) > _LONGEST or not context.labels.offence(label) for label in labels):
        return "a list of examples, not all of them offences"
    template = Template(clause, line)
    table = DraftTable(
        "offence_types",
        {"layout": "statement", "measure": unit, "partial": True},
        number=line.number,
        locator=line.locator,
    )
    table.why |= {
        "text": "a list of offences with figures",
        "partial": "they are examples",
        "measure": "of those counted in the sentence before",
    }
    _period(template, table, clause, context)
    for figure, (label, start, victims) in zip(clause.figures, items, strict=True):
        template.put("offence", start, start + len(label), figure)
        if victims:
            table.fields.setdefault("given", {})[f"victim{template.number(figure)}"] = victims
    if clause.platforms:
        return "a list of examples that names a platform"
    if platform:
        give(table, "platform", context.pooled(Given(platform, None, "the sentence before")))
    finish(table, template)
    return table


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
