"""A build becomes a release, a release becomes what people read: the steps that need to know the whole project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb

from orchestration import build_record
from orchestration.inputs import fingerprint, gather, project_digest
from orchestration.progress import say
from orchestration.publish import statement
from orchestration.publish.releases import PUBLISHED, RESTORED, Release, Shelf
from orchestration.publish.snapshot import NotPublished
from orchestration.quality.checks import by_name
from orchestration.settings import Settings

_FINDINGS = (
    "select check_name, severity, status, count(*) as findings from qa_findings group by all order by all"
)


def shelf(settings: Settings) -> Shelf:
    """The releases of a data folder."""
    return Shelf(settings.releases_dir, settings.published_db)


def make(settings: Settings, required: Iterable[str]) -> Release:
    """Make the build file the file people read, as a new release, and forget the oldest; the release they read then.

    A build of the same inputs and the same content as the one they read adds nothing; neither does one that was
    rolled back. Call it while holding the lock. Raises :class:`NotPublished` when dbt's checks have not passed on this
    very file, or the file is not fit.
    """
    shelves = shelf(settings)
    shelves.remove_unfinished()
    current, withdrawn = shelves.current(), _withdrawn(shelves)
    say("keeping the build as a release")
    made = shelves.add(settings.build_db, required, _facts(settings))
    if current is not None and any(_is_same(made, known) for known in [current, *withdrawn]):
        shelves.drop(made)
        return current
    say("replacing the published file")
    shelves.publish(made, PUBLISHED)
    shelves.prune(settings.releases_kept)
    return made


@dataclass(frozen=True)
class Standing:
    """The release people read, which a build could only make again, and in words why nothing is built."""

    release: Release
    reason: str


def standing(settings: Settings) -> Standing | None:
    """What stands where a build would change nothing: the inputs are the same and its checks passed; else None.

    A published file that is missing or damaged is healed from its release, and a release whose publishing was cut off
    is published. Call it while holding the lock.
    """
    shelves = shelf(settings)
    print_now = fingerprint(gather(settings))
    current, withdrawn = shelves.current(), _withdrawn(shelves)
    if current is not None and current.manifest["fingerprint"] == print_now:
        return Standing(current, "nothing has changed since it was built")
    rolled_back = [release for release in withdrawn if release.manifest["fingerprint"] == print_now]
    if current is not None and rolled_back:
        reason = f"nothing has changed since {rolled_back[-1].release_id}, which was rolled back"
        return Standing(current, f"{reason}; `foi build --force` publishes it all the same")
    newest = next(reversed(shelves.releases()), None)
    if newest is None or newest.manifest["fingerprint"] != print_now or not newest.is_whole():
        return None
    was_published = any(entry["release"] == newest.release_id for entry in shelves.history())
    if current is not None and was_published:
        return None
    shelves.publish(newest, RESTORED if was_published else PUBLISHED)
    reason = (
        "the published file was missing or damaged" if was_published else "its publishing had been cut off"
    )
    return Standing(newest, f"{reason}; nothing else has changed")


def _withdrawn(shelves: Shelf) -> list[Release]:
    names = shelves.withdrawn()
    return [release for release in shelves.releases() if release.release_id in names]


def _is_same(made: Release, known: Release) -> bool:
    one, other = made.manifest, known.manifest
    return one["fingerprint"] is not None and all(
        one[name] == other[name] for name in ("fingerprint", "tables")
    )


def _facts(settings: Settings) -> dict[str, Any]:
    """What the manifest says beside hash, size and rows. Without a fingerprint where the inputs changed meanwhile."""
    record = build_record.read(settings)
    if record is None or not record.is_tested:
        raise NotPublished(
            f"{settings.build_db}: its checks have not all passed since it was loaded. Run the whole pipeline."
        )
    found, states = _contents(settings)
    is_clean = (
        not record.is_mixed
        and gather(settings) == record.inputs
        and all(
            states.get(name) == "current" or record.inputs["set_aside"].get(name, {}).get("is_settled", False)
            for name in record.inputs["disclosures"]
        )
    )
    return {
        "fingerprint": fingerprint(record.inputs) if is_clean else None,
        "dbt_project": project_digest(record.inputs),
        "inputs": record.inputs,
        "states": states,
        "checks": record.checks,
        "findings": found,
    }


def _contents(settings: Settings) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The findings, counted, and what became of each disclosure that is in the data folder: current or stale."""
    try:
        with duckdb.connect(str(settings.build_db), read_only=True) as connection:
            cursor = connection.execute(_FINDINGS)
            names = [column[0] for column in cursor.description or []]
            findings = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            audited = statement.stated(connection)
            rows = connection.execute(
                "select disclosure_id, is_stale from raw.disclosures order by all"
            ).fetchall()
    except duckdb.Error as error:
        raise NotPublished(f"{settings.build_db}: the build is incomplete or damaged: {error}") from error
    if audited is None and statement.CHECK in by_name(settings.dbt_project_dir / "seeds"):
        raise NotPublished(
            f"{settings.build_db}: it has not been audited since it was loaded. Run the whole pipeline."
        )
    found = {str(disclosure_id): "stale" if is_stale else "current" for disclosure_id, is_stale in rows}
    return findings, found
