"""The raw load: everything landed, into a fresh build file, in one small step."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import pyarrow as pa

from ingest.landing import warehouse_tables
from ingest.raw_schema import loaded
from orchestration import common, corpus, lock, settings
from orchestration.defs.ingest.responses import asset_key as responses_key
from orchestration.defs.warehouse.load import load_raw
from orchestration.progress import say


def asset_key(table: str) -> dg.AssetKey:
    """The asset of one raw table."""
    return dg.AssetKey([common.RAW, table])


@dg.definitions
def defs() -> dg.Definitions:
    """One asset per raw table, all written by one step."""
    forces = corpus.load(settings.current()).force_ids()
    return dg.Definitions(assets=[_raw([responses_key(force_id) for force_id in forces])])


def _raw(upstream: list[dg.AssetKey]) -> dg.AssetsDefinition:
    specs = [
        dg.AssetSpec(
            asset_key(table),
            deps=upstream,
            group_name=common.RAW,
            description=f"Everything landed as `{table}`, text exactly as printed.",
            kinds={"python", "duckdb"},
            owners=common.OWNERS,
            metadata={"dagster/column_schema": _column_schema(schema), "dagster/table_name": f"raw.{table}"},
        )
        for table, schema in loaded().items()
    ]

    @dg.multi_asset(name="raw", specs=specs, pool=common.WAREHOUSE_WRITER)
    def raw() -> Iterator[dg.MaterializeResult[Any]]:
        here = settings.current()
        say("loading what was read")
        with lock.exclusive(here.lock_file):
            tables = warehouse_tables(corpus.load(here), here.data)
            load_raw(here.build_db, tables)
        for table, rows in tables.items():
            yield dg.MaterializeResult(
                asset_key=asset_key(table), metadata={"dagster/row_count": rows.num_rows}
            )

    return raw


def _column_schema(schema: pa.Schema) -> dg.TableSchema:
    return dg.TableSchema([dg.TableColumn(field.name, str(field.type)) for field in schema])
