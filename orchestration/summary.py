"""`foi build` for a person: progress on a terminal, then what came of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration import corpus
from orchestration.build import BuildResult, build
from orchestration.lock import say_who
from orchestration.settings import Settings
from orchestration.words import number


def run(settings: Settings, *, strict: bool, force: bool, wait: float | None) -> int:
    """Build, print, and return the exit code: 0 published, 1 if anything failed.

    With ``strict`` also for any problem of a disclosure and any finding with status FAIL, however often it was built.
    """
    with _progress() as watcher:
        result = build(settings, watcher, force=force, wait=wait, told=say_who)
    for line in lines(result):
        sys.stdout.write(line + "\n")
    for failure in result.failures:
        sys.stderr.write(f"{failure}\n")
    if result.failures or not result.published:
        sys.stderr.write(f"{_stands(result)}. Full log: {_shown(result.log) if result.log else 'none'}\n")
        return 1
    if not strict or not (result.problems or result.failed_findings):
        return 0
    failed = number(result.failed_findings, "finding")
    sys.stderr.write(
        f"--strict: {corpus.severities(result.problems)}, {failed} with status FAIL in qa_findings\n"
    )
    return 1


def lines(result: BuildResult) -> Iterator[str]:
    """Every problem of the disclosures, then the summary."""
    for problem in result.problems:
        yield f"{problem.severity}: {problem}"
    states = [
        number(result.extracted, "extracted", "extracted"),
        number(result.unchanged, "unchanged", "unchanged"),
        *([f"{result.stale} stale"] if result.stale else []),
        *([f"{result.failed} left out"] if result.failed else []),
    ]
    rows = [
        *([("disclosures", f"{result.disclosures:,} ({', '.join(states)})")] if result.was_run else []),
        *([("problems", corpus.severities(result.problems))] if result.problems else []),
    ]
    if result.release:
        rows += [
            ("values", f"{result.values:,}"),
            ("unmapped labels", f"{result.unmapped_labels:,}"),
            ("findings", f"{result.findings:,}"),
            ("published", _shown(result.path)),
            ("release", result.release),
            *([("not built", result.nothing_changed)] if result.nothing_changed else []),
        ]
    rows.append(("seconds", f"{result.seconds:.1f}"))
    width = max(len(name) for name, _ in rows)
    yield from (f"{name:<{width}}  {value}" for name, value in rows)


def _stands(result: BuildResult) -> str:
    """What people read after a failure."""
    if result.published:
        return (
            f"{result.release or 'the new release'} had been published before this failed and is what people read; "
            "foi releases lists what can be rolled back to"
        )
    kept = "the last good warehouse stays" if result.path.exists() else "there is no earlier warehouse"
    return f"nothing was published; {kept}"


def _shown(path: Path) -> str:
    """A path as short as it can be typed from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


@contextmanager
def _progress() -> Iterator[Callable[[str], None] | None]:
    """A spinner with the current step on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    # The console keeps the terminal for itself: what the build prints is redirected to its log meanwhile.
    console = Console(file=sys.stderr)
    with console.status("starting") as status:
        yield status.update
