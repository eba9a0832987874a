"""The daemon dies while it takes what was dropped, at chosen steps and among fifty files: the next one goes on."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from orchestration.inbox import accepting
from orchestration.inbox.ledger import Ledger
from orchestration.settings import Settings
from tests.conftest import ROOT
from tests.faults.dropped import LETTER, drop_fifty, drops_of, each_ended_once, hidden_sheet, look, lying_in

DYING = """
import os, sys, time
from pathlib import Path
from orchestration.inbox import files, ledger, taking
from orchestration.settings import current

files.SETTLED_AFTER = 0.0
step, left = sys.argv[1], int(sys.argv[2])
owner, name, after = {
    "moved": (taking, "_move", True),
    "recording": (ledger.Ledger, "record", False),
    "recorded": (ledger.Ledger, "record", True),
}[step]
real = getattr(owner, name)

def dying(*arguments):
    global left
    left -= 1
    if after:
        real(*arguments)
    if left == 0:
        os._exit(9)
    if not after:
        real(*arguments)

setattr(owner, name, dying)
taking.take(current())
taking.take(current())
"""


@pytest.mark.parametrize(
    ("step", "times"),
    [("moved", 1), ("moved", 2), ("moved", 4), ("recording", 2), ("recorded", 1), ("recorded", 4)],
)
def test_a_daemon_that_dies_midway_changes_nothing(settings: Settings, step: str, times: int) -> None:
    """Killed after a request was moved, after a draft was moved, before and after its row: the next one goes on."""
    inbox = settings.data.inbox_dir
    for number in range(3):
        (inbox / f"letter {number}.txt").write_text(LETTER.format(number=100 + number), encoding="utf-8")
    (inbox / "again.txt").write_text(LETTER.format(number=100), encoding="utf-8")
    (inbox / "hidden.xlsx").write_bytes(hidden_sheet())
    died = subprocess.run([sys.executable, "-c", DYING, step, str(times)], cwd=ROOT, check=False)
    assert died.returncode == 9
    for _ in range(3):
        look()
    assert Counter(drop.state for drop in drops_of(settings)) == {
        "drafted": 3,
        "duplicate": 1,
        "quarantined": 1,
    }
    assert len(accepting.waiting(settings)) == 3
    assert [path.name for path in lying_in(settings)] == ["hidden.xlsx"]
    assert len(list((settings.data.review_dir / "requests").glob("*.yml"))) == 3
    assert list(settings.data.review_dir.glob(".drafting-*")) == []


# The daemon's part in a sensor: an interpreter that evaluates it again and again, with the instance, the cursor and the
# ledger as the one before it left them on disk. It ends by itself once nothing has been taken three times in a row.
DAEMON = """
import json, sys, time
from pathlib import Path
import dagster as dg
from orchestration import home, settings
from orchestration.defs.automation.inbox import inbox as sensor
from orchestration.inbox import files

files.SETTLED_AFTER = 0.0
here, kept, quiet = settings.current(), Path(sys.argv[1]), 0
with home.instance(here) as instance:
    while quiet < 3:
        cursor = json.loads(kept.read_text()) if kept.exists() else None
        with dg.build_sensor_context(instance=instance, cursor=cursor) as context:
            result = sensor(context)
            kept.write_text(json.dumps(context.cursor))
        for event in result.asset_events:
            instance.report_runless_asset_event(event)
        quiet = 0 if result.asset_events else quiet + 1
        print("looked", flush=True)
"""


def _daemon(settings: Settings, kept: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", DAEMON, str(kept)]
    environment = os.environ | settings.variables()
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, text=True, start_new_session=True
    )


def _rows(settings: Settings) -> int:
    with sqlite3.connect(settings.data.inbox_dir / ".ledger.sqlite") as connection:
        return int(connection.execute("select count(*) from drops").fetchone()[0])


def test_a_daemon_killed_and_started_anew_among_fifty_files_changes_nothing(tmp_path: Path) -> None:
    """Five interpreters die while they take the files, with their workers or without; what is left is as without it."""
    for folder in ("disclosures", "requests", "inbox"):
        (tmp_path / "dropped" / folder).mkdir(parents=True)
    _, growing = drop_fifty(tmp_path / "dropped" / "inbox")
    growing.write_text(LETTER.format(number=999), encoding="utf-8")
    left: dict[str, tuple[Counter[tuple[str | None, str]], dict[str, bytes]]] = {}
    for name, deaths in (("undisturbed", []), ("killed", [1, 8, 20, 31, 42])):
        settings = Settings(Path(shutil.copytree(tmp_path / "dropped", tmp_path / name)))
        digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in lying_in(settings)]
        Ledger(settings.data.inbox_dir).__exit__(
            None, None, None
        )  # so that it can be looked at from the beginning
        for number, rows in enumerate(deaths):
            daemon = _daemon(settings, tmp_path / f"{name}.cursor")
            while _rows(settings) < rows and daemon.poll() is None:
                time.sleep(0.002)
            assert daemon.poll() is None, "it was to be killed while it takes files"
            (os.killpg if number % 2 else os.kill)(daemon.pid, signal.SIGKILL)
            daemon.wait()
        assert not deaths or len(digests) > _rows(settings) >= deaths[-1], (
            "something is left for the last one"
        )
        assert _daemon(settings, tmp_path / f"{name}.cursor").wait(300) == 0
        drops = each_ended_once(settings, digests)
        review = {
            path.relative_to(settings.data_dir).as_posix(): path.read_bytes()
            for path in settings.data.review_dir.rglob("*")
            if path.is_file()
        }
        left[name] = Counter((drop.sha256, drop.state) for drop in drops), review
    assert left["killed"] == left["undisturbed"]
