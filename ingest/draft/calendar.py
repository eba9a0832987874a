"""Days, months and years as documents write them: the pieces from which periods are read."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
YEAR = r"(?:19|20)\d{2}"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
DAY_MONTH = rf"(?:{DAY}(?: of)? {MONTH}|{MONTH} {DAY})"
FULL_DATE = (
    rf"(?:{DAY}(?: of)? {MONTH},? {YEAR}|{MONTH} {DAY},? {YEAR}|\d{{4}}-\d{{2}}-\d{{2}}"
    r"|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2}))"
)
MONTH_YEAR = rf"{MONTH}(?:[ ,'-]+{YEAR}|['-]?\d{{2}}(?!\d))"
FINANCIAL = rf"(?:{YEAR} ?[/–-] ?(?:{YEAR}|\d{{1,2}})|\d{{2}}/\d{{2}})"

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
COUNT = rf"(?:{'|'.join(_NUMBERS)}|1[0-2]|[1-9])"
# Spans that need the day of publication or another sentence.
_SPAN_WORDS = r"(?:(?:calendar|financial|fiscal|full|complete) )?(?:years?|months?|weeks?|quarters?)"
RELATIVES = (
    (
        r"(?:over |in |during |across |for )?(?:the )?(?:last|past|previous|preceding|latest) "
        rf"{COUNT} {_SPAN_WORDS}(?: alone)?"
    ),
    (
        r"(?:the )?(?:last|past|previous|preceding|following|same|current|latest|next) "
        r"(?:calendar |financial )?(?:year|month|quarter)"
        r"(?: (?:alone|before|earlier))?"
    ),
    r"(?:the |an? )?(?:financial |calendar )?(?:year|months?) (?:before|earlier|later|after)(?: that)?",
    (
        r"(?:across |over |in |during |for )?(?:the )?(?:same|whole|entire|full) (?:period|time"
        r"|timeframe|time frame)"
    ),
    r"(?:over|during|in|for|across) (?:the|that|this) (?:period|time|timeframe)",
    r"this (?:calendar |financial )?year(?: so far| to date)?",
    rf"(?:the )?{COUNT} (?:complete |full )?(?:financial |calendar )?years?(?: together| combined)?(?! old)",
    rf"{COUNT}-years?(?! old|-old)",
)


def count_of(text: str) -> int:
    """A small number in digits or words."""
    return int(text) if text.isdecimal() else _NUMBERS.index(text.casefold()) + 1


def month_number(text: str) -> int:
    """1 to 12 from the name of a month or its first letters."""
    return _MONTHS.index(text[:3].casefold()) + 1


def full_year(text: str) -> int:
    """A year printed with two or four digits; two digits are those of this century."""
    return int(text) + 2000 if len(text) == 2 else int(text)


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def day_of(text: str) -> date | None:
    """The day a full date names, day before month where both are numbers; None where there is no such day."""
    try:
        if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})", text):
            return date(full_year(match[3]), int(match[2]), int(match[1]))
        return _written_day(text)
    except ValueError:
        return None


def _written_day(text: str) -> date | None:
    month = re.search(MONTH, text, re.IGNORECASE)
    day = re.search(rf"(?<!\d)({DAY})(?!\d)", text, re.IGNORECASE)
    year = re.search(YEAR, text)
    if month is None or day is None or year is None:
        return None
    digits = re.match(r"\d+", day[1])
    return date(int(year[0]), month_number(month[0]), int(digits[0])) if digits else None


def month_of(text: str) -> tuple[int, int] | None:
    """Year and month of 'January 2017' or 'Jan-24'."""
    match = re.fullmatch(rf"({MONTH})[ ,'-]*(\d{{4}}|\d{{2}})", text, re.IGNORECASE)
    return (full_year(match[2]), month_number(match[1])) if match else None


def financial_start(text: str) -> int | None:
    """The first year of '2014/15', '14/15', '2014-2015' or '2021/2'; None where the years do not follow each other."""
    match = re.fullmatch(r"(\d{4}|\d{2}) ?[/–-] ?(\d{4}|\d{1,2})", text)
    if match is None:
        return None
    first = full_year(match[1])
    return first if str(first + 1).endswith(match[2]) else None
