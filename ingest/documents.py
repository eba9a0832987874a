"""The files of a disclosure -> sheets of cells: hash, guard, reader, corrections. No table is known here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from ingest import guard
from ingest.cells import Cell, Sheet
from ingest.disclosure import Disclosure, DocumentFile
from ingest.problems import Problem
from ingest.readers import Unreadable, read_bytes
from ingest.readers.pdf.opened import opened_once
from ingest.registry import Entry
from ingest.tables import Table


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was reviewed, found harmless, and read."""

    number: int
    file: str
    sha256: str
    size_bytes: int
    sheets: list[Sheet]


def read_all(entry: Entry, disclosure: Disclosure) -> tuple[dict[str, Document], list[Problem]]:
    """The documents by file name, and what is wrong with those that are missing from it."""
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for number, declared in enumerate(disclosure.documents, start=1):
        document = _read(entry, number, declared, problems)
        if document is not None:
            documents[declared.file] = document
    return documents, problems


def _read(entry: Entry, number: int, declared: DocumentFile, problems: list[Problem]) -> Document | None:
    place = f"documents.{number - 1}"
    file = f"disclosures/{entry.disclosure_id}/{declared.file}"
    try:
        data = (entry.folder / declared.file).read_bytes()
    except OSError:
        found, expected = f"no readable file {declared.file!r}", "the document beside disclosure.yml"
        remedy = "Put it there or correct file."
        problems.append(
            entry.problem("missing_document", f"{place}.file", found=found, expected=expected, remedy=remedy)
        )
        return None
    digest = hashlib.sha256(data).hexdigest()
    if digest != declared.sha256:
        found, remedy = (
            f"{declared.file} has sha256 {digest}",
            ("Restore the reviewed document, or review the new one and enter its digest."),
        )
        problems.append(
            entry.problem(
                "wrong_hash", f"{place}.sha256", found=found, expected=declared.sha256, remedy=remedy
            )
        )
        return None
    try:
        with opened_once():
            verdict = guard.inspect(data, declared.file)
            problems += judged(entry.disclosure_id, file, verdict)
            if verdict.decision in ("quarantine", "reject"):
                return None
            sheets = read_bytes(data, f"document.{verdict.read_as}")
    except Unreadable as error:
        expected, remedy = (
            "a document its reader can read",
            "Ask the force for the file again, or in another format.",
        )
        problems.append(
            entry.problem(
                "unreadable_document", "", file=file, found=str(error), expected=expected, remedy=remedy
            )
        )
        return None
    return Document(number, declared.file, digest, len(data), sheets)


def judged(disclosure_id: str, file: str, verdict: guard.Verdict) -> list[Problem]:
    """The guard's findings as problems: errors where the file may not be read, else warnings."""
    is_refused = verdict.decision in ("quarantine", "reject")
    expected = "a file without hidden or hostile content" if is_refused else "nothing of the kind"
    decided = {"quarantine": "quarantined: ", "reject": "rejected: "}.get(verdict.decision, "")
    return [
        Problem(
            disclosure_id, reason.code, file, reason.place, f"{decided}{reason.what}", expected, reason.remedy,
            "error" if is_refused else "warning",
        )
        for reason in verdict.reasons
    ]  # fmt: skip


def correct(entry: Entry, document: Document, tables: Sequence[Table]) -> list[Problem]:
    """Apply the corrections of the tables, each only where the document still prints what it expects."""
    problems: list[Problem] = []
    for table in tables:
        for correction in table.corrections:
            targets = [
                (row, position)
                for sheet in document.sheets
                for row in sheet.rows
                for position, cell in enumerate(row)
                if cell.locator == correction.locator and cell.text == correction.printed
            ]
            if len(targets) == 1:
                row, position = targets[0]
                row[position] = Cell(correction.corrected, correction.locator)
                continue
            printed = [
                cell.text
                for sheet in document.sheets
                for cell in sheet.cells()
                if cell.locator == correction.locator
            ]
            found = (
                f"{len(targets)} such cells" if targets else f"{printed!r}" if printed else "no such place"
            )
            place = f"tables.{table.name}.corrections, {correction.locator}"
            remedy = "Look at the document again, then correct or remove the correction."
            problems.append(
                entry.problem(
                    "correction_no_longer_fits",
                    place,
                    found=found[:120],
                    expected=repr(correction.printed),
                    remedy=remedy,
                )
            )
    return problems
