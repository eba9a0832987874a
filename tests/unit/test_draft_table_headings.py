"""Headings over the numbers of a table: two rows of them, parts of the years beside them, single ages among bands."""

from __future__ import annotations

import dataclasses

from ingest.draft import Asked, draft
from ingest.readers import read_bytes
from tests.unit.drafted import VOCABULARY, drafted, figures_of

HEAD = "Kent Police (invented for a test)\n\n"


def _page(body: str) -> bytes:
    return f"<html><body><h1>Offences by Kent Police (invented for a test)</h1>{body}</body></html>".encode()


def test_a_lower_heading_that_says_what_is_counted_makes_a_table_of_its_own() -> None:
    rows = "<tr><th rowspan=2>Offence</th><th colspan=2>2018</th><th colspan=2>2019</th></tr>"
    rows += "<tr><th>Recorded</th><th>Charged</th><th>Recorded</th><th>Charged</th></tr>"
    rows += "<tr><td>Stalking</td><td>19</td><td>6</td><td>23</td><td>4</td></tr>"
    rows += "<tr><td>Blackmail</td><td>8</td><td>1</td><td>7</td><td>2</td></tr>"
    found = draft(
        read_bytes(_page(f"<table>{rows}</table>"), "p.html"), VOCABULARY, Asked("kent", "invented")
    )
    assert figures_of(found, "period", "offence", "outcome") == [
        ("19", "2018", "Stalking", ""),
        ("23", "2019", "Stalking", ""),
        ("8", "2018", "Blackmail", ""),
        ("7", "2019", "Blackmail", ""),
        ("6", "2018", "Stalking", "Charged"),
        ("4", "2019", "Stalking", "Charged"),
        ("1", "2018", "Blackmail", "Charged"),
        ("2", "2019", "Blackmail", "Charged"),
    ]
    assert not any("column" in left.text for left in found.left), "each column is read by one of the tables"


def test_a_part_of_the_years_is_left_out_beside_them() -> None:
    table = "Offence\t2018\t2019\tOf which at night (2019)\nStalking\t14\t16\t3\nBlackmail\t2\t3\t1\n"
    found = drafted(f"{HEAD}Crimes recorded\n\n{table}")
    assert [number for (number,) in figures_of(found)] == ["14", "16", "2", "3"]
    assert found.tables[0].fields["skip"] == ["Of which at night (2019)"]


def test_single_ages_stand_among_bands() -> None:
    table = "Victims of stalking by sex and age, 2018\n\nSex\t12 and under\t13\t14\t15-17\n"
    table += "Female\t16\t21\t30\t27\nMale\t5\t4\t8\t3\nGender not recorded\t0\t1\t0\t0\n"
    found = drafted(HEAD + table)
    assert found.tables[0].fields["column_headings"] == ["victim_age"]
    assert [row["victim_age_text"] for row in found.tables[0].rows[:4]] == [
        "12 and under",
        "13",
        "14",
        "15-17",
    ]
    assert figures_of(found, "victim_sex")[-1] == ("0", "not recorded")


def test_numbers_that_do_not_rise_are_no_ages() -> None:
    table = "Victims of stalking, 2018\n\nFemale\t12 and under\t9\t13\nMale\t5\t4\t8\n"
    assert not drafted(HEAD + table).tables


def test_a_caption_that_is_the_name_of_an_offence_says_what_is_counted() -> None:
    text = "You asked for the rapes and harassment since 2018 that mention Kik, Hinge or Badoo.\n\n"
    text += "Rapes\n\nSite\t2018\t2019\nKik\t14\t16\nHinge\t2\t3\nBadoo\t1\t0\n"
    found = drafted(HEAD + text.replace("Site", "Name"))
    assert found.tables[0].fields["measure"] == "offences"
    assert found.tables[0].fields["row_headings"] == ["platform"]
    assert "platform" not in found.tables[0].fields.get("given", {})


def test_the_code_in_the_brackets_of_a_caption_is_the_offence() -> None:
    text = "Outcomes of recorded crimes (8Q)\n\nOutcome\t2018\t2019\nCharged\t14\t16\nType 18\t2\t3\n"
    found = drafted(HEAD + text)
    assert figures_of(found, "offence")[0] == ("14", "8Q")
    other = draft(
        read_bytes((HEAD + text).encode(), "letter.txt"),
        dataclasses.replace(VOCABULARY, offences={"stalking": "99"}),
        Asked("kent", "invented"),
    )
    assert figures_of(other, "offence")[0] == ("14", "")


def test_the_age_of_the_victims_that_a_heading_counts_holds_for_its_numbers() -> None:
    found = drafted(HEAD + "Victims of stalking, 2018\n\nSex\tVictims under 18\nFemale\t36\nMale\t21\n")
    assert figures_of(found, "victim_sex", "victim_age") == [
        ("36", "Female", "under 18"),
        ("21", "Male", "under 18"),
    ]
