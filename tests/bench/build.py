"""`foi build` against a bare `dbt build` of the same project."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.bench.measure import PYTHON, ROOT, Command, line, medians, ratio, timed

ROUNDS = 3
_TESTED = ["--exclude-resource-type", "unit_test"]  # as in a build


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
        whole = [str(programs / "foi"), "build", "--force", "--data-dir", str(data)]
        validation = data / "warehouse" / "validation"  # without it everything is validated anew
        commands = {
            "unchanged": Command([str(programs / "foi"), "build", "--data-dir", str(data)]),
            "whole": Command(whole),
            "validated": Command(
                ["/bin/sh", "-c", 'rm -rf "$1"; shift; exec "$@"', "sh", str(validation), *whole]
            ),
            "bare": Command([str(programs / "dbt"), "--quiet", "build", *_TESTED, *project], environment),
        }
        first = timed(commands["unchanged"])
        seconds = medians(commands, ROUNDS)
    print(f"build: the disclosures of this project, median of {ROUNDS}")
    line("foi build, first in a new data folder (once)", first)
    line("foi build, nothing changed", seconds["unchanged"])
    line("foi build --force: everything again, audit included", seconds["whole"])
    line("the same, and Great Expectations has forgotten what it validated", seconds["validated"])
    line("dbt build alone", seconds["bare"])
    ratio("foi build, nothing changed : dbt build", seconds["unchanged"] / seconds["bare"], 1.2)
    ratio("foi build --force : dbt build", seconds["whole"] / seconds["bare"], 2.5)
    ratio(
        "foi build --force, Great Expectations anew : dbt build", seconds["validated"] / seconds["bare"], 2.5
    )
