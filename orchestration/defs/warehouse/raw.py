"""The raw load: everything landed, into the build file, in one small step.

A run that makes every table anew begins with a fresh file. A run of a selection replaces only the tables selected, so
that what other runs have built stays there for it to use.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow as pa

from ingest import raw_schema
from ingest.landing import warehouse_tables
from orchestration import build_record, common, corpus, inputs, manifest, settings
from orchestration.code_references import code_references
from orchestration.defs.ingest.responses import asset_key as responses_key
from orchestration.defs.turn import turn
from orchestration.defs.warehouse.load import load_raw, replace_raw
from orchestration.defs.warehouse.translator import HouseTranslator
from orchestration.progress import say
from orchestration.publish.tables import models
from orchestration.quality import process as validation


def asset_key(table: str) -> dg.AssetKey:
    """The asset of one raw table."""
    return dg.AssetKey([common.RAW, table])


@dg.definitions
def defs() -> dg.Definitions:
    """One asset per raw table, all written by one step."""
    here = settings.current()
    upstream = [responses_key(force_id) for force_id in corpus.load(here).force_ids()]
    translator = HouseTranslator()
    made_from_it = models(manifest.ensure(here) / "manifest.json")
    everything = {translator.get_asset_key(model.properties) for model in made_from_it}
    everything |= {asset_key(table) for table in raw_schema.loaded()}
    return dg.Definitions(assets=[_raw(upstream, everything)])


def _raw(upstream: list[dg.AssetKey], everything: set[dg.AssetKey]) -> dg.AssetsDefinition:
    specs = [
        dg.AssetSpec(
            asset_key(table),
            deps=upstream,
            group_name=common.RAW,
            description=f"Everything landed as `{table}`, text exactly as printed.",
            kinds={"python", "duckdb"},
            owners=common.OWNERS,
            metadata={
                "dagster/column_schema": _column_schema(schema),
                "dagster/table_name": f"raw.{table}",
                **code_references([Path(__file__), Path(raw_schema.__file__)]),
            },
        )
        for table, schema in raw_schema.loaded().items()
    ]

    @dg.multi_asset(name="raw", specs=specs, pool=common.WAREHOUSE_WRITER, can_subset=True)
    def raw(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any]]:
        say("loading what was read")
        with turn(context) as here:
            found = inputs.gather(here)
            landed = warehouse_tables(corpus.load(here), here.data)
            tables = {
                name: rows for name, rows in landed.items() if asset_key(name) in context.selected_asset_keys
            }
            if everything <= context.job_def.asset_layer.selected_asset_keys:
                build_record.forget(here)
                load_raw(here.build_db, tables)
                build_record.loaded(here, found)
            else:
                build_record.mixed(here)
                replace_raw(here.build_db, tables)
        validation.begin(here, landed)
        for table, rows in tables.items():
            yield dg.MaterializeResult(
                asset_key=asset_key(table), metadata={"dagster/row_count": rows.num_rows}
            )

    return raw


def _column_schema(schema: pa.Schema) -> dg.TableSchema:
    return dg.TableSchema([dg.TableColumn(field.name, str(field.type)) for field in schema])
