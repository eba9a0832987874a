"""The one check that can be made only after publishing: the published file holds what was built and audited."""

from typing import Any

import dagster as dg

from orchestration import settings
from orchestration.defs.publish.published import KEY
from orchestration.publish.likeness import differences, digests
from orchestration.quality.checks import by_name

_NAME = "published_equals_build"


@dg.definitions
def defs() -> dg.Definitions:
    """The check, on the published warehouse."""
    check = by_name(settings.current().dbt_project_dir / "seeds").get(_NAME)
    return dg.Definitions(asset_checks=[_equal(f"{check.title}.")] if check is not None else [])


def _equal(description: str) -> dg.AssetChecksDefinition:
    @dg.asset_check(asset=KEY, name=_NAME, description=description)
    def published_equals_build() -> dg.AssetCheckResult:
        here = settings.current()
        published = digests(here.published_db)
        found = differences(published, digests(here.build_db))
        metadata: dict[str, Any] = {
            "tables": len(published),
            "rows": sum(rows for rows, _ in published.values()),
        }
        return dg.AssetCheckResult(passed=not found, metadata=metadata, description="\n".join(found) or None)

    return published_equals_build
