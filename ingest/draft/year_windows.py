"""Years that do not begin where their labels say, and years that were not over: both told beside the table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from ingest.draft.calendar import DAY_MONTH, MONTH, month_number
from ingest.draft.given import Level
from ingest.draft.lines import Line
from ingest.draft.periods import Period

# '1st June - 31 May each year': labels such as 2015/16 stand for these days.
_EACH_YEAR = re.compile(
    rf"({DAY_MONTH}) ?(?:-|–|to|until) ?{DAY_MONTH},? (?:(?:of|in|for) )?(?:each|every) year\b", re.IGNORECASE
)
_MONTH = re.compile(MONTH, re.IGNORECASE)
_ONGOING = re.compile(
    r"\b(?:to|until|till) (?:the )?present(?: da(?:te|y))?\b|\b(?:year )?to date\b|\bso far this year\b",
    re.IGNORECASE,
)


def by_own_years(periods: dict[str, Period], levels: Iterable[Level]) -> dict[str, Period]:
    """The same periods, those of two years such as 2015/16 moved to the days which the text says every year has."""
    start = next((match[1] for _, text in levels if (match := _EACH_YEAR.search(text))), "")
    month, day = _MONTH.search(start), re.search(r"\d+", start)
    if month is None or day is None:
        return periods
    first = (month_number(month[0]), int(day[0]))
    return {
        text: _moved(period, *first) if period.basis == "financial" else period
        for text, period in periods.items()
    }


def _moved(period: Period, month: int, day: int) -> Period:
    if period.first is None or (month, day) == (period.first.month, period.first.day):
        return period
    first, after = date(period.first.year, month, day), date(period.first.year + 1, month, day)
    return replace(period, kind="range", basis=None, first=first, last=after - timedelta(days=1))


def goes_on(period: Period, periods: Iterable[Period], lines: Iterable[Line]) -> bool:
    """Whether the last of several periods was not over: what was asked for goes up to the day of the answer."""
    ends = [other.last for other in periods if other.last is not None]
    return period.last == max(ends, default=None) and any(_ONGOING.search(line.text) for line in lines)
