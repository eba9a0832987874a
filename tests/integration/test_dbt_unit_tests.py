"""The dbt unit tests: every coding and comparison rule on invented rows, beside its model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, Built


def test_every_rule_passes_its_unit_tests(built: Built, tmp_path: Path) -> None:
    command = [
        str(Path(sys.executable).with_name("dbt")), "--quiet", "test", "--select", "test_type:unit",
        "--project-dir", "dbt_project", "--profiles-dir", "dbt_project",
        "--target-path", str(tmp_path / "target"), "--log-path", str(tmp_path / "logs"),
    ]  # fmt: skip
    environment = os.environ | {"FOI_BUILD_DB": str(built.data_dir / "warehouse" / "build.duckdb")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    every = json.loads((tmp_path / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    results = [
        result for result in every if result["unique_id"].startswith("unit_test.")
    ]  # not the project's hook
    assert len(results) >= 16
    assert {result["status"] for result in results} == {"pass"}


def test_every_coding_model_has_a_unit_test() -> None:
    """int_disclosed_values only joins what the others have coded."""
    models = sorted((ROOT / "dbt_project" / "models" / "coding").glob("*.sql"))
    without = [
        model.stem
        for model in models
        if "unit_tests:" not in model.with_suffix(".yml").read_text(encoding="utf-8")
    ]
    assert without == ["int_disclosed_values"]
