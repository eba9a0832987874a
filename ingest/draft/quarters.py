"""Parts of financial years by their number, and spans of whole years from month to month."""

from __future__ import annotations

import re
from datetime import date

from ingest.draft.calendar import FINANCIAL, MONTH, financial_start, full_year, last_of_month, month_number

Days = tuple[str, date | None, date | None, str | None]
_PART = r"(?:(?:Q|qtr|quarter) ?[1-4]|(?:H|half) ?[12])"
QUARTER = rf"{_PART}(?: of)?,? {FINANCIAL}|{FINANCIAL},? {_PART}"
YEARS_FROM_MONTH = rf"{MONTH} \d{{2}} ?(?:-|–|to) ?{MONTH} \d{{2}}(?!\d)"
_UNCLEAR: Days = ("unclear", None, None, None)


def quarter_of(text: str) -> Days:
    """'Q1 2019/20' is April to June 2019. The quarters of a single year may be those of either kind of year."""
    year = re.search(FINANCIAL, text)
    part = re.search(r"(q|qtr|quarter|h|half) ?([1-4])(?!\d)", text, re.IGNORECASE)
    first = financial_start(year[0]) if year else None
    if first is None or part is None:
        return _UNCLEAR
    months = 3 if part[1][0].casefold() == "q" else 6
    begins = first * 12 + 3 + months * (int(part[2]) - 1)
    ends = begins + months - 1
    return (
        "range",
        date(begins // 12, begins % 12 + 1, 1),
        last_of_month(ends // 12, ends % 12 + 1),
        None,
    )


def years_from_month(text: str) -> Days:
    """'Apr 19 - Mar 20': whole years from the first day of a month; anything else may be two days of one year."""
    (first, begun), (last, ended) = re.findall(rf"({MONTH}) (\d{{2}})", text, re.IGNORECASE)
    begins = full_year(begun) * 12 + month_number(first) - 1
    ends = full_year(ended) * 12 + month_number(last) - 1
    months = ends - begins + 1
    if months < 12 or months % 12:
        return _UNCLEAR
    return (
        "range",
        date(begins // 12, begins % 12 + 1, 1),
        last_of_month(ends // 12, ends % 12 + 1),
        None,
    )
