"""What is being done right now, for whoever watches. Steps say it; only a terminal shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_watchers: list[Callable[[str], None]] = []


def say(text: str) -> None:
    """Tell every watcher what is being done. Without watchers nothing happens."""
    for watcher in _watchers:
        watcher(text)


@contextmanager
def watched_by(watcher: Callable[[str], None]) -> Iterator[None]:
    """Call ``watcher`` with every text said inside this block."""
    _watchers.append(watcher)
    try:
        yield
    finally:
        _watchers.remove(watcher)
