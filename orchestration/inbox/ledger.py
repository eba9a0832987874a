"""What became of every file that was dropped: one row each, in SQLite beside the files. Survives a kill at any moment.

A row holds digests, codes and reasons, never a file's name: names are kept only while the file lies in the inbox.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

State = Literal["drafted", "quarantined", "duplicate"]

_SCHEMA = """
    create table if not exists drops (
        drop_id integer primary key,
        taken_at text not null,
        state text not null check (state in ('drafted', 'quarantined', 'duplicate')),
        sha256 text,
        size_bytes integer not null,
        ending text not null,
        force_id text,
        disclosure_id text,
        reason text not null
    ) strict;
    create table if not exists lying (
        path text primary key,
        size_bytes integer not null,
        mtime_ns integer not null,
        inode integer not null,
        since real not null,
        drop_id integer references drops
    ) strict;
"""


@dataclass(frozen=True)
class Stat:
    """By what a file is recognised as unchanged, without reading it."""

    size_bytes: int
    mtime_ns: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> Stat:
        """Of the file itself, not of what a link points to. Raises OSError."""
        found = path.lstat()
        return cls(found.st_size, found.st_mtime_ns, found.st_ino)


@dataclass(frozen=True)
class Drop:
    """What became of one file. ``disclosure_id`` is the draft, or the answer it repeats."""

    state: State
    sha256: str | None
    size_bytes: int
    ending: str
    force_id: str | None
    disclosure_id: str | None
    reason: str


@dataclass(frozen=True)
class Lying:
    """A file seen in the inbox: how it looked, since when by our own clock, and its row if it was dealt with."""

    stat: Stat
    since: float
    drop_id: int | None


class Ledger:
    """An open ledger. Use it in a ``with`` block; every method that writes is one transaction."""

    def __init__(self, inbox: Path) -> None:
        inbox.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(inbox / ".ledger.sqlite", timeout=30)
        self._connection.execute("pragma foreign_keys = on")
        self._connection.executescript(_SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def lying(self) -> dict[str, Lying]:
        """Every file known to lie in the inbox, by path below it."""
        rows = self._connection.execute("select path, size_bytes, mtime_ns, inode, since, drop_id from lying")
        return {
            path: Lying(Stat(size, mtime, inode), since, drop)
            for path, size, mtime, inode, since, drop in rows
        }

    def see(self, path: str, stat: Stat, now: float) -> None:
        """A file that is new or has changed: it must lie still from now on."""
        row = (path, stat.size_bytes, stat.mtime_ns, stat.inode, now)
        with self._connection:
            self._connection.execute("insert or replace into lying values (?, ?, ?, ?, ?, null)", row)

    def forget_all_but(self, paths: Collection[str]) -> None:
        """Forget the names of files that lie there no longer."""
        gone = [(path,) for path in self.lying() if path not in paths]
        with self._connection:
            self._connection.executemany("delete from lying where path = ?", gone)

    def record(self, path: str, drop: Drop) -> None:
        """What became of the file at ``path``."""
        row = (
            datetime.now(UTC).isoformat(timespec="seconds"), drop.state, drop.sha256, drop.size_bytes, drop.ending,
            drop.force_id, drop.disclosure_id, drop.reason,
        )  # fmt: skip
        with self._connection:
            cursor = self._connection.execute("insert into drops values (null, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            self._connection.execute("update lying set drop_id = ? where path = ?", (cursor.lastrowid, path))

    def drops(self) -> list[Drop]:
        """Everything ever recorded, in order."""
        columns = "state, sha256, size_bytes, ending, force_id, disclosure_id, reason"
        return [
            Drop(*row) for row in self._connection.execute(f"select {columns} from drops order by drop_id")
        ]

    def drops_by_id(self, drop_ids: Collection[int]) -> dict[int, Drop]:
        """Rows by their number."""
        columns = "drop_id, state, sha256, size_bytes, ending, force_id, disclosure_id, reason"
        rows = self._connection.execute(f"select {columns} from drops").fetchall()
        return {number: Drop(*row) for number, *row in rows if number in drop_ids}
