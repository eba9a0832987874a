"""Commands timed alternately, so that whatever else the machine does meets all of them, and their memory watched."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
_LOOK_EVERY = 0.02  # seconds
_SESSION, _RSS = 5, 23  # fields of /proc/PID/stat


@dataclass(frozen=True, slots=True)
class Command:
    """Something to time, and the cores it may use (None: all)."""

    arguments: list[str]
    environment: Mapping[str, str] | None = None
    cores: set[int] | None = None


def medians(commands: Mapping[str, Command], rounds: int) -> dict[str, float]:
    """Median seconds of each command over so many rounds, after one to warm up; every round runs each once."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            seconds = timed(command)
            if number:
                taken[name].append(seconds)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def timed(command: Command) -> float:
    """Seconds a command takes. Ends the program when the command fails."""
    started = time.monotonic()
    done = subprocess.run(
        command.arguments, cwd=ROOT, env={**os.environ, **(command.environment or {})}, capture_output=True,
        text=True, check=False, preexec_fn=_limiter(command),
    )  # fmt: skip
    if done.returncode != 0:
        sys.exit(f"{' '.join(command.arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return time.monotonic() - started


def processor_seconds(command: Command) -> float:
    """Seconds of all cores together that a command and what it starts take: what else runs meanwhile adds little."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    timed(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def peak_bytes(command: Command) -> int:
    """The most memory a command and all processes it starts hold at one time, as seen every 20 ms. Linux only."""
    process = subprocess.Popen(
        command.arguments,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        preexec_fn=_limiter(command),
        start_new_session=True,
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, _held_by_session(process.pid))
        time.sleep(_LOOK_EVERY)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command.arguments)} ended with {process.returncode}")
    return peak


def _limiter(command: Command):  # type: ignore[no-untyped-def]
    cores = command.cores
    return (lambda: os.sched_setaffinity(0, cores)) if cores else None


def _held_by_session(session: int) -> int:
    pages = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        if int(fields[_SESSION - 2]) == session:
            pages += int(fields[_RSS - 2])
    return pages * os.sysconf("SC_PAGE_SIZE")


def line(what: str, seconds: float) -> None:
    """One row of a table."""
    print(f"  {what:<66}{seconds:8.2f} s")


def ratio(what: str, value: float, bound: float | None = None) -> None:
    """One row that sets two others in relation, and what it may be at most."""
    print(f"  {what:<66}{value:8.2f}" + (f"   (at most {bound:g})" if bound else ""))
