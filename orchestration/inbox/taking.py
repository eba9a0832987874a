"""One look at the drop folder: every settled file gets its one row in the ledger. Safe to kill and to repeat.

The order of steps is what makes it so. A draft is written in a scratch folder and moved into the review folder whole;
then the ledger says so; then the file leaves the inbox. A look that died in between finds the draft by the digest of
its document, or the row by the look of the file, and goes on from there.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ingest import guard
from ingest.registry import DataFolder, Entry, Registry
from ingest.workers import Stopped, run_all
from orchestration import corpus, lock
from orchestration.add import ending_of
from orchestration.inbox.drafting import Drafted, Job
from orchestration.inbox.files import Settled, force_of, settled
from orchestration.inbox.ledger import Drop, Ledger, Stat, State
from orchestration.publish import disk
from orchestration.settings import Settings
from orchestration.words import number

_SCRATCH = ".drafting-"
_ONE_FILE = 20.0  # seconds a worker has for one file; the guard alone gives up after 15
_LINK = "it is a link, not a document (link). Put the document itself here."


class Hindered(Exception):
    """Drafting failed for a reason outside the files; what could be done has been done and is in the ledger."""


@dataclass
class _Look:
    """What is known while one look lasts."""

    settings: Settings
    ledger: Ledger
    forces: frozenset[str] | None
    answers: dict[str, str]
    """sha256 -> disclosure id, of every document reviewed or waiting for review"""
    drafted: set[str]
    """Digests whose draft the ledger knows of."""
    kept: set[str]
    """Digests of quarantined files that still lie in the inbox."""
    done: list[Drop] = field(default_factory=list)
    hindered: list[str] = field(default_factory=list)
    """Why files stay untouched that should have been drafted."""

    def record(
        self, file: Settled, state: State, sha256: str | None, answer: str | None, reason: str
    ) -> None:
        """The file's row; then, unless it is quarantined, the file leaves the inbox."""
        drop = Drop(
            state, sha256, file.stat.size_bytes, ending_of(file.path.name), force_of(file.name, self.forces),
            answer, reason,
        )  # fmt: skip
        self.ledger.record(file.name, drop)
        self.done.append(drop)
        if state == "quarantined" and sha256 is not None:
            self.kept.add(sha256)
        elif answer is not None:
            _remove(file.path, file.stat)


def take(settings: Settings, *, now: float | None = None, seconds: float = 25.0) -> list[Drop]:
    """Deal with the files that have settled by ``now``, beginning none after ``seconds``; the rest waits its turn.

    Returns the rows written; raises :class:`Hindered` after writing them where some files could not be drafted. Two
    processes never look at once: the second waits for the first.
    """
    inbox, deadline = settings.data.inbox_dir, time.monotonic() + seconds
    inbox.mkdir(parents=True, exist_ok=True)
    with lock.waiting(inbox / ".lock"), Ledger(inbox) as ledger:
        _tidy(settings, ledger)
        files = settled(inbox, ledger, time.time() if now is None else now)
        look = _look(settings, ledger)
        with _scratch(settings) as scratch:
            chosen = dict(_chosen(look, files, deadline))
            _draft(look, chosen, scratch, deadline)
    if look.hindered:
        raise Hindered(
            f"{number(len(look.hindered), 'file')} could not be drafted and will be tried again: {look.hindered[0]}"
        )
    return look.done


def _look(settings: Settings, ledger: Ledger) -> _Look:
    review = settings.data.review_dir
    answers = _documents(corpus.load(settings)) | _documents(corpus.load(settings.at(review)))
    drops = ledger.drops()
    drafted = {drop.sha256 for drop in drops if drop.state == "drafted" and drop.sha256}
    lying = [known.drop_id for known in ledger.lying().values() if known.drop_id is not None]
    kept = {drop.sha256 for drop in ledger.drops_by_id(lying).values() if drop.sha256}
    return _Look(settings, ledger, corpus.known_forces(settings), answers, drafted, kept)


def _documents(registry: Registry) -> dict[str, str]:
    return {
        document.sha256: entry.disclosure_id
        for entry in registry.entries
        for document in (entry.disclosure.documents if entry.disclosure else ())
    }


def _tidy(settings: Settings, ledger: Ledger) -> None:
    """What a look that was killed left behind: scratch folders, and files that have their row already."""
    for leftover in settings.data.review_dir.glob(f"{_SCRATCH}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    lying = {path: known for path, known in ledger.lying().items() if known.drop_id is not None}
    drops = ledger.drops_by_id([known.drop_id for known in lying.values() if known.drop_id is not None])
    for path, known in lying.items():
        if known.drop_id is not None and drops[known.drop_id].disclosure_id is not None:
            _remove(settings.data.inbox_dir / path, known.stat)


@contextmanager
def _scratch(settings: Settings) -> Iterator[Path]:
    settings.data.review_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=settings.data.review_dir) as folder:
        yield Path(folder)


def _chosen(look: _Look, files: Iterable[Settled], deadline: float) -> Iterator[tuple[str, Settled]]:
    """The files to draft, by digest, one for each; what needs no drafting is recorded here."""
    first: dict[str, Settled] = {}
    for file in files:
        if time.monotonic() > deadline:
            return
        if not file.is_document:
            look.record(file, "quarantined", None, None, _LINK)
            continue
        try:
            sha256 = disk.sha256(file.path)
            is_same = Stat.of(file.path) == file.stat
        except OSError:
            continue  # gone or not readable now: the next look tries again
        if not is_same or sha256 in first:
            continue  # still being written; or the same as one of this look, which the next look can tell
        if not _is_known(look, file, sha256):
            first[sha256] = file
            yield sha256, file


def _is_known(look: _Look, file: Settled, sha256: str) -> bool:
    """Whether this content needs no look: an answer or a draft has it, or a quarantined file still lies here."""
    if answer := look.answers.get(sha256):
        is_its_own = (
            sha256 not in look.drafted and (look.settings.data.review_dir / "disclosures" / answer).is_dir()
        )
        if is_its_own:  # the look that drafted it died before it could say so
            look.drafted.add(sha256)
            look.record(file, "drafted", sha256, answer, "")
        else:
            look.record(file, "duplicate", sha256, answer, f"the same document as {answer}")
        return True
    if sha256 in look.kept:
        look.record(file, "duplicate", sha256, None, "the same document as a quarantined one that lies here")
        return True
    verdict = guard.inspect_path(file.path) if file.stat.size_bytes > guard.Limits().file_bytes else None
    if verdict is not None:
        look.record(file, "quarantined", sha256, None, "; ".join(map(str, verdict.reasons)))
    return verdict is not None


def _draft(look: _Look, chosen: dict[str, Settled], scratch: Path, deadline: float) -> None:
    """Draft the files in processes of their own, each into a scratch folder, and record what came of it."""
    entries = [Entry(sha256, "", file.path.parent, b"", None) for sha256, file in chosen.items()]
    job = Job(
        look.settings.dbt_project_dir,
        {
            sha256: (file.path, sha256, force_of(file.name, look.forces), scratch / sha256)
            for sha256, file in chosen.items()
        },
    )
    for entry, result in run_all(entries, job, seconds=_ONE_FILE):
        file, sha256 = chosen[entry.disclosure_id], entry.disclosure_id
        if isinstance(result, Stopped):
            look.record(file, "quarantined", sha256, None, f"{result.reason}; it waits here for a person")
        elif result.hindered:
            look.hindered.append(result.hindered)
        elif not result.has_changed:
            _keep(look, file, sha256, result, DataFolder(scratch / sha256))
        if time.monotonic() > deadline:
            return


def _keep(look: _Look, file: Settled, sha256: str, result: Drafted, scratch: DataFolder) -> None:
    if result.disclosure_id is None:
        look.record(file, "quarantined", sha256, None, "; ".join(result.reasons))
        return
    review = look.settings.data.review_dir
    home = review / "disclosures" / result.disclosure_id
    if (
        home.exists()
    ):  # its disclosure.yml is being edited and cannot be read just now: the name holds the digest
        look.record(
            file, "duplicate", sha256, result.disclosure_id, f"the same document as {result.disclosure_id}"
        )
        return
    for request in scratch.requests_dir.glob("*.yml"):
        _move(request, review / "requests" / request.name)
    _move(scratch.disclosures_dir / result.disclosure_id, home)
    look.answers[sha256] = result.disclosure_id
    look.drafted.add(sha256)
    look.record(file, "drafted", sha256, result.disclosure_id, "")


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)


def _remove(path: Path, stat: Stat) -> None:
    """Take a file out of the inbox, if it is still the one that was dealt with."""
    try:
        if Stat.of(path) == stat:
            path.unlink()
    except FileNotFoundError:
        return
