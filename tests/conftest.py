"""What many tests share: one data folder, one warehouse built once per test run, and the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Ran:
    """A finished command."""

    exit_code: int
    out: str
    err: str


def copy_inputs(target: Path) -> Path:
    """A data folder with the project's own disclosures and requests, and nothing that was built from them."""
    for name in ("disclosures", "requests"):
        shutil.copytree(ROOT / "data" / name, target / name)
    return target


def run_foi(*arguments: str, data_dir: Path | None = None, env: dict[str, str] | None = None) -> Ran:
    """The `foi` command of this environment, as a person runs it."""
    command = [str(Path(sys.executable).with_name("foi")), *arguments]
    if data_dir is not None:
        command += ["--data-dir", str(data_dir)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("FOI_", "DAGSTER_"))}
    done = subprocess.run(
        command, capture_output=True, text=True, env=clean | (env or {}), check=False, cwd=ROOT
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Built:
    """A built and published warehouse that tests may read, but not change."""

    data_dir: Path
    build: Ran

    @property
    def path(self) -> Path:
        return self.data_dir / "warehouse" / "foi.duckdb"

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a query on the published file."""
        with duckdb.connect(str(self.path), read_only=True) as connection:
            return connection.execute(sql, list(parameters)).fetchall()

    def records(self, sql: str, *parameters: Any) -> list[dict[str, Any]]:
        """The same, by column name."""
        with duckdb.connect(str(self.path), read_only=True) as connection:
            cursor = connection.execute(sql, list(parameters))
            names = [column[0] for column in cursor.description or []]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def value(self, sql: str, *parameters: Any) -> Any:
        """The only value of a query."""
        (row,) = self.rows(sql, *parameters)
        (value,) = row
        return value


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The project's own disclosures, built once by `foi build` for the whole test run.

    FOI_TEST_BUILT names a data folder that is built already: for the mutation check, which builds what it changed.
    """
    if ready := os.environ.get("FOI_TEST_BUILT"):
        return Built(Path(ready), Ran(0, "", ""))
    data_dir = copy_inputs(tmp_path_factory.mktemp("built"))
    return Built(data_dir, _succeeded(run_foi("build", data_dir=data_dir)))


@pytest.fixture
def copy_of_built(built: Built, tmp_path: Path) -> Path:
    """A data folder of one's own in the state after a build, to change and build again."""
    return Path(shutil.copytree(built.data_dir, tmp_path / "data"))


@pytest.fixture
def foi() -> Callable[..., Ran]:
    """Runs the `foi` command."""
    return run_foi


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A data folder that was never built."""
    return copy_inputs(tmp_path / "data")


def _succeeded(ran: Ran) -> Ran:
    if ran.exit_code != 0:
        pytest.exit(f"the build that all tests share failed:\n{ran.out}\n{ran.err}", returncode=1)
    return ran
