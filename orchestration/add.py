"""`foi add`: a document of one's own -> a folder of the corpus with a drafted disclosure.yml. Asks nothing."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration import corpus, placing
from orchestration.settings import Settings
from orchestration.words import WrongUse, number, unknown

if TYPE_CHECKING:
    from ingest.cells import Sheet
    from ingest.draft import Asked, Draft
    from ingest.problems import Problem

_DECIDED = {"quarantine": "quarantined: ", "reject": "rejected: "}
_DRAFTED = "# Drafted from the answer"


@dataclass
class Added:
    """What became of a document. ``refused`` says why it was not read; then nothing was written."""

    disclosure_id: str
    draft: Draft | None = None
    warnings: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 when something was understood or a decision of the force recorded, 1 when not."""
        return 0 if self.draft is not None and self.draft.understood else 1


@dataclass(frozen=True)
class Told:
    """What is known of a document beside its bytes. Without a reference the one it prints is looked for."""

    reference: str | None = None
    force: str | None = None
    request: str | None = None
    parts: tuple[tuple[str, str], ...] = ()
    slug: str | None = None
    """The folder's name; default made from the reference and ``suffix``."""
    suffix: str = ""


def add(
    settings: Settings,
    file: Path,
    *,
    reference: str,
    force: str | None = None,
    request: str | None = None,
    replace: bool = False,
    slug: str | None = None,
) -> Added:
    """Copy a document into the data folder and write its disclosure.yml. Raises WrongUse for what is typed wrongly.

    ``slug`` names the folder where the reference does not tell answers apart.
    """
    registry = corpus.load(settings)
    forces = corpus.known_forces(settings)
    if force is not None and forces is not None and force not in forces:
        raise unknown("police force", force, forces)
    if request is not None and request not in registry.requests:
        raise unknown("request", request, registry.requests)
    name = slug or slug_of(reference)
    if force is not None:
        _check_free(settings, f"{force}/{name}", replace=replace)
    parts = tuple((part.part, part.asks) for part in registry.requests[request].parts) if request else ()
    told = Told(reference, force, request, parts, slug=name)
    return add_content(settings, _content(file), ending_of(file.name), told, replace=replace)


def add_content(settings: Settings, data: bytes, ending: str, told: Told, *, replace: bool = False) -> Added:
    """The same for bytes already in memory. Of the name only the ending is used; no other part of it is kept."""
    from ingest.draft import Asked, draft
    from ingest.draft.references import reference_of
    from ingest.registry import SEVERAL_FORCES
    from orchestration.vocabulary import vocabulary

    added = Added(f"{told.force or SEVERAL_FORCES}/{told.slug}")
    sheets = _read(data, f"document.{ending}", added)
    if sheets is None:
        return added
    reference, why = told.reference, "as given"
    if reference is None:
        printed = reference_of(" ".join(cell.text for cell in row) for sheet in sheets for row in sheet.rows)
        reference = printed or "not printed"
        why = "as the document prints it" if printed else "CHECK: the document does not print one"
    asked = Asked(told.force, reference, told.request, told.parts, reference_why=why)
    added.draft = draft(sheets, vocabulary(settings, told.force), asked)
    force = added.draft.force
    added.disclosure_id = f"{force or SEVERAL_FORCES}/{told.slug or slug_of(reference) + told.suffix}"
    _check_free(settings, added.disclosure_id, replace=replace)
    _write(settings, added, added.draft, dataclasses.replace(asked, force=force), ending, data)
    added.problems = _problems(settings, added.disclosure_id)
    return added


def report(added: Added) -> Iterator[str]:
    """What was understood, what was not used, and what to do next: lines for a person."""
    from ingest.draft.preview import not_used, understood

    yield from (f"warning: {warning}" for warning in added.warnings)
    if added.draft is None:
        yield from (f"not read: {reason}" for reason in added.refused)
        yield "Nothing was kept of it."
        return
    yield "Understood"
    yield from understood(added.draft)
    yield ""
    yield f"Not used: {number(len(added.draft.left), 'place')} with numbers"
    yield from not_used(added.draft)
    yield ""
    yield from (f"{problem.severity}: {problem}" for problem in added.problems)
    yield from (f"written: {path}" for path in added.written)
    if not added.draft.understood:
        yield "Nothing could be understood; what is known of the document has been written, the rest is yours."
    yield f"Every guess has a comment. When they are checked: foi check {added.disclosure_id}"


def ending_of(name: str) -> str:
    """The file ending in lower case, where it may be one: anything long or odd may be part of a person's name."""
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    return ending if re.fullmatch(r"[a-z0-9]{1,5}", ending) else ""


def slug_of(reference: str) -> str:
    """A reference as the name of a folder: 'FOI 004600/17' -> 'foi-004600-17'."""
    name = re.sub(r"[^a-z0-9]+", "-", reference.casefold()).strip("-")
    if not name:
        raise WrongUse(
            f"the reference {reference!r} holds no letter or digit; give the one the answer prints"
        )
    return name


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise WrongUse(f"{file}: {error.strerror or error}") from error


def _read(data: bytes, name: str, added: Added) -> list[Sheet] | None:
    """The cells of a document the guard lets pass; None with the reasons where it may not or cannot be read."""
    from ingest import guard
    from ingest.readers import Unreadable, read_bytes

    verdict = guard.inspect(data, name)
    said = [str(reason) for reason in verdict.reasons]
    if verdict.decision in _DECIDED:
        added.refused = [_DECIDED[verdict.decision] + reason for reason in said]
        return None
    added.warnings = said
    try:
        return read_bytes(data, f"document.{verdict.read_as}")
    except Unreadable as error:
        added.refused = [str(error)]
        return None


def _check_free(settings: Settings, disclosure_id: str, *, replace: bool) -> None:
    if (settings.data.disclosures_dir / disclosure_id).exists() and not replace:
        raise WrongUse(f"there is a disclosure {disclosure_id} already; give --replace to draft it anew")


def _write(settings: Settings, added: Added, draft: Draft, asked: Asked, ending: str, data: bytes) -> None:
    """The folder with the document and its YAML, and a request file where none was named."""
    from ingest.draft.write import disclosure_yaml, request_yaml

    folder = settings.data.disclosures_dir / added.disclosure_id
    request = asked.request or _request_name(settings, added.disclosure_id)
    needed = None if asked.request else (f"{request}.yml", request_yaml(draft, asked, request))
    with placing.staging(settings) as staged:
        scratch = placing.answer(staged, added.disclosure_id)
        document = scratch / (f"document.{ending}" if ending else "document")
        document.write_bytes(data)
        text = disclosure_yaml(draft, asked, document.name, hashlib.sha256(data).hexdigest(), request)
        (scratch / "disclosure.yml").write_text(text, encoding="utf-8")
        placing.place(settings, staged, added.disclosure_id, needed)
    added.written += [folder / document.name, folder / "disclosure.yml"]
    if needed:
        added.written.append(settings.data.requests_dir / needed[0])


def _request_name(settings: Settings, disclosure_id: str) -> str:
    """A name for the drafted request that no reviewed one has."""
    name = disclosure_id.replace("/", "-")
    path = settings.data.requests_dir / f"{name}.yml"
    is_reviewed = path.exists() and not path.read_text(encoding="utf-8").startswith(_DRAFTED)
    return f"{name}-draft" if is_reviewed else name


def _problems(settings: Settings, disclosure_id: str) -> list[Problem]:
    """What `foi check` says of the draft, without the guard's warnings, which are shown already."""
    from ingest.extract import extract

    found = extract(corpus.load(settings).entry(disclosure_id)).problems
    return [problem for problem in found if problem.severity == "error"]
