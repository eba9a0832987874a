"""`foi add`: a document of one's own -> a folder of the corpus with a drafted disclosure.yml."""

from __future__ import annotations

import csv
import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration import corpus
from orchestration.settings import Settings
from orchestration.words import WrongUse, unknown

if TYPE_CHECKING:
    from ingest.draft import Draft, Vocabulary

_NO_REQUEST = "The request is not known."


@dataclass(frozen=True)
class Added:
    """What became of the document. ``refused`` says why it was not read; then nothing was written."""

    disclosure_id: str
    folder: Path
    draft: Draft | None
    warnings: tuple[str, ...] = ()
    refused: str = ""
    new_request: Path | None = None

    @property
    def exit_code(self) -> int:
        """0 when something was understood or a refusal recorded, else 1."""
        return 0 if self.draft is not None and (self.draft.tables or self.draft.parts) else 1


def add(
    settings: Settings,
    file: Path,
    *,
    force: str | None,
    reference: str,
    request: str | None,
    replace: bool = False,
    slug: str | None = None,
) -> Added:
    """Copy a document into the data folder and write its disclosure.yml. Raises WrongUse for what is typed wrongly."""
    from ingest.draft import Asked, draft
    from ingest.draft.write import disclosure_yaml, request_yaml
    from ingest.readers import Unreadable, read_bytes
    from ingest.registry import SEVERAL_FORCES

    data = _content(file)
    registry = corpus.load(settings)
    forces = corpus.known_forces(settings)
    if force is not None and forces is not None and force not in forces:
        raise unknown("police force", force, forces)
    if request is not None and request not in registry.requests:
        raise unknown("request", request, registry.requests)
    name = slug or slug_of(reference)
    verdict = _inspect(data, file.name)
    if verdict.refused:
        return Added(f"{force or SEVERAL_FORCES}/{name}", Path(), None, verdict.warnings, verdict.refused)
    try:
        sheets = read_bytes(data, verdict.name)
    except Unreadable as error:
        return Added(f"{force or SEVERAL_FORCES}/{name}", Path(), None, verdict.warnings, str(error))
    parts = tuple((part.part, part.asks) for part in registry.requests[request].parts) if request else ()
    asked = Asked(force, reference, request, parts)
    result = draft(sheets, vocabulary(settings), asked)
    asked = Asked(result.force, reference, request, parts)
    disclosure_id = f"{result.force or SEVERAL_FORCES}/{name}"
    folder = _new_folder(settings.data.disclosures_dir / disclosure_id, replace=replace)
    kept = f"document.{verdict.name.rpartition('.')[2].casefold()}"
    (folder / kept).write_bytes(data)
    request_id = request or f"{result.force or SEVERAL_FORCES}-{name}"
    text = disclosure_yaml(result, asked, kept, hashlib.sha256(data).hexdigest(), request_id)
    (folder / "disclosure.yml").write_text(text, encoding="utf-8")
    new_request = None
    if request is None:
        new_request = settings.data.requests_dir / f"{request_id}.yml"
        new_request.parent.mkdir(parents=True, exist_ok=True)
        new_request.write_text(request_yaml(result, asked), encoding="utf-8")
    return Added(disclosure_id, folder, result, verdict.warnings, new_request=new_request)


def report(added: Added) -> Iterator[str]:
    """What was understood, what was not used, and what to do next: lines for a person."""
    from ingest.draft.preview import not_used, understood

    if added.draft is None:
        yield f"not read: {added.refused}"
        yield "nothing was kept of it"
        return
    yield from (f"warning: {warning}" for warning in added.warnings)
    yield "Understood"
    yield from understood(added.draft)
    yield ""
    yield "Not used"
    left = list(not_used(added.draft))
    yield from left or ["  nothing with a number was left out"]
    yield ""
    yield f"Look at {added.folder / 'disclosure.yml'}: every guess has a comment."
    if added.new_request is not None:
        yield f"A request was drafted too: {added.new_request}. Name one with --request where the question is known."
    yield f"Then: foi check {added.disclosure_id}"


def slug_of(reference: str) -> str:
    """A reference as the name of a folder: 'FOI 004600/17' -> 'foi-004600-17'."""
    name = re.sub(r"[^a-z0-9]+", "-", reference.casefold()).strip("-")
    if not name:
        raise WrongUse(
            f"the reference {reference!r} holds no letter or digit; name the answer with --reference"
        )
    return name


def vocabulary(settings: Settings) -> Vocabulary:
    """The names of the dbt project's seeds, as the drafter wants them."""
    from ingest.draft import Vocabulary

    seeds = settings.dbt_project_dir / "seeds"
    platforms = _labels(seeds / "mappings" / "platform_mappings.csv", "label_text", "platform_id")
    pooled = next(
        (
            label
            for label, known in platforms.items()
            if known == "any_listed" and " " in label and "," not in label and " or " not in label
        ),
        None,
    )
    return Vocabulary.of(
        forces=_labels(seeds / "vocabulary" / "force_aliases.csv", "alias_text", "force_id"),
        platforms={label: known for label, known in platforms.items() if known},
        offences=_labels(seeds / "mappings" / "offence_mappings.csv", "label_text", "offence_code"),
        outcomes=_labels(seeds / "mappings" / "outcome_mappings.csv", "label_text", "outcome_code"),
        pooled_platform=pooled,
    )


def _labels(path: Path, label: str, code: str) -> dict[str, str]:
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {row[label]: row[code] for row in csv.DictReader(lines)}


@dataclass(frozen=True)
class _Verdict:
    """What the guard says: the name to read the file by, warnings, and why it may not be read."""

    name: str
    warnings: tuple[str, ...] = ()
    refused: str = ""


def _inspect(data: bytes, name: str) -> _Verdict:
    from ingest import guard

    verdict = guard.inspect(data, name)
    said = tuple(str(reason) for reason in verdict.reasons)
    if verdict.decision in ("quarantine", "reject"):
        return _Verdict(name, refused=f"{verdict.decision}: {' '.join(said)}")
    return _Verdict(f"document.{verdict.read_as}", said)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise WrongUse(f"{file}: {error.strerror or error}") from error


def _new_folder(folder: Path, *, replace: bool) -> Path:
    if folder.exists():
        if not replace:
            raise WrongUse(
                f"there is a disclosure {folder.parent.name}/{folder.name} already; give --replace to draft it anew"
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder
