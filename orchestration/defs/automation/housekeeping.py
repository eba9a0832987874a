"""Old runs are forgotten, so that the history stays small. Old ticks: see retention in dagster.yaml."""

import time

import dagster as dg

JOB = "housekeeping"
KEEP_DAYS = 180
_DAY = 24 * 60 * 60
_RUNNING = {dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.QUEUED}


@dg.definitions
def defs() -> dg.Definitions:
    """The job and its weekly schedule."""
    weekly = dg.ScheduleDefinition(
        name="weekly_housekeeping",
        job=housekeeping,
        cron_schedule="30 4 * * 0",
        execution_timezone="Europe/London",
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="On Sundays, when nothing else runs.",
    )
    return dg.Definitions(jobs=[housekeeping], schedules=[weekly])


@dg.op(
    config_schema={"keep_days": dg.Field(int, default_value=KEEP_DAYS, description="Younger runs are kept.")},
    description="Deletes runs that ended long ago and made nothing that is still the newest, with events and logs.",
)
def forget_old_runs(context: dg.OpExecutionContext) -> None:
    """Keeps every run that an asset's newest materialisation came from, or the asset would look as if never made."""
    instance = context.instance
    before = time.time() - context.op_config["keep_days"] * _DAY
    newest = {
        event.run_id
        for key in instance.all_asset_keys()
        if (event := instance.get_latest_materialization_event(key)) is not None
    }
    old = [
        record.dagster_run
        for record in instance.get_run_records()
        if record.create_timestamp.timestamp() < before
    ]
    gone = [run for run in old if run.run_id not in newest and run.status not in _RUNNING]
    for run in gone:
        if run.run_id != context.run_id:
            instance.delete_run(run.run_id)
            instance.compute_log_manager.delete_logs(prefix=[run.run_id])
    context.log.info("forgot %d of %d old runs", len(gone), len(old))


@dg.job(name=JOB, executor_def=dg.in_process_executor, description="Forgets old runs.")
def housekeeping() -> None:
    """One op."""
    forget_old_runs()
