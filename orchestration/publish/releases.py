"""The last published files, each with a manifest of what it was made of, and which of them is read now.

A release appears whole: its folder gets its name when everything in it is on disk. The file people read is a copy of
one release, so that damage to the one can be healed from the other.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from orchestration.publish import disk
from orchestration.publish.snapshot import READ_ONLY, NotPublished, checkpoint, verify
from orchestration.words import unknown

MANIFEST = "manifest.json"
DATABASE = "foi.duckdb"
_ID = re.compile(r"(\d{4,})-\d{8}T\d{6}Z")


@dataclass(frozen=True)
class Release:
    """One published file. ``release_id`` is a number that only grows, whatever the clock does, and the time in UTC."""

    release_id: str
    folder: Path

    @property
    def path(self) -> Path:
        """The DuckDB file."""
        return self.folder / DATABASE

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the release was made of, and what is in it."""
        content: dict[str, Any] = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        return content

    @property
    def number(self) -> int:
        """Its place in the order of releases."""
        return _number(self.release_id)

    def is_whole(self) -> bool:
        """Whether the file is still the one that was published."""
        return self.path.is_file() and disk.sha256(self.path) == self.manifest["sha256"]


@dataclass(frozen=True)
class Shelf:
    """The releases kept in ``folder``, and ``published``, the file people read. Write only while holding the lock."""

    folder: Path
    published: Path

    def releases(self) -> list[Release]:
        """Every release kept, oldest first."""
        if not self.folder.is_dir():
            return []
        found = [
            Release(folder.name, folder)
            for folder in self.folder.iterdir()
            if _ID.fullmatch(folder.name) and (folder / MANIFEST).is_file()
        ]
        return sorted(found, key=lambda release: release.number)

    def find(self, name: str) -> Release:
        """The release with this id or number. Raises WrongUse, naming those there are."""
        releases = self.releases()
        for release in releases:
            if name == release.release_id or (name.isdigit() and int(name) == release.number):
                return release
        raise unknown("release", name, [release.release_id for release in releases])

    def current(self) -> Release | None:
        """The release people read now; None when there is none, or its file is not the one that was published."""
        if not self.published.is_file():
            return None
        digest = disk.sha256(self.published)
        same = [release for release in self.releases() if release.manifest["sha256"] == digest]
        return same[-1] if same else None

    def add(self, build: Path, required: Iterable[str], facts: Mapping[str, Any]) -> Release:
        """Keep a build as a new release, with ``facts`` in its manifest beside hash, size and rows per table.

        Nothing people read changes. Raises :class:`NotPublished` when the build is missing, unreadable or lacks one of
        the ``required`` tables (``schema.table``); then nothing is kept.
        """
        checkpoint(build)
        self.folder.mkdir(parents=True, exist_ok=True)
        created = datetime.now(UTC)
        release_id = f"{self._next_number():04d}-{created:%Y%m%dT%H%M%SZ}"
        scratch = self.folder / f"{disk.UNFINISHED}{release_id}"
        scratch.mkdir()
        try:
            copy = scratch / DATABASE
            shutil.copyfile(build, copy)
            tables = verify(copy, set(required))
            copy.chmod(READ_ONLY)
            disk.to_disk(copy)
            manifest = {
                "release_id": release_id,
                "created_at": created.isoformat(timespec="seconds"),
                "sha256": disk.sha256(copy),
                "size_bytes": copy.stat().st_size,
                **facts,
                "tables": tables,
            }
            disk.write_whole(scratch / MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
            scratch.rename(self.folder / release_id)
            disk.to_disk(self.folder)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        return Release(release_id, self.folder / release_id)

    def publish(self, release: Release, action: str) -> None:
        """Make a release the file people read, in one step, and record ``action`` first.

        Readers of the old file keep reading it; new readers see the new one. Raises :class:`NotPublished` and changes
        nothing when the release's file is damaged, or its copy is not the same.
        """
        if not release.is_whole():
            raise NotPublished(
                f"{release.path}: its content is not what was published (sha256 {release.manifest['sha256']}). "
                "Choose another release, or run `foi build --force`."
            )
        before = self.current()
        self._record(action, release, before)
        scratch = self.published.with_name(f"{disk.UNFINISHED}{self.published.name}.{os.getpid()}")
        try:
            shutil.copyfile(release.path, scratch)
            if disk.sha256(scratch) != release.manifest["sha256"]:
                raise NotPublished(
                    f"{scratch}: the copy of {release.release_id} is not what it is a copy of."
                )
            scratch.chmod(READ_ONLY)
            disk.to_disk(scratch)
            scratch.replace(self.published)
            disk.to_disk(self.published.parent)
        finally:
            scratch.unlink(missing_ok=True)

    def history(self) -> list[dict[str, Any]]:
        """What was made the published file, when and by what, oldest first. A line that a kill cut off is left out."""
        entries = []
        if self._history.is_file():
            for line in self._history.read_text(encoding="utf-8").splitlines():
                try:
                    entries.append(json.loads(line))
                except ValueError:
                    continue
        return entries

    def withdrawn(self) -> set[str]:
        """The releases that roll-backs took away from readers and that nothing has replaced or lifted since."""
        current, history = self.current(), self.history()
        if current is None or not history or history[-1]["release"] != current.release_id:
            return set()
        rolled = itertools.takewhile(lambda entry: entry["action"] == ROLLED_BACK, reversed(history))
        return {str(entry["before"]) for entry in rolled} - {current.release_id}

    def lift(self) -> None:
        """Let a build publish again what was rolled back, and record that somebody wanted it."""
        current = self.current()
        if current is not None and self.withdrawn():
            self._record(LIFTED, current, current)

    def prune(self, kept: int) -> list[str]:
        """Delete all but the newest ``kept`` releases, never the one people read. The ids deleted."""
        current = self.current()
        old = self.releases()[: -max(kept, 1)]
        doomed = [release for release in old if current is None or release.release_id != current.release_id]
        for release in doomed:
            self.drop(release)
        return [release.release_id for release in doomed]

    def drop(self, release: Release) -> None:
        """Delete a release. Its folder is renamed first: a release that is listed is whole."""
        scratch = self.folder / f"{disk.UNFINISHED}{release.release_id}"
        release.folder.rename(scratch)
        shutil.rmtree(scratch, ignore_errors=True)

    def remove_unfinished(self) -> None:
        """Delete what killed processes left."""
        disk.remove_unfinished(self.folder, self.published.parent)

    @property
    def _history(self) -> Path:
        return self.folder / "history.jsonl"

    def _next_number(self) -> int:
        """One more than any release ever had: a number is never given twice, also when the newest was deleted."""
        known = [release.number for release in self.releases()]
        known += [_number(entry["release"]) for entry in self.history()]
        return max(known, default=0) + 1

    def _record(self, action: str, release: Release, before: Release | None) -> None:
        entry = {
            "at": datetime.now().astimezone().isoformat(timespec="seconds"),
            "action": action,
            "release": release.release_id,
            "before": before.release_id if before else None,
            "pid": os.getpid(),
            "uid": os.getuid(),
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        disk.append_line(self._history, json.dumps(entry))


PUBLISHED = "published"
ROLLED_BACK = "rolled back"
LIFTED = "roll-back lifted"
RESTORED = "restored"
"""What a history entry says was done: a new build, a person's decisions, a damaged file healed from its release."""


def _number(release_id: str) -> int:
    return int(release_id.partition("-")[0])
