"""Rows on paper: nothing is lost, nothing is changed, and comparisons say what they show."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest

from orchestration import present, side_by_side

COLUMNS = ["label", "count"]
TYPES = ["VARCHAR", "BIGINT"]
AWKWARD = [
    ['Caution – "adult", 2014', 1],
    ["=SUM(A1)", 2],
    ["+1", 3],
    ["two\nlines", 4],
    ["a|b", 5],
    ["", 6],
    [None, None],
    [" spaced ", 7],
]


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def test_csv_reads_back_exactly_as_it_was() -> None:
    printed = _text(present.lines("csv", COLUMNS, AWKWARD, TYPES))
    rows = list(csv.reader(io.StringIO(printed, newline="")))
    assert rows == [
        COLUMNS,
        *([label or "", "" if count is None else str(count)] for label, count in AWKWARD),
    ]
    assert '"",6\n' in printed, "an empty text is not a null"
    assert "\n,\n" in printed


def test_json_is_valid_whatever_the_values() -> None:
    columns = ["day", "moment", "half", "whole", "bad", "list", "map", "same", "same"]
    row = [
        datetime.date(2014, 4, 1), datetime.datetime(2014, 4, 1, 9, 30, tzinfo=datetime.UTC),
        Decimal("0.50"), Decimal("2.00"), float("nan"),
        [1, None], {"ward": datetime.date(2015, 1, 2)}, True, None,
    ]  # fmt: skip
    assert json.loads(_text(present.lines("json", columns, [row]))) == [
        {
            "day": "2014-04-01", "moment": "2014-04-01T09:30:00+00:00", "half": 0.5, "whole": 2, "bad": None,
            "list": [1, None], "map": {"ward": "2015-01-02"}, "same": True, "same_2": None,
        }
    ]  # fmt: skip
    assert json.loads(_text(present.lines("json", COLUMNS, []))) == []
    assert len(json.loads(_text(present.lines("json", COLUMNS, AWKWARD)))) == len(AWKWARD)


def test_markdown_keeps_each_row_on_one_line() -> None:
    printed = list(present.lines("markdown", COLUMNS, AWKWARD, TYPES))
    assert len(printed) == len(AWKWARD) + 2
    assert printed[1] == "| --- | ---: |"
    assert printed[5] == "| two<br>lines | 4 |"
    assert printed[6] == "| a\\|b | 5 |"


def test_table_sets_numbers_to_the_right() -> None:
    assert list(present.lines("table", COLUMNS, [["short", 1], ["much longer", 1234]], TYPES)) == [
        "label        count",
        "───────────  ─────",
        "short            1",
        "much longer   1234",
    ]


@pytest.mark.parametrize(
    ("low", "high", "printed"),
    [
        (1207, 1207, "1,207"),
        (64, 103, "64–103"),
        (1, None, "≥ 1"),
        (None, None, "·"),
        (None, 4, "≤ 4"),
        (0, 0, "0"),
    ],
)
def test_an_interval_is_never_one_of_its_ends(low: int | None, high: int | None, printed: str) -> None:
    assert side_by_side.interval(low, high) == printed


def _row(
    force: str, year: int, value: int, rank: tuple[int, int] | None = None, **other: Any
) -> dict[str, Any]:
    return {
        "title": "Facebook", "platform_id": "facebook", "measure": "crime_reports", "period_basis": "calendar",
        "period_start_on": datetime.date(year, 1, 1), "period_end_on": datetime.date(year, 12, 31),
        "period_label": str(year), "force_id": force.lower(), "force_name": force,
        "disclosure_ids": [f"{force.lower()}/1"], "value_low": value, "value_high": value, "value_origin": "counted",
        "rate_low_per_100k": value / 10, "rate_high_per_100k": value / 10,
        "rank_best": rank[0] if rank else None, "rank_worst": rank[1] if rank else None,
        "forces_in_group": 2 if rank else None, "reasons": [],
        "comparison_group": "crime_reports · keyword · calendar" if rank else "crime_reports · flag · calendar",
    } | other  # fmt: skip


def test_ranked_forces_come_first_and_the_others_say_why_not() -> None:
    rows = [
        _row("Alpha", 2013, 7, (1, 2)),
        _row("Alpha", 2014, 1500, (2, 2), reasons=["reported by the press"]),
        _row("Beta", 2014, 2000, (1, 1), reasons=["reported by the press"]),
        _row(
            "Gamma",
            2014,
            9,
            value_high=None,
            reasons=["found by flag, the others by keyword", "reported by the press"],
        ),
    ]
    printed = list(side_by_side.report(rows, [], "platform_id", "family", "platform"))
    assert printed[:10] == [
        "Facebook · crime reports · keyword · calendar years",
        "       2013   2014  per 100,000 in 2014    rank",
        "─────  ────  ─────  ───────────────────  ──────",
        "Beta      ·  2,000               200.00  1 of 2",
        "Alpha     7  1,500               150.00  2 of 2",
        "    Beta: reported by the press",
        "    Alpha: 2014: reported by the press",
        "Shown beside, not ranked:",
        "Gamma     ·    ≥ 9                 0.90       –",
        "    found by flag, the others by keyword; reported by the press",
    ]
    assert "where disclosure_id = 'alpha/1' and platform_id = 'facebook'" in printed[-1]


def test_a_reason_all_share_is_said_once() -> None:
    rows = [
        _row("Alpha", 2014, 1, (1, 2), reasons=["press"]),
        _row("Beta", 2014, 1, (1, 2), reasons=["press"]),
    ]
    printed = list(side_by_side.report(rows, [], "platform_id", "family", "platform"))
    assert [line for line in printed if "press" in line] == ["    all of them: press"]
    assert "1–2 of 2" in printed[3]


def test_one_force_alone_is_one_table() -> None:
    rows = [_row("Alpha", 2014, 3), _row("Alpha", 2014, 4, title="Twitter", platform_id="twitter")]
    printed = list(side_by_side.report(rows, [], "platform_id", "family", "platform"))
    assert printed[0] == "Alpha · crime reports · flag · calendar years"
    assert [line.split()[0] for line in printed[4:6]] == ["Facebook", "Twitter"]


def test_a_finding_names_both_figures_and_both_answers() -> None:
    finding = {
        "force_name": "Alpha", "place": "facebook, 2014", "disclosure_id": "alpha/1", "other_disclosure_id": "alpha/2",
        "left_label": "alpha/1", "left_low": 935, "left_high": 935, "right_label": "alpha/2", "right_low": 1219,
        "right_high": 1219, "explanation": "Two answers give crime_reports for the same cell.",
    }  # fmt: skip
    assert side_by_side.sentence(finding) == "Alpha, facebook, 2014: alpha/1 gives 935, alpha/2 gives 1,219"
    inside = finding | {
        "other_disclosure_id": "alpha/1",
        "left_label": "printed total",
        "right_label": "its rows",
    }
    assert (
        side_by_side.sentence(inside)
        == "Alpha, facebook, 2014: printed total gives 935, its rows gives 1,219 (alpha/1)"
    )
    printed = list(
        side_by_side.report([_row("Alpha", 2014, 1)], [finding], "platform_id", "family", "platform")
    )
    assert "  Two answers give crime reports for the same cell." in printed


def test_no_figures_points_to_the_coverage() -> None:
    printed = list(side_by_side.report([], [], "platform_id", "some-family", "platform"))
    assert printed[0].startswith("No force gave figures by platform for some-family.")
    assert "cmp_coverage where request_id = 'some-family'" in printed[1]
