"""`foi releases` and `foi rollback`: what is kept, and going back to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orchestration import lock
from orchestration.publish.releases import ROLLED_BACK
from orchestration.publish.snapshot import NotPublished
from orchestration.release import shelf
from orchestration.settings import Settings
from orchestration.words import WrongUse

COLUMNS = (
    "release",
    "created_at",
    "state",
    "disclosures",
    "values",
    "findings",
    "checks",
    "size_mb",
    "sha256",
)


def rows(settings: Settings) -> Iterator[tuple[Any, ...]]:
    """One row per release kept, newest first; ``state`` says which is read, rolled back or damaged."""
    shelves = shelf(settings)
    current, withdrawn = shelves.current(), shelves.withdrawn()
    for release in reversed(shelves.releases()):
        manifest = release.manifest
        if not release.is_whole():
            state = "damaged"
        elif current is not None and release.release_id == current.release_id:
            state = "published"
        else:
            state = ROLLED_BACK if release.release_id in withdrawn else "kept"
        yield (
            release.release_id,
            manifest["created_at"],
            state,
            len(manifest["states"]),
            manifest["tables"]["main.fct_disclosed_value"]["rows"],
            sum(found["findings"] for found in manifest["findings"] if found["status"] in ("FAIL", "WARN")),
            ", ".join(f"{count} {status}" for status, count in manifest["checks"].items()),
            round(manifest["size_bytes"] / 2**20, 1),
            manifest["sha256"][:12],
        )


def roll_back(settings: Settings, name: str | None, wait: float | None) -> str:
    """Make an earlier release the file people read; what was done, as a line. It is recorded in the history.

    Waits up to ``wait`` seconds for a running build, then raises :class:`orchestration.lock.Busy`. Raises WrongUse when
    there is no such release, or its file is damaged.
    """
    with lock.exclusive(settings.lock_file, wait, lock.say_who):
        shelves = shelf(settings)
        shelves.remove_unfinished()
        current = shelves.current()
        if name is not None:
            target = shelves.find(name)
        else:
            earlier = [
                release for release in shelves.releases() if current and release.number < current.number
            ]
            if not earlier:
                raise WrongUse(
                    "there is no release before the published one; `foi releases` lists those kept"
                )
            target = earlier[-1]
        if current is not None and target.release_id == current.release_id:
            return f"{target.release_id} is published already; nothing was changed"
        try:
            shelves.publish(target, ROLLED_BACK)
        except NotPublished as error:
            raise WrongUse(str(error)) from error
    if current is None:
        return f"published {target.release_id} again"
    compare = f"`foi diff {target.number} {current.number}` shows what differs"
    return f"published {target.release_id} again, in place of {current.release_id}; {compare}"
