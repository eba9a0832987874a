"""Releases and swap, the raw load, and the lock: what is published is whole, or stays what it was."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, tzinfo
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from orchestration import lock
from orchestration.defs.warehouse.load import load_raw
from orchestration.publish import releases, statement
from orchestration.publish.releases import PUBLISHED, ROLLED_BACK, Release, Shelf
from orchestration.publish.snapshot import NotPublished


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A build file with one table of two rows."""
    path = tmp_path / "build.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table fct_value as select * from range(2)")
    return path


@pytest.fixture
def published(build: Path) -> Path:
    """What was published before, by an earlier build with one row."""
    path = build.with_name("foi.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table fct_value as select 1")
    path.chmod(0o444)
    return path


@pytest.fixture
def shelf(published: Path) -> Shelf:
    """The releases beside the published file: none yet."""
    return Shelf(published.parent / "releases", published)


def _rows(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True) as connection:
        (row,) = connection.execute("select count(*) from fct_value").fetchall()
    return int(row[0])


def _publish(shelf: Shelf, build: Path, required: list[str] | None = None) -> Release:
    release = shelf.add(build, required or [], {"fingerprint": "f"})
    shelf.publish(release, PUBLISHED)
    return release


def _grow(build: Path) -> None:
    with duckdb.connect(str(build)) as connection:
        connection.execute("insert into fct_value values (7)")


def test_the_published_file_is_replaced_whole_and_read_only(
    build: Path, published: Path, shelf: Shelf
) -> None:
    release = _publish(shelf, build, ["main.fct_value"])
    assert _rows(published) == _rows(release.path) == 2
    assert release.manifest["tables"]["main.fct_value"]["rows"] == 2
    assert release.manifest["fingerprint"] == "f"
    assert published.stat().st_mode & 0o777 == release.path.stat().st_mode & 0o777 == 0o444
    assert sorted(path.name for path in published.parent.iterdir()) == [
        "build.duckdb",
        "foi.duckdb",
        "releases",
    ]
    assert sorted(path.name for path in shelf.folder.iterdir()) == [release.release_id, "history.jsonl"]


def test_a_reader_keeps_the_file_it_opened(build: Path, published: Path, shelf: Shelf) -> None:
    with duckdb.connect(str(published), read_only=True) as reader:
        _publish(shelf, build)
        assert reader.execute("select count(*) from fct_value").fetchall() == [(1,)]
    assert _rows(published) == 2


def test_what_is_still_in_the_write_ahead_log_is_published_too(
    build: Path, published: Path, shelf: Shelf
) -> None:
    program = (
        "import duckdb, os, sys; connection = duckdb.connect(sys.argv[1]); "
        'connection.execute("pragma disable_checkpoint_on_shutdown"); '
        "connection.execute('insert into fct_value values (7)'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program, str(build)], check=True)
    assert build.with_name("build.duckdb.wal").exists()
    _publish(shelf, build)
    assert _rows(published) == 3


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("missing", "there is no build to publish"),
        ("broken", "cannot be opened"),
        ("incomplete", "lacks main.cmp_platform"),
    ],
)
def test_an_unfit_build_changes_nothing(
    build: Path, published: Path, shelf: Shelf, damage: str, said: str
) -> None:
    required = ["main.fct_value"]
    if damage == "missing":
        build.unlink()
    elif damage == "broken":
        build.write_bytes(b"not a database" * 1000)
    else:
        required.append("main.cmp_platform")
    with pytest.raises(NotPublished, match=said):
        _publish(shelf, build, required)
    assert _rows(published) == 1
    assert shelf.releases() == []
    assert not list(published.parent.rglob(".new-*"))


def test_a_build_changed_after_it_was_audited_is_not_published(build: Path, shelf: Shelf) -> None:
    """The row of the audit gives the digest of everything else; whatever it says of other checks counts as well."""
    with duckdb.connect(str(build)) as connection:
        connection.execute("create schema raw")
        connection.execute("create table raw.check_results (check_name varchar, place varchar)")
        connection.execute("insert into raw.check_results values ('tables_found', 't')")
        place = statement.content(connection).place
        connection.execute("insert into raw.check_results values (?, ?)", [statement.CHECK, place])
    first = _publish(shelf, build)
    for change in (
        "insert into fct_value values (7)",
        "update raw.check_results set place = 'x' where place = 't'",
    ):
        with duckdb.connect(str(build)) as connection:
            connection.execute("begin")
            connection.execute(change)
            assert statement.content(connection).place != place
            connection.execute("rollback")
    _grow(build)
    with pytest.raises(
        NotPublished, match="check published_equals_build failed: the build holds 2 tables of 4 rows"
    ):
        _publish(shelf, build)
    assert (shelf.current(), shelf.releases()) == (first, [first])


def test_a_copy_that_is_not_its_release_is_not_published(
    build: Path, published: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = shelf.add(build, [], {})

    def spoilt(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:-1] + b"x")

    monkeypatch.setattr(releases.shutil, "copyfile", spoilt)
    with pytest.raises(NotPublished, match=f"the copy of {release.release_id} is not what it is a copy of"):
        shelf.publish(release, PUBLISHED)
    assert _rows(published) == 1
    assert not list(published.parent.rglob(".new-*"))


def test_leftovers_of_a_killed_process_are_removed(published: Path, shelf: Shelf) -> None:
    half = shelf.folder / ".new-0001-20261125T000000Z"
    half.mkdir(parents=True)
    (half / "foi.duckdb").write_bytes(b"half")
    (published.parent / ".new-foi.duckdb.1").write_bytes(b"half")
    assert shelf.releases() == []
    shelf.remove_unfinished()
    assert not list(published.parent.rglob(".new-*"))
    assert _rows(published) == 1


def test_rolling_back_is_one_step_recorded_and_holds_until_something_new_is_published(
    build: Path, published: Path, shelf: Shelf
) -> None:
    made = []
    for _ in range(3):
        made.append(_publish(shelf, build))
        _grow(build)
    assert shelf.current() == made[2]
    assert shelf.withdrawn() == set()
    shelf.publish(made[1], ROLLED_BACK)
    shelf.publish(made[0], ROLLED_BACK)
    assert (_rows(published), shelf.current()) == (2, made[0])
    assert shelf.withdrawn() == {made[1].release_id, made[2].release_id}
    assert [(entry["action"], entry["release"], entry["before"]) for entry in shelf.history()][-1] == (
        ROLLED_BACK,
        made[0].release_id,
        made[1].release_id,
    )
    _publish(shelf, build)
    assert (_rows(published), shelf.withdrawn()) == (5, set())


def test_only_the_newest_releases_are_kept_and_always_the_published_one(build: Path, shelf: Shelf) -> None:
    made = []
    for _ in range(5):
        made.append(_publish(shelf, build))
        _grow(build)
    shelf.publish(made[1], ROLLED_BACK)
    assert shelf.prune(2) == [made[0].release_id, made[2].release_id]
    assert shelf.releases() == [made[1], made[3], made[4]]
    shelf.drop(made[4])
    assert _publish(shelf, build).number == 6  # a number is never given twice


def test_a_damaged_release_is_never_published(build: Path, published: Path, shelf: Shelf) -> None:
    good = _publish(shelf, build)
    _grow(build)
    bad = _publish(shelf, build)
    shelf.publish(good, ROLLED_BACK)
    bad.path.chmod(0o644)
    bad.path.write_bytes(bad.path.read_bytes()[:-1] + b"x")
    with pytest.raises(NotPublished, match="not what was published"):
        shelf.publish(bad, ROLLED_BACK)
    assert (_rows(published), shelf.current()) == (2, good)


def test_a_history_line_cut_off_by_a_kill_spoils_only_itself(build: Path, shelf: Shelf) -> None:
    first = _publish(shelf, build)
    with (shelf.folder / "history.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"at": "2026-1')
    shelf.publish(first, ROLLED_BACK)
    assert [entry["action"] for entry in shelf.history()] == [PUBLISHED, ROLLED_BACK]


def test_a_raw_load_leaves_nothing_of_the_build_before(build: Path) -> None:
    load_raw(build, {"documents": pa.table({"file": ["document.txt"], "size_bytes": [7]})})
    with duckdb.connect(str(build), read_only=True) as connection:
        tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
        assert connection.execute("from raw.documents").fetchall() == [("document.txt", 7)]
    assert tables == [("raw", "documents")]


def test_the_lock_names_who_holds_it_and_ends_with_its_process(tmp_path: Path) -> None:
    file = tmp_path / "warehouse" / ".build.lock"
    program = (
        "import pathlib, sys; from orchestration import lock\n"
        "with lock.exclusive(pathlib.Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    told: list[lock.Holder] = []
    with (
        pytest.raises(lock.Busy, match=rf"held by process {holder.pid} \(`-c {file}`\) since 2"),
        lock.exclusive(file, 0.3, told.append),
    ):
        pass
    assert [who.pid for who in told] == [holder.pid]
    holder.kill()
    holder.communicate()
    with lock.exclusive(file), lock.exclusive(file):
        assert str(holder.pid) not in file.read_text(encoding="utf-8")


def test_who_waits_for_the_lock_gets_it_when_it_is_free(tmp_path: Path) -> None:
    file = tmp_path / ".build.lock"
    program = (
        "import pathlib, sys, time; from orchestration import lock\n"
        "with lock.exclusive(pathlib.Path(sys.argv[1])):\n    print('held', flush=True); time.sleep(0.5)"
    )
    command = [sys.executable, "-c", program, str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        told: list[lock.Holder] = []
        with lock.exclusive(file, None, told.append):
            assert holder.wait(10) == 0
        assert [who.pid for who in told] == [holder.pid]


def test_a_clock_that_jumps_back_changes_no_order(
    build: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Earlier(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime(2019, 1, 1, tzinfo=tz)

    first = _publish(shelf, build)
    _grow(build)
    monkeypatch.setattr(releases, "datetime", Earlier)
    second = _publish(shelf, build)
    assert (first.number, second.number) == (1, 2)
    assert second.release_id == "0002-20190101T000000Z"
    assert shelf.releases() == [first, second]
    assert shelf.current() == second
    assert shelf.prune(1) == [first.release_id]
