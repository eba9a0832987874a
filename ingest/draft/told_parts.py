"""A statement for parts of what was counted: unit, platform, offence and period of the whole, a role of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.cells import squeeze
from ingest.draft.asked_parts import asked_part
from ingest.draft.clauses import Clause
from ingest.draft.context import Context
from ingest.draft.entries import finish, give, read_code
from ingest.draft.given import Given
from ingest.draft.model import DraftTable
from ingest.draft.parts import Parts, is_plain
from ingest.draft.plain import corrected, one_sided
from ingest.draft.questions import group_objection
from ingest.draft.relative import THAT_PERIOD, VAGUE
from ingest.draft.sentence import Sentence, Told
from ingest.draft.template import Template
from ingest.draft.told_names import write_force
from ingest.draft.told_periods import give_period, write_periods

_LATTER = re.compile(r"the latter(?: \w+)?", re.IGNORECASE)
_CRIMES = ("offences", "crime_reports", "incidents")
_SUSPECTS = ("suspects", "people_arrested", "people_charged")


@dataclass(frozen=True, slots=True)
class _Whole:
    """What the parts are of: its unit, and the sentence from which it takes what it does not name itself."""

    unit: str
    told: Told | None
    number: int = 0
    """Which of its figures, from 1; 0 for all."""


def read_parts(sentence: Sentence, parts: Parts) -> DraftTable | str:
    """The table of the parts, or why they are left out."""
    clause, line = sentence.clause, sentence.line
    whole = _whole(sentence, parts)
    if isinstance(whole, str):
        return whole
    if reason := _objection(sentence, parts, whole):
        return reason
    unit = _unit(parts, whole)
    if unit is None:
        return "parts of several kinds in one sentence"
    template = Template(clause, line)
    table = DraftTable(
        "part", {"layout": "statement", "measure": unit}, number=line.number, locator=line.locator
    )
    table.why |= {"text": "a part of what was counted", "measure": f"'{squeeze(clause.text)[:40]}'"}
    _write_period(sentence, template, table, whole)
    _write_names(sentence, parts, template, table, whole)
    write_force(sentence, template, table, None)
    if (
        sentence.context.asked.force is None
        and whole.told is not None
        and whole.told.force
        and not clause.forces
    ):
        give(table, "force", Given(whole.told.force, None, "the sentence before"))
    _give_group(table, whole)
    _write_roles(parts, template, table, unit, sentence.context)
    finish(table, template)
    return table


def _whole(sentence: Sentence, parts: Parts) -> _Whole | str:
    """What the parts are of; a reason where that is not plain."""
    previous = sentence.previous
    told = (previous.whole or previous) if previous is not None else None
    if parts.is_of_persons:
        return _persons(previous)
    if parts.is_of_which:
        return _Whole(told.unit, told) if told is not None else "of what it is a part is not told"
    if parts.whole is None or not is_plain(parts.whole):
        text = squeeze(parts.whole.text)[:40] if parts.whole else ""
        return f"'{text}': of what it is a part is not plain"
    whole = _by_words(parts.whole, told)
    if isinstance(whole, str) and parts.is_self and sentence.context.question(sentence.line.number):
        return _Whole(parts.whole.nouns[0].unit, None)
    return whole


def _by_words(named: Clause, told: Told | None) -> _Whole | str:
    """What 'these crimes', 'the 57 offences' or 'the Facebook crimes in 2015' are."""
    units = {noun.unit for noun in named.nouns}
    if len(units) > 1:
        return f"it speaks of {' and of '.join(sorted({noun.text for noun in named.nouns}))}"
    unit = units.pop() if units else told.unit if told is not None else "cases"
    if told is not None and _LATTER.fullmatch(named.text.strip()):
        return _Whole(told.unit, told, len(told.table.intended))
    if told is not None and _agrees(named, unit, told):
        number = told.number_of([figure.text for figure in named.figures])
        if number is None:
            return f"'{squeeze(named.text)[:40]}': no such number was told before"
        return _Whole(told.unit, told, number)
    if unit in (*_CRIMES, "victims", "suspects") and _names_itself(named):
        return _Whole(unit, None)
    return "a part of what was counted before, and what that was is not told"


def _persons(previous: Told | None) -> _Whole | str:
    """'of whom': the victims spoken of last, or the persons counted."""
    if previous is None:
        return "of whom it is a part is not told"
    if previous.persons:
        return _Whole(previous.persons, previous.whole or previous)
    if previous.unit in ("victims", *_SUSPECTS):
        return _Whole(previous.unit, previous)
    return "of whom it is a part is not plain"


def _agrees(named: Clause, unit: str, told: Told) -> bool:
    """Whether the words for the whole can mean what was told: the same unit, no other platform or offence."""
    fits = unit == told.unit or (unit in ("cases", *_CRIMES) and told.unit in _CRIMES)
    platforms = {name.text.casefold() for name in named.platforms} - {told.platform.casefold()}
    offences = {name.text.casefold() for name in named.offences} - {told.offence.casefold()}
    return fits and not (platforms and told.platform) and not (offences and told.offence)


def _names_itself(named: Clause) -> bool:
    """'the stalking crimes in 2021/22': the whole needs no sentence before it."""
    return len(named.periods) == 1 and bool(named.platforms or named.offences) and bool(named.nouns)


def _objection(sentence: Sentence, parts: Parts, whole: _Whole) -> str | None:
    """Words that make the parts mean less, or leave open of which days they are."""
    clause = sentence.clause
    if told := corrected(sentence.line.text):
        return f"'{told}': a figure that was corrected"
    if told := one_sided(clause):
        return f"'{told}': when it began is not told"
    named = parts.whole
    if named is not None and (len({name.text for name in named.platforms}) > 1 or len(named.offences) > 1):
        return "several platforms or offences in one sentence"
    if len(clause.periods) > 1:
        return "several periods in one sentence"
    if (
        parts.whole is not None
        and not clause.periods
        and not whole.number
        and (vague := VAGUE.search(parts.whole.text))
    ):
        return f"'{vague[0]}': which period is meant is not plain"
    if (
        whole.told is not None
        or parts.whole is None
        or asked_part(sentence.context, sentence.line.number, whole.unit)
    ):
        return None
    return group_objection(parts.whole, sentence.context, sentence.line.number, whole.unit)


def _unit(parts: Parts, whole: _Whole) -> str | None:
    """The one unit of all the figures; None where they differ."""
    units = {"people_charged" if part.kind == "charged" else whole.unit for part in parts.parts}
    is_person = any(part.kind == "person" for part in parts.parts)
    if len(units) != 1 or (is_person and not units <= {"victims", *_SUSPECTS}):
        return None
    return units.pop()


def _write_period(sentence: Sentence, template: Template, table: DraftTable, whole: _Whole) -> None:
    periods = [period for period in sentence.clause.periods if not THAT_PERIOD.fullmatch(period.text)]
    if periods:
        write_periods(sentence, template, table, {})
    elif whole.told is not None:
        give(table, "period", whole.told.period(whole.number))
        if basis := whole.told.table.fields.get("period_basis"):
            table.fields["period_basis"] = basis
    else:
        give_period(sentence, table)


def _write_names(
    sentence: Sentence, parts: Parts, template: Template, table: DraftTable, whole: _Whole
) -> None:
    """Platform and offence, as the words for the whole name them, or as they were told before."""
    context, told, named = sentence.context, whole.told, parts.whole
    shift = named.start - sentence.clause.start if named is not None else 0
    if named is not None and named.platforms:
        name = named.platforms[0]
        template.put("platform", name.start + shift, name.end + shift)
    elif told is not None and told.platform and not any(part.kind == "platform" for part in parts.parts):
        give(table, "platform", context.pooled(Given(told.platform, None, "the sentence before")))
    elif parts.is_self and told is None:
        give(table, "platform", context.platform(sentence.levels))
    if named is not None and named.offences:
        offence = named.offences[0]
        template.put("offence", offence.start + shift, offence.end + shift)
        read_code(table, "offence", offence.text, context)
    elif told is not None and told.offence:
        give(table, "offence", Given(told.offence, None, "the sentence before"))
        read_code(table, "offence", told.offence, context)
    elif parts.is_self and told is None:
        given = context.offence([*sentence.levels, *context.request(sentence.line.number)])
        give(table, "offence", given)
        if given.text:
            read_code(table, "offence", given.text, context)


def _give_group(table: DraftTable, whole: _Whole) -> None:
    """The age of the persons counted before, of whom the parts are."""
    given = whole.told.table.fields.get("given", {}) if whole.told is not None else {}
    for role in ("victim", "other:suspect_age"):
        if text := given.get(role):
            give(table, role, Given(text, None, "the sentence before"))


def _write_roles(parts: Parts, template: Template, table: DraftTable, unit: str, context: Context) -> None:
    """The role of each part: an outcome, the age or sex of persons."""
    whose = "victim_" if unit == "victims" else "other:suspect_"
    for part in parts.parts:
        role = {"sex": f"{whose}sex", "age": f"{whose}age", "suspect_age": "other:suspect_age"}.get(
            part.role, part.role
        )
        if not role:
            continue
        template.put(role, part.start, part.end, part.figure)
        if role == "outcome":
            read_code(table, "outcome", template.clause.text[part.start : part.end], context)
