"""`Materialise` on any selection: one force, one raw table, one model, the published file - each by itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import ROOT, Built

# What the interface does with a selection: the job over all assets, narrowed to the keys that were clicked.
RUN = """
import json, sys
import dagster as dg
from orchestration import home, settings
from orchestration.definitions import defs

job = defs().resolve_implicit_global_asset_job_def()
with home.instance(settings.current()) as instance:
    for selection in json.loads(sys.argv[1]):
        keys = [dg.AssetKey(key.split("/")) for key in selection]
        ran = job.execute_in_process(instance=instance, asset_selection=keys, raise_on_error=False)
        made = {}
        for event in ran.get_asset_materialization_events():
            found = event.step_materialization_data.materialization
            lineage = found.metadata.get("dagster/column_lineage")
            made[found.asset_key.to_user_string()] = {
                "rows": found.metadata["dagster/row_count"].value,
                "metadata": sorted(found.metadata),
                "lineage": lineage and {
                    column: sorted(f"{dep.asset_key.to_user_string()}.{dep.column_name}" for dep in deps)
                    for column, deps in lineage.value.deps_by_column.items()
                },
            }
        checks = [check.check_name for check in ran.get_asset_check_evaluations()]
        print("\\n@" + json.dumps({"success": ran.success, "made": made, "checks": checks}))
"""
SELECTIONS = [["responses/norfolk"], ["raw/documents"], ["cmp_platform"], ["published/warehouse"]]


@pytest.fixture(scope="module")
def data_dir(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(built.data_dir, tmp_path_factory.mktemp("selections") / "data"))


@pytest.fixture(scope="module")
def ran(data_dir: Path) -> dict[str, dict[str, Any]]:
    """The result of each selection, run one after the other on a finished build."""
    environment = os.environ | {
        "FOI_DATA_DIR": str(data_dir),
        "FOI_BUILD_DB": str(data_dir / "warehouse" / "build.duckdb"),
        "DAGSTER_HOME": str(data_dir / "dagster"),
    }
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(SELECTIONS)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = [json.loads(line[1:]) for line in done.stdout.splitlines() if line.startswith("@")]
    return {selection[0]: result for selection, result in zip(SELECTIONS, found, strict=True)}


@pytest.mark.parametrize("key", [selection[0] for selection in SELECTIONS])
def test_a_selection_makes_itself_and_nothing_else(ran: dict[str, dict[str, Any]], key: str) -> None:
    assert ran[key]["success"]
    assert list(ran[key]["made"]) == [key]


def test_what_others_built_stays(ran: dict[str, dict[str, Any]], data_dir: Path, built: Built) -> None:
    """A raw table loaded alone replaces itself in the build file; the file published afterwards is whole."""
    assert ran["raw/documents"]["success"]
    with duckdb.connect(str(data_dir / "warehouse" / "foi.duckdb"), read_only=True) as connection:
        for table in ("main.fct_disclosed_value", "raw.documents", "raw.disclosed_values"):
            (rows,) = connection.execute(f"select count(*) from {table}").fetchall()
            assert rows == (built.value(f"select count(*) from {table}"),)


def test_a_force_shows_where_its_numbers_come_from(ran: dict[str, dict[str, Any]], built: Built) -> None:
    (norfolk,) = ran["responses/norfolk"]["made"].values()
    shown = {"dagster/row_count", "documents", "published_at", "first_rows", "states", "problems"}
    assert shown <= set(norfolk["metadata"])
    rows = built.value(
        "select count(*) from raw.disclosed_values where split_part(disclosure_id, '/', 1) = 'norfolk'"
    )
    assert norfolk["rows"] == rows


def test_a_model_shows_its_rows_its_checks_and_the_columns_it_is_made_from(
    ran: dict[str, dict[str, Any]], built: Built
) -> None:
    (model,) = ran["cmp_platform"]["made"].values()
    assert model["rows"] == built.value("select count(*) from cmp_platform")
    assert model["lineage"]["platform_id"] == ["int_comparisons.dimension_code"]
    assert ran["cmp_platform"]["checks"], "the tests of a model run with it"
