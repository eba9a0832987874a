"""Extraction in processes of its own: documents in parallel, and one that crashes or never ends takes only itself.

The guard has looked at every document before a reader parses it; this is the second wall, for what a library does
with bytes nobody foresaw.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from typing import Any, TypeVar

from ingest import landing
from ingest.extract import extract
from ingest.landing import Landed
from ingest.problems import Problem
from ingest.registry import DataFolder, Entry

_Result = TypeVar("_Result")

SECONDS = 60.0  # for one disclosure; the guard alone gives up on a document after 15
MEMORY_BYTES = 4 * 2**30  # address space, of which a reader touches a fraction
_FEW = 2
_PLAIN = {".yml", ".txt", ".csv", ".tsv", ".html", ".htm"}
_SMALL = 2**16  # bytes


def land_all(
    entries: Sequence[Entry], data: DataFolder, watcher: Callable[[str], None] = lambda _: None
) -> Iterator[Landed]:
    """Land the disclosures, in the order given. ``watcher`` is told the id of each that is extracted.

    What is unchanged is found here; the rest is extracted on all cores, at most one disclosure per core in memory.
    """
    landed = {entry.disclosure_id: found for entry in entries if (found := landing.unchanged(entry, data))}
    rest = [entry for entry in entries if entry.disclosure_id not in landed]
    for entry, result in run_all(rest, partial(landing.land, data=data), watcher):
        if isinstance(result, Stopped):
            result = landing.set_aside(entry, data, [result.problem(entry)])  # noqa: PLW2901
        landed[entry.disclosure_id] = result
    yield from (landed[entry.disclosure_id] for entry in entries)


def check_all(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Extract the disclosures without writing, and give every problem in the order of the entries."""
    found = {
        entry.disclosure_id: [result.problem(entry)] if isinstance(result, Stopped) else result
        for entry, result in run_all(entries, _problems)
    }
    for entry in entries:
        yield from found[entry.disclosure_id]


def _problems(entry: Entry) -> list[Problem]:
    return extract(entry).problems


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why a worker gave no result, as one sentence."""

    reason: str

    def problem(self, entry: Entry) -> Problem:
        return entry.problem(
            "reader_stopped", "", found=self.reason, expected="a document that can be read in time and memory",
            remedy="Ask the force for the file in another format, and report the document.",
        )  # fmt: skip


@dataclass(slots=True)
class _Worker:
    """A process that takes one entry at a time, the entry it has, and when it must be done with it."""

    process: ForkServerProcess
    pipe: Connection
    entry: Entry | None = None
    ends: float = 0.0


def run_all(
    entries: Sequence[Entry],
    job: Callable[[Entry], _Result],
    watcher: Callable[[str], None] = lambda _: None,
    seconds: float = SECONDS,
) -> Iterator[tuple[Entry, _Result | Stopped]]:
    """The result of ``job`` for every entry, as they come. ``job`` must be importable: it runs in other processes.

    One or two small disclosures are not worth starting processes for, unless their format can bring down the process.
    """
    if len(entries) <= _FEW and all(_is_plain(entry) for entry in entries):
        for entry in entries:
            watcher(entry.disclosure_id)
            yield entry, _guarded(job, entry)
        return
    waiting, workers = list(entries), list[_Worker]()
    try:
        while waiting or any(worker.entry for worker in workers):
            _hand_out(waiting, workers, job, watcher, seconds)
            busy = [worker for worker in workers if worker.entry is not None]
            wait(
                [worker.pipe for worker in busy],
                max(0.0, min(worker.ends for worker in busy) - time.monotonic()),
            )
            for worker in busy:
                if worker.entry is not None and (worker.pipe.poll() or time.monotonic() >= worker.ends):
                    entry, worker.entry = worker.entry, None
                    result = _answer(worker, seconds)
                    if isinstance(
                        result, Stopped
                    ):  # it may be in any state: the next entry gets a fresh process
                        worker.process.kill()
                        workers.remove(worker)
                    yield entry, result
    finally:
        for worker in workers:
            worker.process.kill()
            worker.process.join()
            worker.pipe.close()


def _hand_out(
    waiting: list[Entry],
    workers: list[_Worker],
    job: Callable[[Entry], _Result],
    watcher: Callable[[str], None],
    seconds: float,
) -> None:
    """Give every idle worker an entry, starting workers while there are cores and entries left."""
    while waiting:
        worker = next((worker for worker in workers if worker.entry is None), None)
        if worker is None:
            if len(workers) >= _cores():
                return
            worker = _start(job)
            workers.append(worker)
        worker.entry, worker.ends = waiting.pop(0), time.monotonic() + seconds
        watcher(worker.entry.disclosure_id)
        worker.pipe.send(worker.entry)


def _cores() -> int:
    """Those this process may use, where the system can tell."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _is_plain(entry: Entry) -> bool:
    files = [path for path in entry.folder.iterdir() if path.is_file()]
    return all(path.suffix in _PLAIN and path.stat().st_size < _SMALL for path in files)


def _start(job: Callable[[Entry], _Result]) -> _Worker:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["ingest.preload"])
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(job, theirs), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _answer(worker: _Worker, seconds: float) -> Any:
    try:
        return (
            worker.pipe.recv() if worker.pipe.poll() else Stopped(f"it took longer than {seconds:g} seconds")
        )
    except (EOFError, ConnectionResetError):  # the process ended without an answer
        worker.process.join(5)
        return Stopped(f"its reader ended with exit code {worker.process.exitcode}")


def _work(job: Callable[[Entry], object], pipe: Connection) -> None:
    """In the worker: a memory limit, then entry after entry. Whatever goes wrong is told as one sentence."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    with contextlib.suppress(EOFError):  # the parent has gone or needs no more
        while True:
            entry = pipe.recv()
            pipe.send(_guarded(job, entry))


def _guarded(job: Callable[[Entry], _Result], entry: Entry) -> _Result | Stopped:
    """The result, or why there is none: a fault of the program must name its document, not stop the others."""
    try:
        return job(entry)
    except MemoryError:
        return Stopped(f"it needs more than {MEMORY_BYTES // 2**30} GiB of memory")
    except Exception as error:  # noqa: BLE001
        said = " ".join(str(error).split())[:200]
        return Stopped(f"the program failed on it: {type(error).__name__}: {said}")
