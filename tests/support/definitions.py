"""Everything Dagster loads, as text: what a change does to the graph is then a difference in review.

``python -m tests.support.definitions`` prints the definitions as JSON; with ``--write`` it writes the snapshot.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SNAPSHOT = Path(__file__).resolve().parents[1] / "integration" / "definitions.txt"
UPDATE = "make snapshot"


def describe() -> dict[str, Any]:
    """The definitions as plain data. Imports Dagster and loads the project: seconds."""
    from orchestration.definitions import defs

    repository = defs().get_repository_def()
    graph = repository.asset_graph
    made = repository.assets_defs_by_key
    checks: dict[str, list[str]] = {}
    for key in graph.asset_check_keys:
        blocking = " (blocking)" if graph.get_check_spec(key).blocking else ""
        checks.setdefault(key.asset_key.to_user_string(), []).append(key.name + blocking)
    assets = {}
    for key in graph.get_all_asset_keys():
        node, name = graph.get(key), key.to_user_string()
        assets[name] = {
            "group": node.group_name,
            "kinds": sorted(node.kinds),
            "owners": sorted(node.owners),
            "described": bool(node.description),
            "made_here": node.is_materializable,
            "pool": made[key].op.pool if made[key].is_executable else None,
            "parents": sorted(parent.to_user_string() for parent in node.parent_keys),
            "checks": sorted(checks.get(name, [])),
        }
    return {
        "assets": assets,
        "jobs": sorted(job.name for job in repository.get_all_jobs() if not job.name.startswith("__")),
        "schedules": {
            schedule.name: f"{schedule.cron_schedule} {schedule.execution_timezone}, runs {schedule.job_name}, "
            f"{schedule.default_status.value.lower()}"
            for schedule in repository.schedule_defs
        },
        "sensors": {
            sensor.name: f"every {sensor.minimum_interval_seconds} s, {sensor.default_status.value.lower()}"
            for sensor in repository.sensor_defs
        },
    }


def as_text(described: dict[str, Any]) -> str:
    """The same for people: one paragraph an asset, room by room."""
    lines = [f"# Every definition of the project. `{UPDATE}` writes this file anew; read the difference."]
    for title in ("jobs", "schedules", "sensors"):
        found = described[title]
        shown = [f"{name}: {found[name]}" for name in sorted(found)] if isinstance(found, dict) else found
        lines += ["", f"== {title}", *shown]
    rooms = sorted({asset["group"] for asset in described["assets"].values()})
    for room in rooms:
        lines += ["", f"== {room}"]
        for name, asset in sorted(described["assets"].items()):
            if asset["group"] == room:
                lines += _asset(name, asset)
    return "\n".join(lines) + "\n"


def _asset(name: str, asset: dict[str, Any]) -> Iterator[str]:
    facts = [", ".join(asset["kinds"]), *asset["owners"]]
    facts += [f"pool {asset['pool']}"] if asset["pool"] else []
    facts += [] if asset["made_here"] else ["changed by a sensor or by people only"]
    facts += [] if asset["described"] else ["NOT DESCRIBED"]
    yield f"{name}: {'; '.join(facts)}"
    if asset["parents"]:
        yield f"    from {', '.join(asset['parents'])}"
    yield from (f"    check {check}" for check in asset["checks"])


if __name__ == "__main__":
    if "--write" in sys.argv:
        SNAPSHOT.write_text(as_text(describe()), encoding="utf-8")
    else:
        sys.stdout.write(json.dumps(describe()) + "\n")
