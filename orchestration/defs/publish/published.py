"""The published warehouse: the build file, once every blocking check has passed, in the place where people read it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import dagster as dg

from orchestration import common, manifest, release, settings
from orchestration.code_references import code_references
from orchestration.defs.quality.audited import KEY as AUDIT
from orchestration.defs.turn import turn
from orchestration.defs.warehouse.translator import HouseTranslator
from orchestration.progress import say
from orchestration.publish.snapshot import NotPublished
from orchestration.publish.tables import Model, models

KEY = dg.AssetKey([common.PUBLISHED, "warehouse"])
_READ_BY_PEOPLE = {"core", "comparison", "quality"}


@dg.definitions
def defs() -> dg.Definitions:
    """One asset, downstream of every table that people query."""
    every = models(manifest.ensure(settings.current()) / "manifest.json")
    translator = HouseTranslator()
    upstream = [
        translator.get_asset_key(model.properties)
        for model in every
        if translator.get_group_name(model.properties) in _READ_BY_PEOPLE
    ]
    return dg.Definitions(assets=[_published([*upstream, AUDIT], every)])


def _published(upstream: list[dg.AssetKey], every: list[Model]) -> dg.AssetsDefinition:
    @dg.asset(
        key=KEY,
        deps=upstream,
        group_name=common.PUBLISHED,
        description="`foi.duckdb`: what people query. Replaced in one atomic step by a build whose blocking "
        "checks all passed; until then the last good one stays.",
        kinds={"duckdb"},
        owners=common.OWNERS,
        metadata=code_references([Path(__file__)]),
        pool=common.WAREHOUSE_WRITER,
        freshness_policy=dg.FreshnessPolicy.time_window(
            fail_window=timedelta(days=15), warn_window=timedelta(days=8)
        ),
    )
    def warehouse(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
        say("publishing")
        try:
            with turn(context) as here:
                made = release.make(here, [model.table for model in every])
        except NotPublished as error:
            raise dg.Failure(str(error), metadata={"failures": [str(error)]}, allow_retries=False) from error
        tables: dict[str, dict[str, Any]] = made.manifest["tables"]
        return dg.MaterializeResult(
            metadata={
                "path": dg.MetadataValue.path(str(here.published_db)),
                "release": made.release_id,
                "sha256": made.manifest["sha256"],
                "size_bytes": made.manifest["size_bytes"],
                "tables": len(tables),
                "dagster/row_count": sum(table["rows"] for table in tables.values()),
            }
        )

    return warehouse
