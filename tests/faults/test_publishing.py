"""Write, audit, publish: only a build that passes is published, and readers never notice the change."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb

from orchestration.publish import statement
from orchestration.release import shelf
from orchestration.settings import Settings
from tests.conftest import ROOT, Ran
from tests.faults.small import small_data, small_project

EXPORT = "copy (select * from fct_disclosed_value order by disclosed_value_id) to '{}' (format csv)"


def test_a_second_build_extracts_nothing_and_changes_nothing(
    copy_of_built: Path, foi: Callable[..., Ran], tmp_path: Path
) -> None:
    """Then one touched disclosure.yml and one touched document re-extract themselves only."""
    before = _landed(copy_of_built)
    first = _export(copy_of_built, tmp_path / "first.csv")
    ran = foi("build", "--force", data_dir=copy_of_built)
    assert ran.exit_code == 0, ran.err
    assert _landed(copy_of_built) == before
    assert _export(copy_of_built, tmp_path / "second.csv") == first

    yml = copy_of_built / "disclosures/durham/pa-2015-capitalfm/disclosure.yml"
    yml.write_text(yml.read_text(encoding="utf-8") + "# looked at again\n", encoding="utf-8")
    document = copy_of_built / "disclosures/northumbria/240-17/document.txt"
    old = hashlib.sha256(document.read_bytes()).hexdigest()
    document.write_bytes(document.read_bytes() + b"\n")
    new = hashlib.sha256(document.read_bytes()).hexdigest()
    described = document.with_name("disclosure.yml")
    described.write_text(described.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    ran = foi("build", data_dir=copy_of_built)
    assert ran.exit_code == 0, ran.err
    changed = {path for path, stamp in _landed(copy_of_built).items() if before.get(path) != stamp}
    assert {path.split("/")[1] for path in changed} == {"pa-2015-capitalfm", "240-17"}
    assert {path.split("/")[0] for path in changed} == {"durham", "northumbria"}
    assert _export(copy_of_built, tmp_path / "third.csv") == first


def test_a_failed_check_publishes_nothing(copy_of_built: Path, foi: Callable[..., Ran]) -> None:
    """A mapping to a code that no vocabulary knows fails a relationships test of severity error."""
    published = copy_of_built / "warehouse" / "foi.duckdb"
    before = published.read_bytes()
    project = _project_with(
        copy_of_built.parent / "dbt_project",
        "seeds/mappings/platform_mappings.csv",
        lambda text: text.replace(",twitter,", ",no-such-platform,"),
    )
    ran = foi("build", data_dir=copy_of_built, env={"FOI_DBT_PROJECT_DIR": str(project)})
    assert ran.exit_code == 1
    assert "test failed: test relationships_platform_mappings" in ran.out + ran.err
    assert published.read_bytes() == before


# `foi build` with two faults that show only after publishing: the published file compared with a build that is not the
# one published, and an export for which there is no room.
FAILING = """
import errno, sys
from orchestration import cli
from orchestration.publish import export, likeness

def full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")

likeness.differences = lambda *_: ["main.fct_disclosed_value: 3 rows against 2 rows"]
export.export = full
sys.exit(cli.main(sys.argv[1:]))
"""


def test_what_fails_after_publishing_is_told_as_such(tmp_path: Path) -> None:
    data, project = small_data(tmp_path / "data"), small_project(tmp_path / "dbt_project")
    environment = os.environ | {"FOI_DBT_PROJECT_DIR": str(project)}
    command = [sys.executable, "-c", FAILING, "build", "--data-dir", str(data)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    current = shelf(Settings(data)).current()
    assert current is not None
    assert f"\nrelease          {current.release_id}\n" in done.stdout
    *failed, stands = sorted(done.stderr.splitlines(), key=lambda line: "had been published" in line)
    assert sorted(failed) == [
        f"check {statement.CHECK} of published/warehouse failed: main.fct_disclosed_value: 3 rows against 2 rows",
        "step published__exports failed: OSError: [Errno 28] No space left on device",
    ]
    assert stands.startswith(
        f"{current.release_id} had been published before this failed and is what people read"
    )
    assert "nothing was published" not in done.stderr


def test_readers_are_answered_all_through_a_build(copy_of_built: Path) -> None:
    foi = str(Path(sys.executable).with_name("foi"))
    sql = "select count(*) as n from fct_disclosed_value where is_record"
    query = [foi, "query", sql, "--format", "csv", "--data-dir", str(copy_of_built)]
    build = subprocess.Popen(
        [foi, "build", "--force", "--data-dir", str(copy_of_built)], stdout=subprocess.DEVNULL
    )
    answers = []
    while build.poll() is None:
        answers.append(subprocess.run(query, capture_output=True, text=True, check=False))
    assert build.returncode == 0
    assert len(answers) >= 3
    assert {(answer.returncode, answer.stdout.split()[-1], answer.stderr) for answer in answers} == {
        (0, "149", "")
    }


def test_the_published_file_cannot_be_written_by_accident(copy_of_built: Path) -> None:
    published = copy_of_built / "warehouse" / "foi.duckdb"
    assert published.stat().st_mode & 0o222 == 0


def _landed(data_dir: Path) -> dict[str, int]:
    folder = data_dir / "landing"
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in sorted(folder.rglob("*.parquet"))
    }


def _export(data_dir: Path, target: Path) -> bytes:
    with duckdb.connect(str(data_dir / "warehouse" / "foi.duckdb"), read_only=True) as connection:
        connection.execute(EXPORT.format(target))
    return target.read_bytes()


def _project_with(target: Path, file: str, change: Callable[[str], str]) -> Path:
    """A copy of the dbt project in which one file is changed."""
    shutil.copytree(ROOT / "dbt_project", target, ignore=shutil.ignore_patterns("target", "logs"))
    path = target / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    return target
