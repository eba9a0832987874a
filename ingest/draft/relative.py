"""What 'last year' and 'the same period' stand for, where a date or the years beside them leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ingest.draft.calendar import COUNT, count_of, last_of_month
from ingest.draft.dates import Dates
from ingest.draft.lines import sentences
from ingest.draft.periods import Period, find_periods

_LAST = re.compile(r"(?:in |over |during )?(?:the )?last year", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    r"(?:in |over |during )?(?:the |an? )?(?:(?:previous|preceding) (?:financial |calendar )?year"
    r"|(?:financial |calendar )?year (?:before|earlier|previously)(?: that)?)",
    re.IGNORECASE,
)
_THIS = re.compile(r"(?:in |during )?this year", re.IGNORECASE)
_MONTHS_OF_THIS = re.compile(rf"(?:the )?first (?:({COUNT}) months|half) of this year", re.IGNORECASE)
_TO_THIS = re.compile(r"(?P<days>.*\b(?:to|and|until|till|up to|[–-]) .*),? this year", re.IGNORECASE)
SAME = re.compile(
    r"(?:across |over |in |during |for )?(?:the )?same (?:period|time|timeframe)", re.IGNORECASE
)


THAT_PERIOD = re.compile(
    r"(?:over|during|in|for|across) (?:the|that|this) (?:period|time|timeframe)", re.IGNORECASE
)
# A period named by its place among others, which only a person can look up.
VAGUE = re.compile(
    r"\b(?:last|latest|latter|later|first|former|earlier|previous|following|next|same|that|this) (?:\w+ )?"
    r"(?:period|year|quarter|month)s?\b|\b(?:latter|former)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The days a relative text stands for and why."""

    means: str
    reason: str


def resolve(periods: Sequence[Period | None], dates: Dates) -> list[Resolved | None]:
    """For each period of a series what it stands for; None where it needs nothing or cannot be told."""
    years = [_year(period) for period in periods]
    found: list[Resolved | None] = []
    for position, period in enumerate(periods):
        if period is None or period.kind != "relative":
            found.append(None)
            continue
        found.append(
            _before(periods, position, found) or _one(period.text, _by_series(years, position), dates)
        )
    return found


def _before(
    periods: Sequence[Period | None], position: int, found: Sequence[Resolved | None]
) -> Resolved | None:
    """'12 in 2017, up from 9 the year before': the year before the one named, or meant, just before it."""
    period = periods[position]
    above = periods[position - 1] if position else None
    if period is None or above is None or not _YEAR_BEFORE.fullmatch(period.text.strip()):
        return None
    meant = found[position - 1]
    if above.first is None and meant is not None and re.fullmatch(r"\d{4}", meant.means):
        is_plain = "financial" not in period.text.casefold()
        return Resolved(str(int(meant.means) - 1), f"the year before {above.text}") if is_plain else None
    if above.first is None:
        return None
    year, reason = above.first.year - 1, f"the year before {above.text}"
    if "financial" in period.text.casefold() and not _is_financial(above):
        return None
    if _is_financial(above):
        return Resolved(f"{year}/{(year + 1) % 100:02d}", reason)
    return Resolved(str(year), reason) if _year(above) is not None else None


def _is_financial(period: Period) -> bool:
    """Whether a period is one financial year, however it is written."""
    if period.first is None or period.last is None:
        return False
    year = period.first.year
    days = (date(year, 4, 1), date(year + 1, 3, 31))
    is_tax = period.basis == "financial" and period.last.year == year + 1
    return (period.first, period.last) == days or is_tax


def _year(period: Period | None) -> int | None:
    """The calendar year a period names, if it names just one."""
    if period is None or period.basis != "calendar" or period.first is None or period.last is None:
        return None
    return period.first.year if period.first.year == period.last.year else None


def _by_series(years: Sequence[int | None], position: int) -> int | None:
    """The year that continues a run of at least two following years, up or down, at the one place without a year."""
    known = [year for year in years if year is not None]
    if len(known) != len(years) - 1 or len(known) < 2 or position not in (0, len(years) - 1):
        return None
    steps = {later - earlier for earlier, later in pairwise(known)}
    if steps not in ({1}, {-1}):
        return None
    step = steps.pop()
    year = known[0] - step if position == 0 else known[-1] + step
    return year if year == max(known) + 1 else None


def _one(text: str, by_series: int | None, dates: Dates) -> Resolved | None:
    """A relative text by the date of the page and the years beside it; where the two disagree, nothing."""
    text = " ".join(text.split())
    if match := _TO_THIS.fullmatch(text):
        return _to_this_year(match["days"], dates)
    back = (
        1
        if _LAST.fullmatch(text)
        else 0
        if _THIS.fullmatch(text) or _MONTHS_OF_THIS.fullmatch(text)
        else None
    )
    if back is None:
        return None
    by_date = dates.year - back if dates.year else None
    if by_date is not None and by_series is not None and by_date != by_series:
        return None
    year = by_date or by_series
    if year is None:
        return None
    reason = (
        f"published {dates.answered}"
        if dates.answered
        else "it continues the years beside it; the page prints no date"
    )
    if match := _MONTHS_OF_THIS.fullmatch(text):
        last = last_of_month(year, count_of(match[1]) if match[1] else 6)
        return Resolved(f"{date(year, 1, 1)} to {last}", reason)
    return Resolved(str(year), reason)


def same_period(figures: int, earlier: Sequence[Period | None]) -> list[Resolved | None]:
    """'from three to 10 across the same period': first and last year of the series in the sentence before."""
    years = sorted(year for period in earlier if (year := _year(period)) is not None)
    if figures != 2 or len(years) < 2 or len(years) != len(earlier):
        return [None] * figures
    reason = f"from {years[0]} to {years[-1]} in the sentence before"
    return [Resolved(str(years[0]), reason), Resolved(str(years[-1]), reason)]


def _to_this_year(days: str, dates: Dates) -> Resolved | None:
    """'between January 2011 and July 8 this year'."""
    found = find_periods(f"{days} {dates.year}") if dates.year else []
    if len(found) != 1 or not (found[0].first and found[0].last) or found[0].first.year == dates.year:
        return None
    said = f"published {dates.answered}" if dates.answered else "this year as the series of years tells"
    return Resolved(f"{found[0].first} to {found[0].last}", said)


def told_year(lines: Iterable[str]) -> int | None:
    """The year that is 'this year' on a page: '389 in 2013, 442 in 2014, and 400 in the first six months of this year'.

    None where no series of at least two following years goes on to this year, or where two disagree.
    """
    found = set()
    for line in lines:
        for first, last in sentences(line):
            periods = [period for period in find_periods(line[first:last]) if period.kind != "day"]
            text = periods[-1].text if periods else ""
            if _THIS.fullmatch(text) or _MONTHS_OF_THIS.fullmatch(text):
                found.add(_by_series([_year(period) for period in periods], len(periods) - 1))
    return found.pop() if len(found) == 1 else None
