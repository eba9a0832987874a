"""Running the suites: a Great Expectations checkpoint over the landed tables, its Data Docs, and a row per result.

Imported only by the process of :mod:`orchestration.quality.process`: the library takes seconds to load.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.quality import docs_site, results
from orchestration.quality.checks import Check, by_name
from orchestration.quality.results import CheckResult

if TYPE_CHECKING:
    import pandas as pd

_KEYS = {"values": ["disclosure_id", "table_name", "locator"], "tables": ["disclosure_id", "table_name"]}


def validate(
    frames: Mapping[str, pd.DataFrame], site: Path, checks: Mapping[str, Check]
) -> list[CheckResult]:
    """Validate the frames of :mod:`orchestration.quality.frames`; write Data Docs below ``site``.

    Gives, for every check and every disclosure of the frames, PASS, or a FAIL or WARN for each place found.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.checkpoint.actions import UpdateDataDocsAction

    from orchestration.quality.suites import SUITES, suite

    shutil.rmtree(site, ignore_errors=True)
    context = gx.get_context(mode="file", project_root_dir=str(site))
    source = context.data_sources.add_pandas("landed")
    found: list[CheckResult] = []
    suites: list[docs_site.Suite] = []
    for name in SUITES:
        asset = source.add_dataframe_asset(name)
        batch = asset.add_batch_definition_whole_dataframe("all")
        definition = context.validation_definitions.add(
            gx.ValidationDefinition(name=name, data=batch, suite=context.suites.add(suite(name)))
        )
        checkpoint = gx.Checkpoint(
            name=name,
            validation_definitions=[definition],
            actions=[UpdateDataDocsAction(name="data_docs")],
            result_format={"result_format": "COMPLETE", "unexpected_index_column_names": _KEYS[name]},
        )
        ran = context.checkpoints.add(checkpoint).run(batch_parameters={"dataframe": frames[name]})
        for validated in ran.run_results.values():
            found += _results(validated.results, frames[name], checks)
            suites.append(docs_site.Suite(name, [_expectation(result) for result in validated.results]))
    docs_site.stand_alone(site / docs_site.HOME, suites)
    return found


def _expectation(result: Any) -> docs_site.Expectation:
    about = result.expectation_config
    unexpected = int((result.result or {}).get("unexpected_count") or 0)
    return docs_site.Expectation(about.meta["check_name"], about.type, bool(result.success), unexpected)


def _results(validated: Any, frame: pd.DataFrame, checks: Mapping[str, Check]) -> list[CheckResult]:
    failed: dict[str, list[CheckResult]] = {}
    judged: dict[str, set[str]] = {}
    for result in validated:
        check = checks[result.expectation_config.meta["check_name"]]
        failed.setdefault(check.name, []).extend(_unexpected(result, check))
        judged.setdefault(check.name, set()).update(_judged(frame, result.expectation_config.kwargs))
    found = []
    for name, own in failed.items():
        sound = judged[name] - {result.disclosure_id for result in own}
        found += [
            CheckResult(name, checks[name].kind, disclosure_id, "PASS") for disclosure_id in sorted(sound)
        ]
        found += own
    return found


def _judged(frame: pd.DataFrame, arguments: Mapping[str, Any]) -> set[str]:
    """The disclosures an expectation says something of: where it compares two columns, those that have both."""
    if arguments.get("ignore_row_if") == "either_value_is_missing":
        frame = frame[frame[arguments["column_B"]].notna()]
    return set(frame["disclosure_id"])


def _unexpected(result: Any, check: Check) -> list[CheckResult]:
    """A result per unexpected row. RuntimeError where an expectation could not be evaluated at all."""
    if raised := _raised(result.exception_info or {}):
        raise RuntimeError(f"the expectation of {check.name} could not be evaluated: {raised}")
    rows: list[dict[str, Any]] = [] if result.success else result.result["unexpected_index_list"]
    told = check.failed
    return [
        CheckResult(
            check.name,
            check.kind,
            row["disclosure_id"],
            told,
            ", ".join(str(row[key]) for key in ("table_name", "locator") if row.get(key)),
            _message(row),
        )
        for row in rows
    ]


def _raised(told: Mapping[str, Any]) -> str:
    """The message of an error inside Great Expectations, which notes it once or once per metric; else nothing."""
    notes = [told, *(note for note in told.values() if isinstance(note, Mapping))]
    return "; ".join(
        str(note.get("exception_message")) for note in notes if note.get("raised_exception") is True
    )


def _message(row: Mapping[str, Any]) -> str:
    """What is wrong with a row, which has the columns of its expectation and those that say where it stands."""
    told = {key: value for key, value in row.items() if key not in ("disclosure_id", "table_name", "locator")}
    if list(told) == ["reviewed_on"]:
        return f"not yet reviewed; run foi review {row['disclosure_id']}"
    reviewed = next((key for key in told if key.startswith("reviewed_") and f"{key[9:]}" in told), None)
    if reviewed is not None:
        return f"{reviewed[9:].replace('_', ' ')}: found {told[reviewed[9:]]}, when reviewed {told[reviewed]}"
    return "; ".join(f"{key.replace('_', ' ')} is {value!r}" for key, value in told.items())


def run(tables: Path, seeds: Path, site: Path, target: Path) -> None:
    """Read Parquet from ``tables``, write Data Docs to ``site`` and the results to ``target``."""
    import pyarrow.parquet as pq

    from orchestration.quality.frames import frames

    landed = {path.stem: pq.read_table(path) for path in sorted(tables.glob("*.parquet"))}
    results.write(target, validate(frames(landed, seeds), site, by_name(seeds)))
