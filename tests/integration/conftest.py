"""What several integration tests share beside the warehouse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.conftest import ROOT, Built


@pytest.fixture(scope="session")
def definitions(built: Built) -> dict[str, Any]:
    """Everything Dagster loads, found out by a process of its own, as its code server does."""
    environment = os.environ | {
        "FOI_DATA_DIR": str(built.data_dir),
        "FOI_BUILD_DB": str(built.data_dir / "warehouse" / "build.duckdb"),
    }
    command = [sys.executable, "-m", "tests.support.definitions"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    described: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return described
