"""One writer at a time: the lock on a data folder. The operating system holds it, so a killed build frees it."""

from __future__ import annotations

import fcntl
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

_POLL = 0.1  # seconds between two looks at a lock that somebody holds
_NAMELESS = (
    1.0  # seconds a lock may be held without a name: between taking it and signing it, or before letting go
)
_held: set[Path] = set()
_kept: dict[Path, IO[str]] = {}


@dataclass(frozen=True)
class Holder:
    """Who holds a lock; fields are None where the holder has not written its name yet."""

    pid: int | None = None
    since: str | None = None
    command: str | None = None

    def __str__(self) -> str:
        if self.pid is None:
            return "held by another process"
        return f"held by process {self.pid} (`{self.command}`) since {self.since}"


@dataclass
class Busy(Exception):
    """Another process writes into this folder, and did not finish in the time one was ready to wait."""

    file: Path
    holder: Holder
    waited: float

    def __str__(self) -> str:
        waited = f" after waiting {self.waited:.0f} seconds" if self.waited >= 1 else ""
        return f"the warehouse is still {self.holder}{waited}; wait for it to finish, then try again"


@contextmanager
def exclusive(
    file: Path, wait: float | None = 0, told: Callable[[Holder], None] = lambda _: None
) -> Iterator[None]:
    """Hold the lock, waiting up to ``wait`` seconds for it (None: as long as it takes), else raise :class:`Busy`.

    ``told`` is called with the holder once when it has to wait, and again whenever the holder changes. Inside a
    process that already holds the lock this is a no-op.
    """
    file = file.resolve()
    if file in _held:
        yield
        return
    handle = _acquire(file, wait, told)
    _held.add(file)
    try:
        yield
    finally:
        _held.discard(file)
        handle.truncate(0)
        handle.close()


def keep(file: Path, told: Callable[[Holder], None]) -> None:
    """Hold the lock until this process ends, waiting for it as long as it takes.

    For a run of several steps in one process: nobody may change the build file between its steps.
    """
    file = file.resolve()
    if file not in _held:
        _kept[file] = _acquire(file, None, told)
        _held.add(file)


@contextmanager
def waiting(file: Path) -> Iterator[None]:
    """Hold a lock, waiting for whoever has it: for short work that several processes may want done once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def shared(file: Path) -> Iterator[None]:
    """Hold a lock that any number of processes may share, waiting for whoever has it alone."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield


@contextmanager
def if_free(file: Path) -> Iterator[bool]:
    """Hold a lock alone where nobody has it; False, and no waiting, where somebody does. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def say_who(holder: Holder) -> None:
    """One line on stderr: who writes to the warehouse just now, and that this command waits."""
    sys.stderr.write(f"waiting for the warehouse, {holder}\n")
    sys.stderr.flush()


def _acquire(file: Path, wait: float | None, told: Callable[[Holder], None]) -> IO[str]:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = file.open("a+", encoding="utf-8")
    started, known = time.monotonic(), None
    named = started
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            now, holder = time.monotonic(), _holder(file)
            waited, named = now - started, now if holder.pid else named
            if wait != 0 and holder != known and (holder.pid or now - named > _NAMELESS):
                told(holder)
                known = holder
            if wait is not None and waited >= wait:
                handle.close()
                raise Busy(file, holder, waited) from None
            time.sleep(_POLL)
    name = [Path(sys.argv[0]).name, *sys.argv[1:]] if sys.argv[0] else ["python"]
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    handle.truncate(0)
    handle.write(json.dumps({"pid": os.getpid(), "since": since, "command": " ".join(name)[:200]}))
    handle.flush()
    return handle


def _holder(file: Path) -> Holder:
    try:
        return Holder(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Holder()
