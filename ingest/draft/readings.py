"""Periods that need a second place to be read: footnotes on headings, 'last year', 'three financial years'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from ingest.draft.calendar import COUNT, DAY_MONTH, MONTH, count_of, day_of, last_of_month, month_number
from ingest.draft.dates import Dates
from ingest.draft.given import Given, Level
from ingest.draft.lines import Line, sentences
from ingest.draft.periods import Period, find_periods, period_of

_MARK = re.compile(r"(?<=\S)\s*([*†‡^#]+|[¹²³⁴⁵⁶⁷⁸⁹]+|\(\w\)|\[\w\])$")
_RAISED = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")
_BEGINS = re.compile(
    r"(?:the )?(?:data |figures? |records? |year )?(?:is |are |runs? |covers? )?"
    r"(?:only )?(?:from|since|starting|beginning)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?:the )?(?:data |figures? |records? |year )?(?:is |are |runs? |covers? |shown )?"
    r"(?:only )?(?:up )?(?:to|until|till)\b",
    re.IGNORECASE,
)
_IS = re.compile(r"^(?:is|are|covers?|runs?)(?: for)? ", re.IGNORECASE)
_MONTHS = re.compile(rf"(?:from )?({MONTH}) (?:to|until|-|–) ({MONTH})", re.IGNORECASE)
_FROM_TO = re.compile(rf"(?:from )?{DAY_MONTH} (?:to|until|-|–) {DAY_MONTH}", re.IGNORECASE)
# '2024 is 1 January to 31 May': what the footnote says is said of the period itself.
_ITSELF = re.compile(
    r"^(?:the )?(?:year |figures? for |data for )?(?:(?:19|20)\d{2}(?:[/-]\d{2,4})?) (?:figures? |data )?"
    r"(?:is|are|covers?|runs?|shows?)(?: for| from(?= \d{1,2} \w+ to\b))? ",
    re.IGNORECASE,
)
_SPAN = re.compile(
    rf"\b(?:(?:the )?(last|past|previous) )?({COUNT}) (?:complete |full )?financial years\b", re.IGNORECASE
)


def footnoted(text: str, period: Period, lines: Sequence[Line]) -> tuple[str | None, str] | None:
    """What the footnote to a marked period says: '2015*' with '* from 21 May 2015' is 21 May to 31 December.

    Gives the days and the reason; None for the days where the whole period is meant, '' where a footnote speaks of days
    and cannot be read; None where nothing speaks of the period's extent. A sentence such as '2021 is to 31 August'
    needs no mark.
    """
    if period.first is None or period.last is None:
        return None
    mark = _MARK.search(text.strip())
    if mark is None:
        return _stated(period, lines)
    sign = mark[1].translate(_RAISED).strip("()[]")
    note = next((body for line in lines if (body := _note(line.text, sign)) is not None), None)
    if note is None:
        return None, f"the meaning of its mark '{mark[1]}' is not printed: the whole period is read"
    body = re.sub(r"\s*\b(?:only|inclusive)\b\.?$", "", note).strip(" :-–=.")
    body = _ITSELF.sub("", body)
    if days := _within(body, period):
        return days, f"footnote {sign}: {body[:60]}"
    if not any(found.kind != "relative" for found in find_periods(body)):
        return None, f"its footnote '{body[:60]}' does not speak of its days"
    return "", f"its footnote says '{body[:60]}': not read, so that its end is open"


def _note(line: str, sign: str) -> str | None:
    """The text of a line that begins with a footnote sign, in whatever way it is set."""
    text = line.strip().translate(_RAISED)
    match = re.match(
        rf"(?:note )?[(\[]?{re.escape(sign)}[)\].:]?(?![*†‡^#\d/])\s*(?=\S)", text, re.IGNORECASE
    )
    return text[match.end() :] if match and (not sign.isalnum() or match[0] != sign) else None


def _within(body: str, period: Period) -> str | None:
    """The days of a period of which a text names only the beginning, only the end, or both."""
    if period.first is None or period.last is None:
        return None
    whole = period_of(body)
    if whole is not None and whole.is_known and whole.first and whole.last:
        inside = period.first <= whole.first and whole.last <= period.last
        return f"{whole.first} to {whole.last}" if inside else None
    if months := _MONTHS.fullmatch(body):
        begins, ends = (month_number(name) for name in months.groups())
        first, last = date(period.first.year, begins, 1), last_of_month(period.first.year, ends)
        return f"{first} to {last}" if period.first <= first < last <= period.last else None
    days = [day for found in find_periods(body) if (day := _day(found, period)) is not None]
    if len(days) == 2 and days[0] < days[1] and _FROM_TO.fullmatch(body):
        return f"{days[0]} to {days[1]}"
    if len(days) != 1 or not period.first <= days[0] <= period.last:
        return None
    if _BEGINS.match(body):
        return f"{days[0]} to {period.last}"
    return f"{period.first} to {days[0]}" if _ENDS.match(body) else None


def _stated(period: Period, lines: Sequence[Line]) -> tuple[str | None, str] | None:
    """'2021 is to 31 August', 'the figures for 2021 are up to 31 August 2021'."""
    for line in lines:
        if line.asks:
            continue
        for first, last in sentences(line.text):
            text = line.text[first:last]
            found = next(
                (
                    p
                    for p in find_periods(text)
                    if (p.first, p.last) == (period.first, period.last) and p.kind == "plain"
                ),
                None,
            )
            if found is None:
                continue
            body = re.sub(r"\s*\bonly\b\.?$", "", text[found.end :]).strip(" ,:()-–=.")
            if months := _MONTHS.fullmatch(_IS.sub("", body)):
                body = months[0]
            if (months or _ENDS.match(body) or _BEGINS.match(body)) and (days := _within(body, period)):
                return days, f"the document says: {text[:80]}"
    return None


def _day(found: Period, period: Period) -> date | None:
    """A day; one without a year is that day of the period."""
    if found.kind not in ("day", "open"):
        return None
    if found.first is not None or period.first is None or period.last is None:
        return found.first
    days = [day_of(f"{found.text} {year}") for year in {period.first.year, period.last.year}]
    inside = [day for day in days if day is not None and period.first <= day <= period.last]
    return inside[0] if len(inside) == 1 else None


def months_of(names: Sequence[str], levels: Iterable[Level]) -> dict[str, Period]:
    """Months printed without a year, under a caption or question that names the one year they lie in."""
    for _, text in levels if names else ():
        spans = [p for p in find_periods(text) if p.first and p.last and p.kind != "day"]
        if len({(p.first, p.last) for p in spans}) > 1:
            return {}
        if spans:
            return _months_in(names, spans[0])
    return {}


def _months_in(names: Sequence[str], span: Period) -> dict[str, Period]:
    if span.first is None or span.last is None:
        return {}
    found = {}
    for name in names:
        firsts = [date(year, month_number(name), 1) for year in {span.first.year, span.last.year}]
        inside = [day for day in firsts if span.first <= day <= span.last]
        if len(inside) != 1:
            return {}
        first = inside[0]
        last = last_of_month(first.year, first.month)
        text = f"{first:%B} {first.year}"
        found[name] = Period(text, 0, len(text), "plain", first, last, "month")
    return found


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
