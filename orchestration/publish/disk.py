"""Writing files so that a kill or a power cut leaves the old content or the new, never a piece of either."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

UNFINISHED = ".new-"
"""So begin the names of files and folders that are not whole yet; whoever holds the lock may delete leftovers."""


def to_disk(path: Path) -> None:
    """Wait until the content of a file, or the names in a folder, would survive a crash of the machine."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, text: str) -> None:
    """Replace a text file in one step."""
    scratch = path.with_name(f"{UNFINISHED}{path.name}.{os.getpid()}")
    try:
        scratch.write_text(text, encoding="utf-8")
        to_disk(scratch)
        scratch.replace(path)
        to_disk(path.parent)
    finally:
        scratch.unlink(missing_ok=True)


def append_line(path: Path, line: str) -> None:
    """Add one line to a file. A line that a kill cut off earlier is closed first, so that it spoils only itself."""
    with path.open("ab+") as file:
        file.seek(0, os.SEEK_END)
        if file.tell():
            file.seek(-1, os.SEEK_END)
            line = line if file.read(1) == b"\n" else f"\n{line}"
        file.write(f"{line}\n".encode())
        file.flush()
        os.fsync(file.fileno())


def sha256(path: Path) -> str:
    """The digest of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove_unfinished(*folders: Path) -> None:
    """Delete what killed processes left half-written in these folders. Call it only while holding the lock."""
    for folder in folders:
        for leftover in folder.glob(f"{UNFINISHED}*"):
            with suppress(OSError):
                if leftover.is_dir():
                    shutil.rmtree(leftover)
                else:
                    leftover.unlink()
