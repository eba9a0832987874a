"""The days a document names about itself: when it was asked, answered, published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.draft.calendar import FULL_DATE, MONTH, YEAR, day_of, month_number

_DATE = re.compile(rf"(?<![\w/])(?:{FULL_DATE})(?![\w/])", re.IGNORECASE)
_MONTH_ONLY = re.compile(rf"{MONTH} {YEAR}", re.IGNORECASE)
_RECEIVED = re.compile(r"date of (?:your )?request|received|request(?:ed)? (?:on|date)|date requested|dated? received", re.IGNORECASE)
_ANSWERED = re.compile(
    r"date of (?:our )?(?:response|reply|issue)|dated?\b|version date|date released|published|publication date|released|updated on"
    r"|response date|reported",
    re.IGNORECASE,
)
_NOT_ITS_OWN = re.compile(r"updated:|period|ending|data (?:was|were) extracted|since|until|between|to date|act ", re.IGNORECASE)
_HEAD = 12  # lines of a page or letter in which its own date stands


@dataclass(frozen=True)
class Dates:
    """``received`` and ``answered`` as ISO texts (a month where no day is printed), with the line that says so."""

    received: str | None = None
    received_why: str = ""
    answered: str | None = None
    answered_why: str = ""

    @property
    def answered_on(self) -> date | None:
        """The day of the answer; the last known month's first day where only a month is printed."""
        if self.answered is None:
            return None
        return date.fromisoformat(self.answered if len(self.answered) == 10 else f"{self.answered}-01")


def dates_of(lines: Sequence[str]) -> Dates:
    """Read from the lines of a document in order. The first fitting line counts; later updates of a page do not."""
    received = _first(lines, _RECEIVED, None)
    answered = _first(lines[: _HEAD * 3], _ANSWERED, _RECEIVED) or _bare(lines[:_HEAD])
    return Dates(*(received or (None, "")), *(answered or (None, "")))


def _first(lines: Sequence[str], cue: re.Pattern[str], against: re.Pattern[str] | None) -> tuple[str, str] | None:
    for line in lines:
        match = cue.search(line)
        if match is None or (against is not None and against.search(line)) or len(line) > 400:
            continue
        day = _DATE.search(line, match.end())
        if day is None or day.start() - match.end() > 60 or _NOT_ITS_OWN.search(line[match.end() : day.start()]):
            continue
        found = day_of(day[0])
        if found is not None:
            return found.isoformat(), f"the document prints '{line[match.start() : day.end()][:80]}'"
    return None


def _bare(lines: Sequence[str]) -> tuple[str, str] | None:
    """A line near the top that is a date, or begins with one: '5 June 2015, 06:00 | Updated: ...', 'May 2017'."""
    for line in lines:
        text = line.strip()
        if (match := _DATE.match(text)) and (found := day_of(match[0])):
            return found.isoformat(), f"the line '{text[:60]}' near the top"
        if _MONTH_ONLY.fullmatch(text):
            month, year = text.split()
            return f"{year}-{month_number(month):02d}", f"the line '{text}' near the top"
    return None
