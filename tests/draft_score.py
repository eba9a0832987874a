"""How much of the given corpus the drafter understands by itself, and whether anything it says is wrong.

Run by `make draft-score`. Every document of ../shared/disclosures is drafted with no hand edits into a temporary data
folder, built once, and compared with its expected.csv. A number is *right* with every coordinate right, *partial* where
a coordinate is missing and none is wrong, *missed* where it is not there, *wrong* where a coordinate contradicts or the
number is not expected at all.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "disclosures"
INVENTED = ROOT / "tests" / "corpus" / "invented"
Row = dict[str, str]

# expected column -> column of fct_disclosed_value
COORDINATES = {
    "measure": "measure",
    "period_start": "period_start_on",
    "period_end": "period_end_on",
    "platform_id": "platform_id",
    "offence_code": "offence_code",
    "outcome_code": "outcome_code",
    "victim_sex": "victim_sex",
    "victim_age_low": "victim_age_low",
    "victim_age_high": "victim_age_high",
    "is_total": "is_total",
    "force": "force_id",
}
VALUE = ("value_low", "value_high", "value_status")
_COUNTS = ("right", "partial", "missed", "wrong")
_MULTI = "multi-force"


def main() -> int:
    """Draft, build, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--dbt-project", type=Path, default=ROOT / "dbt_project")
    parser.add_argument("--keep", type=Path, help="draft into this folder and keep it")
    parser.add_argument("--show", action="store_true", help="print every number that is not right")
    options = parser.parse_args()
    if not options.corpus.is_dir():
        sys.stderr.write(f"no corpus at {options.corpus}\n")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        scores = scored([options.corpus], options.keep or Path(folder), options.dbt_project)
    _print(scores, show=options.show)
    return 0


def scored(corpora: Sequence[Path], data: Path, project: Path) -> dict[Path, tuple[Counter[str], list[str]]]:
    """Counts and notes by folder of a document; all are drafted into the folder ``data`` and built once."""
    ids = {
        folder: _draft(folder, data, project, slug=f"{number}-{folder.name}" if number else folder.name)
        for number, corpus in enumerate(corpora)
        for folder in sorted(response.parent for response in corpus.glob("*/*/response.json"))
    }
    by_id: dict[str, list[Row]] = {}
    for row in _build(data, project):
        by_id.setdefault(row["disclosure_id"], []).append(_actual(row))
    scores = {}
    for folder, disclosure_id in ids.items():
        force = folder.parent.name
        expected = _expected(folder / "expected.csv", "" if force == _MULTI else force)
        counts, notes = score(expected, by_id.get(disclosure_id, []))
        scores[folder] = (counts + Counter({"numbers": len(expected)}), notes)
    return scores


def _draft(folder: Path, data: Path, project: Path, slug: str) -> str:
    """Draft the document of a folder; gives the id of its disclosure. ``slug`` names it: rounds share a reference."""
    from orchestration.add import add
    from orchestration.settings import Settings

    (data / "disclosures").mkdir(parents=True, exist_ok=True)
    told = json.loads((folder / "response.json").read_text(encoding="utf-8"))
    document = next(path for path in folder.iterdir() if path.name.startswith("document."))
    force = None if folder.parent.name == _MULTI else told["force_id"]
    added = add(
        Settings(data.resolve(), project),
        document,
        reference=told["reference"] or folder.name,
        force=force,
        replace=True,
        slug=slug,
    )
    for reason in [*added.refused, *map(str, added.problems)]:
        sys.stderr.write(f"{folder.parent.name}/{folder.name}: {reason}\n")
    return added.disclosure_id


def _build(data: Path, project: Path) -> list[dict[str, Any]]:
    """Land, load and run dbt once; gives fct_disclosed_value."""
    import duckdb

    from ingest import registry
    from ingest.landing import land, warehouse_tables

    folder = registry.DataFolder(data)
    found = registry.load(folder)
    for entry in found.entries:
        land(entry, folder)
    database = data / "warehouse" / "build.duckdb"
    database.parent.mkdir(exist_ok=True)
    database.unlink(missing_ok=True)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema raw")
        for name, table in warehouse_tables(found, folder).items():
            connection.register("landed", table)
            connection.execute(f"create table raw.{name} as select * from landed")
            connection.unregister("landed")
    _run_dbt(data, project, database)
    with duckdb.connect(str(database), read_only=True) as connection:
        sql = "select * from fct_disclosed_value where value_status <> 'implied_zero'"
        cursor = connection.execute(sql)
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _run_dbt(data: Path, project: Path, database: Path) -> None:
    command = [str(Path(sys.executable).with_name("dbt")), "build", "--quiet"]
    command += ["--profiles-dir", str(project), "--project-dir", str(project)]
    command += ["--select", "+fct_disclosed_value", "--exclude-resource-type", "test", "unit_test"]
    command += ["--target-path", str(data / "dbt" / "target"), "--log-path", str(data / "dbt" / "logs")]
    environment = os.environ | {"FOI_BUILD_DB": str(database.resolve())}
    subprocess.run(command, check=True, env=environment, cwd=project)


def _actual(row: dict[str, Any]) -> Row:
    texts = {name: _text(row[column]) for name, column in COORDINATES.items()}
    return texts | {name: _text(row[name]) for name in (*VALUE, "value_text", "locator")}


def _expected(path: Path, force: str) -> list[Row]:
    names = (*COORDINATES, *VALUE, "value_text", "locator")
    found = []
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            own = json.loads(row["other_dims"]).get("force_id", force)
            found.append({name: row.get(name, "") for name in names} | {"force": own})
    return found


def _text(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def score(expected: Sequence[Row], actual: Sequence[Row]) -> tuple[Counter[str], list[str]]:
    """Match the rows as multisets: equal ones first, then those that only lack a coordinate. The rest is wrong."""
    counts: Counter[str] = Counter()
    notes: list[str] = []
    wanted = list(expected)
    unmatched = []
    for row in actual:
        twin = next((other for other in wanted if not _differing(row, other)), None)
        if twin is None:
            unmatched.append(row)
        else:
            wanted.remove(twin)
            counts["right"] += 1
    for row in unmatched:
        same = [other for other in wanted if all(row[name] == other[name] for name in VALUE)]
        near = [other for other in same if all(not row[name] for name in _differing(row, other))]
        kind = "partial" if near else "wrong"
        best = min(near or same, key=lambda other: len(_differing(row, other)), default=None)
        if near and best is not None:
            wanted.remove(best)
        counts[kind] += 1
        notes.append(
            f"{kind:7} {row['value_text'] or row['value_low']} at {row['locator']}: {_told(row, best)}"
        )
    counts["missed"] += len(wanted)
    notes += [f"missed  {row['value_text'] or row['value_low']} at {row['locator']}" for row in wanted]
    return counts, notes


def _differing(row: Row, other: Row) -> list[str]:
    return [name for name in (*COORDINATES, *VALUE) if row[name] != other[name]]


def _told(row: Row, other: Row | None) -> str:
    if other is None:
        return "not expected"
    return ", ".join(
        f"{name} {row[name] or 'none'} for {other[name] or 'none'}" for name in _differing(row, other)
    )


def _print(scores: dict[Path, tuple[Counter[str], list[str]]], *, show: bool) -> None:
    lines = [f"{'document':52} {'numbers':>7} " + " ".join(f"{kind:>7}" for kind in _COUNTS)]
    total: Counter[str] = Counter()
    for folder, (counts, notes) in scores.items():
        total += counts
        lines.append(_line(f"{folder.parent.name}/{folder.name}", counts))
        lines += [f"      {note}" for note in notes] if show else []
    share = 100 * total["right"] / (total["numbers"] or 1)
    lines.append(_line("total", total))
    lines.append(f"{share:.1f} % of all numbers with every coordinate right, {total['wrong']} wrong")
    sys.stdout.write("\n".join(lines) + "\n")


def _line(name: str, counts: Counter[str]) -> str:
    return f"{name:52} {counts['numbers']:7} " + " ".join(f"{counts[kind]:7}" for kind in _COUNTS)


if __name__ == "__main__":
    sys.exit(main())
