"""What differs between two releases, and why. The figures, forces and labels here are invented."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.difference import difference
from orchestration.publish.releases import PUBLISHED
from orchestration.release import shelf
from orchestration.settings import Settings
from orchestration.words import WrongUse, unknown

FACT = """
    create table fct_disclosed_value (
        disclosed_value_id varchar, disclosure_id varchar, table_name varchar, table_no bigint, row_no bigint,
        locator varchar, force_id varchar, measure varchar, period_text varchar, platform_text varchar,
        platform_id varchar, offence_text varchar, outcome_text varchar, victim_text varchar,
        other_dims map(varchar, varchar), value_text varchar, value_low bigint, value_high bigint,
        value_status varchar, is_total boolean, is_record boolean
    )
"""
INPUTS: dict[str, Any] = {
    "disclosures": {
        "norfolk/a": {"disclosure_yml": "1", "documents": {"document.txt": "1"}},
        "kent/b": {"disclosure_yml": "1", "documents": {"document.csv": "1"}},
    },
    "requests": {"asked.yml": "1"},
    "seeds": {"seeds/mappings/platform_mappings.csv": "1", "seeds/vocabulary/platforms.csv": "1"},
    "rules": {"models/coding/int_bounds.sql": "1"},
    "readers": "1",
    "program": "1",
    "tools": {"duckdb": "1.5.5"},
    "today": "2026-11-25",
}

Number = tuple[str, int, str, str, str | None, str]
"""disclosure, row, platform as printed, platform code, value as printed, value as coded"""
NUMBERS: list[Number] = [
    ("norfolk/a", 1, "Facebok", "none", "12", "12"),
    ("norfolk/a", 2, "Snapchat", "snapchat", "7", "7"),
    ("kent/b", 1, "Snapchat", "snapchat", "<5", "4"),
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data folder with one release."""
    found = Settings(tmp_path)
    found.warehouse_dir.mkdir()
    _release(found, NUMBERS, INPUTS, {"Facebok": "none", "Snapchat": "snapchat"})
    return found


def _release(
    settings: Settings, numbers: list[Number], inputs: dict[str, Any], mapping: dict[str, str]
) -> None:
    settings.build_db.unlink(missing_ok=True)
    with duckdb.connect(str(settings.build_db)) as connection:
        connection.execute(FACT)
        connection.execute("create table dim_disclosure (disclosure_id varchar, request_id varchar)")
        connection.execute("create schema mappings")
        connection.execute(
            "create table mappings.platform_mappings (label_text varchar, platform_id varchar)"
        )
        for label, code in mapping.items():
            connection.execute("insert into mappings.platform_mappings values (?, ?)", [label, code])
        for disclosure, row, platform, code, text, value in numbers:
            connection.execute(
                "insert into fct_disclosed_value values (?, ?, 'offences', 1, ?, ?, 'x', 'offences', '2016', ?, ?, "
                "null, null, null, map {}, ?, ?, ?, 'reported', false, false)",
                [f"{disclosure}{row}", disclosure, row, f"line {row}", platform, code, text, value, value],
            )
            connection.execute("insert into dim_disclosure values (?, 'asked')", [disclosure])
    states = dict.fromkeys(inputs["disclosures"], "current")
    facts = {"fingerprint": None, "inputs": inputs, "states": states, "findings": [], "checks": {}}
    releases = shelf(settings)
    releases.publish(releases.add(settings.build_db, [], facts), PUBLISHED)


def _changed(**digests: Any) -> dict[str, Any]:
    """The inputs with some digests of a group changed."""
    inputs = deepcopy(INPUTS)
    for group, names in digests.items():
        inputs[group] |= dict.fromkeys(names, "2")
    return inputs


def _rows(settings: Settings) -> Iterator[tuple[Any, ...]]:
    for change, disclosure, _, number, _, before, after, why in difference(settings, "1", None):
        yield change, disclosure, number.split(" · ")[-1], before, after, why


def test_a_moved_row_is_no_difference(settings: Settings) -> None:
    moved = [(name, row + 5, *rest) for name, row, *rest in NUMBERS]
    inputs = _changed(disclosures={})
    inputs["disclosures"]["norfolk/a"]["documents"]["document.txt"] = "2"
    _release(settings, moved, inputs, {"Facebok": "none", "Snapchat": "snapchat"})  # type: ignore[arg-type]
    assert list(_rows(settings)) == []


def test_every_difference_has_its_own_reason(settings: Settings) -> None:
    """A document that prints another number, a line of a mapping, a number only one of the releases has."""
    inputs = _changed(seeds=["seeds/mappings/platform_mappings.csv"], rules=["models/coding/int_bounds.sql"])
    inputs["disclosures"]["kent/b"]["documents"]["document.csv"] = "2"
    inputs["disclosures"]["essex/c"] = {"disclosure_yml": "1", "documents": {}}
    numbers: list[Number] = [
        ("norfolk/a", 1, "Facebok", "facebook", "12", "12"),
        ("kent/b", 1, "Snapchat", "snapchat", "6", "6"),
        ("essex/c", 1, "Snapchat", "snapchat", "3", "3"),
    ]
    _release(settings, numbers, inputs, {"Facebok": "facebook", "Snapchat": "snapchat"})
    assert list(_rows(settings)) == [
        ("added", "essex/c", "Snapchat", None, "3", "disclosure added"),
        (
            "changed",
            "kent/b",
            "Snapchat",
            "value_text <5, value_low 4, value_high 4",
            "value_text 6, value_low 6, value_high 6",
            "document changed: document.csv",
        ),
        (
            "changed",
            "norfolk/a",
            "Facebok",
            "platform_id none",
            "platform_id facebook",
            "mapping changed: seeds/mappings/platform_mappings.csv",
        ),
        ("removed", "norfolk/a", "Snapchat", "7", None, "rule changed: models/coding/int_bounds.sql"),
    ]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"rules": ["models/coding/int_bounds.sql"]}, "rule changed: models/coding/int_bounds.sql"),
        ({"seeds": ["seeds/vocabulary/platforms.csv"]}, "vocabulary changed: seeds/vocabulary/platforms.csv"),
        ({"requests": ["asked.yml"]}, "request changed: requests/asked.yml"),
        ({"tools": ["duckdb"]}, "duckdb changed: 1.5.5 -> 2"),
        (
            {"disclosures": {"norfolk/a": {"disclosure_yml": "2", "documents": {"document.txt": "1"}}}},
            "disclosure.yml changed",
        ),
    ],
)
def test_a_bound_read_differently_names_what_can_have_changed_it(
    settings: Settings, changed: dict[str, Any], why: str
) -> None:
    inputs = deepcopy(INPUTS)
    for group, names in changed.items():
        inputs[group] |= names if isinstance(names, dict) else dict.fromkeys(names, "2")
    numbers: list[Number] = [("norfolk/a", 1, "Facebok", "none", "12", "13"), *NUMBERS[1:]]
    _release(settings, numbers, inputs, {"Facebok": "none", "Snapchat": "snapchat"})
    assert [row[-1] for row in _rows(settings)] == [why]


def test_an_unknown_release_is_wrong_use(settings: Settings) -> None:
    with pytest.raises(WrongUse, match="no such release: 7; there are 0001-"):
        list(difference(settings, "7", None))


@pytest.mark.parametrize("time", ["T074611Z", "T120059Z"])
def test_a_number_is_not_looked_for_in_the_time_of_a_release(time: str) -> None:
    """Which releases there are is told the same at every hour."""
    told = str(unknown("release", "7", [f"0001-20261125{time}"]))
    assert told == f"no such release: 7; there are 0001-20261125{time}"
