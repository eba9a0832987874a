"""Periods in running text and in headings: where they stand, which days they cover, how they are to be read.

What the dbt project reads by itself stays as printed; for anything else that has one certain meaning the meaning is
written out in ISO days. A text with no certain meaning ('last year' on an undated page) has no days here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from ingest.draft.calendar import (
    COUNT,
    DAY_MONTH,
    FINANCIAL,
    FULL_DATE,
    MONTH,
    MONTH_YEAR,
    YEAR,
    count_of,
    day_of,
    financial_start,
    last_of_month,
    month_of,
)  # fmt: skip

_WRITTEN = r"\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9} \d{4}"
_TO = r" ?(?:to|and|until|till|up to|[–-]) ?"
_FROM = r"(?:(?:between|from) (?:the )?)?"
_YEARS = rf"{YEAR}(?:, {YEAR})*,? (?:and|&) {YEAR}"
_FINANCIALS = rf"{FINANCIAL}(?:, {FINANCIAL})*,? (?:and|&) {FINANCIAL}"


@dataclass(frozen=True, slots=True)
class Period:
    """A period in a text. ``first`` and ``last`` are None where the text alone does not tell them.

    ``kind``: plain (the dbt project reads it), range (certain, but to be written out), open (no end),
    relative (needs a date of publication or another sentence), unclear, or day (a date, which is no period).
    """

    text: str
    start: int
    end: int
    kind: str
    first: date | None = None
    last: date | None = None
    basis: str | None = None

    @property
    def means(self) -> str | None:
        """The text to read instead, or None where the printed one will do or nothing is known."""
        if self.kind == "open" and self.first:
            return f"from {self.first}"
        if self.kind == "range" and self.first and self.last:
            return f"{self.first} to {self.last}"
        return None

    @property
    def is_known(self) -> bool:
        """Whether its days are certain."""
        return self.first is not None and (self.last is not None or self.kind == "open")


_Days = tuple[str, date | None, date | None, str | None]
_UNCLEAR: _Days = ("unclear", None, None, None)
_NONE: _Days = ("none", None, None, None)
_RELATIVE: _Days = ("relative", None, None, None)


def _financial(text: str) -> _Days:
    year = financial_start(text)
    if year is None:
        # '2010-2014' is a stretch of years; '12/14' and '71/17' are no periods at all
        return _year_range(text) if len(re.findall(YEAR, text)) == 2 else _NONE
    return "plain", date(year, 4, 1), date(year + 1, 3, 31), "financial"


def _year(text: str) -> _Days:
    return "plain", date(int(text), 1, 1), date(int(text), 12, 31), "calendar"


def _list(text: str) -> _Days:
    """Several years named one by one; certain where none is missing between the first and the last."""
    pieces = re.findall(rf"{FINANCIAL}|{YEAR}", text)
    days = [_piece(piece) for piece in pieces]
    if len({basis for *_, basis in days}) != 1 or any(first is None for _, first, _, _ in days):
        return _UNCLEAR
    starts = sorted(first for _, first, _, _ in days if first)
    steps = {later.year - earlier.year for earlier, later in pairwise(starts)}
    ends = [last for _, _, last, _ in days if last]
    return ("plain", starts[0], max(ends), days[0][3]) if steps == {1} else _UNCLEAR


def _piece(text: str) -> _Days:
    return _year(text) if re.fullmatch(YEAR, text) else _financial(text)


def _list_to_date(text: str) -> _Days:
    kind, first, _, basis = _list(text)
    return ("open", first, None, basis) if kind == "plain" else _UNCLEAR


def _financial_range(text: str) -> _Days:
    first, last = (_financial(piece) for piece in re.findall(FINANCIAL, text))
    if first[1] is None or last[2] is None or first[1] >= last[2]:
        return _UNCLEAR
    # 'between 2014/15 and 2016/17' is not a form the dbt project reads; 'A to B' is
    kind = "plain" if re.match(rf"(?:from )?{FINANCIAL} to ", text, re.IGNORECASE) else "range"
    return kind, first[1], last[2], "financial"


def _year_range(text: str) -> _Days:
    first, last = (int(piece) for piece in re.findall(YEAR, text))
    # 'From 2021 to 2022' may be one financial year or two calendar years
    return ("range", date(first, 1, 1), date(last, 12, 31), "calendar") if last > first + 1 else _UNCLEAR


def _date_range(text: str) -> _Days:
    days = [day_of(piece) for piece in re.findall(FULL_DATE, text, re.IGNORECASE)]
    kind, first, last, basis = _between(days[0], days[-1])
    is_read = re.fullmatch(rf"(?:from |between )?{_WRITTEN} ?(?:-|to|and) ?{_WRITTEN}", text, re.IGNORECASE)
    return "plain" if is_read and kind == "range" else kind, first, last, basis


def _between(first: date | None, last: date | None) -> _Days:
    return ("range", first, last, None) if first and last and first <= last else _UNCLEAR


def _shared_year(text: str) -> _Days:
    """'1 Jan-31 Dec 2015': the year stands once, for both ends."""
    days = re.findall(DAY_MONTH, text, re.IGNORECASE)
    year = re.findall(YEAR, text)[-1]
    return _between(day_of(f"{days[0]} {year}"), day_of(f"{days[1]} {year}"))


def _month_range(text: str) -> _Days:
    """'April 2017-March 2022', 'January 2017 to 31 March 2018', 'April to September 2017'."""
    year = re.findall(YEAR, text)[-1]
    pieces = re.findall(rf"{FULL_DATE}|{MONTH_YEAR}|{MONTH}", text, re.IGNORECASE)
    ends: list[tuple[date, date] | None] = [_month_or_day(piece, year) for piece in (pieces[0], pieces[-1])]
    if ends[0] is None or ends[1] is None:
        return _UNCLEAR
    return _between(ends[0][0], ends[1][1])


def _month_or_day(text: str, year: str) -> tuple[date, date] | None:
    if day := day_of(text):
        return day, day
    found = month_of(text) or month_of(f"{text} {year}")
    return (date(*found, 1), last_of_month(*found)) if found else None


def _month(text: str) -> _Days:
    found = month_of(text)
    return ("plain", date(*found, 1), last_of_month(*found), "month") if found else _UNCLEAR


def _year_to(text: str) -> _Days:
    """'the year ending March 2019', 'the 12 months to 30 June 2017': twelve months up to that day."""
    piece = re.findall(rf"{FULL_DATE}|{MONTH_YEAR}", text, re.IGNORECASE)[-1]
    found = _month_or_day(piece, "")
    if found is None:
        return _UNCLEAR
    following = found[1] + timedelta(days=1)
    try:
        return "range", following.replace(year=following.year - 1), found[1], None
    except ValueError:
        return _UNCLEAR


def _months_of(text: str) -> _Days:
    """'the first six months of 2019', 'the second half of 2016'."""
    match = re.search(rf"(first|last|final|second) (?:({COUNT}) months|half|quarter)", text, re.IGNORECASE)
    year = re.search(YEAR, text)
    if match is None or year is None or "quarter" in match[0].casefold():
        return _UNCLEAR
    if match[2] is None:
        months, at_start = 6, match[1].casefold() == "first"
    else:
        months, at_start = count_of(match[2]), match[1].casefold() == "first"
        if match[1].casefold() == "second":
            return _UNCLEAR
    number = int(year[0])
    if at_start:
        return "range", date(number, 1, 1), last_of_month(number, months), None
    return "range", date(number, 13 - months, 1), date(number, 12, 31), None


def _open(text: str) -> _Days:
    piece = re.search(rf"{FULL_DATE}|{MONTH_YEAR}|{FINANCIAL}|{YEAR}", text, re.IGNORECASE)
    if piece is None:
        return _UNCLEAR
    if found := _month_or_day(piece[0], ""):
        return "open", found[0], None, None
    _, first, _, basis = _piece(piece[0])
    return ("open", first, None, basis) if first else _UNCLEAR


_SPAN_WORDS = r"(?:(?:calendar|financial|fiscal|full|complete) )?(?:years?|months?|weeks?|quarters?)"
_RELATIVES = (
    (
        rf"(?:over |in |during |across |for )?(?:the )?(?:last|past|previous|preceding"
        rf"|latest) {COUNT} {_SPAN_WORDS}(?: alone)?"
    ),
    (
        r"(?:the )?(?:last|past|previous|preceding|following|same|current|latest|next) (?:calendar "
        r"|financial )?(?:year|month|quarter)"
        r"(?: (?:alone|before|earlier))?"
    ),
    r"(?:the )?(?:year|months?) (?:before|earlier|later|after)(?: that)?",
    r"(?:across |over |in |during |for )?(?:the )?(?:same|whole|entire|full) (?:period|time|timeframe|time frame)",
    r"(?:over|during|in|for|across) (?:the|that|this) (?:period|time|timeframe)",
    r"this (?:calendar |financial )?year(?: so far| to date)?",
    rf"(?:the )?{COUNT} (?:complete |full )?(?:financial |calendar )?years?(?: together| combined)?(?! old)",
    rf"{COUNT}-years?(?! old|-old)",
)

_FORMS: tuple[tuple[str, Callable[[str], _Days]], ...] = (
    (rf"{_FROM}{FULL_DATE}{_TO}{FULL_DATE}", _date_range),
    (
        rf"{_FROM}(?:{FULL_DATE}|{MONTH_YEAR}|{DAY_MONTH}|{MONTH}){_TO}{DAY_MONTH},? this year",
        lambda _: _RELATIVE,
    ),
    (rf"{_FROM}{DAY_MONTH}{_TO}{DAY_MONTH},? {YEAR}", _shared_year),
    (
        (
            rf"(?:the )?(?:(?:financial |full )?year|(?:12|twelve) months) (?:to|ending|ended"
            rf"|up to)(?: the end of)?(?: in)? "
            rf"(?:{FULL_DATE}|{MONTH_YEAR})"
        ),
        _year_to,
    ),
    (rf"{_FROM}{MONTH_YEAR}{_TO}(?:{FULL_DATE}|{MONTH_YEAR})", _month_range),
    (rf"{_FROM}{FULL_DATE}{_TO}{MONTH_YEAR}", _month_range),
    (rf"{_FROM}{MONTH}{_TO}{MONTH_YEAR}", _month_range),
    (
        (
            rf"(?:(?:from|since|between) )?(?:{FULL_DATE}|{MONTH_YEAR}|{FINANCIAL}|{YEAR})(?: ?(?:to"
            rf"|until|up to|till|and|[–-]) ?(?:the )?"
            r"(?:(?:current |present )?date(?: of (?:this|the|your|my) (?:request|foi))?|present(?: day"
            r"| time)?|now|today)| onwards?)"
        ),
        _open,
    ),
    (
        rf"(?:since|from) {FULL_DATE}|since (?:the (?:start|beginning) of )?(?:{MONTH_YEAR}|{FINANCIAL}|{YEAR})",
        _open,
    ),
    (
        (
            rf"(?:before|after|until|up to|by|prior to|pre|post|mid|early|late|(?:the )?(?:end|start"
            rf"|beginning|middle) of|spring|summer|autumn|winter"
            rf"|christmas|easter|q[1-4]|quarter [1-4]|h[12]|week \d+|year (?:ending|ended"
            rf"|to))[ -](?:in )?(?:{FINANCIAL}|{YEAR})"
        ),
        lambda _: _UNCLEAR,
    ),
    (rf"{FULL_DATE}", lambda text: ("day", day_of(text), None, None)),
    (
        rf"(?:the )?(?:first|last|final|second) (?:{COUNT} months|half|quarter) of (?:{YEAR}|this year|last year)",
        lambda text: _months_of(text) if re.search(YEAR, text) else _RELATIVE,
    ),
    (
        rf"between {FINANCIAL} and {FINANCIAL}|(?:from )?{FINANCIAL} ?(?:to|until|–|-) ?{FINANCIAL}",
        _financial_range,
    ),
    (rf"{_FINANCIALS}", _list),
    (rf"{_YEARS} to date", _list_to_date),
    (rf"(?:between|from) {YEAR} (?:to|and|until|[–-]) {YEAR}", _year_range),
    (rf"{YEAR} (?:to|until|up to) {YEAR}", _year_range),
    (rf"{_YEARS}", _list),
    (rf"{FINANCIAL}", _financial),
    (rf"{MONTH_YEAR}", _month),
    (rf"{DAY_MONTH}", lambda _: ("day", None, None, None)),
    (rf"{YEAR}", _year),
    *((form, lambda _: _RELATIVE) for form in _RELATIVES),
)
_PATTERNS = [
    (re.compile(rf"(?<![\w/.,£-])(?:{form})(?![\w/%]|[.,-]\d)", re.IGNORECASE), days) for form, days in _FORMS
]


def find_periods(text: str) -> list[Period]:
    """Every period of a text in order; single days are reported too, so that their year is not taken for a period."""
    found: list[Period] = []
    flat = re.sub(r"\s", " ", text)
    for pattern, days in _PATTERNS:
        for match in pattern.finditer(flat):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            kind, first, last, basis = days(match[0])
            if (
                kind != "none"
                and not _is_age(flat, match)
                and not _is_law(flat, match)
                and not _is_imprint(flat, match)
            ):
                found.append(
                    Period(
                        text[match.start() : match.end()],
                        match.start(),
                        match.end(),
                        kind,
                        first,
                        last,
                        basis,
                    )
                )
    return sorted(found, key=lambda period: period.start)


def _is_age(text: str, match: re.Match[str]) -> bool:
    """'aged 16/17', '16/17 year olds': two ages, not a financial year."""
    return bool(
        re.fullmatch(r"\d{2}/\d{2}", match[0])
        and (
            re.search(r"\bage[ds]?:? $", text[: match.start()], re.IGNORECASE)
            or re.match(r"[ -]?y(?:ea)?rs?[ -]?old", text[match.end() :], re.IGNORECASE)
        )
    )


def _is_law(text: str, match: re.Match[str]) -> bool:
    """'Sexual Offences Act 2003', 'Justice Act (NI) 2015': the year of a law."""
    return bool(
        re.search(r"\b(?:act|order|regulations|bill)(?: \([^)]*\))? $", text[: match.start()], re.IGNORECASE)
    )


def _is_imprint(text: str, match: re.Match[str]) -> bool:
    """'© Kent Police 2026', 'as published by the press (2024)': the year of a publication."""
    if not re.fullmatch(YEAR, match[0]):
        return False
    before = text[: match.start()]
    return bool(
        re.search(
            r"©|\bcopyright\b|\b(?:published|printed|issued|released|press|report)\b[^.:;]{0,40}\($",
            before,
            re.IGNORECASE,
        )
    )


def period_of(text: str) -> Period | None:
    """The period a heading or cell consists of, footnote marks and 'FY' aside; None where it says anything else."""
    bare = re.sub(
        r"^(?:fy|cy|f/y|financial year|calendar year|year)\s*:?\s*(?=\d)",
        "",
        text.strip(),
        flags=re.IGNORECASE,
    )
    bare = re.sub(
        r"\s*(?:[*†‡#^]+|\((?:ytd|to date|part year|p|provisional)\))$", "", bare, flags=re.IGNORECASE
    )
    found = find_periods(bare)
    if len(found) == 1 and found[0].start == 0 and found[0].end == len(bare) and found[0].kind != "day":
        return found[0]
    return None


def named_periods(text: str) -> list[Period]:
    """The periods of a text whose days are certain."""
    return [period for period in find_periods(text) if period.kind != "day" and period.is_known]


def union(periods: list[Period]) -> tuple[date, date] | None:
    """First and last day of periods that follow each other without a gap, in whatever order; else None."""
    days = sorted((period.first, period.last) for period in periods if period.first and period.last)
    if not days or len(days) != len(periods):
        return None
    for (_, last), (first, _) in _neighbours(days):
        if (first - last).days != 1:
            return None
    return days[0][0], days[-1][1]


def _neighbours(days: list[tuple[date, date]]) -> Iterator[tuple[tuple[date, date], tuple[date, date]]]:
    return pairwise(days)
