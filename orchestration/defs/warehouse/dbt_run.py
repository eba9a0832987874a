"""One run of the dbt command line inside this process, and what it says as Dagster's events.

A dbt of its own would spend seconds on starting, and would go on writing the build file when its parent is killed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt.asset_utils import get_updated_cli_invocation_params_for_context
from dagster_dbt.core.dbt_cli_event import DbtCoreCliEventMessage

from orchestration.defs.warehouse.translator import HouseTranslator
from orchestration.progress import say

_RESULTS = {"LogSeedResult", "LogModelResult", "LogSnapshotResult", "LogTestResult"}


@dataclass
class DbtRun:
    """What a run came to. ``events`` are its results as Dagster's events, in the order in which they came."""

    events: list[Any] = field(default_factory=list)
    is_successful: bool = False
    errors: list[str] = field(default_factory=list)
    """What dbt said went wrong, for runs that ended before there was a result."""


def run(arguments: Sequence[str], context: dg.AssetExecutionContext, project: Path, target: Path) -> DbtRun:
    """Run dbt on what the step was asked for; ``target`` is the folder its artifacts go to.

    Errors of dbt are told in the result, never raised. When it returns, dbt has let go of the database file.
    """
    from dbt.artifacts.schemas.run import RunExecutionResult
    from dbt.cli.main import dbtRunner
    from dbt_common.events.functions import msg_to_dict

    asked = get_updated_cli_invocation_params_for_context(context, {}, HouseTranslator())
    done = DbtRun()
    results: list[dict[str, Any]] = []

    def hear(message: Any) -> None:
        if message.info.level == "error":
            done.errors.append(message.info.msg)
        if message.info.name in _RESULTS:
            results.append(msg_to_dict(message))
            say(f"built {results[-1]['data']['node_info']['node_name']}")

    folders = ["--project-dir", str(project), "--profiles-dir", str(project)]
    folders += ["--target-path", str(target), "--log-path", str(target)]
    indirect = ["--indirect-selection", asked.indirect_selection] if asked.indirect_selection else []
    command = ["--no-use-colors", "--no-write-json", *arguments, *folders, *indirect, *asked.selection_args]
    with contextlib.chdir(project):
        try:
            result = dbtRunner(callbacks=[hear]).invoke(command)
        finally:
            _let_go()
    if result.exception is not None:
        if not isinstance(result.exception, Exception):  # an interrupt, which is no error of dbt
            raise result.exception
        done.errors.append(str(result.exception))
    done.is_successful = result.success
    if isinstance(
        result.result, RunExecutionResult
    ):  # the manifest, which takes longer to write, has been parsed before
        result.result.write(str(target / "run_results.json"))
    translator = asked.dagster_dbt_translator  # the one of the assets, which remembers what it worked out
    for raw in results:
        event = DbtCoreCliEventMessage(raw_event=raw, event_history_metadata={})
        done.events += event.to_default_asset_events(asked.manifest, translator, context, target)
    return done


def _let_go() -> None:
    """Close the database file, which dbt-duckdb keeps open for whatever dbt would do next in this process."""
    from dbt.adapters import factory
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    adapters: Any = factory
    adapters.cleanup_connections()
    adapters.reset_adapters()
    manager: Any = DuckDBConnectionManager
    environment = manager._ENV  # noqa: SLF001 - it has no public name
    manager.close_all_connections()
    if environment is not None:
        environment.close()
