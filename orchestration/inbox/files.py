"""Which files lie in the drop folder, which of them have settled, and what their place says. Opens none of them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.inbox.ledger import Ledger, Stat

SETTLED_AFTER = 10.0
"""Seconds a file must lie unchanged, by our own clock: its own times may be those of another machine."""

# What programs call a file that they are still writing; they rename it when it is whole.
_UNFINISHED_ENDINGS = {
    ".part",
    ".partial",
    ".crdownload",
    ".download",
    ".filepart",
    ".tmp",
    ".swp",
    ".opdownload",
}
_UNFINISHED_BEGINNINGS = ("~$", ".~lock")


@dataclass(frozen=True)
class Settled:
    """A file that can be taken."""

    path: Path
    name: str
    """Its path below the inbox: the ledger's key."""
    stat: Stat
    is_document: bool
    """False for a link or another thing that is no file of its own."""


def lying(inbox: Path) -> Iterator[Path]:
    """Everything in the folder and its subfolders that a person put there, in order. Follows no link."""
    for folder, folders, names in os.walk(inbox):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder) / name for name in sorted(names) if not name.startswith("."))


def settled(inbox: Path, ledger: Ledger, now: float) -> list[Settled]:
    """The files that are whole and not yet dealt with. Notes what is new or has changed since the last look."""
    known, found, there = ledger.lying(), [], set()
    for path in lying(inbox):
        name = path.relative_to(inbox).as_posix()
        try:
            looks = Stat.of(path)
            mode = path.lstat().st_mode
        except OSError:
            continue  # it was taken away meanwhile
        there.add(name)
        earlier = known.get(name)
        if earlier is None or earlier.stat != looks or earlier.since > now:
            ledger.see(name, looks, now)
        elif earlier.drop_id is None and now - earlier.since >= SETTLED_AFTER and not is_unfinished(path):
            found.append(Settled(path, name, looks, stat.S_ISREG(mode)))
    ledger.forget_all_but(there)
    return found


def is_unfinished(path: Path) -> bool:
    """Whether the name says that a program is still writing this file."""
    return path.suffix.casefold() in _UNFINISHED_ENDINGS or path.name.startswith(_UNFINISHED_BEGINNINGS)


def force_of(name: str, forces: frozenset[str] | None) -> str | None:
    """The force a file was filed under: ``kent/letter.pdf`` -> ``kent``; None where the folder names none."""
    folder, slash, _ = name.partition("/")
    return folder if slash and (forces is None or folder in forces) else None
