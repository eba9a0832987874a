"""Drafts that wait for review, and the one way from there into the corpus: a person accepts them by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from orchestration import corpus, lock
from orchestration.inbox.files import is_unfinished, lying
from orchestration.inbox.ledger import Ledger, Stat
from orchestration.settings import Settings
from orchestration.words import WrongUse, number, unknown

_DOUBT = re.compile(r"#.*\bCHECK\b")


def accept(settings: Settings, disclosure_id: str) -> Path:
    """Move a reviewed draft into the corpus and return its folder; the next build reads it.

    Raises :class:`WrongUse` for an unknown draft, and for one that still has problems or a comment marked CHECK.
    """
    settings.data.inbox_dir.mkdir(parents=True, exist_ok=True)
    with lock.waiting(settings.data.inbox_dir / ".lock"):  # nothing is put into the review folder meanwhile
        return _accept(settings, settings.at(settings.data.review_dir), disclosure_id)


def _accept(settings: Settings, review: Settings, disclosure_id: str) -> Path:
    registry = corpus.load(review)
    if disclosure_id not in {entry.disclosure_id for entry in registry.entries}:
        raise unknown("draft", disclosure_id, [entry.disclosure_id for entry in registry.entries])
    target = settings.data.disclosures_dir / disclosure_id
    if target.exists():
        raise WrongUse(
            f"there is a disclosure {disclosure_id} already; rename the draft's folder, then try again"
        )
    entry = registry.entry(disclosure_id)
    if reasons := [*_problems(review, disclosure_id), *_doubts(entry.folder / "disclosure.yml")]:
        raise WrongUse(f"{disclosure_id} is not ready: " + "; ".join(reasons))
    assert entry.disclosure is not None  # noqa: S101 - it has no problems
    name = f"{entry.disclosure.request}.yml"
    drafted = review.data.requests_dir / name
    if drafted.exists():
        if reasons := list(_doubts(drafted)):
            raise WrongUse(f"{disclosure_id} is not ready: " + "; ".join(reasons))
        settings.data.requests_dir.mkdir(parents=True, exist_ok=True)
        drafted.rename(settings.data.requests_dir / name)
    target.parent.mkdir(parents=True, exist_ok=True)
    entry.folder.rename(target)
    _forget_unused_requests(review)
    return target


def _problems(review: Settings, disclosure_id: str) -> Iterator[str]:
    from ingest.extract import extract

    problems = extract(corpus.load(review).entry(disclosure_id)).problems
    yield from (str(problem) for problem in problems if problem.severity == "error")


def _doubts(path: Path) -> Iterator[str]:
    """Every comment that still marks a doubt, by its line."""
    for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if _DOUBT.search(text) and "CHECK marks a doubt" not in text:
            yield f"{path.parent.name}/{path.name} line {line} is still marked CHECK"


def _forget_unused_requests(review: Settings) -> None:
    """Drafted requests that no draft names any more: the reviewer chose another one."""
    registry = corpus.load(review)
    if any(entry.disclosure is None for entry in registry.entries):
        return  # one that cannot be read just now may name any of them
    named = {entry.disclosure.request for entry in registry.entries if entry.disclosure}
    for path in review.data.requests_dir.glob("*.yml"):
        if path.stem not in named:
            path.unlink()


def waiting(settings: Settings) -> list[str]:
    """The drafts that wait for review."""
    review = settings.data.review_dir
    return (
        [entry.disclosure_id for entry in corpus.load(settings.at(review)).entries] if review.is_dir() else []
    )


def report(settings: Settings) -> Iterator[str]:
    """What waits for a person: drafts, and what lies in the inbox and why. Nothing where nothing waits."""
    drafts = waiting(settings)
    if drafts:
        yield f"{number(len(drafts), 'draft')} waiting for review in {settings.data.review_dir}:"
        yield from (f"  {draft}: when it is right, foi accept {draft}" for draft in drafts)
    inbox = settings.data.inbox_dir
    there = list(lying(inbox)) if inbox.is_dir() else []
    if there:
        yield f"{number(len(there), 'file')} in {inbox}:"
        yield from (f"  {path.relative_to(inbox)}: {said}" for path, said in _said(inbox, there))


def _said(inbox: Path, there: list[Path]) -> Iterator[tuple[Path, str]]:
    """What the ledger knows of each file that lies in the inbox."""
    with Ledger(inbox) as ledger:
        known = ledger.lying()
        drops = ledger.drops_by_id({found.drop_id for found in known.values() if found.drop_id is not None})
    for path in there:
        found = known.get(path.relative_to(inbox).as_posix())
        if found and found.drop_id is not None and found.stat == Stat.of(path):
            drop = drops[found.drop_id]
            yield path, f"{drop.state}: {drop.reason.removeprefix(f'{drop.state}: ')}"
        else:
            yield path, "still being written" if is_unfinished(path) else "not taken yet; the sensor does it"
