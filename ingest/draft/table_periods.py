"""The periods of a table: how printed ones read, what kind of years they are, what its totals cover, what is given."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from ingest.cells import squeeze
from ingest.draft.context import Context
from ingest.draft.entries import give, read_as
from ingest.draft.given import Given, Level
from ingest.draft.labels import is_month
from ingest.draft.lines import Line
from ingest.draft.model import DraftTable
from ingest.draft.periods import Period, find_periods, period_of, union
from ingest.draft.printed import Printed
from ingest.draft.readings import footnoted, months_of, relative_years
from ingest.draft.words import is_total, without_marks
from ingest.draft.year_windows import by_own_years, goes_on

_NEXT_NOTE = re.compile(r"(?<=[.;])\s+(?=(?:\[\w\]|\(\w\)|[*†‡^#]+|[¹²³⁴⁵⁶⁷⁸⁹]|\d\))\s*\w)")


def fill_period(table: DraftTable, printed: Printed, context: Context, levels: list[Level]) -> None:
    """Enter what is known of the periods of a table whose rows, totals and markers are declared."""
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
    if printed.ends_years:
        periods |= {text: found[0] for text in periods if (found := find_periods(f"year ending {text}"))}
    periods |= months_of([text for text in texts if is_month(text)], levels)
    periods = by_own_years(periods, levels)
    _basis(table, list(periods.values()), context, levels)
    extents = [
        _read_printed(
            table, text, period, context, goes_on=goes_on(period, periods.values(), context.page.lines)
        )
        for text, period in periods.items()
    ]
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
    # Headings beside each other are a text the document prints; under merged headings each period stands twice.
    if table.fields.get("column_headings") == ["period"] and text in row:
        why = "the periods that the total adds up, as they stand side by side"
        give(table, "period", Given(text, f"{span[0]} to {span[1]}", why))


def _given_period(table: DraftTable, context: Context, levels: list[Level]) -> None:
    given = context.period(levels)
    if not given.text and not given.doubt:
        asked = relative_years([*levels, *context.method], context.dates)
        given = asked or context.period([*context.request(table.number), *context.scope])
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


def _read_printed(
    table: DraftTable, text: str, period: Period, context: Context, *, goes_on: bool
) -> Period | None:
    """A heading or cell whose days the dbt project cannot tell from its text alone; gives the days it stands for."""
    if (days := _told_beside(table, text)) is not None:
        return replace(period, first=days[0], last=days[1])
    noted = footnoted(text, period, _notes_apart(context.page.lines))
    if noted is not None and noted[0]:
        read_as(table, "period", text, noted[0], noted[1])
        first, last = (date.fromisoformat(day) for day in noted[0].split(" to "))
        return replace(period, first=first, last=last)
    if noted is not None and noted[0] == "" and period.first is not None:
        read_as(table, "period", text, f"from {period.first}", noted[1])
        return None
    if noted is not None:
        table.checks.append(f"period '{text}': {noted[1]}")
    if (open_end := context.unfinished(period)) is not None:
        reason = f"not over when answered ({context.dates.answered}), and no other end is printed"
        read_as(table, "period", text, open_end, reason)
        return None
    if goes_on and context.dates.answered is None and period.first is not None and period.kind != "open":
        reason = "what was asked for goes up to the answer, whose day is not printed: it has no known end"
        read_as(table, "period", text, f"from {period.first}", reason)
        return None
    if period.means or text != period.text:
        read_as(table, "period", text, period.means or period.text, "its days, written out")
    return period if period.is_known and period.kind != "open" else None


def _notes_apart(lines: Iterable[Line]) -> list[Line]:
    """Lines with every footnote on one of its own: '[1] Of adults. [2] To 28 February 2023 only.'"""
    return [replace(line, text=note) for line in lines for note in _NEXT_NOTE.split(line.text)]


def _told_beside(table: DraftTable, text: str) -> tuple[date, date] | None:
    """The days that the notes beside its numbers leave of a period."""
    for reading in table.fields.get("reads_as", []):
        if (reading["role"], reading["text"]) == ("period", squeeze(text)):
            first, last = (date.fromisoformat(day) for day in reading["means"].split(" to "))
            return first, last
    return None


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
