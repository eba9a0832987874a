"""The Dagster home of a data folder: its configuration, and slots that killed runs left taken."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from orchestration.settings import DAGSTER_CONFIG, ROOT, Settings
from orchestration.words import WrongUse

if TYPE_CHECKING:
    from dagster import DagsterInstance

_PROCESS = "foi/process"
_IN_PROCESS = "build.yaml"
_STORAGE = {"module": "orchestration.history", "class": "BuildStorage"}
_QUIET_LOGS = {"module": "dagster._core.storage.noop_compute_log_manager", "class": "NoOpComputeLogManager"}


def prepare(settings: Settings) -> Path:
    """Write the configuration of this data folder's Dagster home, from the repository's dagster.yaml."""
    folder = settings.dagster_dir
    folder.mkdir(parents=True, exist_ok=True)
    config = _configured()
    if "sqlite" in config["storage"]:
        config["storage"]["sqlite"]["base_dir"] = str(folder / "storage")
    config["local_artifact_storage"]["config"]["base_dir"] = str(folder / "artifacts")
    config["compute_logs"]["config"]["base_dir"] = str(folder / "compute_logs")
    _write(folder / "dagster.yaml", config)
    # A build in this process writes its own log; capturing its output a second time costs helper processes.
    if "sqlite" in config["storage"]:
        config["storage"] = {"custom": {**_STORAGE, "config": config["storage"]["sqlite"]}}
    _write(folder / _IN_PROCESS, {**config, "compute_logs": _QUIET_LOGS})
    return folder


def _configured() -> dict[str, Any]:
    """dagster.yaml, with the keys of the file that FOI_DAGSTER_CONFIG names in place of its own."""
    config: dict[str, Any] = yaml.safe_load((ROOT / "dagster.yaml").read_text(encoding="utf-8"))
    if chosen := os.environ.get(DAGSTER_CONFIG):
        path = ROOT / chosen  # an absolute path stays itself
        try:
            config |= yaml.safe_load(path.read_text(encoding="utf-8"))
        except (OSError, yaml.YAMLError, TypeError) as error:
            raise WrongUse(
                f"{DAGSTER_CONFIG}: {path} is no readable YAML file of settings: {error}"
            ) from error
    return config


def instance(settings: Settings) -> DagsterInstance:
    """The instance a build in this process uses. Close it by using it as a context manager."""
    from dagster import DagsterInstance

    return DagsterInstance.from_config(str(prepare(settings)), _IN_PROCESS)


def tags() -> dict[str, str]:
    """What marks a run as one of `foi build` in this process."""
    return {_PROCESS: str(os.getpid())}


def forget_killed_runs(dagster: DagsterInstance) -> None:
    """Free the pool slots of builds that were killed, and record that they failed.

    Call it only while holding the lock on the data folder: then no other `foi build` is running. Runs of the daemon
    are left alone: it watches over them itself.
    """
    for run_id in dagster.event_log_storage.get_concurrency_run_ids():
        run = dagster.get_run_by_id(run_id)
        if run is None or _PROCESS in run.tags:
            dagster.event_log_storage.free_concurrency_slots_for_run(run_id)
        if run is not None and _PROCESS in run.tags and not run.is_finished:
            dagster.report_run_failed(run, "The process of this run ended before the run did.")


def _write(path: Path, config: dict[str, Any]) -> None:
    text = "# Written by `foi` from the repository's dagster.yaml; change that one.\n" + yaml.safe_dump(
        config
    )
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        scratch = path.with_name(f".{path.name}.new")
        scratch.write_text(text, encoding="utf-8")
        scratch.replace(path)
