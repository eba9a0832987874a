"""What codes stand for, and from when to when: facts with a source, as the warehouse holds them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Built


def test_88a_is_another_series_from_3_april_2017(built: Built) -> None:
    rows = built.rows(
        "select offence_series_id, cast(series_from_on as varchar), cast(series_to_on as varchar) "
        "from dim_offence_series where offence_code in ('88A', '071/17') order by 1"
    )
    assert rows == [
        ("071/17#1", "2017-04-03", None),
        ("88A#1", "2004-05-01", "2017-04-02"),
        ("88A#2", "2017-04-03", None),
    ]


def test_every_code_has_series_without_gap_or_overlap(built: Built) -> None:
    broken = built.rows(
        "select offence_code from dim_offence_series "
        "qualify lead(series_from_on) over (partition by offence_code order by series_no) <> series_to_on + 1"
    )
    assert broken == []
    assert built.value(
        "select count(*) from dim_offence anti join dim_offence_series using (offence_code)"
    ) == 0  # fmt: skip


@pytest.mark.parametrize(
    ("code", "column", "value"),
    [
        ("19C", "victim_age_low", 16),
        ("19E", "victim_age_high", 12),
        ("19G", "victim_sex", "male"),
        ("19A", "successor_codes", ["19C", "19D", "19E"]),
        ("88E", "predecessor_code", "139"),
        ("71", "former_title", "Abuse of children through prostitution and pornography"),
        ("24", "former_group", "Sexual offences"),
        ("019/08", "class_codes", ["19C", "19J"]),
        ("019/08", "class_code", None),
        ("086/02", "is_sexual_offence_group", False),
        ("086/10", "is_indecent_image", True),
        ("071/17", "is_sexual_offence_group", True),
    ],
)
def test_facts_of_an_offence(built: Built, code: str, column: str, value: Any) -> None:
    assert built.value(f"select {column} from dim_offence where offence_code = ?", code) == value


@pytest.mark.parametrize(
    ("code", "introduced_on", "withdrawn_on"),
    [
        ("1", "2013-04-01", None),
        ("9", "2014-04-01", None),
        ("21", "2016-01-01", None),
        ("22", "2019-04-01", None),
        ("20", None, None),  # not confirmed
        ("legacy:cautioned", None, "2013-03-31"),
        ("legacy:other", None, "2014-03-31"),
    ],
)
def test_when_an_outcome_existed(
    built: Built, code: str, introduced_on: str | None, withdrawn_on: str | None
) -> None:
    rows = built.rows(
        "select cast(introduced_on as varchar), cast(withdrawn_on as varchar) from dim_outcome where outcome_code = ?",
        code,
    )
    assert rows == [(introduced_on, withdrawn_on)]


def test_children_of_norfolk_by_proxy_and_girls_by_band(built: Built) -> None:
    """The population by age of 2014 to 2016 is that of 2018; bands inside each other add up."""
    rows = built.rows(
        "select mid_year, is_proxy, proxy_of_mid_year, population from dim_population "
        "where force_id = 'norfolk' and sex is null and age_low = 0 and age_high = 17 and mid_year in (2016, 2018) "
        "order by 1"
    )
    assert [row[:3] for row in rows] == [(2016, True, 2018), (2018, False, None)]
    assert rows[0][3] == rows[1][3]
    parts = built.rows(
        "select sum(population) filter (where sex is not null), sum(population) filter (where sex is null) "
        "from dim_population where force_id = 'norfolk' and mid_year = 2018 and age_high = 17 and age_low = 0"
    )
    assert parts[0][0] == parts[0][1]
    same = built.value(
        "select count(*) from dim_population as ours join vocabulary.populations as theirs "
        "using (pfa_code, mid_year, age_low, age_high) where ours.sex is null and ours.population <> theirs.population"
    )
    assert same == 0, "children stand in two seeds, with one figure"


def test_a_renamed_platform_is_never_the_same_platform(built: Built) -> None:
    rows = built.rows(
        "select platform_id, renamed_from, cast(renamed_on as varchar), owner_name from dim_platform "
        "where renamed_from is not null or platform_id in ('twitter', 'musically') order by 1"
    )
    assert rows == [
        ("musically", None, None, "ByteDance"),
        ("tiktok", "musically", "2018-08-02", "ByteDance"),
        ("twitter", None, None, "X Corp."),
        ("x", "twitter", "2023-07-24", "X Corp."),
    ]
