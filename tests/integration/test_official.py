"""Official statistics: ordinary disclosures, the baseline of every comparison and part of none."""

from __future__ import annotations

import pytest

from tests.conftest import Built

TOTALS = "multi-force/recorded-sexual-offences-2002-2018"
RECORDED = "multi-force/recorded-crime-open-data-2017-18"
OUTCOMES_2017 = "multi-force/crime-outcomes-open-data-2017-18"
OUTCOMES_2018 = "multi-force/crime-outcomes-open-data-2018-19"


def test_sexual_offences_recorded_in_norfolk(built: Built) -> None:
    rows = built.rows(
        "select period_label, value_low, value_high from fct_official_count where force_id = 'norfolk' "
        "and offence_group = 'Sexual offences' and offence_code is null and count_basis = 'recorded' "
        "and period_label in ('2014/15', '2015/16', '2016/17') order by 1"
    )
    assert rows == [("2014/15", 1465, 1465), ("2015/16", 1711, 1711), ("2016/17", 1939, 1939)]


@pytest.mark.parametrize(
    ("disclosure_id", "count_basis", "rows", "forces", "total"),
    [
        (TOTALS, "recorded", 704, 44, 1141804),
        (RECORDED, "recorded", 1012, 44, 174069),
        (OUTCOMES_2017, "recorded_by_outcome", 8391, 44, 173708),
        (OUTCOMES_2017, "outcomes_in_period", 8391, 44, 160223),
        (OUTCOMES_2018, "recorded_by_outcome", 8294, 44, 188822),
        (OUTCOMES_2018, "outcomes_in_period", 8294, 44, 181391),
        (OUTCOMES_2018, "recorded", 928, 44, 188822),
    ],
)
def test_every_official_figure_is_a_count(
    built: Built, disclosure_id: str, count_basis: str, rows: int, forces: int, total: int
) -> None:
    found = built.rows(
        "select count(*), count(distinct force_id), sum(value_low) from fct_official_count "
        "where disclosure_id = ? and count_basis = ?",
        disclosure_id, count_basis,
    )  # fmt: skip
    assert found == [(rows, forces, total)]


@pytest.mark.parametrize(
    ("force_id", "code", "outcome", "year", "count_basis", "count"),
    [
        ("kent", "88A", None, "2017/18", "recorded", 45),
        ("kent", "88A", None, "2018/19", "recorded", 123),
        ("avon-and-somerset", "86", None, "2017/18", "recorded", 462),
        ("avon-and-somerset", "86", "1", "2017/18", "recorded_by_outcome", 77),
        ("avon-and-somerset", "86", "1", "2017/18", "outcomes_in_period", 102),
        ("bedfordshire", "86", "0", "2017/18", "recorded_by_outcome", -21),
    ],
)
def test_spot_figures(
    built: Built, force_id: str, code: str, outcome: str | None, year: str, count_basis: str, count: int
) -> None:
    rows = built.rows(
        "select value_low, value_high from fct_official_count where force_id = ? and offence_code = ? "
        "and outcome_code is not distinct from ? and period_label = ? and count_basis = ?",
        force_id, code, outcome, year, count_basis,
    )  # fmt: skip
    assert rows == [(count, count)]


def test_offences_recorded_in_2018_19_are_the_sum_of_their_outcomes(built: Built) -> None:
    rows = built.rows(
        "select status, count(*) from qa_reconciliations "
        "where disclosure_id = ? and check_name = 'table_against_table' group by 1",
        OUTCOMES_2018,
    )
    assert rows == [("agrees", 928)]


def test_official_statistics_are_no_answer_among_answers(built: Built) -> None:
    official = "select disclosure_id from dim_disclosure where kind = 'official_statistics'"
    assert (
        built.value(f"select count(*) from main.int_comparison_cells where disclosure_id in ({official})")
        == 0
    )
    assert built.value(f"select count(*) from dim_disclosure where disclosure_id in ({official})") == 4
    assert built.value(f"select count(*) from fct_disclosure_part where disclosure_id in ({official})") == 0
