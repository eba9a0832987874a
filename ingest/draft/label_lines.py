"""One line of a label and a number in a letter: 'Total Count: 52', '1a. Charged - 5'."""

from __future__ import annotations

import re

from ingest.draft.clauses import Clause
from ingest.draft.context import Context
from ingest.draft.entries import finish
from ingest.draft.fill import fill_in
from ingest.draft.given import Level
from ingest.draft.headings import slug
from ingest.draft.lines import Line
from ingest.draft.model import DraftTable
from ingest.draft.printed import Printed
from ingest.draft.questions import give_group, group_objection
from ingest.draft.template import Template

_LABEL = re.compile(
    (
        r"\W*(?:(?:question|q|point|part|answer|response) "
        r"?)?(?:\d{1,2}[a-z]?[.):]?\s+)?(?P<label>[A-Za-z][^:]{1,60}?)\s*(?::|\s[-–]|=)\s*"
    ),
    re.IGNORECASE,
)
_COUNT = re.compile(
    (
        r"(?:the )?(?:(?:grand |overall )?totals?(?: (?:count|number|figure|recorded))?|count"
        r"|number|figure|answer|result)s?"
    ),
    re.IGNORECASE,
)
_CHARGED = re.compile(r"charged|summons\w*|charged? (?:or|/) summons\w*", re.IGNORECASE)
HOW_MANY = re.compile(r"\b(?:how many|(?:total )?number of|how often|total (?:of|number))\b", re.IGNORECASE)
_ROLES = ("period", "platform", "outcome", "offence", "force")
BARE = re.compile(
    r"\W*(?:(?:question|q|point|part|answers?|a|response|reply|total|in total)\W*)*"
    r"(?:\(?\d{1,2}[a-z]?[.):]|\d{1,2}[a-z]?[.):]?(?= ))?"
    r"(?:\W*(?:answer|response|total))?\W*",
    re.IGNORECASE,
)


def bare_answer(clause: Clause, line: Line, context: Context) -> DraftTable | str | None:
    """'A1. 412': nothing but a figure, under a question that asks for one number. None where it is more than that."""
    if len(clause.figures) != 1 or clause.text[clause.figures[0].end :].strip(" .)"):
        return None
    question = context.question(line.number)
    if not question or not BARE.fullmatch(clause.before):
        return None
    if not HOW_MANY.search(question) or len(HOW_MANY.findall(question)) > 1:
        return "a figure alone, and the question does not ask for one number"
    return read_label(clause, line, context, None)


def label_of(clause: Clause) -> re.Match[str] | None:
    """The label of a clause that is nothing but a label and a figure."""
    if len(clause.figures) != 1 or clause.text[clause.figures[0].end :].strip(" .)"):
        return None
    return _LABEL.fullmatch(clause.before)


def read_label(clause: Clause, line: Line, context: Context, match: re.Match[str] | None) -> DraftTable | str:
    """A statement for such a line, where the label plays one role and the question says what is counted."""
    label = match["label"].strip() if match else ""
    levels = context.levels(line.number, [])
    role = ""
    if label and not _COUNT.fullmatch(label):
        kinds = context.labels.kinds(label)
        role = next((role for role in _ROLES if role in kinds), "")
        if not role:
            return f"what '{label[:30]}' counts is not plain"
    template = Template(clause, line)
    table = DraftTable(
        slug(label) or "figures",
        {"layout": "statement"},
        {"text": "a label and a figure"},
        number=line.number,
        locator=line.locator,
    )
    if match and role and role != "force":
        template.put(role, match.start("label"), match.start("label") + len(label))
    reason = _measure(table, label, role, levels, context)
    if reason is not None:
        return reason
    fill_in(table, Printed({role} if role else set(), [(role, label)]), context, levels)
    if "measure" not in table.fields:
        return "no word says what is counted"
    unit = table.fields["measure"]
    if not role and (reason := group_objection(clause, context, line.number, unit)) is not None:
        return reason
    give_group(table, clause, context, line.number, unit)
    finish(table, template)
    return table


def _measure(table: DraftTable, label: str, role: str, levels: list[Level], context: Context) -> str | None:
    """People by what was done with them: 'Charged' and 'Cautioned' under a question about people charged."""
    if role != "outcome":
        return None
    unit = context.unit(levels)
    if unit.means in ("people_charged", "people_arrested") and not _CHARGED.fullmatch(label):
        table.fields["measure"] = "other"
        table.fields["given"] = {"other:unit": f"people {label.casefold()}"}
        table.why["measure"] = f"people {label.casefold()} are not {unit.means.replace('_', ' ')}"
    elif unit.means is None:
        return "no word says what is counted"
    return None
