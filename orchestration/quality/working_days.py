"""Working days as section 10 of the Freedom of Information Act 2000 counts them: no weekend, no bank holiday."""

from __future__ import annotations

from datetime import date

ALLOWED = 20
"""Section 10(1): an answer is due not later than the twentieth working day following the date of receipt."""


def working_days(received: date, answered: date) -> int:
    """Working days after the day of receipt, up to and including the day of the answer.

    Bank holidays are those of England. Section 10(6) leaves out those of any part of the United Kingdom, so the true
    number may be a day or two less around St Patrick's Day, the Battle of the Boyne and the Scottish holidays.
    """
    import holidays
    import numpy as np

    years = range(received.year, max(received.year, answered.year) + 1)
    bank = [np.datetime64(day) for day in holidays.country_holidays("GB", subdiv="ENG", years=years)]
    first, last = np.datetime64(received) + np.timedelta64(1, "D"), np.datetime64(answered)
    return int(np.busday_count(first, last + np.timedelta64(1, "D"), holidays=bank))
