"""One writer at a time: the lock on a data folder. The operating system holds it, so a killed build frees it."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_held: set[Path] = set()


@dataclass
class Busy(Exception):
    """Another process is building into this folder."""

    file: Path
    pid: int | None
    started_at: str | None

    def __str__(self) -> str:
        who = f"process {self.pid}, started {self.started_at}" if self.pid else "another process"
        return f"a build is already running here ({who}); wait for it to finish, then try again"


@contextmanager
def exclusive(file: Path) -> Iterator[None]:
    """Hold the lock, or raise :class:`Busy` at once. Inside a process that already holds it this is a no-op."""
    file = file.resolve()
    if file in _held:
        yield
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _busy(file) from None
        holder = {"pid": os.getpid(), "started_at": datetime.now().astimezone().isoformat(timespec="seconds")}
        handle.truncate(0)
        handle.write(json.dumps(holder))
        handle.flush()
        _held.add(file)
        try:
            yield
        finally:
            _held.discard(file)
            handle.truncate(0)


@contextmanager
def waiting(file: Path) -> Iterator[None]:
    """Hold a lock, waiting for whoever has it: for short work that several processes may want done once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _busy(file: Path) -> Busy:
    try:
        holder = json.loads(file.read_text(encoding="utf-8"))
        return Busy(file, int(holder["pid"]), str(holder["started_at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Busy(file, None, None)  # the holder has not written its name yet
