"""The asset graph people see: forces -> raw -> staging -> coding -> core -> comparison -> published, and its checks."""

from __future__ import annotations

import difflib
from itertools import pairwise
from typing import Any

from tests.conftest import ROOT
from tests.support.definitions import SNAPSHOT, UPDATE, as_text


def _of(definitions: dict[str, Any], fact: str) -> dict[str, Any]:
    return {key: asset[fact] for key, asset in definitions["assets"].items()}


def test_every_room_feeds_the_next(definitions: dict[str, Any]) -> None:
    groups, parents = _of(definitions, "group"), _of(definitions, "parents")
    feeds = {
        (groups[parent], groups[key])
        for key, above in parents.items()
        for parent in above
        if parent in groups
    }
    chain = ["forces", "raw", "staging", "coding", "core", "comparison", "published"]
    for upper, lower in pairwise(chain):
        assert (upper, lower) in feeds, f"nothing of {upper} feeds {lower}"
    order = {name: position for position, name in enumerate(chain)}
    backwards = {(upper, lower) for upper, lower in feeds if order.get(upper, 0) > order.get(lower, 99)}
    assert backwards == set()


def test_one_asset_per_force(definitions: dict[str, Any]) -> None:
    forces = sorted(path.name for path in (ROOT / "data" / "disclosures").iterdir() if path.is_dir())
    assert sorted(key for key, group in _of(definitions, "group").items() if group == "forces") == [
        f"responses/{force}" for force in forces
    ]


def test_dbt_tests_are_asset_checks_and_everything_is_described(definitions: dict[str, Any]) -> None:
    assert sum(map(len, _of(definitions, "checks").values())) > 200
    assert [key for key, described in _of(definitions, "described").items() if not described] == []


def test_the_whole_warehouse_is_made_every_week(definitions: dict[str, Any]) -> None:
    assert {"refresh_warehouse", "housekeeping"} <= set(definitions["jobs"])
    cron, _, said = definitions["schedules"]["weekly_refresh"].partition(" Europe/London, ")
    assert said == "runs refresh_warehouse, running"
    assert len(cron.split()) == 5
    assert cron.split()[2:] == ["*", "*", "1"]


def test_whatever_writes_duckdb_shares_one_pool(definitions: dict[str, Any]) -> None:
    in_pool = {key for key, pool in _of(definitions, "pool").items() if pool == "warehouse_writer"}
    groups = _of(definitions, "group")
    assert {groups[key] for key in in_pool} >= {"raw", "staging", "core", "comparison", "published"}
    assert {key for key, group in groups.items() if group == "raw"} <= in_pool
    assert set(_of(definitions, "pool").values()) == {None, "warehouse_writer"}


def test_the_definitions_are_as_reviewed(definitions: dict[str, Any]) -> None:
    """A key, group, parent, check, job, schedule, sensor, pool, owner or kind that changed shows as a line."""
    reviewed = SNAPSHOT.read_text(encoding="utf-8").splitlines()
    now = as_text(definitions).splitlines()
    changes = list(difflib.unified_diff(reviewed, now, "reviewed", "now", lineterm="", n=0))
    assert not changes, f"if this is meant, `{UPDATE}` and commit:\n" + "\n".join(changes)
