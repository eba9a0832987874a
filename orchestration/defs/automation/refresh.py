"""The one job, and when it runs by itself."""

import dagster as dg

from orchestration.defs.automation.logs import file_log

JOB = "refresh_warehouse"


@dg.definitions
def defs() -> dg.Definitions:
    """The job over all assets, its weekly schedule, and the loggers a run can be given."""
    job = dg.define_asset_job(
        JOB,
        selection=dg.AssetSelection.all(),
        # One process: every further one would spend seconds on imports, and the work itself takes less.
        executor_def=dg.in_process_executor,
        description="From the documents to the published comparison: what `foi build` runs.",
    )
    weekly = dg.ScheduleDefinition(
        name="weekly_refresh",
        job=job,
        cron_schedule="30 5 * * 1",
        default_status=dg.DefaultScheduleStatus.RUNNING,
        execution_timezone="Europe/London",
        description="Early on Mondays, so that the week starts with everything that arrived.",
    )
    loggers = {"console": dg.colored_console_logger, "file": file_log}
    return dg.Definitions(jobs=[job], schedules=[weekly], loggers=loggers)
