"""The periods of a statement: placeholders in its text, what relative ones stand for, what kind of years they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.draft.entries import give, read_as
from ingest.draft.model import DraftTable
from ingest.draft.periods import Period, find_periods
from ingest.draft.readings import relative_years
from ingest.draft.relative import Resolved, resolve, same_period
from ingest.draft.sentence import Sentence
from ingest.draft.spans import Span
from ingest.draft.template import Template

_LAST = re.compile(
    r"(?:in )?(?:the )?(?:last|latest|most recent) (?:financial )?year(?: alone)?", re.IGNORECASE
)
_SPAN = re.compile(r"\d{4}/\d{2} to (\d{4}/\d{2})")


def write_periods(
    sentence: Sentence, template: Template, table: DraftTable, pairs: dict[Span, Period]
) -> list[Period | None]:
    """Enter the periods of all figures; gives them in order."""
    clause, dates = sentence.clause, sentence.context.dates
    if pairs:
        series: list[Period | None] = [pairs.get(figure) for figure in clause.figures]
        for figure, period, found in zip(clause.figures, series, resolve(series, dates), strict=True):
            _write(sentence, template, table, figure, period, found)
    else:
        series = [clause.periods[0] if clause.periods else None] * len(clause.figures)
        _write_shared(sentence, template, table, series[0])
    _basis(sentence, table, [period for period in series if period])
    return series


def give_period(sentence: Sentence, table: DraftTable) -> None:
    """A figure without a period of its own: that of its question, or of the scope the document states."""
    context, levels = sentence.context, sentence.levels
    given = context.period([*levels, *context.method])
    if not given.text and not given.doubt:
        given = relative_years([*levels, *context.method], context.dates) or context.period(
            context.request(sentence.line.number)
        )
    give(table, "period", given)
    if given.text:
        _basis(sentence, table, find_periods(given.means or given.text))


def _write_shared(sentence: Sentence, template: Template, table: DraftTable, period: Period | None) -> None:
    """One period for all figures; 'from 3 to 10 across the same period' gives two."""
    if period is None:
        return
    if sentence.is_from_to():
        both = same_period(2, sentence.previous.periods if sentence.previous else [])
        if all(both):
            template.put("period", period.start, period.end)
            for number, found in enumerate(both, start=1):
                if found is not None:
                    read_as(table, "period", period.text, found.means, found.reason, number)
            return
    only = sentence.clause.figures[0] if len(sentence.clause.figures) == 1 else None
    _write(sentence, template, table, only, period, resolve([period], sentence.context.dates)[0])


def _write(
    sentence: Sentence,
    template: Template,
    table: DraftTable,
    figure: Span | None,
    period: Period | None,
    found: Resolved | None,
) -> None:
    """The period of one figure, or of all where no figure is given."""
    if period is None:
        return
    means, reason = _meaning(sentence, period, found)
    if (
        means is None
        and period.kind == "unclear"
        and figure is not None
        and len(sentence.clause.figures) == 1
    ):
        give(table, "period", sentence.context.period([("the sentence", period.text), *sentence.levels]))
        return
    if means is None and period.kind in ("relative", "unclear"):
        table.checks.append(f"period: '{period.text}' cannot be told from the document; left out")
        return
    template.put("period", period.start, period.end, figure)
    if means is not None:
        read_as(table, "period", period.text, means, reason, template.number(figure) if figure else None)


def _meaning(sentence: Sentence, period: Period, found: Resolved | None) -> tuple[str | None, str]:
    context = sentence.context
    if found is not None:
        return found.means, found.reason
    if (open_end := context.unfinished(period)) is not None:
        return open_end, f"not over when published ({context.dates.answered}), and no other end is printed"
    if period.kind == "relative" and (last := _last_of_span(sentence, period)) is not None:
        return last, "the last of the years of the sentence before"
    return period.means, "its days, written out"


def _last_of_span(sentence: Sentence, period: Period) -> str | None:
    """'the last year alone' after a figure for several financial years: the last of them."""
    if sentence.previous is None or not _LAST.fullmatch(period.text.strip()):
        return None
    readings = sentence.previous.table.fields.get("reads_as", [])
    spans = [match[1] for reading in readings if (match := _SPAN.fullmatch(reading["means"]))]
    return spans[0] if len(spans) == 1 else None


def _basis(sentence: Sentence, table: DraftTable, periods: Sequence[Period]) -> None:
    context = sentence.context
    bases = {period.basis for period in periods if period.basis}
    if bases == {"financial"}:
        table.fields["period_basis"] = "tax" if context.is_tax_year else "financial"
    elif bases == {"calendar"}:
        spoken = [
            ("", sentence.line.text),
            ("", sentence.heading),
            ("", context.question(sentence.line.number)),
        ]
        is_financial = context.says_financial(spoken)
        table.fields["period_basis"] = "financial" if is_financial else "calendar"
        if is_financial:
            table.checks.append(
                "period: single years where financial years are spoken of: which is meant is left open"
            )
