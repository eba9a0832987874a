"""A sensor that tells people of failed runs and failed checks, by any run: scheduled, clicked, or `foi build`.

It reads the instance's own record of finished runs from where it left off, so nothing is missed while it was off.
What a webhook did not take is kept in the cursor and tried again, later each time; no look ever waits for it.
"""

import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import dagster as dg
from dagster import DagsterEventType, DagsterInstance, EventLogRecord, RunStatusChangeRecordsFilter
from dagster._core.event_api import RunStatusChangeEventType

from orchestration import reports, settings
from orchestration.settings import Settings
from orchestration.words import number

SENSOR = "reports"
_FINISHED: tuple[RunStatusChangeEventType, ...] = (
    DagsterEventType.RUN_FAILURE,
    DagsterEventType.RUN_CANCELED,
    DagsterEventType.RUN_SUCCESS,
)
_RUNS = 20  # of each kind in one look
_POSTS = 4  # in one look, of five seconds each at most: a look is ended after sixty
_TRIES = 8
_FIRST_WAIT, _LONGEST_WAIT = 30.0, 3600.0  # seconds
_SAID = 500  # characters of one message


@dataclass
class _Cursor:
    """How far each kind of finished run has been reported, and what the webhook has not taken yet."""

    after: dict[str, int]
    undelivered: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def read(cls, text: str | None, instance: DagsterInstance) -> "_Cursor":
        """The first look begins with what happens from now on."""
        if text is not None:
            return cls(**json.loads(text))
        newest = {kind.value: instance.fetch_run_status_changes(kind, limit=1).records for kind in _FINISHED}
        return cls({kind: records[0].storage_id if records else 0 for kind, records in newest.items()})


@dg.sensor(
    name=SENSOR,
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Reports failed runs and failed checks to data/dagster/reports.log and, where FOI_WEBHOOK_URL is set, "
    "to that address.",
)
def failures(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """One look at the runs that have finished since the last one."""
    here = settings.current()
    cursor = _Cursor.read(context.cursor, context.instance)
    found = list(_new_reports(context.instance, cursor))
    for report in found:
        reports.append(_log(here), report)
        context.log.warning(report["text"])
    if url := os.environ.get(reports.WEBHOOK):
        cursor.undelivered += [{"report": report, "tries": 0, "not_before": 0.0} for report in found]
        cursor.undelivered = list(_after_posting(here, url, cursor.undelivered))
    waiting = f", {len(cursor.undelivered)} not delivered yet" if cursor.undelivered else ""
    said = f"{number(len(found), 'report')} written{waiting}" if found or waiting else "nothing failed"
    return dg.SensorResult(skip_reason=said, cursor=json.dumps(vars(cursor)))


def _log(here: Settings) -> Any:
    return here.dagster_dir / "reports.log"


def _new_reports(instance: DagsterInstance, cursor: _Cursor) -> Iterator[dict[str, Any]]:
    for kind in _FINISHED:
        wanted = RunStatusChangeRecordsFilter(kind, after_storage_id=cursor.after[kind.value])
        for record in instance.fetch_run_status_changes(wanted, limit=_RUNS, ascending=True).records:
            cursor.after[kind.value] = record.storage_id
            report = _report(instance, record, kind)
            if report["failures"] or report["failed_checks"]:
                yield report


def _report(instance: DagsterInstance, record: EventLogRecord, kind: DagsterEventType) -> dict[str, Any]:
    run_id, event = record.event_log_entry.run_id, record.event_log_entry.dagster_event
    failed = [] if kind is DagsterEventType.RUN_SUCCESS else list(_failures(instance, run_id))
    if kind is not DagsterEventType.RUN_SUCCESS and not failed:
        failed = [_short((event.message if event else None) or "the run did not finish")]
    checks = list(_failed_checks(instance, run_id))
    job = event.job_name if event else ""
    what = [
        *failed,
        *(f"check {check['check']} of {check['asset']} ({check['severity']})" for check in checks),
    ]
    return {
        "text": f"FOI warehouse: {job} {kind.value.removeprefix('PIPELINE_').lower()}: {'; '.join(what)}"[
            : 4 * _SAID
        ],
        "at": datetime.fromtimestamp(record.event_log_entry.timestamp, UTC).isoformat(timespec="seconds"),
        "run_id": run_id,
        "job": job,
        "status": kind.value.removeprefix("PIPELINE_"),
        "failures": failed,
        "failed_checks": checks,
    }


def _failures(instance: DagsterInstance, run_id: str) -> Iterator[str]:
    for entry in instance.all_logs(run_id, of_type=DagsterEventType.STEP_FAILURE):
        if entry.dagster_event is not None:
            error = entry.dagster_event.step_failure_data.error
            while error is not None and error.cause is not None:
                error = error.cause
            yield _short(f"step {entry.dagster_event.step_key}: {error.message if error else 'no message'}")


def _failed_checks(instance: DagsterInstance, run_id: str) -> Iterator[dict[str, str]]:
    for entry in instance.all_logs(run_id, of_type=DagsterEventType.ASSET_CHECK_EVALUATION):
        if entry.dagster_event is None:
            continue
        data = entry.dagster_event.asset_check_evaluation_data
        if not data.passed:
            yield {
                "asset": data.asset_key.to_user_string(),
                "check": data.check_name,
                "severity": data.severity.value,
                "description": _short(data.description or ""),
            }


def _after_posting(here: Settings, url: str, queue: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Post what is due; yield what must be tried again. What is given up is said in the log."""
    posted, now = 0, time.time()
    for item in queue:
        if posted >= _POSTS or item["not_before"] > now:
            yield item
            continue
        posted += 1
        outcome, why = reports.post(url, item["report"])
        item["tries"] += 1
        if outcome == "again" and item["tries"] < _TRIES:
            item["not_before"] = time.time() + min(_FIRST_WAIT * 2 ** (item["tries"] - 1), _LONGEST_WAIT)
            yield item
        elif outcome != "delivered":
            text = f"the webhook did not take the report of run {item['report']['run_id']}: {why}"
            reports.append(_log(here), {"text": text, "at": datetime.now(UTC).isoformat(timespec="seconds")})


def _short(text: str) -> str:
    return " ".join(text.split())[:_SAID]
