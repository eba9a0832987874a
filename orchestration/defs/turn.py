"""Whose turn it is to write the build file: how steps of a Dagster run share the lock with `foi build`."""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from orchestration import lock, settings
from orchestration.settings import Settings

_PATIENCE = 2.0  # seconds a step waits itself
_AGAIN_AFTER = 10  # seconds
_TIMES = 360


@contextmanager
def turn(context: dg.AssetExecutionContext) -> Iterator[Settings]:
    """Hold the lock inside a step. While another process has it the step is put off, at most for an hour.

    It does not just wait: it would keep its place in the pool of writers, for which the other may be waiting.
    """
    here = settings.current()
    try:
        with lock.exclusive(here.lock_file, _PATIENCE):
            yield here
    except lock.Busy as busy:
        context.log.info("put off: the warehouse is %s", busy.holder)
        raise dg.RetryRequested(max_retries=_TIMES, seconds_to_wait=_AGAIN_AFTER) from busy


def keep_turn(context: dg.AssetExecutionContext) -> None:
    """Hold the lock from here to the end of a run that is one process, waiting for it first.

    So nobody changes the build file between the steps of such a run. Call it in a step that is in no pool.
    """
    here = settings.current()
    lock.keep(here.lock_file, lambda holder: context.log.info("waiting for the warehouse, %s", holder))
