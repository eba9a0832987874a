"""Where things stand: the data folder, the dbt project, the Dagster home. Imports nothing heavy, opens nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.registry import DataFolder

ROOT = Path(__file__).resolve().parents[1]
"""The repository: the dbt project and the Dagster configuration are read from here."""

DATA_DIR = "FOI_DATA_DIR"
BUILD_DB = "FOI_BUILD_DB"
DBT_PROJECT_DIR = "FOI_DBT_PROJECT_DIR"
DAGSTER_CONFIG = "FOI_DAGSTER_CONFIG"
"""A YAML file whose top-level keys replace those of dagster.yaml, e.g. orchestration/deploy/dagster-postgres.yaml."""
KEEP_RELEASES = "FOI_KEEP_RELEASES"


@dataclass(frozen=True)
class Settings:
    """Every path the pipeline uses. All that is written stands below ``data_dir``."""

    data_dir: Path
    dbt_project_dir: Path = ROOT / "dbt_project"

    @property
    def data(self) -> DataFolder:
        """The folder as the ingest package knows it."""
        from ingest.registry import DataFolder

        return DataFolder(self.data_dir)

    def at(self, data_dir: Path) -> Settings:
        """The same project over another data folder."""
        return Settings(data_dir, self.dbt_project_dir)

    @property
    def warehouse_dir(self) -> Path:
        """Build file, published file, lock and dbt artifacts."""
        return self.data_dir / "warehouse"

    @property
    def build_db(self) -> Path:
        """The DuckDB file being written."""
        return self.warehouse_dir / "build.duckdb"

    @property
    def published_db(self) -> Path:
        """The DuckDB file people read."""
        return self.warehouse_dir / "foi.duckdb"

    @property
    def exports_dir(self) -> Path:
        """The published tables as CSV and Parquet."""
        return self.warehouse_dir / "exports"

    @property
    def releases_dir(self) -> Path:
        """The last published files, each with its manifest."""
        return self.warehouse_dir / "releases"

    @property
    def releases_kept(self) -> int:
        """How many releases are kept: ``FOI_KEEP_RELEASES``, at least 1, default 5."""
        text = os.environ.get(KEEP_RELEASES, "")
        return max(1, int(text)) if text.isdigit() else 5

    @property
    def lock_file(self) -> Path:
        """Held by whoever writes the build file."""
        return self.warehouse_dir / ".build.lock"

    @property
    def validation_dir(self) -> Path:
        """What was validated last, its results and their Data Docs."""
        return self.warehouse_dir / "validation"

    @property
    def audit_results(self) -> Path:
        """What every check of the last audited build came to."""
        return self.warehouse_dir / "audit.json"

    @property
    def dbt_dir(self) -> Path:
        """Parsed manifests and the artifacts of the last dbt run."""
        return self.warehouse_dir / "dbt"

    @property
    def dagster_dir(self) -> Path:
        """Run history and logs; DAGSTER_HOME of every process started here."""
        return self.data_dir / "dagster"

    @property
    def build_log(self) -> Path:
        """What Dagster and dbt said during the last build."""
        return self.dagster_dir / "build.log"

    def variables(self) -> dict[str, str]:
        """The environment that makes another process see the same paths."""
        return {
            DATA_DIR: str(self.data_dir),
            BUILD_DB: str(self.build_db),
            DBT_PROJECT_DIR: str(self.dbt_project_dir),
            "DAGSTER_HOME": str(self.dagster_dir),
            "DAGSTER_DISABLE_TELEMETRY": "yes",
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DO_NOT_TRACK": "1",
        }

    @contextmanager
    def environment(self) -> Iterator[None]:
        """Set :meth:`variables` for this process and its children; restore what was there afterwards."""
        before = {name: os.environ.get(name) for name in self.variables()}
        os.environ.update(self.variables())
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def current() -> Settings:
    """The settings this process was started with: ``FOI_DATA_DIR``, or ``data/`` of the repository."""
    return Settings(
        data_dir=Path(os.environ.get(DATA_DIR) or ROOT / "data").resolve(),
        dbt_project_dir=Path(os.environ.get(DBT_PROJECT_DIR) or ROOT / "dbt_project").resolve(),
    )
