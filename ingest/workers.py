"""Extraction in processes of its own: documents in parallel, and one that crashes or never ends takes only itself.

The guard has looked at every document before a reader parses it; this is the second wall, for what a library does
with bytes nobody foresaw.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, ForkServerProcess

from ingest import landing
from ingest.landing import Landed
from ingest.registry import DataFolder, Entry

SECONDS = 60.0  # for one disclosure; the guard alone gives up on a document after 15
MEMORY_BYTES = 4 * 2**30  # address space, of which a reader touches a fraction
_FEW = 2  # as many are extracted in this process: starting others would cost more


def land_all(
    entries: Sequence[Entry],
    data: DataFolder,
    watcher: Callable[[str], None] = lambda _: None,
    *,
    seconds: float = SECONDS,
) -> Iterator[Landed]:
    """Land the disclosures, in the order given. ``watcher`` is told the id of each that is extracted.

    What is unchanged is found here; the rest is extracted on all cores, at most one disclosure per core in memory.
    """
    landed = {entry.disclosure_id: found for entry in entries if (found := landing.unchanged(entry, data))}
    rest = [entry for entry in entries if entry.disclosure_id not in landed]
    size = sum(path.stat().st_size for entry in rest for path in entry.folder.iterdir() if path.is_file())
    if len(rest) <= _FEW and size < 2**16:
        for entry in rest:
            watcher(entry.disclosure_id)
            landed[entry.disclosure_id] = landing.land(entry, data)
    else:
        for entry, result in _in_processes(rest, data, watcher, seconds):
            landed[entry.disclosure_id] = result
    yield from (landed[entry.disclosure_id] for entry in entries)


@dataclass(slots=True)
class _Task:
    entry: Entry
    process: ForkServerProcess
    answer: Connection
    ends: float


def _in_processes(
    entries: Sequence[Entry], data: DataFolder, watcher: Callable[[str], None], seconds: float
) -> Iterator[tuple[Entry, Landed]]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["ingest.preload"])
    waiting, running = list(entries), list[_Task]()
    try:
        while waiting or running:
            while waiting and len(running) < (os.cpu_count() or 1):
                entry = waiting.pop(0)
                watcher(entry.disclosure_id)
                running.append(_start(context, entry, data, seconds))
            wait([task.answer for task in running], max(0.0, min(task.ends for task in running) - time.monotonic()))
            for task in [task for task in running if task.answer.poll() or time.monotonic() >= task.ends]:
                running.remove(task)
                yield task.entry, _finish(task, data, seconds)
    finally:
        for task in running:
            task.process.kill()


def _start(context: ForkServerContext, entry: Entry, data: DataFolder, seconds: float) -> _Task:
    answer, question = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(entry, data, question), daemon=True)
    process.start()
    question.close()
    return _Task(entry, process, answer, time.monotonic() + seconds)


def _finish(task: _Task, data: DataFolder, seconds: float) -> Landed:
    try:
        result = task.answer.recv() if task.answer.poll() else None
        reason = f"it took longer than {seconds:g} seconds"
    except EOFError:  # the process ended without an answer
        result = None
        task.process.join(5)
        reason = f"its reader ended with exit code {task.process.exitcode}"
    task.answer.close()
    if isinstance(result, Landed):
        task.process.join(5)
        return result
    task.process.kill()
    if isinstance(result, str):
        reason = result
    problem = task.entry.problem(
        "reader_stopped", "", found=reason, expected="a document that can be read in time and memory",
        remedy="Ask the force for the file in another format, and report the document.",
    )  # fmt: skip
    return landing.set_aside(task.entry, data, [problem])


def _work(entry: Entry, data: DataFolder, answer: Connection) -> None:
    """In the worker: a memory limit, then the extraction. Whatever goes wrong is told as one sentence."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    try:
        answer.send(landing.land(entry, data))
    except MemoryError:
        answer.send(f"it needs more than {MEMORY_BYTES // 2**30} GiB of memory")
    except Exception as error:  # noqa: BLE001 - a fault of the program must name its document, not stop the others
        answer.send(f"the program failed on it: {type(error).__name__}: {' '.join(str(error).split())[:200]}")
