"""The drop folder: every file ends in exactly one of drafted, quarantined, duplicate - also when the daemon dies."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import dagster as dg
import pytest

from orchestration import corpus
from orchestration.defs.automation.inbox import inbox as sensor
from orchestration.inbox import accepting, drafting, files
from orchestration.inbox.ledger import Drop, Ledger
from orchestration.inbox.taking import Hindered
from orchestration.settings import DATA_DIR, Settings
from orchestration.words import WrongUse
from tests.conftest import ROOT, Ran, run_foi
from tests.unit.guarded import workbook

TRAPS = ROOT.parent / "shared" / "disclosures" / "_traps"
NAME = "Erika Mustermann"  # an invented person, in the name of a file
MARK = "INVENTED-HIDDEN-CASE"
LETTER = "Kent Police (invented for a test)\nReference: {number}/20\n\nOffence\t2018\t2019\nHarassment\t12\t{number}\n"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An empty data folder that the sensor looks into; files settle between two looks."""
    for name in ("disclosures", "requests", "inbox"):
        (tmp_path / "data" / name).mkdir(parents=True)
    monkeypatch.setenv(DATA_DIR, str(tmp_path / "data"))
    monkeypatch.setattr(files, "SETTLED_AFTER", 0.0)
    return Settings(tmp_path / "data")


def _hidden_sheet() -> bytes:
    """A workbook with a hidden sheet of records."""

    def hide(book: object) -> None:
        sheet = book.create_sheet("more")  # type: ignore[attr-defined]
        for number in range(20):
            sheet.append([f"{MARK}-{number}", "female", 13])
        sheet.sheet_state = "hidden"

    return workbook(hide)


def _look() -> dg.SensorResult:
    """One evaluation of the sensor, as the daemon makes it."""
    with dg.build_sensor_context() as context:
        result = sensor(context)
    assert isinstance(result, dg.SensorResult)
    return result


def _drops(settings: Settings) -> list[Drop]:
    with Ledger(settings.data.inbox_dir) as ledger:
        return ledger.drops()


def _lying(settings: Settings) -> list[Path]:
    return list(files.lying(settings.data.inbox_dir))


def _drop_fifty(inbox: Path) -> tuple[int, Path]:
    """Real answers filed by force or not at all, hostile files, copies; and one still being written."""
    answers = sorted((ROOT / "data" / "disclosures").glob("*/*/document.*"))
    answers = [answer for answer in answers if answer.stat().st_size < 50_000][:26]
    for number, answer in enumerate(answers):
        folder = inbox / answer.parent.parent.name if number % 2 else inbox
        folder.mkdir(exist_ok=True)
        shutil.copy(answer, folder / f"{number} {NAME}{answer.suffix}")
    for trap in sorted(TRAPS.iterdir()) if TRAPS.is_dir() else []:
        if trap.name != "traps.csv":
            shutil.copy(trap, inbox / trap.name)
    (inbox / f"{NAME}.xlsx").write_bytes(_hidden_sheet())
    shutil.copy(inbox / f"{NAME}.xlsx", inbox / "twice.xlsx")
    (inbox / "nothing.csv").write_bytes(b"")
    for number, answer in enumerate(answers[:4]):
        shutil.copy(answer, inbox / f"copy {number}{answer.suffix}")
    growing = inbox / "kent" / "growing.txt"
    growing.parent.mkdir()
    growing.write_text("Kent Police (invented", encoding="utf-8")
    while len(list(files.lying(inbox))) < 50:
        number = len(list(files.lying(inbox)))
        (inbox / f"letter {number}.txt").write_text(LETTER.format(number=number), encoding="utf-8")
    return len(list(files.lying(inbox))), growing


def test_fifty_files_dropped_at_once_each_end_in_one_state(settings: Settings) -> None:
    inbox = settings.data.inbox_dir
    count, growing = _drop_fifty(inbox)
    digests = {
        path: hashlib.sha256(path.read_bytes()).hexdigest() for path in _lying(settings) if path != growing
    }
    assert count == 50
    for number in range(4):
        with growing.open("a", encoding="utf-8") as file:
            file.write(f" {number}")
        _look()
    assert growing.exists(), "a file that changes between two looks is not taken"
    assert len(_drops(settings)) == count - 1

    growing.write_text(LETTER.format(number=999), encoding="utf-8")
    _look()
    assert _look().asset_events
    drops = _drops(settings)
    digests[growing] = hashlib.sha256(LETTER.format(number=999).encode()).hexdigest()
    assert Counter(drop.sha256 for drop in drops) == Counter(digests.values()), "none lost, none twice"
    states = {
        state: [drop for drop in drops if drop.state == state]
        for state in ("drafted", "duplicate", "quarantined")
    }
    assert sum(map(len, states.values())) == count
    assert len({drop.sha256 for drop in states["drafted"]}) == len(states["drafted"])
    first = {drop.sha256 for drop in states["drafted"] + states["quarantined"]}
    assert {drop.sha256 for drop in states["duplicate"]} <= first
    assert len(states["duplicate"]) == len(digests) - len(set(digests.values())) >= 5

    drafts = accepting.waiting(settings)
    assert sorted(drafts) == sorted(str(drop.disclosure_id) for drop in states["drafted"])
    assert corpus.load(settings).entries == [], "nothing is in the corpus that a build reads"
    assert corpus.load(settings).requests == {}
    _left_no_trace(settings, {str(drop.sha256) for drop in states["quarantined"]})

    assert _look().asset_events == []
    assert _drops(settings) == drops


def _left_no_trace(settings: Settings, quarantined: set[str]) -> None:
    """A quarantined file stays where it was dropped and nowhere else; its name is written nowhere."""
    lying = {hashlib.sha256(path.read_bytes()).hexdigest() for path in _lying(settings)}
    assert lying == quarantined
    others = [  # the lock is an empty file, as one of the hostile ones is
        path
        for path in settings.data_dir.rglob("*")
        if path.is_file() and path not in _lying(settings) and path.name != ".lock"
    ]
    assert not {hashlib.sha256(path.read_bytes()).hexdigest() for path in others} & quarantined
    for path in others:
        assert MARK.encode() not in path.read_bytes(), path
    with sqlite3.connect(settings.data.inbox_dir / ".ledger.sqlite") as connection:
        assert NAME not in "\n".join(connection.iterdump()).partition('INSERT INTO "lying"')[0]


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
    (inbox / "hidden.xlsx").write_bytes(_hidden_sheet())
    died = subprocess.run([sys.executable, "-c", DYING, step, str(times)], cwd=ROOT, check=False)
    assert died.returncode == 9
    for _ in range(3):
        _look()
    assert Counter(drop.state for drop in _drops(settings)) == {
        "drafted": 3,
        "duplicate": 1,
        "quarantined": 1,
    }
    assert len(accepting.waiting(settings)) == 3
    assert [path.name for path in _lying(settings)] == ["hidden.xlsx"]
    assert len(list((settings.data.review_dir / "requests").glob("*.yml"))) == 3
    assert list(settings.data.review_dir.glob(".drafting-*")) == []


def test_a_draft_enters_the_corpus_only_by_accept(settings: Settings) -> None:
    folder = settings.data.inbox_dir / "kent"
    folder.mkdir()
    (folder / "letter.txt").write_text(LETTER.format(number=77), encoding="utf-8")
    _look()
    _look()
    (draft,) = accepting.waiting(settings)
    assert draft.startswith("kent/77-20-")
    with pytest.raises(WrongUse, match="still marked CHECK"):
        accepting.accept(settings, draft)
    for path in settings.data.review_dir.rglob("*.yml"):
        path.write_text(path.read_text(encoding="utf-8").replace("CHECK", "looked at"), encoding="utf-8")
    ran: Ran = run_foi("accept", draft, data_dir=settings.data_dir)
    assert (ran.exit_code, ran.err) == (0, "")
    assert [entry.disclosure_id for entry in corpus.load(settings).entries] == [draft]
    assert run_foi("check", data_dir=settings.data_dir).exit_code == 0
    assert accepting.waiting(settings) == []
    assert list((settings.data.review_dir / "requests").iterdir()) == []
    with pytest.raises(WrongUse, match="no such draft"):
        accepting.accept(settings, draft)


def test_a_broken_draft_is_not_accepted_and_not_drafted_twice(settings: Settings) -> None:
    letter = settings.data.inbox_dir / "letter.txt"
    letter.write_text(LETTER.format(number=78), encoding="utf-8")
    _look()
    _look()
    (draft,) = accepting.waiting(settings)
    (settings.data.review_dir / "disclosures" / draft / "disclosure.yml").write_text(
        "force: [", encoding="utf-8"
    )
    with pytest.raises(WrongUse, match="is not ready"):
        accepting.accept(settings, draft)
    letter.write_text(LETTER.format(number=78), encoding="utf-8")
    _look()
    _look()
    assert [drop.state for drop in _drops(settings)] == ["drafted", "duplicate"]


def test_a_fault_of_the_machine_is_no_fault_of_the_file(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk while drafting: the look fails visibly, the file stays, and the next look drafts it."""
    folder = (
        settings.data.inbox_dir / "kent"
    )  # one small text is drafted in this process, where it can be hindered
    folder.mkdir()
    (folder / "letter.txt").write_text(LETTER.format(number=5), encoding="utf-8")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))

    _look()
    with monkeypatch.context() as patched:
        patched.setattr(drafting, "add_content", full)
        with pytest.raises(
            Hindered, match="1 file could not be drafted and will be tried again: OSError: No space left"
        ):
            _look()
    assert _drops(settings) == []
    _look()
    assert [drop.state for drop in _drops(settings)] == ["drafted"]


def test_what_is_unfinished_or_no_document_of_its_own_is_named(settings: Settings, tmp_path: Path) -> None:
    inbox = settings.data.inbox_dir
    (inbox / "letter.pdf.part").write_bytes(b"%PDF-")
    (tmp_path / "elsewhere.txt").write_text(LETTER.format(number=1), encoding="utf-8")
    (inbox / "link.txt").symlink_to(tmp_path / "elsewhere.txt")
    for _ in range(3):
        _look()
    assert [(drop.state, drop.sha256) for drop in _drops(settings)] == [("quarantined", None)]
    assert (tmp_path / "elsewhere.txt").exists()
    shown = "\n".join(accepting.report(settings))
    assert "letter.pdf.part: still being written" in shown
    assert "link.txt: quarantined: it is a link" in shown
