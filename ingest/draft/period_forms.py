"""The ways documents write periods, each with the days it covers. Order matters: longer forms stand first."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

from ingest.draft.calendar import (
    COUNT,
    DAY_MONTH,
    FINANCIAL,
    FULL_DATE,
    MONTH,
    MONTH_YEAR,
    RELATIVES,
    YEAR,
    count_of,
    day_of,
    financial_start,
    last_of_month,
    month_of,
)  # fmt: skip
from ingest.draft.quarters import QUARTER, YEARS_FROM_MONTH, quarter_of, years_from_month

_WRITTEN = r"\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9} \d{4}"
_TO = r" ?(?:to|and|until|till|up to|[–-]) ?"
_FROM = r"(?:(?:between|from) (?:the )?)?"
_YEARS = rf"{YEAR}(?:, {YEAR})*,? (?:and|&) {YEAR}"
_FINANCIALS = rf"{FINANCIAL}(?:, {FINANCIAL})*,? (?:and|&) {FINANCIAL}"

Days = tuple[str, date | None, date | None, str | None]
_UNCLEAR: Days = ("unclear", None, None, None)
_NONE: Days = ("none", None, None, None)
_RELATIVE: Days = ("relative", None, None, None)


def _financial(text: str) -> Days:
    year = financial_start(text)
    if year is None:
        # '2010-2014' is a stretch of years; '12/14' and '71/17' are no periods at all
        return _year_range(text) if len(re.findall(YEAR, text)) == 2 else _NONE
    return "plain", date(year, 4, 1), date(year + 1, 3, 31), "financial"


def _year(text: str) -> Days:
    return "plain", date(int(text), 1, 1), date(int(text), 12, 31), "calendar"


def _list(text: str) -> Days:
    """Several years named one by one; certain where none is missing between the first and the last."""
    pieces = re.findall(rf"{FINANCIAL}|{YEAR}", text)
    days = [_piece(piece) for piece in pieces]
    if len({basis for *_, basis in days}) != 1 or any(first is None for _, first, _, _ in days):
        return _UNCLEAR
    starts = sorted(first for _, first, _, _ in days if first)
    steps = {later.year - earlier.year for earlier, later in pairwise(starts)}
    ends = [last for _, _, last, _ in days if last]
    return ("plain", starts[0], max(ends), days[0][3]) if steps == {1} else _UNCLEAR


def _cut_short(text: str) -> Days:
    """'2017, 2018 and 2019 (to 31 August)': the last of the years ends early."""
    years = re.findall(YEAR, text)
    return _between(_list(" and ".join(years))[1], _part_of_year(f"{years[-1]} {text.partition('(')[2]}")[2])


def _piece(text: str) -> Days:
    return _year(text) if re.fullmatch(YEAR, text) else _financial(text)


def _list_to_date(text: str) -> Days:
    kind, first, _, basis = _list(text)
    return ("open", first, None, basis) if kind == "plain" else _UNCLEAR


def _financial_range(text: str) -> Days:
    first, last = (_financial(piece) for piece in re.findall(FINANCIAL, text))
    if first[1] is None or last[2] is None or first[1] >= last[2]:
        return _UNCLEAR
    # 'between 2014/15 and 2016/17' is not a form the dbt project reads; 'A to B' is
    kind = "plain" if re.match(rf"(?:from )?{FINANCIAL} to ", text, re.IGNORECASE) else "range"
    return kind, first[1], last[2], "financial"


def _year_range(text: str) -> Days:
    first, last = (int(piece) for piece in re.findall(YEAR, text))
    # 'From 2021 to 2022' may be one financial year or two calendar years
    return ("range", date(first, 1, 1), date(last, 12, 31), "calendar") if last > first + 1 else _UNCLEAR


def _date_range(text: str) -> Days:
    days = [day_of(piece) for piece in re.findall(FULL_DATE, text, re.IGNORECASE)]
    kind, first, last, basis = _between(days[0], days[-1])
    is_read = re.fullmatch(rf"(?:from |between )?{_WRITTEN} ?(?:-|to|and) ?{_WRITTEN}", text, re.IGNORECASE)
    return "plain" if is_read and kind == "range" else kind, first, last, basis


def _between(first: date | None, last: date | None) -> Days:
    return ("range", first, last, None) if first and last and first <= last else _UNCLEAR


def _shared_year(text: str) -> Days:
    """'1 Jan-31 Dec 2015': the year stands once, for both ends."""
    days = re.findall(DAY_MONTH, text, re.IGNORECASE)
    year = re.findall(YEAR, text)[-1]
    return _between(day_of(f"{days[0]} {year}"), day_of(f"{days[1]} {year}"))


def _month_range(text: str) -> Days:
    """'April 2017-March 2022', 'January 2017 to 31 March 2018', 'April to September 2017'."""
    years = re.findall(YEAR, text)
    year = years[-1] if years else ""
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


def _month(text: str) -> Days:
    found = month_of(text)
    return ("plain", date(*found, 1), last_of_month(*found), "month") if found else _UNCLEAR


def _year_to(text: str) -> Days:
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


def _months_to(text: str) -> Days:
    """'Quarter ending June 2022', 'the six months to 30 September 2019': whole months up to the end of one."""
    piece = re.findall(rf"{FULL_DATE}|{MONTH_YEAR}", text, re.IGNORECASE)[-1]
    count = re.search(rf"({COUNT}) months", text, re.IGNORECASE)
    months = count_of(count[1]) if count else 6 if re.search("half", text, re.IGNORECASE) else 3
    found = _month_or_day(piece, "")
    if found is None or found[1] != last_of_month(found[1].year, found[1].month):
        return _UNCLEAR
    begins = found[1].year * 12 + found[1].month - months
    return "range", date(begins // 12, begins % 12 + 1, 1), found[1], None


def _months_of(text: str) -> Days:
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


def _months_of_financial(text: str) -> Days:
    """'Oct-Mar 2021/22': months of a financial year."""
    year = re.search(rf"{FINANCIAL}$", text)
    kind, _, _, _ = _financial(year[0]) if year else _UNCLEAR
    return (
        _part_of_year(f"{year[0]} ({text[: year.start()].strip()})") if year and kind == "plain" else _UNCLEAR
    )


def _part_of_year(text: str) -> Days:
    """'2016 to the end of June', '2019 (January to August)', '2023/24 (to 31 December)': the year from its first day,
    or from the month named, to the day named."""
    year = re.match(rf"{FINANCIAL}|{YEAR}", text)
    kind, first, last, _ = _piece(year[0]) if year else _UNCLEAR
    if kind != "plain" or first is None or last is None or year is None:
        return _UNCLEAR
    ends = [
        days
        for piece in re.findall(_POINT, text[year.end() :], re.IGNORECASE)
        for number in sorted({first.year, last.year})
        if (days := _month_or_day(f"{piece} {number}", "")) and first <= days[0] and days[1] <= last
    ]
    begins = ends[0][0] if len(ends) > 1 else first
    is_certain = len(set(ends)) in (1, 2) and len(ends) < 3
    return _between(begins, ends[-1][1]) if is_certain else _UNCLEAR


def _open(text: str) -> Days:
    piece = re.search(rf"{FULL_DATE}|{MONTH_YEAR}|{FINANCIAL}|{YEAR}", text, re.IGNORECASE)
    if piece is None:
        return _UNCLEAR
    if found := _month_or_day(piece[0], ""):
        return "open", found[0], None, None
    _, first, _, basis = _piece(piece[0])
    return ("open", first, None, basis) if first else _UNCLEAR


_POINT = rf"(?:{DAY_MONTH}|{MONTH})"
_TO_POINT = rf"(?:{_POINT} ?(?:to|-|–|until) ?|(?:up )?(?:to|until) )(?:the )?(?:end of )?{_POINT}"

FORMS: tuple[tuple[str, Callable[[str], Days]], ...] = (
    (rf"{_FROM}{FULL_DATE}{_TO}{FULL_DATE}", _date_range),
    (QUARTER, quarter_of),
    (YEARS_FROM_MONTH, years_from_month),
    (
        rf"{_FROM}(?:{FULL_DATE}|{MONTH_YEAR}|{DAY_MONTH}|{MONTH}){_TO}{DAY_MONTH},? this year",
        lambda _: _RELATIVE,
    ),
    (rf"{_FROM}{DAY_MONTH}{_TO}{DAY_MONTH},? {YEAR}", _shared_year),
    (
        (
            r"(?:the )?(?:(?:financial |full )?year|(?:12|twelve) months) (?:to|ending|ended|up "
            r"to)(?: the end of)?(?: in)? "
            rf"(?:{FULL_DATE}|{MONTH_YEAR})"
        ),
        _year_to,
    ),
    (
        (
            rf"(?:the )?(?:quarter|half year|half-year|{COUNT} months) (?:to|ending|ended)(?: the end of)?(?: in)? "
            rf"(?:{FULL_DATE}|{MONTH_YEAR})"
        ),
        _months_to,
    ),
    (rf"{_FROM}{MONTH_YEAR}{_TO}(?:{FULL_DATE}|{MONTH_YEAR})", _month_range),
    (rf"{_FROM}{FULL_DATE}{_TO}{MONTH_YEAR}", _month_range),
    (rf"{MONTH}{_TO}{MONTH} {FINANCIAL}", _months_of_financial),
    (rf"{_FROM}{MONTH}{_TO}{MONTH_YEAR}", _month_range),
    (rf"(?:{_YEARS}|{_FINANCIALS}) to date", _list_to_date),
    (rf"(?:{FULL_DATE}|{MONTH_YEAR}) ?(?:to|until) ?{_POINT}\b(?!,? {YEAR})", lambda _: _UNCLEAR),
    (rf"{_YEARS} \((?:up )?(?:to|until)(?: the)?(?: end of)? {_POINT}\)", _cut_short),
    (
        rf"(?:{FINANCIAL}|{YEAR}),? (?:\((?:part year[,:]? )?{_TO_POINT}\)|{_TO_POINT}(?! (?:{YEAR}|\d)))",
        _part_of_year,
    ),
    (rf"{_FROM}{YEAR} ?(?:to|until|up to|[–-]) ?(?:{FULL_DATE}|{MONTH_YEAR})", lambda _: _UNCLEAR),
    (
        (
            rf"(?:(?:from|since|between) )?(?:{FULL_DATE}|{MONTH_YEAR}|{FINANCIAL}|{YEAR})(?: "
            r"?(?:to|until|up to|till|and|[–-]) ?(?:the )?"
            r"(?:(?:current |present )?date(?: of (?:this|the|your|my) (?:request|foi))?"
            r"|present(?: day| time)?|now|today)| onwards?)"
        ),
        _open,
    ),
    (
        (
            rf"(?:since|from) {FULL_DATE}|since (?:the (?:start|beginning) of )?(?:{MONTH_YEAR}"
            rf"|{FINANCIAL}|{YEAR})"
        ),
        _open,
    ),
    (
        (
            r"(?:before|after|until|up to|by|prior to|pre|post|mid|early|late|(?:the )?(?:end"
            r"|start|beginning|middle) of|spring|summer|autumn|winter"
            r"|christmas|easter|q[1-4]|quarter [1-4]|h[12]|week \d+|year (?:ending|ended|to))[ "
            rf"-](?:in )?(?:{FINANCIAL}|{YEAR})"
        ),
        lambda _: _UNCLEAR,
    ),
    (rf"{FULL_DATE}", lambda text: ("day", day_of(text), None, None)),
    (
        (
            rf"(?:the )?(?:first|last|final|second) (?:{COUNT} months|half|quarter) of (?:{YEAR}"
            r"|this year|last year)"
        ),
        lambda text: _months_of(text) if re.search(YEAR, text) else _RELATIVE,
    ),
    (
        rf"between {FINANCIAL} and {FINANCIAL}|(?:from )?{FINANCIAL} ?(?:to|until|–|-) ?{FINANCIAL}",
        _financial_range,
    ),
    (rf"{_FINANCIALS}", _list),
    (rf"(?:between|from) {YEAR} (?:to|and|until|[–-]) {YEAR}", _year_range),
    (rf"{YEAR} (?:to|until|up to) {YEAR}", _year_range),
    (rf"{_YEARS}", _list),
    (rf"{FINANCIAL}", _financial),
    (rf"{MONTH_YEAR}", _month),
    (rf"{DAY_MONTH}", lambda _: ("day", None, None, None)),
    (rf"{YEAR}", _year),
    *((form, lambda _: _RELATIVE) for form in RELATIVES),
)
