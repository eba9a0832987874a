"""Tables: their shape, the role of each heading, what their captions give, and the columns that count nothing."""

from __future__ import annotations

import pytest

from ingest.draft import Vocabulary
from tests.unit.drafted import drafted, figures_of

HEAD = "Kent Police (invented for a test)\n\n"


@pytest.mark.parametrize(
    ("table", "layout", "expected"),
    [
        (
            "Offences by site, 2020/21\n\nSite\tNumber\nFacebook\t12\nKik\t3\n",
            "counts",
            [("12", "2020/21", "Facebook", "", ""), ("3", "2020/21", "Kik", "", "")],
        ),
        (
            "Crimes recorded\n\nOffence\t2018\t2019\t% change\nStalking\t4\t6\t50\nBlackmail\t2\t3\t50\n",
            "crosstab",
            [("4", "2018", "", "Stalking", ""), ("6", "2019", "", "Stalking", ""),
             ("2", "2018", "", "Blackmail", ""), ("3", "2019", "", "Blackmail", "")],
        ),
        (
            "Stalking offences in the financial year 2019/20\n\nMonth\tNumber\nApril\t1\nMay\t2\nMarch\t4\n",
            "counts",
            [("1", "April 2019", "", "Stalking", ""), ("2", "May 2019", "", "Stalking", ""),
             ("4", "March 2020", "", "Stalking", "")],
        ),
        (
            "Year\tRecorded\tCharged\tOffence\n2018\t21\t8\tStalking\n2019\t17\t9\tBlackmail\n",
            "counts",
            [("21", "2018", "", "Stalking", ""), ("17", "2019", "", "Blackmail", ""),
             ("8", "2018", "", "Stalking", "Charged"), ("9", "2019", "", "Blackmail", "Charged")],
        ),
        (
            ("Stalking offences, 2018*\n\nOutcome    2018*\nType 1         4\nType 18        9\n\n"
            "* to 30 September 2018\n"),
            "crosstab",
            [("4", "2018-01-01 to 2018-09-30", "", "Stalking", "Type 1"),
             ("9", "2018-01-01 to 2018-09-30", "", "Stalking", "Type 18")],
        ),
        (
            ("| Offence | 2018 |\n|---|---|\n| Stalking | 4 |\n| Blackmail | 2 |\n\n"
            "Figures for 2018 are to 31 August.\n"),
            "crosstab",
            [("4", "2018-01-01 to 2018-08-31", "", "Stalking", ""),
             ("2", "2018-01-01 to 2018-08-31", "", "Blackmail", "")],
        ),
    ],
)  # fmt: skip
def test_a_table_is_understood(table: str, layout: str, expected: list[tuple[str, ...]]) -> None:
    found = drafted(HEAD + table)
    assert {table.fields["layout"] for table in found.tables} == {layout}
    assert figures_of(found, "period", "platform", "offence", "outcome") == expected


@pytest.mark.parametrize(
    "table",
    [
        "Average days to charge, by offence\n\nOffence\t2018\nStalking\t40\nBlackmail\t31\n",
        "Stalking offences\n\nYear\tOriginal figure\tRevised figure\n2018\t110\t118\n2019\t131\t129\n",
        "Stalking: proportion of offences detected\n\nYear\tStalking\n2018\t12\n2019\t15\n",
        "Stalking offences in 2018, cumulative\n\nMonth\tNumber\nJanuary\t4\nFebruary\t9\nMarch\t18\n",
        "Stalking offences\n\nQuarter\t2018\nQ1\t4\nQ2\t7\nQ3\t9\n",
        "Stalking offences\n\nMonth\t2018\t2019\nJanuary\t4\t5\nFebruary\t7\t8\nMarch\t9\t1\n",
        "Figures for Essex\n\nStalking offences\n\nYear\tNumber\n2018\t40\n2019\t51\n",
        "Stalking offences\n\nYear\tKent\tNational\n2018\t40\t900\n2019\t41\t950\n",
        "Crimes solved in 2018\n\nOffence\tNumber\nStalking\t40\nBlackmail\t51\n",
        "Stalking incidents not recorded as crimes\n\nYear\tNumber\n2018\t4\n2019\t5\n",
        "Number of requests about stalking\n\nYear\tNumber\n2018\t4\n2019\t5\n",
        "Officers in post\n\nYear\tNumber\n2018\t3800\n2019\t3900\n",
        "Stalking, 2018\n\nMeasure\t2018\nOffences recorded\t310\nPopulation\t1300000\n",
        "Stalking offences\n\nYear\tPopulation\tRate per 1,000\tRank\n2018\t1300000\t0.2\t12\n2019\t1310000\t0.3\t9\n",
    ],
)
def test_numbers_that_count_no_crimes_give_nothing(table: str) -> None:
    found = drafted(HEAD + table)
    assert figures_of(found) == []
    assert found.left, "every number is accounted for"


def test_the_month_that_ends_a_year_stands_for_the_year() -> None:
    found = drafted(HEAD + "Stalking offences\n\nYear ending\tNumber\nMarch 2018\t40\nMarch 2019\t51\n")
    assert figures_of(found, "period") == [
        ("40", "2017-04-01 to 2018-03-31"),
        ("51", "2018-04-01 to 2019-03-31"),
    ]


def test_numbers_of_records_and_ages_are_no_counts() -> None:
    """Each row is one crime: its number is passed over, the suspect's age is a further dimension."""
    table = "Crimes naming Kik\n\nCrime number\tYear\tOffence\tAge of suspect\n"
    table += "180012\t2018\tStalking\t17\n180377\t2018\tBlackmail\t22\n190021\t2019\tBlackmail\t19\n"
    found = drafted(HEAD + table)
    assert found.tables[0].fields["layout"] == "records"
    assert found.tables[0].fields["columns"]["Crime number"] == "ignore"
    assert [row["other_dims"] for row in found.tables[0].rows] == [
        {"suspect_age": age} for age in ("17", "22", "19")
    ]


@pytest.mark.parametrize(
    ("caption", "measure", "role"),
    [
        ("Victims of these offences, 2018", "victims", "victim_sex"),
        ("Sex of the suspects in these offences, 2018", "suspects", "other:suspect_sex"),
    ],
)
def test_whose_sex_it_is_the_nearest_text_says(caption: str, measure: str, role: str) -> None:
    found = drafted(f"{HEAD}{caption}\n\nSex\tNumber\nFemale\t12\nMale\t3\n")
    assert found.tables[0].fields["measure"] == measure
    assert found.tables[0].fields["columns"]["Sex"] == role


def test_an_offence_named_in_other_words_is_not_the_one_of_the_title() -> None:
    table = "Site\tNumber\nKik\t2\nFacebook\t9\n"
    text = f"Sexual communication with a child (invented)\n\nImage offences recorded, 2018\n\n{table}"
    assert figures_of(drafted(text), "offence") == [("2", ""), ("9", "")]


def test_the_total_over_years_covers_them_all() -> None:
    found = drafted(
        HEAD + "Crimes recorded\n\nOffence\t2018\t2019\tTotal\nStalking\t4\t6\t10\nBlackmail\t2\t3\t5\n"
    )
    totals = [row for row in figures_of(found, "period") if row[0] in ("10", "5")]
    assert totals == [("10", "2018-01-01 to 2019-12-31"), ("5", "2018-01-01 to 2019-12-31")]


def test_a_star_is_bounded_only_by_what_the_document_says() -> None:
    table = "Stalking offences\n\nSite\t2018\nKik\t*\nFacebook\t9\n\n"
    told = drafted(HEAD + table + "* Fewer than 5 (1 to 4).\n")
    assert told.tables[0].fields["suppressed"] == {"*": [1, 4]}
    other = drafted(HEAD + table + "Where one cell of a row is below 5 the row total is shown as *.\n")
    assert "suppressed" not in other.tables[0].fields
    assert any("'*'" in check for check in other.tables[0].checks)


def test_a_body_that_is_no_force_has_no_figures_of_its_own() -> None:
    known = Vocabulary.of(
        forces={"Kent": "kent", "Kent Police": "kent", "Essex": "essex", "Report Line": "report-line"},
        bodies=["report-line"],
    )
    text = "Crimes received from {} by year:\n\nYear    Crimes\n2018         4\n2019         9\n"
    assert len(figures_of(drafted(HEAD + text.format("Report Line"), vocabulary=known))) == 2
    assert figures_of(drafted(HEAD + text.format("Essex"), vocabulary=known)) == []


def test_an_offence_joined_to_words_nobody_knows_is_not_the_offence_of_a_table() -> None:
    table = "Year    Crimes\n2018         4\n2019         9\n"
    for caption, offence in (
        ("Crimes of blackmail", "blackmail"),
        ("Crimes of blackmail or cyber flashing", ""),
    ):
        rows = figures_of(drafted(f"{HEAD}{caption}:\n\n{table}"), "offence")
        assert rows[0] == ("4", offence)
