"""One disclosure -> the rows it lands. Pure: reads the documents, writes nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from ingest.disclosure import Disclosure
from ingest.documents import Document, correct, read_all
from ingest.figure_rows import Numbering, Row, figure_rows
from ingest.layouts import LAYOUTS
from ingest.layouts.figures import Misfit
from ingest.layouts.places import Place, locate_all
from ingest.problems import Problem
from ingest.registry import Entry
from ingest.tables import LegendTable, Table


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


@contextmanager
def _without_collection() -> Iterator[None]:
    """A document is tens of thousands of cells and no cycles among them: looking for some takes a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_without_collection()
def extract(entry: Entry) -> Extraction:
    """Everything one disclosure lands. All problems are collected; none is raised."""
    result = Extraction(entry.disclosure_id, problems=list(entry.problems))
    disclosure = entry.disclosure
    if disclosure is None or result.has_errors:
        # The documents are still checked, so that one run shows everything there is to correct.
        if disclosure is not None:
            result.problems += read_all(entry, disclosure)[1]
        return result
    documents, problems = read_all(entry, disclosure)
    result.problems += problems
    for document in documents.values():
        facts = {"file": document.file, "sha256": document.sha256, "size_bytes": document.size_bytes}
        result.add("documents", {"document_no": document.number} | facts)
    _describe(disclosure, result)
    numberings: dict[str, Numbering] = {}
    for located in _located(entry, disclosure, documents, result):
        table = located.table
        numbering = numberings.get(table.continues or "") or Numbering(table.name, located.number)
        landed = len(result.tables.get("disclosed_values", []))
        misfits = _lay_out(disclosure, located, numbering, result)
        result.problems += [_as_problem(entry, located.document, table, misfit) for misfit in misfits]
        figures = len(result.tables.get("disclosed_values", [])) - landed
        numberings[numbering.table_name] = replace(numbering, rows_before=numbering.rows_before + figures)
    return result


@dataclass(frozen=True, slots=True)
class _Located:
    """A table of disclosure.yml with the place it was found at. ``number`` counts tables that continue no other."""

    table: Table
    number: int
    document: Document
    place: Place


def _located(
    entry: Entry, disclosure: Disclosure, documents: dict[str, Document], result: Extraction
) -> list[_Located]:
    """The tables in the order of disclosure.yml, but for those that cannot be found: these become problems."""
    by_name: dict[str, _Located] = {}
    for file, tables in _tables_by_file(disclosure).items():
        document = documents.get(file)
        if document is None:
            continue
        result.problems += correct(entry, document, tables)
        places = locate_all(tables, document.sheets)
        for table in tables:
            place = places[table.name]
            if isinstance(place, Misfit):
                result.problems.append(_as_problem(entry, document, table, place))
                continue
            before = disclosure.tables[: disclosure.tables.index(table)]
            number = 1 + sum(other.continues is None for other in before)
            by_name[table.name] = _Located(table, number, document, place)
    return [by_name[table.name] for table in disclosure.tables if table.name in by_name]


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
        row = {
            "part_no": number,
            "part": part.part,
            "status": part.status,
            "sections": part.sections,
            "note": part.note,
        }
        result.add("disclosure_parts", row)
    for number, change in enumerate(disclosure.series_breaks, start=1):
        row = {"break_no": number, "since_text": change.since, "kind": change.kind, "reason": change.reason}
        result.add("series_breaks", row)
    for waiver in disclosure.waivers:
        result.add("waivers", waiver.model_dump() | {"expires_on": waiver.expires_on.isoformat()})
    for number, pair in enumerate(disclosure.reconcile, start=1):
        left, right = pair.tables
        row = {"reconciliation_no": number, "left_table": left, "right_table": right, "on_roles": pair.on}
        result.add("reconciliations", row | {"reason": pair.reason})


def _as_problem(entry: Entry, document: Document, table: Table, misfit: Misfit) -> Problem:
    in_yaml = misfit.place.split(".")[0].split(",")[0] in type(table).model_fields
    file = entry.file if in_yaml else f"disclosures/{entry.disclosure_id}/{document.file}"
    place = f"tables.{table.name}.{misfit.place}" if in_yaml else misfit.place
    return Problem(
        entry.disclosure_id,
        misfit.code,
        file,
        place,
        misfit.found,
        misfit.expected,
        misfit.remedy,
        misfit.severity,
    )


def _lay_out(
    disclosure: Disclosure, located: _Located, numbering: Numbering, result: Extraction
) -> list[Misfit]:
    """Land one table; returns what does not fit, empty when all does."""
    table, document, place = located.table, located.document, located.place
    laid = LAYOUTS[table.layout](table, place)
    if isinstance(table, LegendTable):
        names = {"table_name": table.name, "table_no": numbering.table_no, "role": table.role}
        for row_no, line in enumerate(laid.legend, start=1):
            texts = {"code_text": line.code_text, "label_text": line.label_text}
            result.add("legends", names | {"row_no": row_no, "locator": line.locator} | texts)
        return laid.misfits
    if table.continues is None:
        locator = laid.figures[0].locator if table.layout == "statement" and laid.figures else place.locator
        result.add("tables", _table_row(disclosure, table, numbering, locator))
    landed = figure_rows(table, laid.figures, numbering, document.sheets)
    for name, rows in landed.tables.items():
        more = {"document_sha256": document.sha256} if name == "disclosed_values" else {}
        for row in rows:
            result.add(name, row | more)
    return laid.misfits + landed.misfits


def _table_row(disclosure: Disclosure, table: Table, numbering: Numbering, locator: str) -> Row:
    return {
        "table_name": table.name,
        "table_no": numbering.table_no,
        "layout": table.layout,
        "measure": table.measure or (disclosure.counting.unit if disclosure.counting else None),
        "period_basis": table.period_basis,
        "blank_means": table.blank_means,
        "absent_means": table.absent_means,
        "is_partial": table.partial,
        "locator": locator,
        "given": {key: text for key, text in table.given.items() if not key[-1].isdigit()},
        "answers": table.answers,
    }
