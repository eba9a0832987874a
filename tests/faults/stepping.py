"""Work done in child processes: to its end, or killed at a step of it."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable
from typing import Any


def in_child(work: Callable[[], Any]) -> Any:
    """The result of ``work``, done in a child process: this one never opens a database, so that it may be forked."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            content = pickle.dumps((work(), None))
        except BaseException as error:  # noqa: BLE001 - told to the parent
            content = pickle.dumps((None, f"{type(error).__name__}: {error}"))
        with os.fdopen(writing, "wb") as file:
            file.write(content)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        result, error = pickle.loads(file.read())  # noqa: S301 - written by our own child
    os.waitpid(child, 0)
    if error is not None:
        raise AssertionError(error)
    return result


class Steps:
    """Counts the steps of some work, and kills the process at the last one."""

    def __init__(self, last: int) -> None:
        self._left = last

    def take(self) -> None:
        """A step of the work."""
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def count(self, owner: Any, *names: str) -> None:
        """From now on two steps are taken at every call of these functions of ``owner``: before it, and after it."""
        for name in names:
            setattr(owner, name, self._around(getattr(owner, name)))

    def _around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:
            self.take()
            result = call(*given, **named)
            self.take()
            return result

        return called


def killed_at(step: int, work: Callable[[Steps], None]) -> bool:
    """Whether ``work``, which sets out what its steps are, was killed at this one; False: it ended before."""
    child = os.fork()
    if child == 0:
        work(Steps(step))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status in (0, signal.SIGKILL), status
    return status != 0
