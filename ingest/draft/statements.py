"""Figures in sentences -> statement tables. A clause that is not understood to its last figure is left out whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.cells import squeeze
from ingest.draft.clauses import (
    LIST_WORDS,
    OUTCOME_NUMBER,
    Clause,
    clause_of,
    found_records,
    objection,
    without_consequence,
)
from ingest.draft.context import Context
from ingest.draft.entries import finish
from ingest.draft.headings import slug
from ingest.draft.label_lines import bare_answer, label_of, read_label
from ingest.draft.lines import Line
from ingest.draft.links import by_force
from ingest.draft.model import DraftTable
from ingest.draft.offence_lists import opens_list, read_list
from ingest.draft.parts import Parts, parts_of
from ingest.draft.questions import give_group
from ingest.draft.sentence import Sentence, Told
from ingest.draft.series import clauses_of, is_series, unit_of_series
from ingest.draft.template import Template
from ingest.draft.told_names import write_force, write_offence, write_platform
from ingest.draft.told_parts import read_parts
from ingest.draft.told_periods import give_period, write_periods
from ingest.draft.words import Noun

_LONGEST_HEADING = 90


@dataclass(slots=True)
class Statements:
    """What was read from the sentences, and what was left."""

    tables: list[DraftTable] = field(default_factory=list)
    reasons: dict[tuple[int, int], str] = field(default_factory=dict)
    """Why a figure is left out, by the id of its cell and its offset there."""

    def leave(self, clause: Clause, line: Line, reason: str) -> None:
        """Note why the figures of a clause become no values."""
        for figure in clause.figures:
            cell, offset = line.place(clause.start + figure.start)
            self.reasons[id(cell), offset] = reason


def read_statements(lines: Sequence[Line], context: Context, skip: set[int]) -> Statements:
    """Read every sentence of the answer in order; ``skip`` holds the ids of lines read otherwise.

    What a sentence goes on about is forgotten at a heading, at another question, and after a sentence that was not
    understood or speaks of something else.
    """
    result = Statements()
    previous: Told | None = None
    heading = above = ""
    for line in lines:
        if line.is_heading or id(line) in skip:
            previous, heading, above = None, line.text if line.is_heading else "", line.text
            continue
        if previous is not None and previous.line.number != line.number:
            previous = None
        found = list(_clauses(line, context))
        for clause, is_list in found:
            sentence = Sentence(clause, line, context, heading, above, previous)
            previous = _read(sentence, result, is_list=is_list)
        is_label = (
            not found
            and len(line.text) <= _LONGEST_HEADING
            and not line.text.rstrip().endswith((".", "]", "?"))
        )
        if not found and (context.names.platforms(line.text) or context.names.forces(line.text) or is_label):
            previous = None
        heading = line.text if is_label else ""
        if not found or not all(is_series(clause) for clause, _ in found):
            above = line.text
    return result


def _clauses(line: Line, context: Context) -> Iterator[tuple[Clause, bool]]:
    """The clauses with figures; a list of examples ('including 12 of ...') is a clause of its own."""
    for whole, start in clauses_of(line, context.names):
        text = without_consequence(whole)
        clause = clause_of(text, start, context.names)
        if text != whole:
            clause = found_records(clause)
        if not clause.figures:
            continue
        if opens_list(clause):
            yield clause, True
            continue
        cut = next(
            (
                m
                for m in LIST_WORDS.finditer(text)
                if any(0 <= f.start - m.end() <= 2 for f in clause.figures)
            ),
            None,
        )
        head = clause_of(text[: cut.end()], start, context.names) if cut else clause
        if cut is None or not head.figures:
            yield clause, cut is not None
            continue
        yield head, False
        rest = text[cut.start() :].lstrip(", ")
        yield clause_of(rest, start + len(text) - len(rest), context.names), True


def _read(sentence: Sentence, result: Statements, *, is_list: bool) -> Told | None:
    """Read one clause; gives what a further sentence may go on about."""
    force = sentence.context.asked.force
    parts = parts_of(sentence.clause, sentence.context)
    reason = objection(
        sentence.clause, force, has_own_names=sentence.has_own_names, is_part=parts is not None
    )
    if reason is not None:
        result.leave(sentence.clause, sentence.line, reason)
        return None
    if parts is not None:
        return _part(sentence, parts, result)
    outcome = read_list(sentence) if is_list else _told(sentence)
    if isinstance(outcome, str):
        result.leave(sentence.clause, sentence.line, outcome)
        return None
    result.tables.append(outcome.table if isinstance(outcome, Told) else outcome)
    return outcome if isinstance(outcome, Told) else sentence.previous


def _part(sentence: Sentence, parts: Parts, result: Statements) -> Told | None:
    """Read a part of what was counted; what a further sentence goes on about stays what was counted."""
    table = read_parts(sentence, parts)
    if isinstance(table, str):
        result.leave(sentence.clause, sentence.line, table)
        return None
    result.tables.append(table)
    previous = sentence.previous
    persons = "victims" if parts.parts[-1].kind == "victim" else ""
    return replace(previous, persons=persons) if previous is not None and persons else previous


def _told(sentence: Sentence) -> Told | DraftTable | str:
    """What the clause tells, or why it is left out."""
    counted = _counted(sentence)
    if isinstance(counted, DraftTable | str):
        return counted
    unit, text, noun = counted
    reason = sentence.objection(unit)
    if reason is not None:
        return reason
    pairs = sentence.periods()
    if isinstance(pairs, str):
        return pairs
    platforms = sentence.platforms()
    if isinstance(platforms, str):
        return platforms
    template = Template(sentence.clause, sentence.line)
    table = DraftTable(
        "figures",
        {"layout": "statement", "measure": unit},
        number=sentence.line.number,
        locator=sentence.line.locator,
    )
    table.why |= {
        "text": "a sentence with figures",
        "measure": f"'{squeeze(text)}'" + ("" if noun else " before it"),
    }
    if unit == "other":
        table.fields["given"] = {"other:unit": squeeze(text)}
    periods = write_periods(sentence, template, table, pairs)
    platform = write_platform(sentence, template, table, platforms, unit)
    offence = write_offence(sentence, template, table, noun, unit)
    force = write_force(sentence, template, table, by_force(sentence.clause))
    if place := sentence.outcome():
        template.put("outcome", *place)
    if not sentence.clause.periods and unit != "search_hits":
        give_period(sentence, table)
    give_group(table, sentence.clause, sentence.context, sentence.line.number, unit)
    finish(table, template)
    table.name = slug(platform or offence or unit) or "figures"
    return Told(unit, text, platform, offence, force, periods, table, sentence.line, sentence.split)


def _counted(sentence: Sentence) -> tuple[str, str, Noun | None] | DraftTable | str:
    """The unit, its words and the noun of the clause, where it has one; a table where it is a label and a figure."""
    noun = sentence.noun()
    if isinstance(noun, str):
        return noun
    if noun is not None:
        is_offence = noun.unit == "cases" and OUTCOME_NUMBER.search(sentence.clause.text)
        unit = "offences" if is_offence else "other" if noun.unit == "cases" else noun.unit
        return unit, noun.text, noun
    previous = sentence.previous
    if previous is not None and (
        sentence.goes_on or sentence.names_only_platform or sentence.names_only_force or sentence.is_elliptic
    ):
        return previous.unit, previous.unit_text, None
    series = unit_of_series(sentence.clause, sentence.line, sentence.context, sentence.above)
    if series is not None:
        return str(series.means), series.text, None
    if (bare := bare_answer(sentence.clause, sentence.line, sentence.context)) is not None:
        return bare
    if label := label_of(sentence.clause):
        return read_label(sentence.clause, sentence.line, sentence.context, label)
    above = sentence.context.unit([("", sentence.heading)]) if sentence.heading else None
    if above is not None and above.means not in (None, "other"):
        return str(above.means), above.text, None
    return "no word says what is counted"
