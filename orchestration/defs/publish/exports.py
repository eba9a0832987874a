"""The published tables as CSV, Parquet and a data package, for programs that read no DuckDB."""

from pathlib import Path
from typing import Any

import dagster as dg

from orchestration import common, settings
from orchestration.code_references import code_references
from orchestration.defs.publish.published import KEY as PUBLISHED
from orchestration.progress import say
from orchestration.publish.export import export

KEY = dg.AssetKey([common.PUBLISHED, "exports"])


@dg.asset(
    key=KEY,
    deps=[PUBLISHED],
    group_name=common.PUBLISHED,
    description="Every table people query, as CSV and Parquet beside `datapackage.json`, which describes them.",
    kinds={"csv", "parquet"},
    owners=common.OWNERS,
    metadata=code_references([Path(__file__)]),
)
def exports() -> dg.MaterializeResult[Any]:
    """Written anew from the published file, as a whole."""
    here = settings.current()
    say("exporting")
    written = export(here.published_db, here.exports_dir)
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(str(written.folder)),
            "tables": len(written.tables),
            "dagster/row_count": sum(written.tables.values()),
        }
    )
