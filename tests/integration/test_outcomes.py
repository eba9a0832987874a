"""Outcome labels of several writings: codes and names land on the same types and groups, record statuses on none.

Avon and Somerset's figures (OC codes) are as published. The other answers are invented, as are their figures;
their labels are the ones Hertfordshire and others print, and a wording that no force of the corpus uses.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import Built
from tests.support.rerun import Rerun, rerun

AVON = "avon-and-somerset/1247-22"
REQUEST = "sexual-grooming-88a-internet"
INVENTED = {
    "hertfordshire": {
        "Type 1 - Charged/Summonsed": 12,
        "Type 3 - Adult Caution": 4,
        "Type 8 - Community Resolution": 5,
        "Type 14 - Suspect not identified - Victim Unsupportive": 6,
        "Type 15 - Named Suspect - Evidential Difficulties": 30,
        "Type 16 - Named Suspect - Victim Unsupportive": 9,
        "Type 18 - No Suspect Identified": 50,
        "No Outcome - Unfinalised Investigation": 17,
    },
    "surrey": {
        "Charged or summonsed": 7,
        "Adult caution": 1,
        "Community resolution": 2,
        "No suspect identified": 40,
        "Under investigation": 8,
        "Filed": 3,
        "New": 2,
        "-": 1,
    },
    # and no word on open cases
    "bedfordshire": {"Charged or summonsed": 100, "No suspect identified": 200},
    # which may hide behind a label nobody knows, or in the rest
    "essex": {"Charged or summonsed": 70, "Closed or not, see above": 5},
    "cleveland": {"Charged or summonsed": 60, "All other disposals": 30},
}


@pytest.fixture(scope="module")
def side_by_side(built: Built) -> Iterator[Rerun]:
    """The answers to one request, with the invented ones for the year of Avon and Somerset's."""
    labels = [
        (f"{force_id}/invented", number, label, str(count))
        for force_id, table in INVENTED.items()
        for number, (label, count) in enumerate(table.items(), start=1)
    ]
    with rerun(built) as again:
        avon = f"select * {{}} from published.staging.{{}} where disclosure_id = '{AVON}'"
        answers, tables = "stg_disclosures", "stg_tables"
        again.replace(answers, " union all ".join([
            f"from published.staging.{answers} where request_id = '{REQUEST}'",
            *(avon.format(f"replace ('{force_id}/invented' as disclosure_id, '{force_id}' as force_id)", answers)
              for force_id in INVENTED),
        ]))  # fmt: skip
        again.replace(tables, " union all ".join([
            f"from published.staging.{tables}",
            *(avon.format(f"replace ('{force_id}/invented' as disclosure_id)", tables) for force_id in INVENTED),
        ]))  # fmt: skip
        again.replace(
            "stg_disclosed_values",
            f"from published.staging.stg_disclosed_values where disclosure_id = '{AVON}' union all "
            "select avon.* replace (invented.disclosure_id as disclosure_id, invented.row_no as row_no, "
            "invented.outcome_text as outcome_text, invented.value_text as value_text, "
            "invented.disclosure_id || invented.row_no as disclosed_value_id) "
            "from published.staging.stg_disclosed_values as avon cross join "
            f"(values {', '.join(['(?, ?, ?, ?)'] * len(labels))}) "
            "as invented(disclosure_id, row_no, outcome_text, value_text) "
            f"where avon.disclosure_id = '{AVON}' and avon.table_name = 'outcomes' and avon.row_no = 1",
            *(value for row in labels for value in row),
        )
        again.run("cmp_outcome")
        yield again


def test_three_writings_land_on_the_same_outcome_types(side_by_side: Rerun) -> None:
    counts = side_by_side.rows(
        "select outcome_code, map_from_entries(list((force_id, value_low) order by force_id)) "
        "from build.main.cmp_outcome where period_label = '2021/22' and measure = 'offences' "
        "and outcome_code is not null and value_low = value_high "
        "and force_id not in ('bedfordshire', 'cleveland', 'essex') "
        "group by 1 having count(*) > 1 order by try_cast(outcome_code as integer)"
    )
    assert counts == [
        ("0", {"avon-and-somerset": 53, "hertfordshire": 17, "surrey": 8}),
        ("1", {"avon-and-somerset": 23, "hertfordshire": 12, "surrey": 7}),
        ("3", {"avon-and-somerset": 2, "hertfordshire": 4, "surrey": 1}),
        ("8", {"avon-and-somerset": 1, "hertfordshire": 5, "surrey": 2}),
        ("14", {"avon-and-somerset": 21, "hertfordshire": 6}),
        ("15", {"avon-and-somerset": 36, "hertfordshire": 30}),
        ("16", {"avon-and-somerset": 13, "hertfordshire": 9}),
        ("18", {"avon-and-somerset": 84, "hertfordshire": 50, "surrey": 40}),
    ]


def test_and_on_the_same_outcome_groups(side_by_side: Rerun) -> None:
    groups = side_by_side.rows(
        "select outcome_group, map_from_entries(list((force_id, counted) order by force_id)) from ("
        "select outcome_group, force_id, sum(value_low)::integer as counted from build.main.cmp_outcome "
        "where period_label = '2021/22' and outcome_code in ('1', '3', '8', '14', '15', '16', '18') "
        "and force_id not in ('bedfordshire', 'cleveland', 'essex') group by 1, 2) group by 1 order by 1"
    )
    assert groups == [
        ("Charged/Summonsed", {"avon-and-somerset": 23, "hertfordshire": 12, "surrey": 7}),
        ("Evidential difficulties (suspect identified; victim supports action)",
         {"avon-and-somerset": 36, "hertfordshire": 30}),
        ("Evidential difficulties (victim does not support action)",
         {"avon-and-somerset": 21 + 13, "hertfordshire": 6 + 9}),
        ("Investigation complete – no suspect identified",
         {"avon-and-somerset": 84, "hertfordshire": 50, "surrey": 40}),
        ("Out-of-court (formal)", {"avon-and-somerset": 2, "hertfordshire": 4, "surrey": 1}),
        ("Out-of-court (informal)", {"avon-and-somerset": 1, "hertfordshire": 5, "surrey": 2}),
    ]  # fmt: skip


def test_they_are_ranked_with_each_other(side_by_side: Rerun) -> None:
    ranked = side_by_side.rows(
        "select force_id, rank_best, rank_worst, forces_in_group from build.main.cmp_outcome "
        "where period_label = '2021/22' and outcome_code = '18' and rank_best is not null order by rank_best"
    )
    assert ranked == [("avon-and-somerset", 1, 1, 3), ("hertfordshire", 2, 2, 3), ("surrey", 3, 3, 3)]


def test_new_filed_and_a_dash_are_no_outcomes(side_by_side: Rerun) -> None:
    """Avon and Somerset's New is an open case, Filed no outcome; the same words elsewhere have no code at all."""
    labels = side_by_side.rows(
        "select force_id, outcome_text, outcome_code, value_low from build.main.fct_disclosed_value "
        "where period_start_on = '2021-04-01' and force_id in ('avon-and-somerset', 'surrey') "
        "and (outcome_code is null or outcome_code = '0') and outcome_text is not null and not is_total order by 1, 2"
    )
    assert labels == [
        ("avon-and-somerset", "Filed – Incident Report OR CRI", None, 1),
        ("avon-and-somerset", "New – Under Investigation", "0", 53),
        ("surrey", "-", None, 1),
        ("surrey", "Filed", None, 3),
        ("surrey", "New", None, 2),
        ("surrey", "Under investigation", "0", 8),
    ]
    compared = side_by_side.rows(
        "select force_id, outcome_code, value_low, rank_best, comparability, reason_codes[1] "
        "from build.main.cmp_outcome where period_label = '2021/22' "
        "and (outcome_code is null or outcome_code = '0') order by 1, 2 nulls last"
    )
    assert compared == [
        ("avon-and-somerset", "0", 53, None, "not_comparable", "not_an_outcome"),
        ("avon-and-somerset", None, 1, None, "not_comparable", "no_code"),
        ("essex", None, 5, None, "not_comparable", "no_code"),
        ("hertfordshire", "0", 17, None, "not_comparable", "not_an_outcome"),
        ("surrey", "0", 8, None, "not_comparable", "not_an_outcome"),
        ("surrey", None, 3 + 2 + 1, None, "not_comparable", "no_code"),
    ]


def test_a_table_without_open_cases_is_not_compared_with_tables_that_list_them(side_by_side: Rerun) -> None:
    rows = side_by_side.rows(
        "select outcome_code, value_low, rank_best, comparability, reason_codes, reasons[1] "
        "from build.main.cmp_outcome where force_id = 'bedfordshire' order by 1"
    )
    told = "its table leaves out open cases, the others list them"
    assert rows == [
        ("1", 100, None, "not_comparable", ["open_cases"], told),
        ("18", 200, None, "not_comparable", ["open_cases"], told),
    ]


def test_a_table_that_may_hold_open_cases_under_other_labels_is_compared_with_neither(
    side_by_side: Rerun,
) -> None:
    rows = side_by_side.rows(
        "select force_id, value_low, rank_best, comparability, reason_codes, reasons[1] "
        "from build.main.cmp_outcome where force_id in ('cleveland', 'essex') and outcome_code = '1' "
        "and period_label = '2021/22' order by 1"
    )
    told = "its table may hold open cases under other labels, the others list them"
    assert rows == [
        ("cleveland", 60, None, "not_comparable", ["open_cases"], told),
        ("essex", 70, None, "not_comparable", ["open_cases"], told),
    ]


def test_the_answers_of_the_corpus_land_on_the_same_types(built: Built) -> None:
    """As Avon and Somerset (OC codes), Norfolk (Type n, and n. with words) and the press on Lancashire print them."""
    answers = [AVON, "norfolk/foi-004600-17", "lancashire/press-2017-06-26"]
    counts = built.rows(
        "select outcome_code, dim_outcome.outcome_group, force_id, count(distinct outcome_text), "
        "sum(value_low)::integer from fct_disclosed_value join dim_outcome using (outcome_code) "
        "where list_contains(?, disclosure_id) and outcome_code in ('0', '1', '15', '18', '21') and not is_total "
        "group by all order by outcome_code, force_id", answers,
    )  # fmt: skip
    supported = "Evidential difficulties (suspect identified; victim supports action)"
    unknown = "Investigation complete – no suspect identified"
    police = "Further investigation to support formal action not in the public interest – police decision"
    assert counts == [
        ("0", "Not yet assigned an outcome", "avon-and-somerset", 1, 53),
        ("0", "Not yet assigned an outcome", "lancashire", 1, 101),
        ("1", "Charged/Summonsed", "avon-and-somerset", 1, 23),
        ("1", "Charged/Summonsed", "lancashire", 1, 51),
        ("1", "Charged/Summonsed", "norfolk", 3, 28),
        ("15", supported, "avon-and-somerset", 1, 36),
        ("15", supported, "norfolk", 2, 32),
        ("18", unknown, "avon-and-somerset", 1, 84),
        ("18", unknown, "norfolk", 2, 24),
        ("21", police, "avon-and-somerset", 1, 4),
        ("21", police, "norfolk", 1, 16),
    ]
    without = built.rows(
        "select outcome_text, count(*), sum(value_low)::integer from fct_disclosed_value "
        "where list_contains(?, disclosure_id) and outcome_code is null and outcome_text is not null and not is_total "
        "group by 1 order by 1", answers,
    )  # fmt: skip
    assert without == [("-", 14, 14), ("Filed – Incident Report OR CRI", 1, 1)]
