"""The audit as an asset: what every check of the build came to. Publishing waits for it and for no blocking failure."""

from collections import Counter
from typing import Any

import dagster as dg

from orchestration import build_record, common, manifest, settings
from orchestration.defs.turn import turn
from orchestration.defs.warehouse.translator import HouseTranslator
from orchestration.progress import say
from orchestration.publish.tables import models
from orchestration.quality import process
from orchestration.quality.audit import NotAudited, audit, blocking
from orchestration.quality.checks import by_name
from orchestration.quality.results import CheckResult

KEY = dg.AssetKey([common.QUALITY, "audit"])


@dg.definitions
def defs() -> dg.Definitions:
    """One asset, downstream of every model."""
    translator = HouseTranslator()
    every = models(manifest.ensure(settings.current()) / "manifest.json")
    return dg.Definitions(assets=[_audit([translator.get_asset_key(model.properties) for model in every])])


def _audit(upstream: list[dg.AssetKey]) -> dg.AssetsDefinition:
    @dg.asset(
        key=KEY,
        deps=upstream,
        group_name=common.QUALITY,
        description="What every check came to, for every answer: dbt tests, Great Expectations on what landed, "
        "facts across stores. It fills `qa_findings`; a blocking failure keeps the build from being published.",
        kinds={"python", "greatexpectations"},
        owners=common.OWNERS,
        pool=common.WAREHOUSE_WRITER,
    )
    def audited(context: dg.AssetExecutionContext) -> dg.MaterializeResult[Any]:
        say("checking")
        try:
            with turn(context) as here:
                was_tested = build_record.testing(here)
                found = audit(here, here.dbt_dir / manifest.RUN)
                failures = blocking(found, by_name(here.dbt_project_dir / "seeds"))
                build_record.tested(here, passed=was_tested and not failures, checks=_counted(found))
        except (NotAudited, process.ValidationFailed) as error:
            raise dg.Failure(str(error), metadata={"failures": [str(error)]}, allow_retries=False) from error
        if failures:
            raise dg.Failure("\n".join(failures), metadata={"failures": failures}, allow_retries=False)
        return dg.MaterializeResult(
            metadata={
                "data_docs": dg.MetadataValue.url(process.index(here).as_uri()),
                "dagster/row_count": len(found),
                **_counted(found),
            }
        )

    return audited


def _counted(found: list[CheckResult]) -> dict[str, int]:
    """How many results have which status, in small letters."""
    return dict(sorted(Counter(result.status.lower() for result in found).items()))
