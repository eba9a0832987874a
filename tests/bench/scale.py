"""`dbt build` of everything on the corpus as it is, ten and a hundred times as large: does its work grow with it?"""

from __future__ import annotations

import math
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import PYTHON, ROOT, Command, line, processor_seconds, ratio

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TIMES = (1, 10, 100)
MOST_SECONDS = 120
# Every answer is copied whole under a name of its own; one copy in two answers a request of its own, so that both kinds
# of growth are there: more answers to a request, and more requests.
_BY_ANSWER = "disclosure_id"
_BY_REQUEST = "request_id"


def run() -> None:
    """Multiply the raw tables, build each with dbt alone; print processor seconds and the exponent of growth."""
    import duckdb

    programs = Path(PYTHON).parent
    with tempfile.TemporaryDirectory(prefix="foi-scale-") as folder:
        base = Path(folder) / "base.duckdb"
        _land(Path(folder) / "data", base)
        print(
            "scale: dbt build of everything, tests included, on multiples of the corpus, in processor seconds"
        )
        seconds, figures = {}, {}
        for times in TIMES:
            database = Path(folder) / f"{times}" / "build.duckdb"
            database.parent.mkdir()
            with duckdb.connect(str(database)) as connection:
                figures[times] = multiply(connection, base, times)
            seconds[times] = processor_seconds(_dbt_build(programs, database))
            line(f"{times:>3} times the corpus, {figures[times]:,} landed figures", seconds[times])
            database.unlink()
    ratio("seconds for the corpus as it is", seconds[1], MOST_SECONDS)
    ratio("exponent from 1 to 10 times", _exponent(seconds[1], seconds[10], 10), 1)
    ratio("exponent from 10 to 100 times", _exponent(seconds[10], seconds[100], 10), 1)


def multiply(connection: DuckDBPyConnection, base: Path, times: int) -> int:
    """Fill ``raw`` of an empty warehouse with so many copies of the landed tables. Gives the number of figures."""
    connection.execute(f"attach '{base}' as landed (read_only)")
    connection.execute("create schema raw")
    tables = "select table_name from duckdb_tables() where database_name = 'landed' and schema_name = 'raw'"
    for (table,) in connection.execute(tables).fetchall():
        source = f"landed.raw.{table}"
        columns = {row[0] for row in connection.execute(f"describe {source}").fetchall()}
        copied = []
        if _BY_ANSWER in columns:
            copied.append(f"{_BY_ANSWER} || case when copy > 0 then '-' || copy else '' end as {_BY_ANSWER}")
        if _BY_REQUEST in columns:
            copied.append(
                f"{_BY_REQUEST} || case when copy % 2 = 1 then '-' || copy else '' end as {_BY_REQUEST}"
            )
        if not copied:
            connection.execute(f"create table raw.{table} as from {source}")
            continue
        # a request is there once for all copies that answer it
        kept = "" if _BY_ANSWER in columns else "where copy = 0 or copy % 2 = 1"
        connection.execute(
            f"create table raw.{table} as select landed_rows.* replace ({', '.join(copied)}) "
            f"from {source} as landed_rows cross join range({times}) as copies(copy) {kept}"
        )
    (figures,) = connection.execute("select count(*) from raw.disclosed_values").fetchone() or (0,)
    connection.execute("detach landed")
    return int(figures)


def _land(data: Path, base: Path) -> None:
    import duckdb

    from ingest import registry
    from ingest.landing import land, warehouse_tables

    for part in ("disclosures", "requests"):
        shutil.copytree(ROOT / "data" / part, data / part)
    folder = registry.DataFolder(data)
    found = registry.load(folder)
    for entry in found.entries:
        land(entry, folder)
    with duckdb.connect(str(base)) as connection:
        connection.execute("create schema raw")
        for name, table in warehouse_tables(found, folder).items():
            connection.register("landed", table)
            connection.execute(f"create table raw.{name} as select * from landed")
            connection.unregister("landed")


def _dbt_build(programs: Path, database: Path) -> Command:
    project = ["--project-dir", "dbt_project", "--profiles-dir", "dbt_project"]
    environment = {
        "FOI_BUILD_DB": str(database),
        "DBT_TARGET_PATH": str(database.parent / "target"),
        "DBT_LOG_PATH": str(database.parent / "logs"),
    }
    return Command(
        [str(programs / "dbt"), "--quiet", "build", "--exclude-resource-type", "unit_test", *project],
        environment,
    )


def _exponent(small: float, large: float, times: int) -> float:
    return math.log(large / small) / math.log(times)
