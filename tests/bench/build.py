"""`foi build` against a bare `dbt build` of the same project."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.bench.measure import PYTHON, ROOT, Command, line, medians, ratio, timed

ROUNDS = 3


def run() -> None:
    """Build once in a new data folder, then time both alternately on it."""
    programs = Path(PYTHON).parent
    with tempfile.TemporaryDirectory(prefix="foi-bench-") as folder:
        data = Path(folder) / "data"
        for part in ("disclosures", "requests"):
            shutil.copytree(ROOT / "data" / part, data / part)
        environment = {
            "FOI_BUILD_DB": str(data / "warehouse" / "build.duckdb"),
            "DBT_TARGET_PATH": str(Path(folder) / "target"),
            "DBT_LOG_PATH": str(Path(folder) / "logs"),
        }
        project = ["--project-dir", "dbt_project", "--profiles-dir", "dbt_project"]
        commands = {
            "whole": Command([str(programs / "foi"), "build", "--data-dir", str(data)]),
            "bare": Command([str(programs / "dbt"), "--quiet", "build", *project], environment),
        }
        first = timed(commands["whole"])
        seconds = medians(commands, ROUNDS)
    print(f"build: the disclosures of this project, median of {ROUNDS}")
    line("foi build, first in a new data folder (once)", first)
    line("foi build, nothing changed", seconds["whole"])
    line("dbt build alone", seconds["bare"])
    ratio("foi build : dbt build", seconds["whole"] / seconds["bare"])
