"""The asset graph people see: forces -> raw -> staging -> coding -> core -> comparison -> published, and its checks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import pairwise
from typing import Any

import pytest

from tests.conftest import ROOT, Built

# Definitions are loaded in a process of their own, as Dagster's code server does.
DESCRIBE = """
import json
from orchestration.definitions import defs
loaded = defs()
repository = loaded.get_repository_def()
graph = repository.asset_graph
print(json.dumps({
    "groups": {key.to_user_string(): graph.get(key).group_name for key in graph.get_all_asset_keys()},
    "parents": {key.to_user_string(): sorted(parent.to_user_string() for parent in graph.get(key).parent_keys)
                for key in graph.get_all_asset_keys()},
    "described": {key.to_user_string(): bool(graph.get(key).description) for key in graph.get_all_asset_keys()},
    "checks": len(graph.asset_check_keys),
    "jobs": sorted(job.name for job in repository.get_all_jobs()),
    "schedules": {schedule.name: schedule.cron_schedule for schedule in repository.schedule_defs},
    "pools": sorted({op.pool for job in repository.get_all_jobs() for op in job.nodes_in_topological_order
                     for op in [op.definition] if getattr(op, "pool", None)}),
}))
"""


@pytest.fixture(scope="module")
def graph(built: Built) -> dict[str, Any]:
    environment = os.environ | {
        "FOI_DATA_DIR": str(built.data_dir),
        "FOI_BUILD_DB": str(built.data_dir / "warehouse" / "build.duckdb"),
    }
    done = subprocess.run(
        [sys.executable, "-c", DESCRIBE],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    described: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return described


def test_every_room_feeds_the_next(graph: dict[str, Any]) -> None:
    groups, parents = graph["groups"], graph["parents"]
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


def test_one_asset_per_force(graph: dict[str, Any]) -> None:
    forces = sorted(path.name for path in (ROOT / "data" / "disclosures").iterdir() if path.is_dir())
    assert sorted(key for key, group in graph["groups"].items() if group == "forces") == [
        f"responses/{force}" for force in forces
    ]


def test_dbt_tests_are_asset_checks_and_everything_is_described(graph: dict[str, Any]) -> None:
    assert graph["checks"] > 200
    assert [key for key, described in graph["described"].items() if not described] == []


def test_one_job_every_week(graph: dict[str, Any]) -> None:
    assert "refresh_warehouse" in graph["jobs"]
    assert "housekeeping" in graph["jobs"]
    cron = graph["schedules"]["weekly_refresh"]
    assert len(cron.split()) == 5
    assert cron.split()[2:4] == ["*", "*"]
    assert cron.split()[4] == "1"


def test_whatever_writes_duckdb_shares_one_pool(graph: dict[str, Any]) -> None:
    assert graph["pools"] == ["warehouse_writer"]
