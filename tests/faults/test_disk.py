"""A disk that is full or may not be written: one clear line, the last good warehouse stays, the next build heals."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orchestration.release import shelf
from orchestration.settings import Settings
from tests.conftest import Built, Ran
from tests.faults.small import set_state

_SPARE = 8 * 2**20  # bytes left on the full disk: less than a build file needs


def _mounted(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


@pytest.fixture
def disk(built: Built, tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own (tmpfs) that holds a built data folder."""
    place = tmp_path / "disk"
    place.mkdir()
    if not _mounted("-t", "tmpfs", "-o", "size=1g", "tmpfs", str(place)):
        pytest.skip("a file system can be mounted by root only")
    try:
        shutil.copytree(built.data_dir, place / "data")
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_or_read_only_disk_keeps_the_last_good_warehouse(disk: Path, foi: Callable[..., Ran]) -> None:
    settings = Settings(disk / "data")
    before = shelf(settings).current()
    set_state(settings.data_dir, "B")

    assert _mounted("-o", "remount,ro", str(disk))
    ran = foi("build", data_dir=settings.data_dir)
    assert ran.exit_code == 1
    assert "Read-only file system" in ran.err
    assert "can be written, then build again" in ran.err
    assert "the last good warehouse stays" in ran.err
    assert "Traceback" not in ran.err
    assert _mounted("-o", "remount,rw", str(disk))

    filler = disk / "filler"
    with filler.open("wb") as file:
        file.truncate(0)
        left = shutil.disk_usage(disk).free - _SPARE
        for _ in range(left // 2**20):
            file.write(bytes(2**20))
    ran = foi("build", data_dir=settings.data_dir)
    assert ran.exit_code == 1
    assert "No space left on device" in ran.err or "disk is full" in ran.err, ran.err
    assert "the last good warehouse stays" in ran.err
    assert "Traceback" not in ran.err
    assert shelf(settings).current() == before

    filler.unlink()
    ran = foi("build", data_dir=settings.data_dir)
    assert ran.exit_code == 0, ran.err
    current = shelf(settings).current()
    assert current is not None
    assert current != before
    assert not list(settings.warehouse_dir.rglob(".new-*"))
