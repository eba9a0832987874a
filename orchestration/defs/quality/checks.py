"""The results of the audit as asset checks, each on the asset it guards. They report; the audit itself decides."""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg

from orchestration import settings
from orchestration.defs.quality.audited import KEY as AUDIT
from orchestration.quality import process, results
from orchestration.quality.checks import Check, by_name
from orchestration.quality.results import CheckResult, worst

_SHOWN = 20


@dg.definitions
def defs() -> dg.Definitions:
    """One check per row of the vocabulary of checks that is made before publishing, dbt's own aside."""
    checks = by_name(settings.current().dbt_project_dir / "seeds", "great_expectations", "operational")
    before = {name: check for name, check in checks.items() if check.guards[0] != "published"}
    return dg.Definitions(asset_checks=[_reported(before)])


def _reported(checks: Mapping[str, Check]) -> dg.AssetChecksDefinition:
    specs = [
        dg.AssetCheckSpec(
            check.name,
            asset=dg.AssetKey(check.guards),
            description=f"{check.title}." + (" Blocks publishing." if check.is_blocking else ""),
            additional_deps=[AUDIT],
            metadata={"kind": check.kind},
        )
        for check in checks.values()
    ]

    @dg.multi_asset_check(name="audit_results", specs=specs, can_subset=True)
    def reported(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        here = settings.current()
        found: dict[str, list[CheckResult]] = {}
        for result in results.read(here.audit_results):
            found.setdefault(result.check_name, []).append(result)
        docs = dg.MetadataValue.url(process.index(here).as_uri())
        for key in context.selected_asset_check_keys:
            yield _result(key, checks[key.name], found.get(key.name, []), docs)

    return reported


def _result(
    key: dg.AssetCheckKey, check: Check, found: list[CheckResult], docs: dg.MetadataValue[Any]
) -> dg.AssetCheckResult:
    failed = [result for result in found if result.status in ("FAIL", "WARN")]
    lines = [f"{result.disclosure_id or ''} {result.place}: {result.message}".strip() for result in failed]
    more = [f"... and {len(lines) - _SHOWN} more; see qa_findings"] if len(lines) > _SHOWN else []
    metadata: dict[str, Any] = {
        "status": worst(found),
        "disclosures": len({result.disclosure_id for result in found}),
    }
    if check.kind == "great_expectations":
        metadata["data_docs"] = docs
    return dg.AssetCheckResult(
        asset_key=key.asset_key,
        check_name=key.name,
        passed=not failed,
        severity=dg.AssetCheckSeverity.ERROR if check.severity == "error" else dg.AssetCheckSeverity.WARN,
        description="\n".join([*lines[:_SHOWN], *more]) or None,
        metadata=metadata,
    )
