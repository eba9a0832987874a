"""What people see of a force's asset: its documents with hash, terms and address, and its first rows as landed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import dagster as dg

from ingest.landing import Landed
from ingest.problems import Problem
from ingest.registry import Entry

TERMS = {
    "foi_response": "public sector information, Open Government Licence v3.0 where the force grants it",
    "press_report": "figures and their labels only, quoted with the address",
    "official_statistics": "Open Government Licence v3.0",
}
"""The terms of each kind of document, as data/README.md has them."""

_ROWS = 5


def metadata(entries: list[Entry], landed: list[Landed]) -> dict[str, Any]:
    """The metadata of one materialisation: rows, documents, addresses, a sample, states and problems."""
    documents, addresses, sample = list(_documents(entries)), list(_addresses(entries)), _sample(landed)
    shown: dict[str, Any] = {
        "dagster/row_count": sum(result.rows.get("disclosed_values", 0) for result in landed),
        "disclosures": len(landed),
        "states": {result.disclosure_id: result.state for result in landed},
        "problems": [problem.as_row() for problem in problems(landed)],
    }
    if documents:
        shown["documents"] = dg.MetadataValue.table(documents)
    if addresses:
        shown["published_at"] = dg.MetadataValue.md("\n".join(addresses))
    if sample:
        shown["first_rows"] = dg.MetadataValue.table(sample)
    return shown


def problems(landed: list[Landed]) -> list[Problem]:
    """Every problem of the disclosures of one force."""
    return [problem for result in landed for problem in result.problems]


def _documents(entries: list[Entry]) -> Iterator[dg.TableRecord]:
    for entry in entries:
        for document in entry.disclosure.documents if entry.disclosure else ():
            path = entry.folder / document.file
            yield dg.TableRecord(
                {
                    "disclosure": entry.disclosure_id,
                    "file": document.file,
                    "bytes": path.stat().st_size if path.is_file() else 0,
                    "sha256": document.sha256,
                    "terms": TERMS[entry.disclosure.kind] if entry.disclosure else "",
                }
            )


def _addresses(entries: list[Entry]) -> Iterator[str]:
    for entry in entries:
        if entry.disclosure and entry.disclosure.url:
            title = " ".join(entry.disclosure.title.translate({ord(mark): " " for mark in "[]<>"}).split())
            yield f"- [{title}](<{entry.disclosure.url}>)"


def _sample(landed: list[Landed]) -> list[dg.TableRecord]:
    """The first rows of each answer, in the columns that any of them fills; texts as printed."""
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = []
    for result in landed:
        if result.folder is not None and result.rows.get("disclosed_values"):
            table = pq.read_table(result.folder / "disclosed_values.parquet")
            rows += table.slice(0, _ROWS).to_pylist()
    shown = {"disclosure_id", "table_name", "locator"}
    shown |= {name for row in rows for name, value in row.items() if name.endswith("_text") and value}
    order = list(rows[0]) if rows else []
    return [dg.TableRecord({name: str(row[name] or "") for name in order if name in shown}) for row in rows]
