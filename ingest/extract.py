"""One disclosure -> the rows it lands. Pure: reads the documents, writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.cells import Cell, Sheet, same_text, squeeze
from ingest.disclosure import Disclosure, LegendTable, Table
from ingest.layouts import LAYOUTS
from ingest.layouts.figures import Figure, Laid, Misfit
from ingest.layouts.places import Place, locate_all
from ingest.problems import Problem
from ingest.readers import Unreadable, read_bytes
from ingest.registry import Entry

Row = dict[str, Any]

_TEXT_ROLES = (
    "force", "period", "platform", "offence", "outcome", "victim", "victim_sex", "victim_age", "measure",
)  # fmt: skip


@dataclass
class Extraction:
    """The landing rows by raw table, and every problem found. With an error among them nothing may be landed."""

    disclosure_id: str
    tables: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)

    def add(self, table: str, row: Row) -> None:
        self.tables.setdefault(table, []).append({"disclosure_id": self.disclosure_id} | row)


@dataclass(frozen=True, slots=True)
class _Document:
    file: str
    sha256: str
    sheets: list[Sheet]


def extract(entry: Entry) -> Extraction:
    """Everything one disclosure lands. All problems are collected; none is raised."""
    result = Extraction(entry.disclosure_id, problems=list(entry.problems))
    disclosure = entry.disclosure
    if disclosure is None or result.has_errors:
        # The documents are still checked, so that one run shows everything there is to correct.
        if disclosure is not None:
            _read_documents(entry, disclosure, result)
        return result
    documents = _read_documents(entry, disclosure, result)
    _describe(disclosure, result)
    for file, tables in _tables_by_file(disclosure).items():
        document = documents.get(file)
        if document is None:
            continue
        _correct(entry, document, tables, result)
        places = locate_all(tables, document.sheets)
        for table in tables:
            place = places[table.name]
            number = disclosure.tables.index(table) + 1
            if isinstance(place, Misfit):
                result.problems.append(_as_problem(entry, document, table, place))
            else:
                _lay_out(entry, disclosure, document, table, number, place, result)
    return result


def _read_documents(entry: Entry, disclosure: Disclosure, result: Extraction) -> dict[str, _Document]:
    documents: dict[str, _Document] = {}
    for number, declared in enumerate(disclosure.documents, start=1):
        file = f"disclosures/{entry.disclosure_id}/{declared.file}"
        place = f"documents.{number - 1}"
        try:
            data = (entry.folder / declared.file).read_bytes()
        except OSError:
            result.problems.append(
                entry.problem("missing_document", f"{place}.file", found=f"no readable file {declared.file!r}",
                              expected="the document beside disclosure.yml", remedy="Put it there or correct file.")
            )  # fmt: skip
            continue
        digest = hashlib.sha256(data).hexdigest()
        if digest != declared.sha256:
            result.problems.append(
                entry.problem("wrong_hash", f"{place}.sha256", found=f"{declared.file} has sha256 {digest}",
                              expected=declared.sha256,
                              remedy="Restore the reviewed document, or review the new one and enter its digest.")
            )  # fmt: skip
            continue
        try:
            sheets = read_bytes(data, declared.file)
        except Unreadable as error:
            result.problems.append(
                entry.problem("unreadable_document", "", file=file, found=str(error), expected="a document its reader can read",
                              remedy="Ask the force for the file again, or publish it in another format.")
            )  # fmt: skip
            continue
        documents[declared.file] = _Document(declared.file, digest, sheets)
        result.add(
            "documents",
            {"document_no": number, "file": declared.file, "sha256": digest, "size_bytes": len(data)},
        )  # fmt: skip
    return documents


def _tables_by_file(disclosure: Disclosure) -> dict[str, list[Table]]:
    tables: dict[str, list[Table]] = {}
    for table in disclosure.tables:
        tables.setdefault(table.document or disclosure.documents[0].file, []).append(table)
    return tables


def _describe(disclosure: Disclosure, result: Extraction) -> None:
    """What the YAML says about the answer as a whole."""
    counting = disclosure.counting
    result.add(
        "disclosures",
        {
            "force_id": disclosure.force,
            "reference": disclosure.reference,
            "title": disclosure.title,
            "kind": disclosure.kind,
            "fidelity": disclosure.fidelity,
            "request_id": disclosure.request,
            "url": disclosure.url,
            "received_text": disclosure.received,
            "responded_text": disclosure.responded,
            "counting_unit": counting.unit if counting else None,
            "counting_method": counting.method if counting else None,
            "counting_searched": counting.searched if counting else None,
            "victim_scope": counting.victims if counting else None,
            "across_platforms": counting.across_platforms if counting else None,
            "date_basis": counting.date_basis if counting else None,
            "caveat": disclosure.caveat,
            "notes": disclosure.notes,
        },
    )
    for number, part in enumerate(disclosure.parts, start=1):
        row = {"part_no": number, "part": part.part, "status": part.status, "sections": part.sections, "note": part.note}
        result.add("disclosure_parts", row)
    for number, pair in enumerate(disclosure.reconcile, start=1):
        left, right = pair.tables
        row = {"reconciliation_no": number, "left_table": left, "right_table": right, "on_roles": pair.on}
        result.add("reconciliations", row | {"reason": pair.reason})


def _correct(entry: Entry, document: _Document, tables: Sequence[Table], result: Extraction) -> None:
    """Apply the corrections of the tables, each only where the document still prints what it expects."""
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
            printed = [cell.text for sheet in document.sheets for cell in sheet.cells() if cell.locator == correction.locator]
            found = f"{len(targets)} such cells" if targets else f"{printed!r}" if printed else "no such place"
            result.problems.append(
                entry.problem("correction_no_longer_fits", f"tables.{table.name}.corrections, {correction.locator}",
                              found=found[:120], expected=repr(correction.printed),
                              remedy="Look at the document again, then correct or remove the correction.")
            )  # fmt: skip


def _as_problem(entry: Entry, document: _Document, table: Table, misfit: Misfit) -> Problem:
    in_yaml = misfit.place.split(".")[0] in ("find", "sheet", "text", "columns")
    file = entry.file if in_yaml else f"disclosures/{entry.disclosure_id}/{document.file}"
    place = f"tables.{table.name}.{misfit.place}" if in_yaml else misfit.place
    return Problem(entry.disclosure_id, misfit.code, file, place, misfit.found, misfit.expected, misfit.remedy)


def _lay_out(
    entry: Entry, disclosure: Disclosure, document: _Document, table: Table, number: int, place: Place, result: Extraction
) -> None:
    laid = LAYOUTS[table.layout](table, place)
    result.problems += [_as_problem(entry, document, table, misfit) for misfit in laid.misfits]
    own = {"table_name": table.name, "table_no": number}
    if isinstance(table, LegendTable):
        for row_no, line in enumerate(laid.legend, start=1):
            texts = {"code_text": line.code_text, "label_text": line.label_text}
            result.add("legends", own | {"row_no": row_no, "locator": line.locator, "role": table.role} | texts)
        return
    measure = table.measure or (disclosure.counting.unit if disclosure.counting else None)
    locator = laid.figures[0].locator if table.layout == "statement" and laid.figures else place.locator
    result.add(
        "tables",
        own
        | {
            "layout": table.layout,
            "measure": measure,
            "period_basis": table.period_basis,
            "blank_means": table.blank_means,
            "absent_means": table.absent_means,
            "is_partial": table.partial,
            "locator": locator,
            "given": {key: text for key, text in table.given.items() if not key[-1].isdigit()},
            "answers": table.answers,
        },
    )
    for row_no, figure in enumerate(laid.figures, start=1):
        _add_figure(document, table, own | {"row_no": row_no}, figure, result)
    for marker in _markers(table):
        result.add("markers", {"table_no": number} | marker)
    _check_given(entry, document, table, result)
    _add_readings(entry, table, number, laid, result)


def _add_figure(document: _Document, table: Table, own: Row, figure: Figure, result: Extraction) -> None:
    texts = _given_for(table, own["row_no"]) | figure.texts
    other = {role.partition(":")[2]: text for role, text in texts.items() if role.startswith("other:") and text}
    result.add(
        "disclosed_values",
        own
        | {"locator": figure.locator, "document_sha256": document.sha256}
        | {f"{role}_text": texts.get(role) or None for role in _TEXT_ROLES}
        | {
            "other_dims": other,
            "value_text": figure.value_text,
            "is_total": figure.is_total,
            "is_record": figure.value_text is None,
            "layout": table.layout,
        },
    )
    for role in figure.totalled:
        result.add("totals", {"table_no": own["table_no"], "row_no": own["row_no"], "totalled_role": role})


def _given_for(table: Table, row_no: int) -> dict[str, str]:
    """The given texts of one figure: those for all, overridden by those for its number."""
    own = {key.removesuffix(str(row_no)): text for key, text in table.given.items() if key[-1].isdigit() and _figure(key) == row_no}
    return {key: text for key, text in table.given.items() if not key[-1].isdigit()} | own


def _figure(key: str) -> int:
    return int(key[len(key.rstrip("0123456789")) :])


def _markers(table: Table) -> Iterator[Row]:
    for marker, (low, high) in table.suppressed.items():
        yield {"marker_text": marker, "value_low": low, "value_high": high, "value_status": "suppressed"}
    for marker in table.withheld:
        yield {"marker_text": marker, "value_low": None, "value_high": None, "value_status": "withheld"}
    for marker in table.nil:
        yield {"marker_text": marker, "value_low": 0, "value_high": 0, "value_status": "nil_return"}


def _check_given(entry: Entry, document: _Document, table: Table, result: Extraction) -> None:
    """A given text must stand somewhere in the document: it is a quotation, not a comment."""
    given = {key: text for key, text in table.given.items() if not key.startswith("other:")}
    if not given:
        return
    printed = squeeze(" ".join(cell.text for sheet in document.sheets for cell in sheet.cells())).casefold()
    for key, text in given.items():
        if squeeze(text).casefold() not in printed:
            result.problems.append(
                entry.problem("given_not_printed", f"tables.{table.name}.given.{key}", found=repr(text),
                              expected="a text the document prints", remedy="Quote the document; use reads_as for what it means.")
            )  # fmt: skip


def _add_readings(entry: Entry, table: Table, number: int, laid: Laid, result: Extraction) -> None:
    for reading in table.reads_as:
        concerned = [
            row_no
            for row_no, figure in enumerate(laid.figures, start=1)
            if reading.figure in (None, row_no)
            and same_text((_given_for(table, row_no) | figure.texts).get(reading.role, ""), reading.text)
        ]
        if not concerned:
            result.problems.append(
                entry.problem("reading_never_used", f"tables.{table.name}.reads_as", found=repr(reading.text),
                              expected=f"a {reading.role} of the table with this text", remedy="Correct or remove it.")
            )  # fmt: skip
        row: Row = {"table_no": number, "role": reading.role, "text": reading.text, "row_no": reading.figure}
        result.add("readings", row | {"means": reading.means, "reason": reading.reason})
