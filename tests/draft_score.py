"""How much of the given corpus the drafter understands by itself, and whether anything it says is wrong.

Run by `make draft-score`. Every document of ../shared/disclosures is drafted with no hand edits into a temporary data
folder, built once, and compared with its expected.csv. A number is *right* with every coordinate right, *partial* where
a coordinate is missing and none is wrong, *missed* where it is not there, *wrong* where a coordinate contradicts.
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
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "disclosures"
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
        data = options.keep or Path(folder)
        os.environ["FOI_DBT_PROJECT_DIR"] = str(options.dbt_project)
        ids = _draft_all(options.corpus, data)
        rows = _build(data, options.dbt_project)
        return _report(options.corpus, ids, rows, show=options.show)


def totals(corpus: Path, data: Path, project: Path) -> Counter[str]:
    """How many numbers of the whole corpus are right, partial, missed and wrong, drafted below ``data``."""
    os.environ["FOI_DBT_PROJECT_DIR"] = str(project)
    ids = _draft_all(corpus, data)
    by_id: dict[str, list[Row]] = {}
    for row in _build(data, project):
        by_id.setdefault(row["disclosure_id"], []).append(_actual(row))
    counts: Counter[str] = Counter()
    for name, disclosure_id in ids.items():
        force = name.partition("/")[0]
        expected = _expected(corpus / name / "expected.csv", None if force == _MULTI else force)
        counts += score(expected, by_id.get(disclosure_id, []))[0]
    return counts


def _draft_all(corpus: Path, data: Path) -> dict[str, str]:
    """Draft every document; gives the disclosure id each folder of the corpus became."""
    from orchestration.add import add
    from orchestration.settings import Settings

    (data / "disclosures").mkdir(parents=True, exist_ok=True)
    (data / "requests").mkdir(parents=True, exist_ok=True)
    settings = Settings(data.resolve(), Path(os.environ["FOI_DBT_PROJECT_DIR"]))
    ids = {}
    for response in sorted(corpus.glob("*/*/response.json")):
        told = json.loads(response.read_text(encoding="utf-8"))
        document = next(path for path in response.parent.iterdir() if path.name.startswith("document."))
        force = None if response.parent.parent.name == _MULTI else told["force_id"]
        name = f"{response.parent.parent.name}/{response.parent.name}"
        # several answers of one round share a reference: the folder's name tells them apart
        added = add(settings, document, force=force, reference=told["reference"] or response.parent.name,
                    request=None, slug=response.parent.name, replace=True)  # fmt: skip
        ids[name] = added.disclosure_id
    return ids


def _build(data: Path, project: Path) -> list[dict[str, Any]]:
    """Land, load and run dbt once; gives fct_disclosed_value."""
    import duckdb

    from ingest import registry
    from ingest.landing import land, warehouse_tables

    folder = registry.DataFolder(data)
    found = registry.load(folder)
    for entry in found.entries:
        for problem in entry.problems:
            sys.stderr.write(f"{problem}\n")
    for entry in found.entries:
        for problem in land(entry, folder).problems:
            sys.stderr.write(f"{entry.disclosure_id}: {problem}\n")
    database = data / "warehouse" / "build.duckdb"
    database.parent.mkdir(exist_ok=True)
    database.unlink(missing_ok=True)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema raw")
        for name, table in warehouse_tables(found, folder).items():
            connection.register("landed", table)
            connection.execute(f"create table raw.{name} as select * from landed")
            connection.unregister("landed")
    command = [
        str(Path(sys.executable).with_name("dbt")),
        "build",
        "--quiet",
        "--profiles-dir",
        str(project),
        "--project-dir",
        str(project),
    ]
    command += ["--select", "+fct_disclosed_value", "--exclude-resource-type", "test", "unit_test"]
    command += ["--target-path", str(data / "dbt" / "target"), "--log-path", str(data / "dbt" / "logs")]
    subprocess.run(
        command, check=True, env=os.environ | {"FOI_BUILD_DB": str(database.resolve())}, cwd=project
    )
    with duckdb.connect(str(database), read_only=True) as connection:
        cursor = connection.execute("select * from fct_disclosed_value where value_status <> 'implied_zero'")
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _actual(row: dict[str, Any]) -> Row:
    texts = {name: _text(row[column]) for name, column in COORDINATES.items()} | {
        name: _text(row[name]) for name in VALUE
    }
    return texts | {
        "value_text": _text(row["value_text"]),
        "locator": _text(row["locator"]),
        "other": json.dumps(dict(row["other_dims"])),
    }


def _expected(path: Path, force: str | None) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        found = []
        for row in csv.DictReader(lines):
            own = json.loads(row["other_dims"]).get("force_id", force or "")
            found.append(
                {name: row.get(name, "") for name in (*COORDINATES, *VALUE, "value_text", "locator")}
                | {"force": own, "other": row["other_dims"]}
            )
        return found


def _text(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def score(expected: Sequence[Row], actual: Sequence[Row]) -> tuple[Counter[str], list[str]]:
    """Match the rows as multisets: equal ones first, then those that only lack a coordinate. The rest is wrong."""
    names = (*COORDINATES, *VALUE)
    counts: Counter[str] = Counter()
    notes: list[str] = []
    wanted = list(expected)
    found = []
    for row in actual:
        twin = next((other for other in wanted if all(other[name] == row[name] for name in names)), None)
        if twin is None:
            found.append(row)
            continue
        wanted.remove(twin)
        counts["right"] += 1
    for row in found:
        near = [
            other
            for other in wanted
            if all(row[name] in ("", other[name]) for name in COORDINATES)
            and all(row[n] == other[n] for n in VALUE)
        ]
        near.sort(key=lambda other: sum(row[name] != other[name] for name in COORDINATES))
        if near:
            wanted.remove(near[0])
            counts["partial"] += 1
            notes.append(
                f"partial {row['value_text'] or row['value_low']} at {row['locator']}: {_differences(row, near[0])}"
            )
            continue
        counts["wrong"] += 1
        same = next((other for other in wanted if all(row[n] == other[n] for n in VALUE)), None)
        notes.append(
            f"WRONG   {row['value_text'] or row['value_low']} at {row['locator']}: "
            f"{_differences(row, same) if same else 'not expected'}"
        )
    counts["missed"] += len(wanted)
    notes += [f"missed  {row['value_text'] or row['value_low']} at {row['locator']}" for row in wanted]
    return counts, notes


def _differences(row: Row, other: Row) -> str:
    return ", ".join(
        f"{name} {row[name] or 'none'} for {other[name] or 'none'}"
        for name in (*COORDINATES, *VALUE)
        if row[name] != other[name]
    )


def _report(corpus: Path, ids: dict[str, str], rows: Iterable[dict[str, Any]], *, show: bool) -> int:
    by_id: dict[str, list[Row]] = {}
    for row in rows:
        by_id.setdefault(row["disclosure_id"], []).append(_actual(row))
    total: Counter[str] = Counter()
    sys.stdout.write(
        f"{'document':52} {'numbers':>7} {'right':>6} {'partial':>7} {'missed':>6} {'wrong':>6}\n"
    )
    for name, disclosure_id in ids.items():
        force = name.partition("/")[0]
        expected = _expected(corpus / name / "expected.csv", None if force == _MULTI else force)
        counts, notes = score(expected, by_id.get(disclosure_id, []))
        total += counts + Counter({"numbers": len(expected)})
        sys.stdout.write(
            f"{name:52} {len(expected):7} {counts['right']:6} {counts['partial']:7} "
            f"{counts['missed']:6} {counts['wrong']:6}\n"
        )
        if show:
            for note in notes:
                sys.stdout.write(f"      {note}\n")
    numbers = total["numbers"] or 1
    sys.stdout.write(
        f"{'total':52} {total['numbers']:7} {total['right']:6} {total['partial']:7} "
        f"{total['missed']:6} {total['wrong']:6}\n"
    )
    sys.stdout.write(
        f"{100 * total['right'] / numbers:.1f} % of all numbers with every coordinate right, {total['wrong']} wrong\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
