"""The days a document names about itself: when it was asked, answered, published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.draft.calendar import MONTH, YEAR, month_number
from ingest.draft.periods import find_periods

_MONTH_ONLY = re.compile(rf"{MONTH} {YEAR}", re.IGNORECASE)
_RECEIVED = re.compile(
    r"date of (?:your )?request|received|request(?:ed)? (?:on|date)|date requested", re.IGNORECASE
)
# The most telling wording first: a page may print the date of its answer and that of its own publication.
_ANSWERED = (
    re.compile(
        r"date of (?:our )?(?:response|reply|issue)|(?:response|reply) date"
        r"|date (?:released|answered|sent|responded|replied)",
        re.IGNORECASE,
    ),
    re.compile(
        (
            r"\bdated?\b\s?(?::|-|$|(?=\d))|version date|published|publication date|released"
            r"|reported (?:\w+ ){0,3}on"
        ),
        re.IGNORECASE,
    ),
)
_OTHER_LABEL = re.compile(
    r".{0,20}\b(?:updated|period|ends?|ending|start\w*|from|to|until|due|deadline|extracted)\b.{0,12}",
    re.IGNORECASE,
)
_HEAD = 12  # lines of a page or letter in which its own date stands


@dataclass(frozen=True)
class Dates:
    """``received`` and ``answered`` as ISO texts (a month where no day is printed), with the line that says so."""

    received: str | None = None
    received_why: str = ""
    answered: str | None = None
    answered_why: str = ""
    told_year: int | None = None
    """'This year' of a page without a date, where a series of years goes on to it."""

    @property
    def year(self) -> int | None:
        """What 'this year' stands for."""
        return self.answered_on.year if self.answered_on else self.told_year

    @property
    def answered_on(self) -> date | None:
        """The day of the answer; the last known month's first day where only a month is printed."""
        if self.answered is None:
            return None
        return date.fromisoformat(self.answered if len(self.answered) == 10 else f"{self.answered}-01")


def dates_of(lines: Sequence[str]) -> Dates:
    """Read from the lines of a document in order. The first fitting line counts; later updates of a page do not."""
    lines = _labelled(lines)
    received = _first(lines, _RECEIVED)
    head = lines[: _HEAD * 3]
    answered = _first(head, _ANSWERED[0]) or _first(head, _ANSWERED[1]) or _bare(lines[:_HEAD])
    return Dates(*(received or (None, "")), *(answered or (None, "")))


def _labelled(lines: Sequence[str]) -> list[str]:
    """Lines in order, a date that stands alone joined to the label printed above it."""
    joined: list[str] = []
    for line in lines:
        text = line.strip()
        is_date = any(period.kind == "day" and period.text == text for period in find_periods(text))
        label = joined[-1] if joined else ""
        if (
            is_date
            and len(label) <= 30
            and any(cue.search(label) for cue in (_RECEIVED, *_ANSWERED, _OTHER_LABEL))
        ):
            joined[-1] = f"{label}: {text}"
        else:
            joined.append(text)
    return joined


def _first(lines: Sequence[str], cue: re.Pattern[str]) -> tuple[str, str] | None:
    for line in lines:
        match = cue.search(line)
        if match is None or len(line) > 400:
            continue
        days = [
            period
            for period in find_periods(line)
            if period.kind == "day" and period.first and period.start >= match.end()
        ]
        if (
            not days
            or days[0].start - match.end() > 60
            or _OTHER_LABEL.fullmatch(line[match.end() : days[0].start])
        ):
            continue
        if cue is not _RECEIVED and _RECEIVED.search(line[: days[0].start]):
            continue
        return str(days[0].first), f"the document prints '{line[match.start() : days[0].end][:80]}'"
    return None


def _bare(lines: Sequence[str]) -> tuple[str, str] | None:
    """A line near the top that is a date, or begins with one: '5 June 2015, 06:00 | Updated: ...', 'May 2017'."""
    for line in lines:
        periods = find_periods(line)
        if (
            periods
            and periods[0].start == 0
            and periods[0].kind == "day"
            and periods[0].first
            and len(line) <= 80
        ):
            return str(periods[0].first), f"the line '{line[:60]}' near the top"
        if _MONTH_ONLY.fullmatch(line):
            month, year = line.split()
            return f"{year}-{month_number(month):02d}", f"the line '{line}' near the top"
    return None
