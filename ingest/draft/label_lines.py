"""One line of a label and a number in a letter: 'Total Count: 52', '1a. Charged - 5'."""

from __future__ import annotations

import re

from ingest.draft.clauses import Clause
from ingest.draft.context import Context, Given, Level
from ingest.draft.entries import finish
from ingest.draft.fill import fill_in
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
_HOW_MANY = re.compile(r"\b(?:how many|(?:total )?number of|how often|total (?:of|number))\b", re.IGNORECASE)
_WHICH = re.compile(
    r"\b(?:which|what) (?:\w+ ){0,3}(?:platforms?|sites?|websites?|apps?|applications?|networks?)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:\0|[\s,;:.()=–-]|\band\b|\bin\b|\bfor\b)+", re.IGNORECASE)
_ROLES = ("period", "platform", "outcome", "offence", "force")


_BARE = re.compile(
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
    if not question or not _BARE.fullmatch(clause.before):
        return None
    if not _HOW_MANY.search(question) or len(_HOW_MANY.findall(question)) > 1:
        return "a figure alone, and the question does not ask for one number"
    return read_label(clause, line, context, None)


def figures_only(clause: Clause, line: Line, context: Context) -> Given | None:
    """'A1. June 2018 13, July 2018 21', 'Kik 15, Snapchat 21': names or periods with a figure each, where asked for.

    Gives the unit the question counts; None where there are other words, or the question asks for something else.
    """
    question = context.question(line.number)
    text = list(clause.text)
    spans = [(figure.start, figure.end) for figure in clause.figures]
    spans += [(period.start, period.end) for period in clause.periods]
    spans += [(name.start, name.end) for name in clause.platforms]
    for start, end in spans:
        text[start:end] = "\0" * (end - start)
    rest = "".join(text)
    first = rest.find("\0")
    if not question or not (clause.periods or clause.platforms) or not _BARE.fullmatch(rest[:first]):
        return None
    if not _BETWEEN.fullmatch(rest[first:]) or not (_HOW_MANY.search(question) or _WHICH.search(question)):
        return None
    levels = context.levels(line.number, [])
    unit = context.unit(levels)
    referred = [
        level for level in levels if level[1] != question and level[0].startswith("the question before")
    ]
    if unit.doubt and referred:
        unit = context.unit(
            referred
        )  # 'how many of these': group_objection tells whether the rest of it is known
    if not unit.text and not unit.doubt:
        unit = context.unit(context.request(line.number))
    return unit if unit.means not in (None, "other") else None


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
