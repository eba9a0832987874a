"""A comparison as text: one block per thing compared, ranked forces first, the others beside them with the reason.

Pure: rows in, lines out. What may be ranked, and why not, has been decided in the warehouse.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any

from orchestration.present import aligned

Row = dict[str, Any]
Period = tuple[Any, Any, str]

NOTHING = "·"
UNRANKED = "–"
WIDTH = 110
# where a code of the comparison is the code of the printed figures themselves
_PLAIN = {"counted", "printed_total"}
_CODES = {"platform_id", "offence_code", "outcome_code"}
_BASES = {
    "financial": "financial years",
    "calendar": "calendar years",
    "tax": "tax years",
    "month": "months",
    "half": "half years",
    "rolling": "rolling periods",
    "part_year": "parts of years",
}


def report(
    rows: Sequence[Row],
    findings: Iterable[Row],
    key: str,
    family: str,
    dimension: str,
    breaks: Iterable[Row] = (),
) -> Iterator[str]:
    """Every block, the series breaks, the findings, then how to walk a number back to where it was printed."""
    if not rows:
        yield f"No force gave figures by {dimension} for {family}. What became of the request:"
        yield f"  foi query \"select * from cmp_coverage where request_id = '{family}'\""
        return
    alone = len({row["force_id"] for row in rows}) == 1
    for block in _grouped(rows, "force_name" if alone else "title", "measure", "period_basis"):
        yield from _block(block, "title" if alone else "force_name")
        yield ""
    broken = list(breaks)
    if broken:
        yield "Series breaks: no change is told across these days"
        for row in broken:
            code = f", {row['dimension_code']}" if row["dimension_code"] else ""
            yield from _wrapped(f"{row['force_name']}{code}: {row['evidence']}", "  - ", "    ")
        yield ""
    told = list(_findings(findings))
    if told:
        yield "Findings"
        yield from told
        yield ""
    yield "Trace any number to the line it was printed on:"
    yield f'  foi query "{_trace(rows, key)}"'


def interval(low: float | None, high: float | None, decimals: int = 0) -> str:
    """A number as ``1,207``, an interval as ``64–103``, one without an upper bound as ``≥ 1``."""
    if low is None:
        return NOTHING if high is None else f"≤ {high:,.{decimals}f}"
    if high is None:
        return f"≥ {low:,.{decimals}f}"
    lower, upper = f"{low:,.{decimals}f}", f"{high:,.{decimals}f}"
    return lower if lower == upper else f"{lower}–{upper}"


def rank(row: Row | None) -> str:
    """``2 of 7``; ``2–3 of 7`` where the intervals leave two places open."""
    if row is None or row["rank_best"] is None:
        return UNRANKED
    best, worst = row["rank_best"], row["rank_worst"]
    place = f"{best}" if worst in {None, best} else f"{best}–{worst}"
    return f"{place} of {row['forces_in_group']}"


def sentence(finding: Row) -> str:
    """One finding in words, with both figures and the answer each stands in."""
    left, right = finding["disclosure_id"], finding["other_disclosure_id"]
    where = ", ".join(part for part in (finding["force_name"], finding["place"]) if part)
    first = f"{finding['left_label']} gives {interval(finding['left_low'], finding['left_high'])}"
    second = f"{finding['right_label']} gives {interval(finding['right_low'], finding['right_high'])}"
    unnamed = [
        name for name in (left, right) if name and name not in {finding["left_label"], finding["right_label"]}
    ]
    sources = f" ({', '.join(dict.fromkeys(unnamed))})" if unnamed else ""
    return f"{where}: {first}, {second}{sources}"


def _grouped(rows: Sequence[Row], *columns: str) -> list[list[Row]]:
    """Rows with the same values together, in the order these values are first met."""
    groups: dict[tuple[Hashable, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[column] for column in columns), []).append(row)
    first = [row[columns[0]] for row in rows]
    return [groups[key] for key in sorted(groups, key=lambda key: first.index(key[0]))]


def _block(rows: list[Row], name: str) -> Iterator[str]:
    """One heading, the ranked lines ordered by rank, the unranked below with the reasons they share."""
    periods = sorted({_period(row) for row in rows}, key=lambda period: (str(period[0]), str(period[1])))
    latest = periods[-1]
    lines: dict[str, dict[Period, Row]] = {}
    for row in rows:
        lines.setdefault(row[name], {})[_period(row)] = row
    ranked = [label for label, cells in lines.items() if rank(cells.get(latest)) != UNRANKED]
    ranked.sort(
        key=lambda label: (lines[label][latest]["rank_best"], lines[label][latest]["rank_worst"], label)
    )
    beside = [label for label in lines if label not in ranked]

    header = ["", *(period[2] for period in periods), f"per 100,000 in {latest[2]}", "rank"]
    body = [_line(label, lines[label], periods) for label in [*ranked, *beside]]
    printed = list(aligned([header, *body], [False, *([True] * (len(header) - 1))], rule=True))
    reasons = {label: _reasons(cells, periods) for label, cells in lines.items()}
    shared = _shared(reasons)

    yield _heading(rows, "force_name" if name == "title" else "title")
    yield from printed[: 2 + len(ranked)]
    for label in ranked:
        yield from _notes(f"{label}: ", [reason for reason in reasons[label] if reason not in shared])
    if beside:
        yield "Shown beside, not ranked:"
    unranked = dict(zip(beside, printed[2 + len(ranked) :], strict=True))
    alike: dict[tuple[str, ...], list[str]] = {}
    for label in beside:
        without = [] if latest in lines[label] else [f"no figure for {latest[2]}"]
        own = [*without, *(reason for reason in reasons[label] if reason not in shared)]
        alike.setdefault(tuple(own), []).append(label)
    for why, labels in alike.items():
        yield from (unranked[label] for label in labels)
        yield from _notes(f"these {len(labels)}: " if len(labels) > 1 else "", why)
    yield from _notes("all of them: " if len(lines) > 1 else "", shared)


def _period(row: Row) -> Period:
    return row["period_start_on"], row["period_end_on"], str(row["period_label"])


def _line(label: str, cells: dict[Period, Row], periods: Sequence[Period]) -> list[str]:
    values = [
        interval(cell["value_low"], cell["value_high"]) if (cell := cells.get(period)) else NOTHING
        for period in periods
    ]
    last = cells.get(periods[-1])
    rate = UNRANKED
    if last is not None and last["rate_low_per_100k"] is not None:
        rate = interval(last["rate_low_per_100k"], last["rate_high_per_100k"], 2)
    return [label, *values, rate, rank(last)]


def _heading(rows: list[Row], title: str) -> str:
    """``Facebook · crime reports · keyword · victims: all ages · calendar years``, as far as its forces agree."""
    ranked = [row for row in rows if rank(row) != UNRANKED] or rows
    groups = {row["comparison_group"] for row in ranked}
    known = groups.pop().split(" · ") if len(groups) == 1 else [rows[0]["measure"], rows[0]["period_basis"]]
    said = [
        _BASES.get(part, words(part)) for part in known if part and not part.startswith("platforms pooled")
    ]
    return " · ".join([str(rows[0][title]), *said])


def _reasons(cells: dict[Period, Row], periods: Sequence[Period]) -> list[str]:
    """Every distinct reason; one that holds for some of the periods only says which."""
    found: dict[str, list[str]] = {}
    for period in periods:
        for reason in (cells[period]["reasons"] or []) if period in cells else []:
            found.setdefault(words(reason), []).append(period[2])
    every = sum(period in cells for period in periods)
    return [
        reason if len(labels) == every or every == 1 else f"{', '.join(labels)}: {reason}"
        for reason, labels in found.items()
    ]


def _shared(reasons: dict[str, list[str]]) -> list[str]:
    """The reasons that hold for every line of a block, so that they are said once."""
    first, *others = reasons.values()
    return [reason for reason in first if all(reason in other for other in others)]


def _notes(label: str, reasons: Sequence[str]) -> Iterator[str]:
    if reasons:
        yield from _wrapped(label + "; ".join(reasons), "    ", "      ")


def _findings(findings: Iterable[Row]) -> Iterator[str]:
    """The findings under the reason why they should have agreed."""
    for group in _grouped(list(findings), "explanation"):
        yield from _wrapped(words(group[0]["explanation"] or "These should agree."), "  ", "  ")
        for finding in group:
            yield from _wrapped(sentence(finding), "  - ", "    ")


def _wrapped(text: str, first: str, following: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=following,
        break_long_words=False,
        break_on_hyphens=False,
    )


def words(code: str) -> str:
    """Codes as they are said: ``crime_reports`` is ``crime reports``, alone or inside a sentence."""
    return re.sub(r"(?<=[a-z])_(?=[a-z])", " ", code)


def _trace(rows: Sequence[Row], key: str) -> str:
    """A query that finds the printed figures behind one row shown, ready to be changed."""
    plain = (row for row in rows if row["disclosure_ids"] and row[key] and row["value_origin"] in _PLAIN)
    row = next(plain, next((row for row in rows if row["disclosure_ids"]), rows[0]))
    disclosure = (row["disclosure_ids"] or [""])[0]
    same = (
        f" and {key} = '{row[key]}'" if row[key] and key in _CODES and row["value_origin"] in _PLAIN else ""
    )
    return (
        "select period_text, value_text, locator, disclosure_id from fct_disclosed_value "
        f"where disclosure_id = '{disclosure}'{same}"
    )
