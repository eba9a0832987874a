"""Figures in sentences that total other figures of the document: told by arithmetic, or by words like 'By year'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ingest.draft.entries import read_as
from ingest.draft.model import DraftTable
from ingest.draft.periods import Period, find_periods, union
from ingest.draft.totals import number_in

_BREAKDOWN = re.compile(
    (
        r"\W*(?:by|broken down by|the breakdown by|split by) (?:calendar |financial )?(?:year"
        r"|month|platform|site|force)"
    ),
    re.IGNORECASE,
)
_ALL = re.compile(
    (
        r"\b(?:all (?:the )?(?:offences|crimes|reports|incidents|cases|records)|in total|(?:a"
        r"|the) total of|altogether|overall)\b"
    ),
    re.IGNORECASE,
)


def mark_totals(tables: Sequence[DraftTable]) -> None:
    """Mark the statements of one figure that the tables after them break down. ``tables`` stand in reading order."""
    for position, table in enumerate(tables):
        if table.fields["layout"] != "statement" or len(table.intended) != 1:
            continue
        value = number_in(table.intended[0]["value"])
        following = tables[position + 1 : position + 3]
        for other in following:
            if value is not None and _is_total_of(value, table, other):
                break
        else:
            same = [other for other in tables if other is not table and _measure(other) == _measure(table)]
            if _ALL.search(table.fields["text"]) and any(
                len(other.intended) > 1 or other.used for other in same
            ):
                table.fields["total_figures"] = {1: []}
                table.why["total_figures"] = "the words say that it is the whole, and parts of it are printed"


def _measure(table: DraftTable) -> Any:
    return table.fields.get("measure")


def _is_total_of(value: int, table: DraftTable, other: DraftTable) -> bool:
    if _measure(other) != _measure(table):
        return False
    if other.fields["layout"] == "statement" and len(other.intended) > 1:
        return _totals_series(value, table, other)
    if value in other.printed_totals and _agree(table, other):
        table.fields["totals"] = "all"
        table.why["totals"] = f"it is the printed total of the table {other.name}"
        return True
    return False


def _agree(table: DraftTable, other: DraftTable) -> bool:
    """Whether two tables are about the same offence and platform, as far as both say."""
    left, right = table.fields.get("given", {}), other.fields.get("given", {})
    return all(
        left.get(role) == right.get(role)
        for role in ("offence", "platform")
        if role in left and role in right
    )


def _totals_series(value: int, table: DraftTable, other: DraftTable) -> bool:
    """A figure and a series after it: '1,592 over three years. By year: 380 in 2014, 587 in 2015, 625 in 2016'."""
    numbers = [number_in(figure["value"]) for figure in other.intended]
    platforms = [_told(figure, other, "platform") for figure in other.intended]
    is_same_platform = set(platforms) == {_told(table.intended[0], table, "platform")}
    if not is_same_platform or any(number is None for number in numbers):
        return False
    periods = [_period(figure) for figure in other.intended]
    if sum(number or 0 for number in numbers) == value:
        table.fields["total_figures"] = {1: ["period"]}
        table.why["total_figures"] = "the figures of the next sentence add up to it"
        _compare_periods(table, other, periods)
        return True
    if _BREAKDOWN.match(other.fields["text"]):
        table.fields["total_figures"] = {1: []}
        table.why["total_figures"] = "the next sentence breaks it down, though not to the last figure"
        return True
    return False


def _told(figure: dict[str, str], table: DraftTable, role: str) -> str:
    return figure.get(role) or str(table.fields.get("given", {}).get(role, ""))


def _period(figure: dict[str, str]) -> Period | None:
    found = find_periods(figure.get("period", ""))
    return found[0] if found else None


def _compare_periods(table: DraftTable, other: DraftTable, periods: list[Period | None]) -> None:
    """Parts that add up cover the whole time of their total: that tells a period, or puts one in doubt."""
    known = [period for period in periods if period is not None and period.is_known]
    span = union(known) if len(known) == len(periods) else None
    own = _period(table.intended[0])
    if own is not None and own.is_known and own.kind != "open":
        if span is not None and (own.first, own.last) != span:
            _doubt_edges(other, own, periods)
        return
    relative = [period for period in find_periods(table.fields["text"]) if period.kind == "relative"]
    if span is not None and len(relative) == 1 and "period" not in table.fields.get("given", {}):
        text = relative[0].text
        table.fields["text"] = table.fields["text"].replace(text, "{period}", 1)
        table.intended[0]["period"] = text
        table.checks = [check for check in table.checks if text not in check]
        read_as(
            table,
            "period",
            text,
            f"{span[0]} to {span[1]}",
            "the years of the next sentence, which add up to it",
        )


def _doubt_edges(other: DraftTable, own: Period, periods: list[Period | None]) -> None:
    """A part that ends before its total does, though nothing is missing from the sum: left without a period."""
    for number, (figure, period) in enumerate(zip(other.intended, periods, strict=True), start=1):
        if period is None or period.last is None or own.last is None:
            continue
        is_last = period.last == max(p.last for p in periods if p is not None and p.last)
        if not is_last or period.last == own.last:
            continue
        text = figure.pop("period")
        other.fields["text"] = other.fields["text"].replace(f"{{period{number}}}", text, 1)
        readings = [
            reading for reading in other.fields.get("reads_as", []) if reading.get("figure") != number
        ]
        other.fields["reads_as"] = readings
        if not readings:
            del other.fields["reads_as"]
        other.checks.append(
            f"period: '{text}' ends before the total it belongs to, which it completes; left out"
        )
