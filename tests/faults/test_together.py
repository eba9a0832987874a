"""Several at once: builds wait for each other and say for whom, readers never notice, `foi add` sees to itself."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from orchestration.defs.turn import turn
from orchestration.publish.releases import PUBLISHED, ROLLED_BACK, Shelf
from orchestration.settings import Settings
from tests.conftest import ROOT, Ran
from tests.faults.small import set_state

HOLD = (
    "import pathlib, sys; from orchestration import lock\n"
    "with lock.exclusive(pathlib.Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()"
)
# Asks again and again; each answer must hold two tables of the same release, and be answered at all. It says when it
# sees a release for the first time, by its number of rows.
READ = """
import sys
from pathlib import Path
from orchestration.warehouse import Warehouse

answers, seen = 0, set()
while not Path(sys.argv[2]).exists():
    with Warehouse(Path(sys.argv[1])) as warehouse:
        (row,) = warehouse.select("select (select count(*) from one) as one, (select count(*) from two) as two, "
                                  "(select sum(id) from one) as total")
    assert row["one"] == row["two"] and row["total"] == sum(range(row["one"])), row
    if row["one"] not in seen:
        print("saw", row["one"], flush=True)
    answers, seen = answers + 1, seen | {row["one"]}
print(answers)
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[tuple[Settings, int]]:
    """A data folder whose lock another process holds, and the id of that process."""
    settings = Settings(tmp_path / "data")
    (settings.data_dir / "disclosures").mkdir(parents=True)
    command = [sys.executable, "-c", HOLD, str(settings.lock_file)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield settings, process.pid
        process.communicate("")


def test_four_builds_started_together_come_to_one_result(copy_of_built: Path) -> None:
    set_state(copy_of_built, "B")
    command = [str(Path(sys.executable).with_name("foi")), "build", "--data-dir", str(copy_of_built)]
    shelf = Shelf(copy_of_built / "warehouse" / "releases", copy_of_built / "warehouse" / "foi.duckdb")
    before = shelf.current()
    builds = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    said = [build.communicate(timeout=500) for build in builds]
    assert [build.returncode for build in builds] == [0, 0, 0, 0], said
    pids = {build.pid for build in builds}
    errors = "".join(err for _, err in said).splitlines()
    told = re.compile(r"waiting for the warehouse, held by process (\d+) \(`foi build .*`\) since .*")
    waiting = [told.fullmatch(line) for line in errors]
    assert all(match and int(match[1]) in pids for match in waiting), errors
    assert len(errors) >= 3
    assert sum("nothing has changed since it was built" in out for out, _ in said) == 3
    current = shelf.current()
    assert before is not None
    assert current is not None
    assert current.number == before.number + 1


def test_who_does_not_want_to_wait_is_told_who_holds_it(
    holder: tuple[Settings, int], foi: Callable[..., Ran]
) -> None:
    settings, pid = holder
    ran = foi("build", "--wait", "0", data_dir=settings.data_dir)
    assert ran.exit_code == 1
    assert ran.err.count("\n") == 1
    assert f"the warehouse is still held by process {pid} (`-c {settings.lock_file}`) since 2" in ran.err
    assert foi("rollback", "--wait", "0", data_dir=settings.data_dir).exit_code == 1


def test_a_step_of_the_daemon_is_put_off_while_a_build_has_the_lock(
    holder: tuple[Settings, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gives its place in the pool of writers back and asks again later; waiting in it would block the build."""
    settings, pid = holder
    monkeypatch.setenv("FOI_DATA_DIR", str(settings.data_dir))
    with pytest.raises(dg.RetryRequested) as raised, turn(dg.build_asset_context()):
        pytest.fail("two processes hold the lock")
    assert raised.value.__cause__ is not None
    assert f"held by process {pid}" in str(raised.value.__cause__)
    assert (raised.value.max_retries, raised.value.seconds_to_wait) == (360, 10)


def test_an_answer_can_be_added_during_a_build(
    holder: tuple[Settings, int], foi: Callable[..., Ran], tmp_path: Path
) -> None:
    """It appears whole, so nobody has to wait; nothing of it stands elsewhere."""
    settings, _ = holder
    letter = tmp_path / "letter.txt"
    letter.write_text("Kent Police (invented)\n\nOffence\t2018\t2019\nHarassment\t12\t15\n", encoding="utf-8")
    ran = foi("add", str(letter), "--force", "kent", "--reference", "77/20", data_dir=settings.data_dir)
    assert ran.exit_code == 0, ran.err
    folder = settings.data_dir / "disclosures" / "kent" / "77-20"
    assert sorted(path.name for path in folder.iterdir()) == ["disclosure.yml", "document.txt"]
    assert not list(settings.data_dir.glob(".adding-*"))


def test_eight_readers_polling_through_twenty_publishes_see_whole_releases(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "releases", tmp_path / "foi.duckdb")
    releases = []
    for rows in (1000, 5000):
        build = tmp_path / f"build-{rows}.duckdb"
        with duckdb.connect(str(build)) as connection:
            for table in ("one", "two"):
                connection.execute(f"create table {table} as select range as id from range({rows})")
        releases.append(shelf.add(build, [], {}))
    shelf.publish(releases[0], PUBLISHED)
    stop = tmp_path / "stop"
    command = [sys.executable, "-c", READ, str(shelf.published), str(stop)]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(8)]
    _all_say(readers, "saw 1000\n")
    shelf.publish(releases[1], ROLLED_BACK)
    _all_say(readers, "saw 5000\n")  # every one polls by now, and sees what is published meanwhile
    for number in range(19):
        shelf.publish(releases[number % 2], ROLLED_BACK)
    stop.touch()
    answers = [int(reader.communicate(timeout=60)[0]) for reader in readers]
    assert [reader.returncode for reader in readers] == [0] * 8
    assert sum(answers) >= 20


def _all_say(readers: list[subprocess.Popen[str]], line: str) -> None:
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == line
