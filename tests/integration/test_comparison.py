"""What people query: who may be compared with whom, what is shown beside, what contradicts what."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.conftest import Built, Ran

ROUND = "crime-reports-facebook-twitter-2012-2014"


def test_the_met_stands_with_its_three_figures(built: Built) -> None:
    rows = built.rows(
        "select period_label, value_low, value_high from cmp_platform "
        "where request_id = ? and force_id = 'metropolitan' and platform_id = 'facebook' order by 1", ROUND,
    )  # fmt: skip
    assert rows == [("2012", 997, 997), ("2013", 935, 935), ("2014", 1207, 1207)]


def test_only_forces_that_count_the_same_thing_are_ranked(built: Built) -> None:
    rows = built.records("select * from cmp_platform where request_id = ? and period_label = '2014'", ROUND)
    ranked = [row for row in rows if row["rank_best"] is not None]
    assert {row["force_id"] for row in ranked if row["platform_id"] == "facebook"} == {
        "cambridgeshire", "durham", "greater-manchester", "lancashire", "metropolitan", "northumbria", "staffordshire",
    }  # fmt: skip
    assert len({row["comparison_group"] for row in ranked if row["platform_id"] == "facebook"}) == 1
    rates = sorted(
        (row["rate_low_per_100k"], row["rank_best"]) for row in ranked if row["platform_id"] == "facebook"
    )
    assert [rank for _, rank in reversed(rates)] == [1, 2, 3, 4, 5, 6, 7]
    for force_id in ("northamptonshire", "north-yorkshire"):
        (pooled,) = [row for row in rows if row["force_id"] == force_id]
        assert (pooled["platform_id"], pooled["rank_best"], pooled["comparability"]) == (
            "any_listed",
            None,
            "not_comparable",
        )
        assert "printed as one figure for several platforms" in pooled["reasons"][0]


def test_contradictions_are_findings_not_averages(built: Built) -> None:
    rows = built.rows(
        "select force_id, place, left_low, right_low from qa_reconciliations "
        "where check_name = 'answer_against_answer' and status = 'differs' "
        "and force_id in ('metropolitan', 'lancashire') "
        "order by all"
    )
    assert rows == [
        ("lancashire", "facebook, 2012", 278, 250),
        ("lancashire", "facebook, 2013", 297, 264),
        ("lancashire", "twitter, 2012", 7, 3),
        ("lancashire", "twitter, 2013", 16, 10),
        ("metropolitan", "facebook, 2013", 935, 1219),
        ("metropolitan", "twitter, 2013", 105, 154),
    ]
    (reasons,) = built.rows(
        "select reasons from cmp_platform where request_id = ? and force_id = 'metropolitan' "
        "and platform_id = 'facebook' and period_label = '2013'", ROUND,
    )  # fmt: skip
    assert "contradicted by metropolitan/parliament-street-2014-computing, which gives 1219" in reasons[0]


def test_compare_shows_all_of_it(built: Built, foi: Callable[..., Ran]) -> None:
    ran = foi("compare", ROUND, "--by", "platform", data_dir=built.data_dir)
    assert (ran.exit_code, ran.err) == (0, "")
    facebook = ran.out[ran.out.index("Facebook ·") :]
    line = next(line for line in facebook.splitlines() if line.startswith("Metropolitan"))
    assert [word for word in line.split() if word[0].isdigit()][:3] == ["997", "935", "1,207"]
    beside = facebook[facebook.index("not ranked") :]
    for force in ("Northamptonshire", "North Yorkshire"):
        assert force in beside
    assert "printed as one figure for several platforms" in beside
    findings = ran.out[ran.out.index("Findings") :]
    for figure in ("1,219", "935", "278", "250"):
        assert figure in findings


def test_compare_as_data_holds_the_same_rows(built: Built, foi: Callable[..., Ran]) -> None:
    ran = foi(
        "compare",
        ROUND,
        "--by",
        "platform",
        "--force",
        "metropolitan",
        "--format",
        "json",
        data_dir=built.data_dir,
    )
    rows = json.loads(ran.out)
    assert {row["force_id"] for row in rows} == {"metropolitan"}
    assert {(row["platform_id"], row["period_label"], row["value_low"]) for row in rows} >= {
        ("facebook", "2014", 1207)
    }


def test_northamptonshire_hidden_victims(built: Built) -> None:
    rows = built.rows(
        "select value_status, value_low, value_high, count(*) from fct_disclosed_value "
        "where disclosure_id = 'northamptonshire/10905-25' and measure = 'victims' and not is_total "
        "group by all order by all"
    )
    assert rows == [
        ("blank", None, None, 6), ("reported", 2, 2, 1), ("reported", 22, 22, 2), ("suppressed", 1, None, 3),
    ]  # fmt: skip
    finding = built.rows(
        "select left_low, left_high, right_low, right_high, difference_low from qa_reconciliations "
        "where disclosure_id = 'northamptonshire/10905-25' and check_name = 'table_against_table' "
        "and status = 'differs'"
    )
    assert finding == [(52, 52, 46, 46, 6)]


def test_avon_and_somerset_sum_is_one_off(built: Built) -> None:
    rows = built.rows(
        "select left_low, right_low, difference_low from qa_reconciliations "
        "where disclosure_id = 'avon-and-somerset/1247-22' and check_name = 'printed_total'"
    )
    assert rows == [(245, 244, 1)]


def test_a_space_inside_a_number_is_no_new_number(built: Built) -> None:
    rows = built.rows(
        "select value_low, value_high, locator from fct_disclosed_value where value_text = '77, 686'"
    )
    assert rows == [(77686, 77686, "line 28")]


def test_answers_without_numbers_stand_in_the_coverage(built: Built) -> None:
    rows = built.rows(
        "select disclosure_ids[1], part, status, sections from cmp_coverage "
        "where list_has_any(disclosure_ids, ['essex/pub-1350-16347', 'northumbria/240-17']) order by all"
    )
    assert rows == [
        ("essex/pub-1350-16347", "internet_use", "refused_cost", ["12"]),
        ("essex/pub-1350-16347", "offences_and_charges", "refused_cost", ["12"]),
        ("essex/pub-1350-16347", "platforms", "refused_cost", ["12"]),
        ("northumbria/240-17", "crimes_by_app", "neither_confirm_nor_deny", ["12(2)", "17"]),
    ]
    numbers = (
        "select count(*) from fct_disclosed_value "
        "where disclosure_id in ('essex/pub-1350-16347', 'northumbria/240-17')"
    )
    assert built.value(numbers) == 0


def test_coverage_names_every_police_force_for_every_part(built: Built) -> None:
    forces = built.value("select count(*) from dim_force where force_type <> 'central-fraud-body'")
    short = built.rows(
        "select request_id, part, count(*) from cmp_coverage "
        "where part not in ('other_information', 'whole_request') group by all having count(*) <> ?",
        forces,
    )
    assert short == []


def test_findings_of_other_periods_are_not_shown(built: Built, foi: Callable[..., Ran]) -> None:
    family = "crime-reports-facebook-twitter-2012-2014"
    ran = foi("compare", family, "--by", "platform", "--period", "2013", data_dir=built.data_dir)
    assert "Lancashire, facebook, 2013:" in ran.out
    assert ", 2012:" not in ran.out
    assert ", 2012:" in foi("compare", family, "--by", "platform", data_dir=built.data_dir).out
