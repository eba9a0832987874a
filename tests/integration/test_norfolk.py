"""Norfolk's letter of 2017, number by number."""

from __future__ import annotations

import pytest

from tests.conftest import Built

NORFOLK = "norfolk/foi-004600-17"
YEARS = ("2014-04-01", "2015-04-01", "2016-04-01")
CELLS = {
    "facebook": (64, 6, 11),
    "instagram": (6, 0, 0),
    "snapchat": (18, 6, 19),
    "whatsapp": (6, 1, 3),
    "skype": (6, 0, 0),
    "twitter": (1, 0, 0),
    "oovoo": (2, 0, 0),
    "musically": (0, 0, 0),
    "pinterest": (0, 0, 0),
    "twitch": (0, 0, 0),
}


def test_149_records_and_149_victims(built: Built) -> None:
    assert (
        built.value("select count(*) from fct_disclosed_value where disclosure_id = ? and is_record", NORFOLK)
        == 149
    )
    victims = (
        "select sum(value_low), sum(value_high) from fct_disclosed_value "
        "where disclosure_id = ? and measure = 'victims'"
    )
    assert built.rows(victims, NORFOLK) == [(149, 149)]


@pytest.mark.parametrize("measure", ["offences", "victims"])
@pytest.mark.parametrize("platform_id", CELLS)
def test_every_cell_of_both_tables(built: Built, platform_id: str, measure: str) -> None:
    rows = built.rows(
        "select cast(period_start_on as varchar), value_low, value_high from cmp_platform "
        "where request_id = 'child-sexual-offences-social-media-2017' and force_id = 'norfolk' "
        "and platform_id = ? and measure = ? order by period_start_on",
        platform_id, measure,
    )  # fmt: skip
    assert rows == [(year, count, count) for year, count in zip(YEARS, CELLS[platform_id], strict=True)]


def test_offences_and_victims_agree_in_every_cell(built: Built) -> None:
    rows = built.rows(
        "select status, sum(left_low), sum(right_low) from qa_reconciliations "
        "where disclosure_id = ? and check_name = 'table_against_table' group by status", NORFOLK,
    )  # fmt: skip
    assert rows == [("agrees", 149, 149)]


def test_a_nil_return_is_not_an_absent_row(built: Built) -> None:
    nil = built.rows(
        "select distinct platform_id from fct_disclosed_value "
        "where disclosure_id = ? and value_status = 'nil_return' order by 1",
        NORFOLK,
    )
    assert nil == [("musically",), ("pinterest",), ("twitch",)]
    status = built.rows(
        "select distinct value_status, value_low, value_high from fct_disclosed_value "
        "where disclosure_id = ? and platform_id = 'instagram' and period_start_on = '2015-04-01'", NORFOLK,
    )  # fmt: skip
    assert status == [("implied_zero", 0, 0)]


def test_across_platforms_is_an_interval(built: Built) -> None:
    across = built.rows(
        "select value_low, value_high, rank_best from cmp_platform where force_id = 'norfolk' and measure = 'offences' "
        "and platform_id = 'any_listed' and period_start_on = '2014-04-01' "
        "and request_id = 'child-sexual-offences-social-media-2017'"
    )
    assert across == [(64, 103, None)]


def test_15_offence_labels_have_the_code_a_statistician_would_give(built: Built) -> None:
    rows = built.rows(
        "select offence_text, offence_code from fct_disclosed_value where disclosure_id = ? and is_record group by all",
        NORFOLK,
    )
    assert dict(rows) == {
        "21. Sexual Activity involving a child under 13": "21",
        "22A. Causing sexual activity without consent": "22A",
        "22B. Sexual activity involving child under 16": "22B",
        "23. Incest or Familial sexual offences": "23",
        "19C. Rape of a female aged 16 and over": "19C",
        "19D. Rape of a female child under 16": "19D",
        "19E. Rape of a female child under 13": "19E",
        "20A. Sexual assault on a female aged 13 and over": "20A",
        "73. Abuse of position of trust": "73",
        "88A. Sexual grooming": "88A",
        "88C. Other miscellaneous sexual offences": "88C",
        "Attempted - Arranging or facilitating the commission of a child sex offence": "071/01",
        "Causing or inciting a female child under 16 to engage in sexual activity No Penetration - "
        "Offender 18 or over": "022/20",
        "Possession of an indecent or pseudo indecent photo of a child": "086/10",
        "Take or to make or to distribute indecent photographs or pseudo-photographs, of children": "086/02",
    }
    in_group = built.rows(
        "select is_sexual_offence_group, count(*) from fct_disclosed_value join dim_offence using (offence_code) "
        "where disclosure_id = ? and is_record group by 1", NORFOLK,
    )  # fmt: skip
    assert dict(in_group) == {True: 103, False: 46}, "46 rows are class 86, outside the sexual offences group"


def test_19_outcome_labels_have_a_code_or_a_stated_reason(built: Built) -> None:
    rows = built.rows(
        "select outcome_text, outcome_code from fct_disclosed_value where disclosure_id = ? and is_record group by all",
        NORFOLK,
    )
    assert dict(rows) == {
        "-": None,
        "01. Charged/Summons": "1",
        "02. Caution-Youths": "2",
        "08.1. Restorative / Youth Restorative Disposal": "8",
        "10. Not in the Public Interest (Police)": "10",
        "14. No Suspect. Victim declines/unable to support": "14",
        "15. Victim supports but evidential difficulties prevent": "15",
        "16. Suspect ID. Victim does not support (or has withdrawn)": "16",
        "18. No Suspect. Crime investigated. Case closed pending": "18",
        "Type 1": "1",
        "Type 1 - Charged/Summons/Postal Requisition": "1",
        "Type 10": "10",
        "Type 15": "15",
        "Type 18": "18",
        "Type 2": "2",
        "Type 20": "20",
        "Type 21": "21",
        "Type 3 - Caution Adult": "3",
        "Undetected": "legacy:undetected",
    }
    reasons = built.rows(
        "select label_text, reason from mappings.outcome_mappings "
        "where label_text in ('-', 'Undetected') and coalesce(force_id, 'norfolk') = 'norfolk'"
    )
    assert {label for label, reason in reasons if reason} == {"-", "Undetected"}


def test_the_printed_outcome_key_is_kept(built: Built) -> None:
    rows = built.rows(
        "select code_text, label_text, locator from raw.legends where disclosure_id = ? order by row_no",
        NORFOLK,
    )
    assert len(rows) == 16
    assert rows[0] == ("Type 1", "Charged/Summoned/Postal Requisition", "line 219")
    numbers = ["1", "1A", "2", "3", "6", "8", "9", "10", "12", "13", "14", "15", "16", "18", "20", "21"]
    assert [code for code, _, _ in rows] == [f"Type {number}" for number in numbers]
