"""One build: the job of the Dagster project, run in this process, and what came of it."""

from __future__ import annotations

import contextlib
import io
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.problems import Problem
from orchestration import common, corpus, home, lock, manifest, placing, progress, release
from orchestration.settings import Settings

if TYPE_CHECKING:
    from dagster import ExecuteInProcessResult, JobDefinition

    from orchestration.publish.releases import Shelf

_PROBLEMS = """
    select disclosure_id, code, file, place, found, expected, remedy, severity
    from raw.extraction_issues
    order by disclosure_id, file, place, code
"""


@dataclass
class BuildResult:
    """What a build came to. ``published`` is False when the last good one was kept in place."""

    path: Path
    was_run: bool = False
    """Whether the pipeline could be started at all."""
    published: bool = False
    release: str | None = None
    """The release people read after the build."""
    nothing_changed: str | None = None
    """Why nothing was built: what is published is what a build would make."""
    disclosures: int = 0
    extracted: int = 0
    unchanged: int = 0
    stale: int = 0
    failed: int = 0
    values: int = 0
    unmapped_labels: int = 0
    findings: int = 0
    failed_findings: int = 0
    """Those with status FAIL."""
    problems: list[Problem] = field(default_factory=list)
    """Of disclosures and requests: once something is published all that landed, in this build or an earlier one."""
    failures: list[str] = field(default_factory=list)
    """Why nothing was published or, where something was, what failed after that; one line each."""
    seconds: float = 0.0
    log: Path | None = None


def build(
    settings: Settings,
    watcher: Callable[[str], None] | None = None,
    *,
    force: bool = False,
    wait: float | None = None,
    told: Callable[[lock.Holder], None] = lambda _: None,
) -> BuildResult:
    """Run the whole pipeline into ``settings.data_dir`` and publish if every blocking check passes.

    Where nothing has changed since what is published was built, nothing is built, unless with ``force``. ``watcher`` is
    told what is being done, ``told`` who holds the lock while this build waits for it, at most ``wait`` seconds (None:
    as long as it takes). Broken disclosures are problems of the result, not errors.
    Raises :class:`orchestration.lock.Busy` when another process still writes there after that time.
    """
    started = time.monotonic()
    result = BuildResult(settings.published_db, log=settings.build_log)
    before = _identity(settings.published_db)
    try:
        with lock.exclusive(settings.lock_file, wait, told), settings.environment():
            before = _identity(settings.published_db)  # another build may have published meanwhile
            _build(settings, result, watcher or (lambda _: None), force=force)
    except lock.Busy:
        raise
    except Exception as error:  # noqa: BLE001 - a full or read-only disk shows itself in whatever is written first
        result.published = _identity(settings.published_db) != before
        result.failures = [_stopped(settings, error)]
    result.seconds = time.monotonic() - started
    return result


def _build(settings: Settings, result: BuildResult, watcher: Callable[[str], None], *, force: bool) -> None:
    shelf = release.shelf(settings)
    shelf.remove_unfinished()
    placing.heal(settings)
    if force:
        shelf.lift()
    standing = None if force else release.standing(settings)
    if standing is not None:
        _stand(settings, standing, result)
    else:
        home.prepare(settings)
        with _quiet(settings.build_log), progress.watched_by(watcher):
            try:
                _run(settings, result)
            except Exception:
                traceback.print_exc()  # to the log, as everything printed here
                raise
    if result.published:
        _count(result, shelf)


def _identity(file: Path) -> tuple[int, int] | None:
    """Changes whenever the file is replaced; None while there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _stopped(settings: Settings, error: Exception) -> str:
    """What stopped a build from outside, and what to do, in one line."""
    said = _root(error)
    remedy = "the log says where"
    if any(sign in said for sign in ("No space left", "disk is full")):
        remedy = f"make room below {settings.data_dir}, then build again"
    elif any(sign in said for sign in ("Read-only", "readonly", "Permission denied", "unable to open")):
        remedy = f"see that everything below {settings.data_dir} can be written, then build again"
    return f"the build could not go on: {said}; {remedy}"


def _stand(settings: Settings, standing: release.Standing, result: BuildResult) -> None:
    """What is published stays; the problems of the data folder are told all the same."""
    registry = corpus.load(settings)
    result.problems = list(registry.problems)
    result.published, result.was_run = True, True
    result.nothing_changed = standing.reason
    states = standing.release.manifest["states"]
    result.disclosures = len(registry.entries)
    result.stale = sum(states.get(entry.disclosure_id) == "stale" for entry in registry.entries)
    result.failed = sum(entry.disclosure_id not in states for entry in registry.entries)
    result.unchanged = result.disclosures - result.stale - result.failed


def _run(settings: Settings, result: BuildResult) -> None:
    progress.say("starting")
    result.problems = list(corpus.load(settings).problems)
    try:
        manifest.ensure(settings)
    except manifest.ManifestError as error:
        result.failures = [f"dbt cannot parse the project: {error}"]
        return
    try:
        job = _job()
    except Exception as error:  # noqa: BLE001 - Dagster wraps whatever a definition raises in errors of its own
        traceback.print_exc()  # to the log, as everything printed here
        result.failures = [f"the pipeline cannot be loaded: {_root(error)}"]
        return
    log = {"loggers": {"file": {"config": {"path": str(settings.build_log)}}}}
    with home.instance(settings) as dagster:
        home.forget_killed_runs(dagster)
        ran = job.execute_in_process(instance=dagster, run_config=log, raise_on_error=False, tags=home.tags())
    _read(ran, result)


def _job() -> JobDefinition:
    from orchestration.definitions import defs

    return defs().resolve_job_def("refresh_warehouse")


def _root(error: BaseException) -> str:
    """The first error of a chain, in one line."""
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__ or error
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def _read(ran: ExecuteInProcessResult, result: BuildResult) -> None:
    """What the assets recorded, from the run's own events."""
    result.was_run = True
    states: Counter[str] = Counter()
    for event in ran.get_asset_materialization_events():
        materialization = event.step_materialization_data.materialization
        path = materialization.asset_key.path
        if path[0] == "responses":
            recorded: dict[str, Any] = {name: value.value for name, value in materialization.metadata.items()}
            states.update(recorded["states"].values())
            result.problems += [Problem(**row) for row in recorded["problems"]]
        result.published |= path == [common.PUBLISHED, "warehouse"]
    result.disclosures = sum(states.values())
    result.extracted, result.unchanged = states["extracted"], states["unchanged"]
    result.stale, result.failed = states["stale"], states["failed"]
    result.failures = [*_failures(ran), *_failed_checks_of_what_is_published(ran)]
    if not ran.success and not result.failures:
        result.failures = ["the run did not succeed, and no step of it says why"]


def _failures(ran: ExecuteInProcessResult) -> Iterator[str]:
    """Why steps failed: the lines a step named itself, else the error it met. Skipped steps say nothing new."""
    for event in ran.all_events:
        if not event.is_step_failure:
            continue
        failure = event.step_failure_data
        named = failure.user_failure_data.metadata.get("failures") if failure.user_failure_data else None
        if named is not None and named.value:
            lines: Any = named.value
            yield from lines
            continue
        error = failure.error
        while error is not None and error.cause is not None:
            error = error.cause
        yield f"step {event.step_key} failed: {' '.join((error.message if error else 'no message').split())}"


def _failed_checks_of_what_is_published(ran: ExecuteInProcessResult) -> Iterator[str]:
    """All other checks have been made before publishing, and stand in what is published as findings."""
    for check in ran.get_asset_check_evaluations():
        if not check.passed and check.asset_key.path[0] == common.PUBLISHED:
            said = " ".join((check.description or "no message").split())
            yield f"check {check.check_name} of {check.asset_key.to_user_string()} failed: {said}"


def _count(result: BuildResult, shelf: Shelf) -> None:
    from orchestration.warehouse import OPEN, Warehouse

    current = shelf.current()
    result.release = current.release_id if current else None
    with Warehouse(result.path) as warehouse:
        result.values = warehouse.count("fct_disclosed_value")
        result.unmapped_labels = warehouse.count("qa_unmapped_labels")
        result.findings = warehouse.count("qa_findings", OPEN)
        result.failed_findings = warehouse.count("qa_findings", "status = 'FAIL'")
        landed = (
            [Problem(**row) for row in warehouse.select(_PROBLEMS)] if warehouse.has("qa_findings") else []
        )
    result.problems = list(dict.fromkeys([*result.problems, *landed]))


@contextlib.contextmanager
def _quiet(log: Path) -> Iterator[None]:
    """Everything Dagster and dbt print goes to the log; the log starts anew with each build."""
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("", encoding="utf-8")
    with log.open("a", encoding="utf-8") as file:  # the run's own logger appends to it as well
        out: Any = _Lines(file)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            yield
    sys.stdout.flush()


class _Lines(io.TextIOBase):
    """A text stream over an open file that has no descriptor of its own, so nothing redirects the process's."""

    def __init__(self, file: io.TextIOBase) -> None:
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError):  # a full disk: what cannot be logged is no reason to fail
            self._file.write(text)
            self._file.flush()
        return len(text)
