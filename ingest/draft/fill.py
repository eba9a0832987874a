"""What holds for a table without standing in its rows: measure, period, platform, offence; how printed periods read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ingest.cells import squeeze
from ingest.draft.context import Context, Given, Level
from ingest.draft.folding import folded
from ingest.draft.model import DraftTable
from ingest.draft.periods import Period, find_periods, named_periods, period_of, union
from ingest.draft.labels import is_month
from ingest.draft.readings import footnoted, months_of, relative_years
from ingest.draft.template import Template
from ingest.draft.words import counted_nouns, head_nouns, is_total, without_marks

_PARTIAL = re.compile(r"\[.*(?:not transcribed|further rows|omitted|cut off|continues).*\]", re.IGNORECASE)


@dataclass
class Printed:
    """What a table prints: the roles its cells play, the texts of each, the heading of its numbers, the line below."""

    roles: set[str]
    labels: list[tuple[str, str]] = field(default_factory=list)
    heading: str = ""
    has_nils: bool = False
    below: str = ""

    def texts(self, role: str) -> list[str]:
        """The distinct texts in a role, in order."""
        return list(dict.fromkeys(text for own, text in self.labels if own == role and text))


def fill_in(table: DraftTable, printed: Printed, context: Context, levels: list[Level]) -> None:
    """Add measure, given texts and readings to a table whose own roles are known."""
    roles = printed.roles
    _measure(table, printed, context, levels)
    for text in printed.texts("measure"):
        if context.names.platforms(text) or named_periods(text):
            table.checks.append(f"the row '{text[:50]}' names more than what is counted: not read")
    heading = [("the heading of the numbers", printed.heading)] if printed.heading else []
    _period(table, printed, context, heading + levels)
    if "platform" not in roles:
        give(table, "platform", context.platform(heading + levels + context.method))
    if "offence" not in roles:
        places = heading + levels + context.request(table.number) + context.method
        give(table, "offence", context.offence(places))
    _marked_labels(table, printed, context)
    for role, text in dict.fromkeys(printed.labels):
        read_code(table, role, text, context)
    if "offence" in table.fields.get("given", {}):
        read_code(table, "offence", table.fields["given"]["offence"], context)
    if _PARTIAL.search(printed.below) and "row" in printed.below.casefold():
        table.fields["partial"] = True
        table.why["partial"] = f"the document says: {printed.below[:60]}"


def give(table: DraftTable, role: str, given: Given) -> None:
    """Enter a given text with its reading and reason, or the doubt that kept it out."""
    if given.doubt:
        table.checks.append(f"{role}: {given.doubt}; left out")
    if not given.text or role in table.fields.get("given", {}):
        return
    table.fields.setdefault("given", {})[role] = given.text
    table.why[f"given.{role}"] = f"from {given.why}"
    if given.means and given.means != given.text:
        read_as(table, role, given.text, given.means, given.why)


def finish(table: DraftTable, template: Template) -> None:
    """Enter the text of a statement, and what its figures should read as."""
    given = table.fields.setdefault("given", {})
    table.fields["text"], table.intended, table.figures_at = template.finish(given)
    if not given:
        del table.fields["given"]


def read_as(
    table: DraftTable, role: str, text: str, means: str, reason: str, figure: int | None = None
) -> None:
    """Say what a printed text stands for."""
    reading = (
        {"role": role}
        | ({"figure": figure} if figure else {})
        | {"text": text, "means": means, "reason": reason}
    )
    readings = table.fields.setdefault("reads_as", [])
    if reading not in readings:
        readings.append(reading)


def read_code(table: DraftTable, role: str, text: str, context: Context) -> None:
    """A label that no mapping decides, where the vocabulary leaves one code for it."""
    vocabulary = context.vocabulary
    bare = without_marks(text)
    if (
        role not in ("offence", "outcome")
        or is_total(bare)
        or folded(bare) in vocabulary.decided.get(role, ())
    ):
        return
    codes = vocabulary.codes
    found = codes.offence(text) if role == "offence" else codes.outcome(text)
    if found is not None and not any(
        r["role"] == role and r["text"] == text for r in table.fields.get("reads_as", [])
    ):
        read_as(table, role, text, found[0], f"CHECK: {found[1]}")


def _measure(table: DraftTable, printed: Printed, context: Context, levels: list[Level]) -> None:
    roles = printed.roles
    if "measure" in table.fields:
        return
    if "measure" in roles:
        _measures_by_row(table, printed)
        return
    places = [
        ("the heading of the numbers", printed.heading),
        *levels,
        *context.method,
        *context.request(table.number),
    ]
    if roles & {"victim", "victim_sex", "victim_age"} and not _counts_something_else(
        [places[0], *levels[:-1]]
    ):
        table.fields["measure"], table.why["measure"] = "victims", "the rows are groups of victims"
        return
    given = context.unit(places)
    if "outcome" in roles and given.means in ("crime_reports", "other") and roles & {"offence", "period"}:
        table.fields["measure"] = "offences"
        table.checks.append(f"measure: '{squeeze(given.text)}' by outcome are taken to be recorded offences")
    elif given.means:
        table.fields["measure"] = given.means
        table.why["measure"] = f"'{squeeze(given.text)}' in {given.why}"
        if given.means == "other":
            table.fields.setdefault("given", {})["other:unit"] = squeeze(given.text)
    elif any(noun.unit == "cases" for _, text in places for noun in counted_nouns(text)):
        table.fields["measure"] = "other"
        table.fields.setdefault("given", {})["other:unit"] = "cases"
        table.checks.append("measure: the document counts 'cases' and does not say of what")
    elif roles & {"offence", "outcome"}:
        table.fields["measure"] = "offences"
        table.checks.append(
            "measure: no word says what is counted; a list of offences or outcomes is taken to count offences"
        )
    if given.doubt:
        table.checks.append(f"measure: {given.doubt}")
    _without_any(table, printed)


def _without_any(table: DraftTable, printed: Printed) -> None:
    """A row 'No suspect' in a table of suspects counts something else: the table stays out."""
    noun = {"suspects": "suspect", "victims": "victim"}.get(table.fields.get("measure", ""))
    for _, text in printed.labels:
        if noun and re.match(rf"no {noun}", text, re.IGNORECASE):
            table.checks.append(f"measure: the row '{text}' does not count {noun}s")
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


def _counts_something_else(places: Iterable[Level]) -> bool:
    """Whether a heading or caption says that other things than victims are counted by the victims' sex or age."""
    return any(noun.unit not in ("victims", "cases") for _, text in places for noun in head_nouns(text))


def _period(table: DraftTable, printed: Printed, context: Context, levels: list[Level]) -> None:
    given = table.fields.get("given", {}).get("period")
    totals = table.fields.get("totals")
    named = totals if isinstance(totals, list) else []
    texts = [
        text for text in printed.texts("period") if not is_total(without_marks(text)) and text not in named
    ] + ([given] if given else [])
    if not texts:
        _given_period(table, context, levels)
        return
    periods = {text: period for text in texts if (period := period_of(text))}
    periods |= months_of([text for text in texts if is_month(text)], levels)
    _basis(table, list(periods.values()), context, levels)
    extents = [_read_printed(table, text, period, context) for text, period in periods.items()]
    over_all = _totals_over_periods(table, printed)
    if (printed.has_nils or over_all) and not given and None not in extents and len(periods) == len(texts):
        if (span := union([extent for extent in extents if extent])) is None:
            return
        is_named = _span(table, span, context, shifted=context.is_tax_year)
        if over_all and not is_named and len(periods) > 1:
            _over_all(table, printed, span, context)


def _over_all(table: DraftTable, printed: Printed, span: tuple[date, date], context: Context) -> None:
    """A printed total over the periods of the rows covers them all, though no text names them together."""
    if context.is_tax_year and table.fields.get("period_basis") == "tax":
        span = (span[0] + timedelta(days=5), span[1] + timedelta(days=5))
    text = " ".join(text for text in printed.texts("period") if text not in table.fields["totals"])
    row = " ".join(squeeze(text) for role, text in printed.labels if role == "period")
    if text in row:  # the headings stand side by side, so that they are a text the document prints
        why = "the periods that the total adds up, as they stand side by side"
        give(table, "period", Given(text, f"{span[0]} to {span[1]}", why))


def _given_period(table: DraftTable, context: Context, levels: list[Level]) -> None:
    given = context.period(levels)
    if not given.text and not given.doubt:
        given = relative_years([*levels, *context.method], context.dates) or context.period(
            context.request(table.number)
        )
    give(table, "period", given)
    if given.text:
        found = find_periods(given.text)
        _basis(table, found, context, levels)


def _basis(table: DraftTable, periods: list[Period], context: Context, levels: list[Level]) -> None:
    """What kind of years are printed. Bare years under the words 'financial year' are left without days."""
    bases = {period.basis for period in periods if period.basis}
    if not bases:
        return
    if bases == {"financial"}:
        table.fields["period_basis"] = "tax" if context.is_tax_year else "financial"
        if context.is_tax_year:
            table.why["period_basis"] = "the document says that its years begin on 6 April"
    elif bases == {"calendar"}:
        says = [*levels, *context.request(table.number)]
        if not context.says_financial(says) or _are_calendar_years(periods, says):
            table.fields["period_basis"] = "calendar"
        else:
            table.fields["period_basis"] = "financial"
            table.checks.append(
                "period: single years are printed where financial years are spoken of: which "
                "is meant is left open"
            )


def _are_calendar_years(periods: list[Period], levels: Iterable[Level]) -> bool:
    """One more single year than the financial years asked for: they are the calendar years these lie in."""
    asked = [period for _, text in levels for period in find_periods(text) if period.basis == "financial"]
    span = union(periods)
    return any(
        period.first
        and period.last
        and span
        and (period.first.year, period.last.year) == (span[0].year, span[1].year)
        for period in asked
    )


def _read_printed(table: DraftTable, text: str, period: Period, context: Context) -> Period | None:
    """A heading or cell whose days the dbt project cannot tell from its text alone; gives the days it stands for."""
    noted = footnoted(text, period, context.page.lines)
    if noted is not None and noted[0] is not None:
        read_as(table, "period", text, noted[0], noted[1])
        first, last = (date.fromisoformat(day) for day in noted[0].split(" to "))
        return replace(period, first=first, last=last)
    if noted is not None:
        table.checks.append(f"period '{text}': {noted[1]}")
    if (open_end := context.unfinished(period)) is not None:
        reason = f"not over when answered ({context.dates.answered}), and no other end is printed"
        read_as(table, "period", text, open_end, reason)
        return None
    if period.means or text != period.text:
        read_as(table, "period", text, period.means or period.text, "its days, written out")
    return period if period.is_known and period.kind != "open" else None


def _totals_over_periods(table: DraftTable, printed: Printed) -> bool:
    totals = table.fields.get("totals")
    return isinstance(totals, list) and any(text in totals for text in printed.texts("period"))


def _span(table: DraftTable, span: tuple[date, date], context: Context, *, shifted: bool) -> bool:
    """The text that names just the periods of the rows: it holds for their total and for nil returns."""
    for line in context.page.lines:
        for period in find_periods(line.text):
            if period.first is None or period.last is None:
                continue
            days = (period.first, period.last)
            if shifted and period.basis == "financial":
                days = (days[0] + timedelta(days=5), days[1] + timedelta(days=5))
            if days == span:
                if shifted and period.basis == "financial":
                    table.fields["period_basis"] = "tax"
                    table.why["period_basis"] = "the document says that its years begin on 6 April"
                give(
                    table,
                    "period",
                    Given(period.text, period.means, "the text that names all periods of the rows"),
                )
                return True
    return False


def _marked_labels(table: DraftTable, printed: Printed, context: Context) -> None:
    """Labels with a footnote mark glued on, where the bare label is a known name."""
    known = {
        "force": context.vocabulary.forces,
        "platform": context.vocabulary.platforms,
        "offence": context.vocabulary.offences,
        "outcome": context.vocabulary.outcomes,
    }
    for role, text in dict.fromkeys(printed.labels):
        bare = without_marks(text)
        if (
            role in known
            and bare != text.strip()
            and folded(bare) in known[role]
            and folded(text) not in known[role]
        ):
            read_as(table, role, text, bare, "without its footnote mark")
