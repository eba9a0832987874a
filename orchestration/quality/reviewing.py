"""`foi review`: what a person has compared with the document, fixed in the seeds of ``seeds/reviewed``.

From then on a build says where an answer gives something else: another file, a figure more, a sum that has changed.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration import corpus, review
from orchestration.quality.profile import MEASURED, profiles
from orchestration.seeds import rows_of
from orchestration.settings import Settings

if TYPE_CHECKING:
    from ingest.problems import Problem

_DOCUMENTS = ["disclosure_id", "file", "sha256", "reviewed_on"]
TABLES = ["disclosure_id", "table_name", *MEASURED, "reviewed_on"]
"""The columns of ``reviewed_tables``."""
_Rows = list[dict[str, str]]


def fix(settings: Settings, disclosures: Sequence[str]) -> tuple[_Rows, list[Problem]]:
    """Write down what these disclosures give now, as reviewed today.

    Gives the rows of ``reviewed_tables`` for them, and their errors: a disclosure with an error is left as it was.
    Raises :class:`orchestration.words.WrongUse` for a name that is no disclosure.
    """
    from ingest.extract import extract

    known = {entry.disclosure_id: entry for entry in corpus.load(settings).entries}
    errors: list[Problem] = []
    documents: _Rows = []
    tables: _Rows = []
    done: set[str] = set()
    for name in disclosures:
        result = extract(review.entry_named(known, name))
        if result.has_errors:
            errors += [problem for problem in result.problems if problem.severity == "error"]
            continue
        done.add(result.disclosure_id)
        on = {"reviewed_on": datetime.now().astimezone().date().isoformat()}
        landed = result.tables
        documents += [
            {key: str(row[key]) for key in _DOCUMENTS[:3]} | on for row in landed.get("documents", [])
        ]
        tables += [row | on for row in profiles(landed.get("disclosed_values", []), landed.get("tables", []))]
    folder = settings.dbt_project_dir / "seeds" / "reviewed"
    _merge(folder / "reviewed_documents.csv", _DOCUMENTS, documents, done)
    _merge(folder / "reviewed_tables.csv", TABLES, tables, done)
    return tables, errors


def _merge(path: Path, columns: list[str], fresh: _Rows, done: set[str]) -> None:
    """Replace the rows of the disclosures just reviewed; the others stay, in order of disclosure and table."""
    kept = [row for row in rows_of(path) if row["disclosure_id"] not in done]
    rows = sorted([*kept, *fresh], key=lambda row: (row["disclosure_id"], row[columns[1]]))
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    with scratch.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    scratch.replace(path)
