"""The lock on a data folder: who has to wait is told for whom, and only by name while there is a name to tell."""

from __future__ import annotations

import fcntl
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from orchestration import lock


@contextmanager
def held_by_another(file: Path) -> Iterator[IO[str]]:
    """The lock, held through another open file, as another process would; whoever gets it may sign it."""
    with file.open("a+", encoding="utf-8") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle


def sign(handle: IO[str], pid: int | None) -> None:
    handle.truncate(0)
    if pid is not None:
        handle.write(json.dumps({"pid": pid, "since": "2020-01-01T00:00:00+00:00", "command": "foi build"}))
    handle.flush()


def waits_and_is_told(file: Path) -> list[int | None]:
    told: list[int | None] = []
    with lock.exclusive(file, None, lambda holder: told.append(holder.pid)):
        return told


def test_a_moment_without_a_name_between_two_holders_is_not_told(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    with ThreadPoolExecutor(1) as pool:
        with held_by_another(file) as handle:
            sign(handle, 1)
            waiting = pool.submit(waits_and_is_told, file)
            time.sleep(1.2)
            sign(handle, None)  # the first lets go, and the next has not signed yet
            time.sleep(0.4)
            sign(handle, 2)
            time.sleep(0.4)
        assert waiting.result(timeout=10) == [1, 2]


def test_a_holder_that_never_signs_is_told_once(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    with ThreadPoolExecutor(1) as pool:
        with held_by_another(file):
            waiting = pool.submit(waits_and_is_told, file)
            time.sleep(1.6)
        assert waiting.result(timeout=10) == [None]
