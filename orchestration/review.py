"""Looking at disclosures without writing anything: every problem, every landing row, every cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration import corpus
from orchestration.settings import Settings
from orchestration.words import WrongUse, unknown

if TYPE_CHECKING:
    from ingest.problems import Problem
    from ingest.registry import Entry


def check(settings: Settings, disclosures: Sequence[str]) -> tuple[int, list[Problem]]:
    """How many disclosures were checked, and everything wrong with them; all of them when none is named.

    Raises :class:`WrongUse` for a name that is no disclosure.
    """
    from ingest.workers import check_all

    registry = corpus.load(settings)
    known = {entry.disclosure_id: entry for entry in registry.entries}
    entries = [entry_named(known, name) for name in disclosures] if disclosures else registry.entries
    problems = [] if disclosures else list(registry.problems)
    problems += check_all(entries)
    return len(entries), problems


def rows(settings: Settings, name: str) -> tuple[list[str], list[list[Any]], list[Problem]]:
    """Columns and rows of what ``foi extract`` prints, and the problems met.

    A disclosure gives its landing rows. A file gives its cells: nothing says yet what they mean.
    """
    registry = corpus.load(settings)
    known = {entry.disclosure_id: entry for entry in registry.entries}
    path = Path(name)
    if name.rstrip("/") not in known and path.is_file():
        return _cells(path)
    return _landing_rows(entry_named(known, name, "disclosure or file"))


def entry_named(known: dict[str, Entry], name: str, kind: str = "disclosure") -> Entry:
    """The disclosure a person means by an id or a path. Raises :class:`WrongUse` where there is none."""
    tidy = name.rstrip("/").removesuffix("/disclosure.yml")
    short = tidy.partition("disclosures/")[2] or tidy  # a path below data/disclosures/ is a name too
    if short not in known:
        raise unknown(kind, name, known)
    return known[short]


def _landing_rows(entry: Entry) -> tuple[list[str], list[list[Any]], list[Problem]]:
    from ingest.extract import extract
    from ingest.raw_schema import landed

    result = extract(entry)
    columns = landed()["disclosed_values"].names
    values = result.tables.get("disclosed_values", [])
    return columns, [[row.get(column) for column in columns] for row in values], result.problems


def _cells(path: Path) -> tuple[list[str], list[list[Any]], list[Problem]]:
    from ingest import guard
    from ingest.readers import Unreadable, read_bytes

    try:
        data = path.read_bytes()
        verdict = guard.inspect(data, path.name)
        if verdict.decision in ("quarantine", "reject"):
            raise WrongUse(f"{path}: {verdict.decision}: {'; '.join(map(str, verdict.reasons))}")
        sheets = read_bytes(data, f"document.{verdict.read_as}")
    except Unreadable as error:
        raise WrongUse(f"{path}: {error}") from error
    except OSError as error:
        raise WrongUse(f"{path}: {error.strerror or error}") from error
    found = [[sheet.name, cell.locator, cell.text] for sheet in sheets for cell in sheet.cells() if cell.text]
    return ["sheet", "locator", "text"], found, []
