"""Which role a text plays: headings out of place, given texts, totals, what a number counts."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.disclosure import Disclosure
from tests.unit.layouts import codes, figures, laid_out, landed, sheet, table

REGION = sheet(
    "Police Force | 2022/23 | 2023/24", "Kent | 5 | 6", "Surrey* | 7 |", "South East | 12 | 6", "",
    "Two-year total, South East | | 18",
)  # fmt: skip
BY_FORCE: dict[str, Any] = {
    "layout": "crosstab",
    "find": {"header": ["Police Force", "2022/23", "2023/24"], "until": "Two-year"},
    "row_headings": ["force"],
    "column_headings": ["period"],
    "totals": ["South East"],
    "plays": {"South East": "other:area_text"},
}


def test_a_regional_total_among_forces_is_no_force() -> None:
    rows = landed(table(**BY_FORCE), REGION).tables
    told = [
        (row["force_text"], row["other_dims"], row["value_text"], row["is_total"])
        for row in rows["disclosed_values"]
    ]
    assert told == [
        ("Kent", {}, "5", False), ("Kent", {}, "6", False), ("Surrey*", {}, "7", False), ("Surrey*", {}, "", False),
        (None, {"area_text": "South East"}, "12", True), (None, {"area_text": "South East"}, "6", True),
    ]  # fmt: skip
    assert [(row["row_no"], row["totalled_role"], row["is_heading"]) for row in rows["totals"]] == [
        (5, "force", False), (5, "other:area_text", True), (6, "force", False), (6, "other:area_text", True),
    ]  # fmt: skip


def test_a_heading_that_plays_no_part_must_be_printed() -> None:
    rows = landed(table(**BY_FORCE | {"plays": {"South West": "other:area_text"}}), REGION)
    assert [(misfit.code, misfit.found) for misfit in rows.misfits] == [("heading_not_found", "'South West'")]


def test_a_force_as_a_heading_over_its_lines() -> None:
    listed = table(layout="list", find={"starts": "Kent"}, item=["period", "value"], sections="force")
    lines = sheet("Kent:", "2022: 5", "", "2023: 6", "Surrey", "2022: *")
    assert figures(listed, lines) == [
        ({"force": "Kent", "period": "2022"}, "5"),
        ({"force": "Kent", "period": "2023"}, "6"),
        ({"force": "Surrey", "period": "2022"}, "*"),
    ]
    assert codes(listed, sheet("Kent", "Surrey", "2022: 5")) == [("section_without_rows", "r1c1")]


def test_a_merged_heading_row_heads_the_rows_below_it() -> None:
    counts = table(
        layout="counts",
        find={"header": ["Year", "Number"], "nth": 1},
        columns={"Year": "period", "Number": "value"},
        sections="force",
    )
    grid = sheet("Year | Number", "Kent | Kent", "2022 | 5", "Year | Number", "2023 | 6", merged="Kent")
    assert figures(counts, grid) == [
        ({"force": "Kent", "period": "2022"}, "5"),
        ({"force": "Kent", "period": "2023"}, "6"),
    ]


def test_a_repeated_heading_row_is_no_record() -> None:
    records = table(
        layout="records",
        find={"header": ["Year", "Offence"], "nth": 1},
        columns={"Year": "period", "Offence": "offence"},
    )
    grid = sheet("Year | Offence", "2022 | Theft", "Year | Offence", "2023 | Theft")
    assert [texts["period"] for texts, _ in figures(records, grid)] == ["2022", "2023"]


def test_a_total_covers_what_is_given_for_its_role() -> None:
    counts = table(
        layout="counts",
        find={"header": ["Period", "Count"]},
        columns={"Period": "period", "Count": "value"},
        given={"period": "2021/22 and 2022/23", "platform": "TikTok"},
        totals=["Total"],
    )
    grid = sheet(
        "TikTok in 2021/22 and 2022/23", "Period | Count", "2021/22 | 14", "2022/23 | 16", "Total | 30"
    )
    rows = landed(counts, grid)
    assert rows.misfits == []
    told = [
        (row["period_text"], row["platform_text"], row["is_total"]) for row in rows.tables["disclosed_values"]
    ]
    assert told == [
        ("2021/22", "TikTok", False), ("2022/23", "TikTok", False), ("2021/22 and 2022/23", "TikTok", True),
    ]  # fmt: skip
    assert rows.tables["totals"] == [
        {"table_no": 1, "row_no": 3, "totalled_role": "period", "is_heading": False}
    ]


def test_a_total_without_a_word_for_it() -> None:
    sentence = table(
        layout="statement",
        text="{value1} {period1}: {value2} in {period2} and {value3} in {period3}.",
        total_figures={1: ["period"]},
    )
    rows = landed(sentence, sheet("30 over two years: 14 in 2021 and 16 in 2022.")).tables
    assert [row["is_total"] for row in rows["disclosed_values"]] == [True, False, False]
    assert rows["totals"] == [{"table_no": 1, "row_no": 1, "totalled_role": "period", "is_heading": False}]


def test_texts_given_for_some_rows_only() -> None:
    listed = table(
        layout="list",
        find={"starts": "2022"},
        item=["period", "value"],
        given={"other:flag": "CSE"},
        given_where=[{"where": {"period": "2023*"}, "given": {"other:part_period": "true"}}],
    )
    rows = landed(listed, sheet("2022: 5", "2023*: 6")).tables["disclosed_values"]
    assert [row["other_dims"] for row in rows] == [{"flag": "CSE"}, {"flag": "CSE", "part_period": "true"}]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (
            {"given_where": [{"where": {"period": "2024"}, "given": {"other:part": "true"}}]},
            "condition_never_met",
        ),
        ({"given_where": [{"where": {"period": "2022"}, "given": {"platform": "Kik"}}]}, "given_not_printed"),
        ({"given": {"platform": "Kik"}}, "given_not_printed"),
        ({"given": {"other:unit3": "cases"}}, "no_such_figure"),
        ({"total_figures": {3: ["period"]}}, "no_such_figure"),
        (
            {"reads_as": [{"role": "period", "text": "2022", "means": "2021", "figure": 2}]},
            "reading_never_used",
        ),
    ],
)
def test_a_declaration_in_vain_is_told(fields: dict[str, Any], code: str) -> None:
    listed = table(layout="list", find={"starts": "2022"}, item=["period", "value"], **fields)
    assert [misfit.code for misfit in landed(listed, sheet("2022: 5", "2023: 6")).misfits] == [code]


def test_what_a_number_counts_is_a_unit() -> None:
    sentence = table(
        layout="statement",
        text="{value1} {measure1} were charged; in {value2} {measure2} no one was.",
        reads_as=[
            {"role": "measure", "text": "offenders", "means": "people_charged"},
            {"role": "measure", "text": "cases", "means": "offences"},
        ],
    )
    rows = landed(sentence, sheet("177 offenders were charged; in 1,670 cases no one was.")).tables
    assert [row["measure_text"] for row in rows["disclosed_values"]] == ["offenders", "cases"]
    assert [(row["text"], row["means"]) for row in rows["readings"]] == [
        ("offenders", "people_charged"), ("cases", "offences"),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="'persons' is not a unit"):
        table(
            layout="statement",
            text="{value}",
            reads_as=[{"role": "measure", "text": "x", "means": "persons"}],
        )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{value} in {period} and {period}", "period more than once"),
        ("{value1} and {value1}", "2 value placeholders"),
    ],
)
def test_a_sentence_names_each_placeholder_once(text: str, found: str) -> None:
    (misfit,) = laid_out(table(layout="statement", text=text), sheet("7 in 2022 and 2023")).misfits
    assert (misfit.code, misfit.found) == ("bad_placeholder", found)


def test_a_sentence_passes_over_what_is_ignored() -> None:
    sentence = table(layout="statement", text="{ignore} rose to {value} in {ignore} from")
    assert figures(sentence, sheet("The figure rose to 7 in all from 5.")) == [({}, "7")]


def answer(*tables: dict[str, Any]) -> dict[str, Any]:
    return {
        "force": None, "reference": "1", "title": "t", "kind": "press_report", "fidelity": "transcript", "request": "r",
        "counting": {"unit": "offences"}, "parts": [{"part": "all", "status": "disclosed"}],
        "documents": [{"file": "d.txt", "sha256": "0" * 64}], "tables": list(tables),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"continues": "later"}, "no earlier table"),
        ({"continues": "first", "measure": "victims"}, "cannot have its own measure"),
        ({"continues": "first", "answers": ["all"]}, "cannot have its own answers"),
    ],
)
def test_a_continuation_is_checked(fields: dict[str, Any], complaint: str) -> None:
    first = {"name": "first", "layout": "statement", "text": "{value} a"}
    second = {"name": "second", "layout": "statement", "text": "{value} b"} | fields
    with pytest.raises(ValueError, match=complaint):
        Disclosure.model_validate(answer(first, second))


def test_columns_that_hold_no_counts_are_passed_over() -> None:
    """Each heading under skip must be printed: a slip of the pen would let a percentage pass for a count."""
    fields = {
        "layout": "crosstab",
        "find": {"header": ["Offence", "2018", "%", "2019", "%"]},
        "row_headings": ["offence"],
        "column_headings": ["period"],
    }
    lines = sheet("Offence|2018|%|2019|%", "Stalking|4|40|6|60")
    read = laid_out(table(**fields, skip=["%"]), lines)
    assert [(found.texts["period"], found.value_text) for found in read.figures] == [
        ("2018", "4"),
        ("2019", "6"),
    ]
    assert read.misfits == []
    missing = laid_out(table(**fields, skip=["Change"]), lines)
    assert [misfit.code for misfit in missing.misfits] == ["column_not_found"]
