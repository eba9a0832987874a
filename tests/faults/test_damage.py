"""Whole builds beside a damaged landing file, a document that changes, a clock set back: said, kept, healed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from orchestration.publish.likeness import digests
from orchestration.release import shelf
from orchestration.settings import Settings
from tests.conftest import ROOT, Ran
from tests.faults.small import small_data, small_project

STATED = "norfolk/foi-004600-17"
# `foi build` in an interpreter to which something is done first.
PROGRAM = "{first}\nimport sys\nfrom orchestration import cli\nsys.exit(cli.main(sys.argv[1:]))\n"
# The document of one answer gets another line whenever the answer has been read.
CHANGING = f"""
from ingest import landing
real = landing.extract
def meanwhile(entry):
    found = real(entry)
    if entry.disclosure_id == "{STATED}":
        with (entry.folder / "document.txt").open("ab") as file:
            file.write(b"one more line\\n")
    return found
landing.extract = meanwhile
"""
EARLIER = """
import time
from datetime import datetime, timedelta
from orchestration.publish import releases
real, back = time.time, 3 * 365 * 24 * 60 * 60
time.time = lambda: real() - back
class Earlier(datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) - timedelta(seconds=back)
releases.datetime = Earlier
"""


@dataclass(frozen=True)
class Small:
    """A small data folder of one's own, and its project."""

    settings: Settings

    @property
    def described(self) -> Path:
        return self.settings.data_dir / "disclosures" / STATED / "disclosure.yml"

    def build(self, first: str = "", *arguments: str) -> Ran:
        """One build, to the end."""
        command = [sys.executable, "-c", PROGRAM.format(first=first), "build", *arguments]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | self.settings.variables(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stdout + done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    def published(self) -> Any:
        """What people read."""
        return digests(self.settings.published_db)

    def touch(self) -> None:
        """Its one answer is to be read again."""
        self.described.write_text(
            self.described.read_text(encoding="utf-8") + "# looked at again\n", encoding="utf-8"
        )


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Built once for the tests of this module."""
    folder = tmp_path_factory.mktemp("damage")
    settings = Settings(small_data(folder / "data"), small_project(folder / "dbt_project"))
    ran = Small(settings).build()
    assert ran.exit_code == 0, ran.err
    return settings


@pytest.fixture
def small(once: Settings, tmp_path: Path) -> Small:
    shutil.copytree(once.data_dir, tmp_path / "data")
    return Small(Settings(tmp_path / "data", once.dbt_project_dir))


def test_a_truncated_landing_file_is_read_again(small: Small) -> None:
    before = small.published()
    (file,) = (small.settings.data.landing_dir / STATED).rglob("disclosed_values.parquet")
    good = file.read_bytes()
    file.write_bytes(good[: len(good) // 2])
    ran = small.build("", "--force")
    assert ran.exit_code == 0, ran.err
    assert f"warning: disclosures/{STATED}" in ran.out
    assert file.read_bytes() == good
    assert small.published()["main.fct_disclosed_value"] == before["main.fct_disclosed_value"]


def test_a_document_that_changes_while_it_is_read_is_set_aside_until_it_is_whole(small: Small) -> None:
    before = small.published()
    document = small.described.with_name("document.txt")
    good = document.read_bytes()
    small.touch()
    ran = small.build(CHANGING)
    assert ran.exit_code == 0, ran.err
    assert document.read_bytes() != good
    said = [line for line in ran.out.splitlines() if f"disclosures/{STATED}" in line]
    assert any("while" in line for line in said), ran.out
    assert "1 stale" in ran.out
    after = small.published()
    assert after["main.fct_disclosed_value"] == before["main.fct_disclosed_value"], (
        "its last good extraction stands in"
    )
    document.write_bytes(good)
    ran = small.build()
    assert ran.exit_code == 0, ran.err
    assert "stale" not in ran.out
    assert small.published() == before


def test_an_answer_with_errors_that_stays_as_it_is_is_no_reason_to_build(small: Small) -> None:
    releases = shelf(small.settings)
    good = small.described.read_text(encoding="utf-8")
    small.described.write_text(good + "force: norfolk\n", encoding="utf-8")
    assert small.build().exit_code == 0
    kept = [release.release_id for release in releases.releases()]
    ran = small.build()
    assert "nothing has changed since it was built" in ran.out
    assert "2 unchanged, 1 stale" in ran.out
    assert f"error: disclosures/{STATED}/disclosure.yml" in ran.out
    assert (ran.exit_code, small.build("", "--strict").exit_code) == (0, 1)
    assert [release.release_id for release in releases.releases()] == kept

    shutil.rmtree(small.settings.data.landing_dir / STATED)
    ran = small.build()
    assert "not built" not in ran.out, "what stood in is gone"
    assert "1 left out" in ran.out
    assert "2 unchanged, 1 left out" in small.build().out
    small.described.write_text(good, encoding="utf-8")
    ran = small.build()
    assert "1 extracted, 2 unchanged)" in ran.out, ran.out


def test_strict_says_the_same_of_what_was_read_before(small: Small) -> None:
    """One of the answers has a warning: it counts whether it is read now, was read before, or nothing is built."""
    shutil.rmtree(small.settings.data.landing_dir)
    said = [small.build("", "--strict", *more) for more in (["--force"], ["--force"], [])]
    assert [ran.exit_code for ran in said] == [1, 1, 1]
    assert ["problems         1 warning" in ran.out for ran in said] == [True, True, True]
    assert ["not built" in ran.out for ran in said] == [False, False, True]


def test_a_clock_set_back_by_years_disturbs_no_build(small: Small) -> None:
    releases = shelf(small.settings)
    (first,) = releases.releases()
    small.touch()
    ran = small.build(EARLIER)
    assert ran.exit_code == 0, ran.err
    second = releases.current()
    assert second is not None
    assert second.number == first.number + 1
    assert second.release_id[5:9] < first.release_id[5:9], "its name has the earlier year"
    small.touch()
    assert small.build().exit_code == 0
    third = releases.current()
    assert third is not None
    assert [release.number for release in releases.releases()] == [first.number, second.number, third.number]
    assert third.number == first.number + 2
