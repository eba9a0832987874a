"""Periods that need a second place to be read: footnotes on headings, 'last year', 'three financial years'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from ingest.draft.calendar import COUNT, count_of
from ingest.draft.context import Given, Level
from ingest.draft.dates import Dates
from ingest.draft.lines import Line
from ingest.draft.periods import Period, find_periods, period_of

_MARK = re.compile(r"(?<=\S)\s*([*†‡^#]+)$")
_SPAN = re.compile(
    rf"\b(?:(?:the )?(last|past|previous) )?({COUNT}) (?:complete |full )?financial years\b", re.IGNORECASE
)


def footnoted(text: str, period: Period, lines: Sequence[Line]) -> tuple[str | None, str] | None:
    """What the footnote to a marked period says: '2015*' with '* from 21 May 2015' is 21 May to 31 December.

    Gives the days and the reason, None for the days where a footnote cannot be read; None where there is no mark.
    """
    mark = _MARK.search(text.strip())
    if mark is None or period.first is None or period.last is None:
        return None
    note = next(
        (
            line.text
            for line in lines
            if re.match(rf"{re.escape(mark[1])}(?![*†‡^#])\s*\S", line.text.strip())
        ),
        None,
    )
    if note is None:
        return None, "the meaning of its mark is not printed: the whole period is read"
    body = note.strip().removeprefix(mark[1]).strip(" :-–=")
    days = [_day(found) for found in find_periods(body)]
    dates = [found for found in days if found is not None]
    if len(dates) == 1 and period.first <= dates[0] <= period.last:
        if re.match(
            r"(?:data |figures? |records? )?(?:is |are )?(?:only )?(?:from|since|starting|beginning)\b",
            body,
            re.IGNORECASE,
        ):
            return f"{dates[0]} to {period.last}", f"footnote {mark[1]}: {body[:60]}"
        if re.match(r"(?:data |figures? )?(?:is |are )?(?:up )?(?:to|until|till)\b", body, re.IGNORECASE):
            return f"{period.first} to {dates[0]}", f"footnote {mark[1]}: {body[:60]}"
    if (
        (whole := period_of(body))
        and whole.is_known
        and whole.first
        and whole.last
        and whole.first >= period.first
    ):
        return f"{whole.first} to {whole.last}", f"footnote {mark[1]}: {body[:60]}"
    return None, f"its footnote says '{body[:60]}': not read, the whole period is taken"


def _day(period: Period) -> date | None:
    return period.first if period.kind in ("day", "open") else None


def relative_years(levels: Iterable[Level], dates: Dates) -> Given | None:
    """'three financial years' with no years named: the last three that were over when the document was written.

    Only where the document names its day, and that is not so soon after March that the year might be missing.
    """
    for where, text in levels:
        match = _SPAN.search(text)
        if match is None:
            continue
        answered = dates.answered_on
        if answered is None or len(dates.answered or "") < 10 or answered.month in (4, 5):
            return Given(doubt=f"{where} speaks of '{match[0]}' and does not name them")
        last = answered.year if answered.month > 5 else answered.year - 1
        first = last - count_of(match[2])
        means = f"{first}/{(first + 1) % 100:02d} to {last - 1}/{last % 100:02d}"
        return Given(
            match[0],
            means,
            f"{where}; CHECK: taken to be the last ones over when it was published, {dates.answered}",
        )
    return None


def last_year(text: str, dates: Dates) -> Period | None:
    """The calendar year that 'last year' or 'this year' stands for on a dated page."""
    answered = dates.answered_on
    bare = re.sub(r"^(?:in |over |during )?(?:the )?", "", text.strip().casefold())
    years = {"last year": -1, "previous year": -1, "this year": 0, "last year alone": -1}
    if answered is None or bare not in years:
        return None
    year = answered.year + years[bare]
    return Period(text, 0, len(text), "range", date(year, 1, 1), date(year, 12, 31), "calendar")
