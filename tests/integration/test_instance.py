"""The Dagster instance as configured: SQLite below the data folder, or PostgreSQL; and what runs it unattended."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster._core.definitions.run_request import InstigatorType
from dagster._core.scheduler.instigation import TickStatus

from orchestration import home
from orchestration.settings import DAGSTER_CONFIG, Settings
from orchestration.words import WrongUse

_SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin")) if Path("/usr/lib/postgresql").is_dir() else []


@pytest.fixture
def postgres(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a PostgreSQL server of one's own, with a socket in its folder; it refuses to run as root."""
    if not _SERVERS:
        pytest.skip("no PostgreSQL server is installed; .ci/system-packages installs one")
    folder = Path(tempfile.mkdtemp(prefix="foi-pg-"))
    user: dict[str, Any] = {"cwd": folder}
    if os.getuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
        user |= {"user": account.pw_uid, "group": account.pw_gid}
    program, cluster = _SERVERS[-1], folder / "cluster"
    options = f"-k {folder} -c listen_addresses= -c fsync=off"

    def run(name: str, *arguments: str) -> None:
        # Its output goes to a file: the server inherits it, and a pipe would stay open until the server ends.
        with (folder / "said").open("wb") as said:
            subprocess.run(
                [program / name, "-D", cluster, *arguments], stdout=said, stderr=said, check=True, **user
            )

    try:
        run("initdb", "-U", "foi", "-A", "trust")
        run("pg_ctl", "-o", options, "-w", "start")
        monkeypatch.setenv("FOI_DAGSTER_POSTGRES_URL", f"postgresql+psycopg2://foi@/postgres?host={folder}")
        yield f"postgresql://foi@/postgres?host={folder}"
        run("pg_ctl", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _materialised(instance: dg.DagsterInstance) -> str:
    """Run one asset that holds a place in the writers' pool, and return its run."""

    @dg.asset(pool="warehouse_writer")
    def thing() -> dg.MaterializeResult[Any]:
        return dg.MaterializeResult(metadata={"rows": 3})

    assert instance.event_log_storage.get_pool_config().default_pool_limit == 1
    return dg.materialize([thing], instance=instance).run_id


def test_the_postgres_variant_keeps_runs_and_events_there(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg2

    monkeypatch.setenv(DAGSTER_CONFIG, "orchestration/deploy/dagster-postgres.yaml")
    settings = Settings(tmp_path)
    with home.instance(settings) as instance:
        run_id = _materialised(instance)
    with home.instance(settings) as instance:  # opened anew, as another process does
        home.forget_killed_runs(instance)
        event = instance.get_latest_materialization_event(dg.AssetKey("thing"))
        assert event is not None
        assert event.run_id == run_id
        assert instance.schedule_storage is not None
        assert instance.schedule_storage.all_instigator_state() == []
        assert not instance.telemetry_enabled
    with psycopg2.connect(postgres) as connection, connection.cursor() as cursor:
        cursor.execute("select run_id, status from runs")
        assert cursor.fetchall() == [(run_id, "SUCCESS")]
        cursor.execute("select count(*) from event_logs where run_id = %s", [run_id])
        assert cursor.fetchone()[0] > 5
    assert list(tmp_path.rglob("*.db")) == [], "nothing is kept in SQLite beside it"
    assert "foi@" not in (tmp_path / "dagster" / "dagster.yaml").read_text(encoding="utf-8")


def test_by_default_everything_is_below_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(DAGSTER_CONFIG, raising=False)
    with home.instance(Settings(tmp_path)) as instance:
        _materialised(instance)
        assert (tmp_path / "dagster" / "storage").is_dir()
        assert instance.run_monitoring_enabled
        assert (instance.run_retries_enabled, instance.run_retries_retry_on_asset_or_op_failure) == (
            True,
            False,
        )
        assert (instance.telemetry_enabled, instance.freshness_enabled) == (False, True)
        for kind in InstigatorType.SCHEDULE, InstigatorType.SENSOR:
            kept = instance.get_tick_retention_settings(kind)
            assert all(
                0 < kept[status] <= 365
                for status in (TickStatus.SKIPPED, TickStatus.SUCCESS, TickStatus.FAILURE)
            )


def test_a_configuration_that_cannot_be_read_is_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DAGSTER_CONFIG, str(tmp_path / "none.yaml"))
    with pytest.raises(WrongUse, match=r"FOI_DAGSTER_CONFIG: .*none\.yaml"):
        home.prepare(Settings(tmp_path))
