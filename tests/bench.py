"""Time `foi build` against a bare `dbt build` of the same project, on this machine, in one run. Prints one table.

Not a test: run it with `make bench`. Everything happens in a temporary copy of the data folder.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
ROUNDS = 3


def main() -> int:
    """Build once to warm up, then time both alternately."""
    with tempfile.TemporaryDirectory(prefix="foi-bench-") as folder:
        data = Path(folder) / "data"
        for part in ("disclosures", "requests"):
            shutil.copytree(ROOT / "data" / part, data / part)
        build = [str(BIN / "foi"), "build", "--data-dir", str(data)]
        first = _seconds(build, {})
        dbt = [
            str(BIN / "dbt"),
            "--quiet",
            "build",
            "--project-dir",
            "dbt_project",
            "--profiles-dir",
            "dbt_project",
        ]
        environment = {
            "FOI_BUILD_DB": str(data / "warehouse" / "build.duckdb"),
            "DBT_TARGET_PATH": str(Path(folder) / "target"),
            "DBT_LOG_PATH": str(Path(folder) / "logs"),
        }
        _seconds(dbt, environment)
        bare, whole = [], []
        for _ in range(ROUNDS):
            bare.append(_seconds(dbt, environment))
            whole.append(_seconds(build, {}))
    low, high = statistics.median(bare), statistics.median(whole)
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, median of {ROUNDS}"
    )
    print(f"foi build, first in a new data folder  {first:6.1f} s")
    print(f"foi build                              {high:6.1f} s")
    print(f"dbt build alone                        {low:6.1f} s")
    print(f"ratio                                  {high / low:6.2f}")
    return 0


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return time.monotonic() - started


if __name__ == "__main__":
    sys.exit(main())
