"""The drop folder: every file ends in exactly one of drafted, quarantined, duplicate - also when the daemon dies."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from orchestration import corpus
from orchestration.inbox import accepting, drafting
from orchestration.inbox.taking import Hindered
from orchestration.settings import Settings
from orchestration.words import WrongUse
from tests.conftest import Ran, run_foi
from tests.faults.dropped import LETTER, drop_fifty, drops_of, each_ended_once, look, lying_in


def test_fifty_files_dropped_at_once_each_end_in_one_state(settings: Settings) -> None:
    inbox = settings.data.inbox_dir
    count, growing = drop_fifty(inbox)
    digests = {
        path: hashlib.sha256(path.read_bytes()).hexdigest() for path in lying_in(settings) if path != growing
    }
    assert count == 50
    for number in range(4):
        with growing.open("a", encoding="utf-8") as file:
            file.write(f" {number}")
        look()
    assert growing.exists(), "a file that changes between two looks is not taken"
    assert len(drops_of(settings)) == count - 1

    growing.write_text(LETTER.format(number=999), encoding="utf-8")
    look()
    assert look().asset_events
    digests[growing] = hashlib.sha256(LETTER.format(number=999).encode()).hexdigest()
    drops = each_ended_once(settings, list(digests.values()))
    assert look().asset_events == []
    assert drops_of(settings) == drops


def test_a_draft_enters_the_corpus_only_by_accept(settings: Settings) -> None:
    folder = settings.data.inbox_dir / "kent"
    folder.mkdir()
    (folder / "letter.txt").write_text(LETTER.format(number=77), encoding="utf-8")
    look()
    look()
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
    look()
    look()
    (draft,) = accepting.waiting(settings)
    (settings.data.review_dir / "disclosures" / draft / "disclosure.yml").write_text(
        "force: [", encoding="utf-8"
    )
    with pytest.raises(WrongUse, match="is not ready"):
        accepting.accept(settings, draft)
    letter.write_text(LETTER.format(number=78), encoding="utf-8")
    look()
    look()
    assert [drop.state for drop in drops_of(settings)] == ["drafted", "duplicate"]


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

    look()
    with monkeypatch.context() as patched:
        patched.setattr(drafting, "add_content", full)
        with pytest.raises(
            Hindered, match="1 file could not be drafted and will be tried again: OSError: No space left"
        ):
            look()
    assert drops_of(settings) == []
    look()
    assert [drop.state for drop in drops_of(settings)] == ["drafted"]


def test_what_is_unfinished_or_no_document_of_its_own_is_named(settings: Settings, tmp_path: Path) -> None:
    inbox = settings.data.inbox_dir
    (inbox / "letter.pdf.part").write_bytes(b"%PDF-")
    (tmp_path / "elsewhere.txt").write_text(LETTER.format(number=1), encoding="utf-8")
    (inbox / "link.txt").symlink_to(tmp_path / "elsewhere.txt")
    for _ in range(3):
        look()
    assert [(drop.state, drop.sha256) for drop in drops_of(settings)] == [("quarantined", None)]
    assert (tmp_path / "elsewhere.txt").exists()
    shown = "\n".join(accepting.report(settings))
    assert "letter.pdf.part: still being written" in shown
    assert "link.txt: quarantined: it is a link" in shown
