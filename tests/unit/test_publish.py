"""Snapshot and swap, the raw load, and the lock: what is published is whole, or stays what it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from orchestration import lock
from orchestration.defs.warehouse.load import load_raw
from orchestration.publish.snapshot import NotPublished, remove_leftovers, snapshot


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


def _rows(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True) as connection:
        (row,) = connection.execute("select count(*) from fct_value").fetchall()
    return int(row[0])


def test_the_published_file_is_replaced_whole_and_read_only(build: Path, published: Path) -> None:
    result = snapshot(build, published, ["main.fct_value"])
    assert _rows(published) == 2
    assert result.row_counts == {"main.fct_value": 2}
    assert published.stat().st_mode & 0o777 == 0o444
    assert sorted(path.name for path in published.parent.iterdir()) == ["build.duckdb", "foi.duckdb"]


def test_a_reader_keeps_the_file_it_opened(build: Path, published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as reader:
        snapshot(build, published)
        assert reader.execute("select count(*) from fct_value").fetchall() == [(1,)]
    assert _rows(published) == 2


def test_what_is_still_in_the_write_ahead_log_is_published_too(build: Path, published: Path) -> None:
    program = (
        "import duckdb, os, sys; connection = duckdb.connect(sys.argv[1]); "
        'connection.execute("pragma disable_checkpoint_on_shutdown"); '
        "connection.execute('insert into fct_value values (7)'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program, str(build)], check=True)
    assert build.with_name("build.duckdb.wal").exists()
    snapshot(build, published)
    assert _rows(published) == 3


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("missing", "there is no build to publish"),
        ("broken", "cannot be opened"),
        ("incomplete", "lacks main.cmp_platform"),
    ],
)
def test_an_unfit_build_changes_nothing(build: Path, published: Path, damage: str, said: str) -> None:
    required = ["main.fct_value"]
    if damage == "missing":
        build.unlink()
    elif damage == "broken":
        build.write_bytes(b"not a database" * 1000)
    else:
        required.append("main.cmp_platform")
    with pytest.raises(NotPublished, match=said):
        snapshot(build, published, required)
    assert _rows(published) == 1
    assert not list(published.parent.glob(".foi.duckdb.*"))


def test_leftovers_of_a_killed_process_are_removed(published: Path) -> None:
    leftover = published.with_name(".foi.duckdb.x1.tmp")
    leftover.write_bytes(b"half")
    remove_leftovers(published)
    assert not leftover.exists()
    assert _rows(published) == 1


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
    with pytest.raises(lock.Busy, match=f"process {holder.pid}, started 2"), lock.exclusive(file):
        pass
    holder.kill()
    holder.communicate()
    with lock.exclusive(file), lock.exclusive(file):
        assert str(holder.pid) not in file.read_text(encoding="utf-8")
