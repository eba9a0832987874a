"""`foi export` for a person: what was written where, or why nothing was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from orchestration.publish.export import export
from orchestration.settings import Settings
from orchestration.warehouse import Warehouse
from orchestration.words import WrongUse, number, unknown


def run(settings: Settings, folder: Path, tables: list[str] | None) -> Iterator[str]:
    """Export and say so. Raises :class:`WrongUse` before anything was published, and for what is named wrongly."""
    with Warehouse(settings.published_db) as warehouse:
        known = [name for name in warehouse.tables() if not name.startswith("int_")]
    for name in tables or ():
        if name not in known:
            raise unknown("table", name, known)
    try:
        written = export(settings.published_db, folder.resolve(), tables)
    except OSError as error:
        # What the system refuses has a number, which helps nobody, and the path it refused.
        said = (
            f"{error.filename or folder}: {error.strerror}; name another folder"
            if error.errno
            else str(error)
        )
        raise WrongUse(said) from error
    rows = sum(written.tables.values())
    yield f"{number(len(written.tables), 'table')} with {rows:,} rows written to {folder}"
