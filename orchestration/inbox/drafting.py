"""One dropped file -> a draft in a scratch data folder, or why there is none. Runs in a process of its own.

What a library says about bytes it could not read may quote them, so only the kind of an unforeseen error is passed on.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ingest.registry import Entry
from orchestration.add import Told, add_content, ending_of
from orchestration.settings import Settings

_WAITS = "; it waits here for a person"


@dataclass(frozen=True)
class Drafted:
    """The result: the draft's id in the scratch folder, or the reasons why the file is not read."""

    disclosure_id: str | None
    reasons: tuple[str, ...] = ()
    has_changed: bool = False
    """The file is no longer the one that was chosen: nothing has been done with it."""
    hindered: str | None = None
    """What hindered the drafter that is no fault of the file, as a full disk: it is tried again."""


@dataclass(frozen=True)
class Job:
    """What a worker needs to know. ``scratch`` is a data folder that nobody else uses."""

    dbt_project_dir: Path
    files: dict[str, tuple[Path, str, str | None, Path]]
    """entry id -> file, its sha256, the force it was filed under, scratch"""

    def __call__(self, entry: Entry) -> Drafted:
        """Draft the file of one entry."""
        file, sha256, force, scratch = self.files[entry.disclosure_id]
        try:
            data = file.read_bytes()
        except OSError:
            return Drafted(None, has_changed=True)
        if hashlib.sha256(data).hexdigest() != sha256:
            return Drafted(None, has_changed=True)
        told = Told(force=force, suffix=f"-{sha256[:8]}")
        settings = Settings(scratch, self.dbt_project_dir)
        try:
            scratch.mkdir(parents=True)
            added = add_content(settings, data, ending_of(file.name), told)
        except MemoryError:
            raise
        except OSError as error:
            return Drafted(None, hindered=f"{type(error).__name__}: {error.strerror}")
        except Exception as error:  # noqa: BLE001 - see above: its message stays here
            return Drafted(None, (f"the drafter failed on it ({type(error).__name__}){_WAITS}",))
        if added.draft is None:
            return Drafted(None, tuple(added.refused))
        return Drafted(added.disclosure_id)
