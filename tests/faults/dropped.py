"""Files dropped into an inbox, and what must have become of them."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections import Counter
from pathlib import Path

import dagster as dg

from orchestration import corpus
from orchestration.defs.automation.inbox import inbox as sensor
from orchestration.inbox import accepting, files
from orchestration.inbox.ledger import Drop, Ledger
from orchestration.settings import Settings
from tests.conftest import ROOT
from tests.unit.guarded import workbook

TRAPS = ROOT.parent / "shared" / "disclosures" / "_traps"
NAME = "Erika Mustermann"  # an invented person, in the name of a file
MARK = "INVENTED-HIDDEN-CASE"
LETTER = "Kent Police (invented for a test)\nReference: {number}/20\n\nOffence\t2018\t2019\nHarassment\t12\t{number}\n"


def hidden_sheet() -> bytes:
    """A workbook with a hidden sheet of records."""

    def hide(book: object) -> None:
        sheet = book.create_sheet("more")  # type: ignore[attr-defined]
        for number in range(20):
            sheet.append([f"{MARK}-{number}", "female", 13])
        sheet.sheet_state = "hidden"

    return workbook(hide)


def look() -> dg.SensorResult:
    """One evaluation of the sensor, as the daemon makes it."""
    with dg.build_sensor_context() as context:
        result = sensor(context)
    assert isinstance(result, dg.SensorResult)
    return result


def drops_of(settings: Settings) -> list[Drop]:
    with Ledger(settings.data.inbox_dir) as ledger:
        return ledger.drops()


def lying_in(settings: Settings) -> list[Path]:
    return list(files.lying(settings.data.inbox_dir))


def drop_fifty(inbox: Path) -> tuple[int, Path]:
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
    (inbox / f"{NAME}.xlsx").write_bytes(hidden_sheet())
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


def each_ended_once(settings: Settings, digests: list[str]) -> list[Drop]:
    """Every file of these digests has one row; nothing is lost, taken twice or where a build would read it."""
    drops = drops_of(settings)
    assert Counter(drop.sha256 for drop in drops) == Counter(digests), "none lost, none twice"
    states = {
        state: [drop for drop in drops if drop.state == state]
        for state in ("drafted", "duplicate", "quarantined")
    }
    assert sum(map(len, states.values())) == len(digests)
    assert len({drop.sha256 for drop in states["drafted"]}) == len(states["drafted"])
    first = {drop.sha256 for drop in states["drafted"] + states["quarantined"]}
    assert {drop.sha256 for drop in states["duplicate"]} <= first
    assert len(states["duplicate"]) == len(digests) - len(set(digests)) >= 5

    drafts = accepting.waiting(settings)
    assert sorted(drafts) == sorted(str(drop.disclosure_id) for drop in states["drafted"])
    assert corpus.load(settings).entries == [], "nothing is in the corpus that a build reads"
    assert corpus.load(settings).requests == {}
    _left_no_trace(settings, {str(drop.sha256) for drop in states["quarantined"]})
    return drops


def _left_no_trace(settings: Settings, quarantined: set[str]) -> None:
    """A quarantined file stays where it was dropped and nowhere else; its name is written nowhere."""
    lying = {hashlib.sha256(path.read_bytes()).hexdigest() for path in lying_in(settings)}
    assert lying == quarantined
    others = [  # the lock is an empty file, as one of the hostile ones is
        path
        for path in settings.data_dir.rglob("*")
        if path.is_file() and path not in lying_in(settings) and path.name != ".lock"
    ]
    assert not {hashlib.sha256(path.read_bytes()).hexdigest() for path in others} & quarantined
    for path in others:
        assert MARK.encode() not in path.read_bytes(), path
    with sqlite3.connect(settings.data.inbox_dir / ".ledger.sqlite") as connection:
        assert NAME not in "\n".join(connection.iterdump()).partition('INSERT INTO "lying"')[0]
