"""Periods in running text and in headings: where they stand, which days they cover, how they are to be read.

What the dbt project reads by itself stays as printed; for anything else that has one certain meaning the meaning is
written out in ISO days. A text with no certain meaning ('last year' on an undated page) has no days here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from ingest.draft.calendar import YEAR
from ingest.draft.period_forms import FORMS


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


_TO_DATE = re.compile(
    r"\s*(?:\bytd|\((?:ytd|(?:year )?to date|part(?: year)?|part-year|\d{1,2} months)\))$", re.IGNORECASE
)
_PATTERNS = [
    (re.compile(rf"(?<![\w/.,£-])(?:{form})(?![\w/%]|[.,-]\d)", re.IGNORECASE), days) for form, days in FORMS
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


@lru_cache(maxsize=8192)
def period_of(text: str) -> Period | None:
    """The period a heading or cell consists of, footnote marks, 'FY' and 'Recorded in' aside; None where it says
    anything else. A year 'to date' has no known end."""
    bare = re.sub(
        r"^(?:(?:fy|cy|f/y|financial year|calendar year|year)\s*:?|(?:reported|recorded|received) in)\s*(?=\d)",
        "",
        text.strip(),
        flags=re.IGNORECASE,
    )
    bare = re.sub(
        r"\s*(?:[*†‡#^]+|[¹²³⁴⁵⁶⁷⁸⁹]+|\(\w\)|\[\w\]|\((?:p|provisional)\))$",
        "",
        bare,
        flags=re.IGNORECASE,
    )
    whole = _TO_DATE.sub("", bare)
    found = find_periods(whole)
    if len(found) != 1 or found[0].start or found[0].end != len(whole) or found[0].kind == "day":
        return None
    return replace(found[0], kind="open", last=None) if whole != bare else found[0]


def named_periods(text: str) -> list[Period]:
    """The periods of a text whose days are certain."""
    return [period for period in find_periods(text) if period.kind != "day" and period.is_known]


def union(periods: list[Period]) -> tuple[date, date] | None:
    """First and last day of periods that follow each other without a gap, in whatever order; else None."""
    days = sorted((period.first, period.last) for period in periods if period.first and period.last)
    if not days or len(days) != len(periods):
        return None
    for (_, last), (first, _) in pairwise(days):
        if (first - last).days != 1:
            return None
    return days[0][0], days[-1][1]
