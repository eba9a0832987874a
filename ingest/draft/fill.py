"""What holds for a table without standing in its rows: measure, period, platform, offence; how printed periods read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.cells import squeeze
from ingest.draft.context import Context
from ingest.draft.entries import give, read_as, read_code
from ingest.draft.folding import folded
from ingest.draft.given import Given, Level
from ingest.draft.headings import unit_of_heading
from ingest.draft.labels import offence_words
from ingest.draft.model import DraftTable
from ingest.draft.names import offence_code
from ingest.draft.periods import named_periods
from ingest.draft.printed import Printed
from ingest.draft.table_periods import fill_period
from ingest.draft.words import counted_nouns, head_nouns, without_marks, without_quotes

_CODE = re.compile(r"\(0?(\d{1,3}[A-Z])\)")
_UNKNOWN_SEX = re.compile(
    r"(?:sex|gender) (unknown|unspecified|not (?:known|stated|recorded))", re.IGNORECASE
)
_JOINING = {"and", "or", "of", "with", "by", "a", "the", "against", "child", "children", "person", "other"}
_JOINED = re.compile(
    r" (?:and/)?or ((?!both\b|more\b|any\b|not\b|a\b|an\b|the\b|by\b|in\b|on\b|where\b|if\b)[a-z][a-z -]{3,})"
)
_OUTCOME = re.compile(r"\boutcomes?\b", re.IGNORECASE)
_OUTCOMES_OF = re.compile(r"\boutcomes? (?:of|for) [^,;.?]+", re.IGNORECASE)
_AGED_VICTIMS = re.compile(r"\bvictims (?:aged )?((?:under|over) \d{1,2})$", re.IGNORECASE)
_PARTIAL = re.compile(r"\[.*(?:not transcribed|further rows|omitted|cut off|continues).*\]", re.IGNORECASE)


def fill_in(table: DraftTable, printed: Printed, context: Context, levels: list[Level]) -> None:
    """Add measure, given texts and readings to a table whose own roles are known."""
    roles = printed.roles
    _measure(table, printed, context, levels)
    for text in printed.texts("measure"):
        if context.names.platforms(text) or named_periods(text):
            table.checks.append(f"the row '{text[:50]}' names more than what is counted: not read")
    heading = [("the heading of the numbers", printed.heading)] if printed.heading else []
    fill_period(table, printed, context, heading + levels)
    if "platform" not in roles:
        given = context.platform(heading + levels + context.method)
        if not any(len(text) > 1 and without_quotes(text) in given.text for _, text in printed.labels):
            give(table, "platform", given)  # else the rows may be the platforms that are named together
    if "offence" not in roles:
        head = [("the head of its sheet", text) for text in printed.head]
        places = heading + levels + head + context.request(table.number) + context.method
        give(table, "offence", _code_in(levels, context) or _alone(context.offence(places), places))
    _age_of_victims(table, printed)
    _marked_labels(table, printed, context)
    is_scheme = _are_numbered([text for role, text in printed.labels if role == "outcome"], context)
    for role, text in dict.fromkeys(printed.labels):
        read_code(table, role, text, context, is_scheme=is_scheme, beside=printed.codes.get(text, ""))
        if role == "victim_sex" and (unknown := _UNKNOWN_SEX.fullmatch(without_marks(text))):
            read_as(table, role, text, unknown[1], "the word sex or gender aside")
    if "offence" in table.fields.get("given", {}):
        read_code(table, "offence", table.fields["given"]["offence"], context)
    if _PARTIAL.search(printed.below) and "row" in printed.below.casefold():
        table.fields["partial"] = True
        table.why["partial"] = f"the document says: {printed.below[:60]}"


def _are_numbered(labels: Iterable[str], context: Context) -> bool:
    """Whether the outcomes of a table bear the numbers of the framework: three that do, and none that contradicts."""
    numbered = {text for text in labels if re.match(r"\d{1,2}[a-c]?\b", text, re.IGNORECASE)}
    codes = context.vocabulary.codes
    told = sum(codes.outcome(text) is not None for text in numbered)
    return told >= 3 and all(codes.outcome(text, is_scheme=True) is not None for text in numbered)


def _age_of_victims(table: DraftTable, printed: Printed) -> None:
    """'Victims under 18' over the numbers: the age of them all."""
    age = _AGED_VICTIMS.search(printed.heading)
    if age and table.fields.get("measure") == "victims" and not printed.roles & {"victim", "victim_age"}:
        give(table, "victim_age", Given(age[1], None, "the heading of the numbers"))


def _measure(table: DraftTable, printed: Printed, context: Context, levels: list[Level]) -> None:
    roles = printed.roles
    if "measure" in table.fields:
        return
    if "measure" in roles:
        _measures_by_row(table, printed)
        return
    places = [("the heading of the numbers", printed.heading), *levels, *context.method]
    if roles & {"victim", "victim_sex", "victim_age"} and not _counts_something_else(
        [places[0], *levels[:-1]]
    ):
        table.fields["measure"], table.why["measure"] = "victims", "the rows are groups of victims"
        return
    if "outcome" in roles:
        places = [(where, _of_outcomes(text)) for where, text in places]
    given = _unit(places, table, printed, context)
    if "outcome" in roles and given.means in ("crime_reports", "other") and roles & {"offence", "period"}:
        table.fields["measure"] = "offences"
        table.checks.append(f"measure: '{squeeze(given.text)}' by outcome are taken to be recorded offences")
    elif given.means:
        table.fields["measure"] = given.means
        table.why["measure"] = f"'{squeeze(given.text)}' in {given.why}"
        if given.means == "other":
            table.fields.setdefault("given", {})["other:unit"] = squeeze(given.text)
    elif any(noun.unit == "cases" for _, text in [places[0], *levels] for noun in counted_nouns(text)):
        table.fields["measure"] = "other"
        table.fields.setdefault("given", {})["other:unit"] = "cases"
        table.checks.append("measure: the document counts 'cases' and does not say of what")
    else:
        _by_labels(table, roles, given, levels)
    if given.doubt:
        table.checks.append(f"measure: {given.doubt}")
    _without_any(table, printed)
    _without_others(table, printed)


def _by_labels(table: DraftTable, roles: set[str], given: Given, levels: list[Level]) -> None:
    """Where no word says what is counted: offences and outcomes are taken to count offences."""
    doubt = ""
    if not given.doubt and (caption := _offence_caption(levels)):
        doubt = f"the caption '{caption[:40]}' names an offence, which is taken to be counted"
    elif roles & {"offence", "outcome"} and (not given.doubt or table.fields.get("layout") == "records"):
        doubt = "no word says what is counted; a list of offences or outcomes is taken to count offences"
    if doubt:
        table.fields["measure"] = "offences"
        table.checks.append(f"measure: {doubt}")


def _code_in(levels: list[Level], context: Context) -> Given | None:
    """The code of an offence alone in the brackets of a caption: 'Outcomes of recorded crimes (88A)'."""
    known = set(context.vocabulary.offences.values())
    for where, text in levels:
        codes = [code for code in _CODE.findall(text) if offence_code(code) in known]
        if len(codes) == 1 and not context.names.offences(text):
            return Given(codes[0], offence_code(codes[0]), where)
        if codes or context.names.offences(text):
            return None
    return None


def _alone(given: Given, places: list[Level]) -> Given:
    """An offence, unless its place joins something to it that no name is known for: 'voyeurism or cyber flashing'."""
    for where, text in places:
        start = text.find(given.text) if given.text and where == given.why else -1
        if start < 0:
            continue
        if joined := _JOINED.match(text, start + len(given.text)):
            return Given(doubt=f"{where} names '{given.text[:40]}' together with '{joined[1][:40]}'")
    return given


def _offence_caption(levels: list[Level]) -> str:
    """A caption that is the name of an offence and nothing else, such as 'Rapes' over the years; '' for none."""
    where, text = levels[0] if levels else ("", "")
    bare = squeeze(text).rstrip(":.")
    words = [word for word in re.findall(r"[^\W\d]+", bare.casefold()) if word not in _JOINING]
    is_name = where == "the text around it" and words and all(map(offence_words, words))
    return bare if is_name and not re.search(r"\d", bare) else ""


def _unit(places: list[Level], table: DraftTable, printed: Printed, context: Context) -> Given:
    """What the heading of the numbers, the places around the table, the head of its sheet, the questions before its
    own, or all of the request say is counted; the first that says anything decides."""
    if (unit := unit_of_heading(places[0][1])) not in (None, "cases"):
        return Given(places[0][1], unit, places[0][0])
    head = context.unit([("the head of its sheet", text) for text in printed.head])
    for given in (context.unit(places), head, context.unit_before(table.number)):
        if given.text or given.doubt:
            return given
    has_own_question = len(context.page.questions) > 1 and bool(context.question(table.number))
    return Given() if has_own_question else context.unit(context.request(table.number))


def _without_any(table: DraftTable, printed: Printed) -> None:
    """A row 'No suspect' in a table of suspects counts something else: the table stays out."""
    noun = {"suspects": "suspect", "victims": "victim"}.get(table.fields.get("measure", ""))
    for _, text in printed.labels:
        if noun and re.match(rf"no {noun}", text, re.IGNORECASE):
            table.checks.append(f"measure: the row '{text}' does not count {noun}s")
            table.fields.pop("measure", None)
            return


def _without_others(table: DraftTable, printed: Printed) -> None:
    """Rows of a further dimension that count something else, such as 'Persons arrested' among crimes: it stays out."""
    unit = table.fields.get("measure")
    for role, text in printed.labels:
        others = (
            {noun.unit for noun in head_nouns(text)} - {unit, "cases"} if role.startswith("other:") else set()
        )
        if unit and others:
            table.checks.append(f"measure: the row '{text[:40]}' counts something else")
            table.fields.pop("measure", None)
            return


def _measures_by_row(table: DraftTable, printed: Printed) -> None:
    """Rows that each say what they count: every one must be understood, or the table stays out."""
    for text in printed.texts("measure"):
        units = {noun.unit for noun in counted_nouns(text)}
        if len(units) != 1 or units == {"cases"}:
            table.checks.append(f"measure: '{text[:40]}' is not understood")
            table.fields.pop("measure", None)
            return
        read_as(table, "measure", text, units.pop(), "the words of the row")
    table.fields["measure"] = table.fields["reads_as"][0]["means"]
    table.why["measure"] = "each row says what it counts"


def _of_outcomes(text: str) -> str:
    """What a question for outcomes asks the outcomes of. A table of all outcomes holds no part of what is counted."""
    clause = _OUTCOMES_OF.search(text)
    return _OUTCOME.sub("", clause[0] if clause and counted_nouns(clause[0]) else text)


def _counts_something_else(places: Iterable[Level]) -> bool:
    """Whether a heading or caption says that other things than victims are counted by the victims' sex or age."""
    return any(noun.unit not in ("victims", "cases") for _, text in places for noun in head_nouns(text))


def _marked_labels(table: DraftTable, printed: Printed, context: Context) -> None:
    """Labels in quotes or with a footnote mark glued on, where the bare label is a known name."""
    known = {
        "force": context.vocabulary.forces,
        "platform": context.vocabulary.platforms,
        "offence": context.vocabulary.offences,
        "outcome": context.vocabulary.outcomes,
    }
    for role, text in dict.fromkeys(printed.labels):
        bare, term = without_marks(text), without_quotes(text)
        if role not in known or folded(text) in known[role]:
            continue
        if bare != text.strip() and folded(bare) in known[role]:
            read_as(table, role, text, bare, "without its footnote mark")
        elif term != bare and folded(term) in known[role]:
            read_as(table, role, text, term, "without its quotes")
