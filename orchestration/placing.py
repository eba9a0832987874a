"""Putting an answer into the corpus in whole steps: whoever is killed in between leaves the old answer or the new one.

Everything is written into a staging folder beside the corpus: ``new/`` holds what is to come, below its place in the
data folder, ``old/`` what had to make room for it. The answer is placed by the last rename; until then the staging
folder says how everything is put back, and whoever reads the corpus next does that.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration import lock
from orchestration.publish.disk import remove_unfinished, write_whole

if TYPE_CHECKING:
    from orchestration.settings import Settings

_PREFIX = ".adding-"
_ANSWERS, _REQUESTS = "disclosures", "requests"


@contextmanager
def staging(settings: Settings) -> Iterator[Path]:
    """A staging folder; what was not placed when the block ends is put back and forgotten."""
    with lock.shared(_lock_file(settings)):
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=settings.data_dir))
        try:
            yield folder
        finally:
            _settle(settings.data_dir, folder)


def answer(folder: Path, disclosure_id: str) -> Path:
    """Where to write the files of an answer."""
    path = folder / "new" / _ANSWERS / disclosure_id
    path.mkdir(parents=True)
    return path


def place(settings: Settings, folder: Path, disclosure_id: str, request: tuple[str, str] | None) -> None:
    """Put an answer written at :func:`answer` into the corpus, with the ``request`` (file name, text) it needs.

    A build that is running sees all of a new answer or nothing of it; where it replaces one, the build ends first.
    """
    target = settings.data_dir / _ANSWERS / disclosure_id
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        _move(settings.data_dir, folder, disclosure_id, request)
        return
    with lock.exclusive(settings.lock_file, None, lock.say_who):
        _move(settings.data_dir, folder, disclosure_id, request)


def heal(settings: Settings) -> None:
    """Undo what a killed process has begun to place, unless somebody is placing just now. Costs a look at a folder."""
    left = sorted(settings.data_dir.glob(f"{_PREFIX}*"))
    if not left:
        return
    with suppress(OSError), lock.if_free(_lock_file(settings)) as is_free:  # a read-only disk: not now
        if is_free:
            for folder in left:
                _settle(settings.data_dir, folder)
            remove_unfinished(settings.data_dir / _REQUESTS)


def _move(data_dir: Path, folder: Path, disclosure_id: str, request: tuple[str, str] | None) -> None:
    if request is not None:
        name, text = request
        staged, kept, target = (
            folder / "new" / _REQUESTS,
            folder / "old" / _REQUESTS,
            data_dir / _REQUESTS / name,
        )
        for path in (staged, kept, target.parent):
            path.mkdir(parents=True, exist_ok=True)
        if target.exists():
            write_whole(kept / name, target.read_text(encoding="utf-8"))
        write_whole(
            staged / name, text
        )  # from here on it can be told whether the one in the corpus is this one
        write_whole(target, text)
    target, kept = data_dir / _ANSWERS / disclosure_id, folder / "old" / _ANSWERS / disclosure_id
    if target.exists():
        kept.parent.mkdir(parents=True)
        target.rename(kept)
    (folder / "new" / _ANSWERS / disclosure_id).rename(target)


def _settle(data_dir: Path, folder: Path) -> None:
    """Put back what made room for answers that were never placed; then forget the staging folder."""
    for waiting in folder.glob(f"new/{_ANSWERS}/*/*"):
        for staged in folder.glob(f"new/{_REQUESTS}/*.yml"):
            _put_back(data_dir / _REQUESTS / staged.name, staged, folder / "old" / _REQUESTS / staged.name)
        disclosure_id = waiting.relative_to(folder / "new" / _ANSWERS)
        kept, target = folder / "old" / _ANSWERS / disclosure_id, data_dir / _ANSWERS / disclosure_id
        if kept.exists() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            kept.rename(target)
    shutil.rmtree(folder, ignore_errors=True)


def _put_back(target: Path, staged: Path, kept: Path) -> None:
    """A request becomes what it was, unless somebody has changed it since."""
    if not target.exists() or target.read_bytes() != staged.read_bytes():
        return
    if kept.exists():
        write_whole(
            target, kept.read_text(encoding="utf-8")
        )  # and may be done again, should this be killed as well
    else:
        target.unlink()


def _lock_file(settings: Settings) -> Path:
    """Shared by everybody who is placing; whoever has it alone knows that all of them have ended."""
    return settings.warehouse_dir / ".adding.lock"
