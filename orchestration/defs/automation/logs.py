"""A run's log as a file, for runs whose terminal belongs to the person who started them."""

import logging

import dagster as dg


@dg.logger(
    {"path": dg.Field(str, description="The file; it is appended to.")},
    description="Writes every message of a run, with its time, to a file.",
)
def file_log(context: dg.InitLoggerContext) -> logging.Logger:
    """A logger of its own for each run: nothing reaches the terminal through it."""
    path = str(context.logger_config["path"])
    logger = logging.Logger(f"foi.{context.run_id}", logging.DEBUG)  # noqa: LOG001 - one per run, found by nobody else
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger
