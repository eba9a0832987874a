"""One asset per force: its disclosures, extracted into landing Parquet. A broken disclosure never fails the asset."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg

from ingest.landing import Landed
from ingest.raw_schema import landed as landed_schema
from ingest.registry import Entry, Registry
from ingest.workers import land_all
from orchestration import common, corpus, settings
from orchestration.code_references import code_references
from orchestration.defs.ingest import described
from orchestration.defs.turn import keep_turn
from orchestration.progress import say

CHECK = "all_disclosures_read"


def asset_key(force_id: str) -> dg.AssetKey:
    """The asset of one force."""
    return dg.AssetKey(["responses", force_id])


@dg.definitions
def defs() -> dg.Definitions:
    """The assets of the forces whose disclosures lie in the data folder."""
    registry = corpus.load(settings.current())
    return dg.Definitions(assets=[_responses(registry)] if registry.entries else [])


def _responses(registry: Registry) -> dg.AssetsDefinition:
    forces = registry.force_ids()
    columns = dg.TableSchema(
        [dg.TableColumn(column.name, str(column.type)) for column in landed_schema()["disclosed_values"]]
    )
    specs = [
        dg.AssetSpec(
            asset_key(force_id),
            group_name=common.FORCES,
            description=f"The published answers of `{force_id}`, read cell by cell into landing Parquet.",
            kinds={"python", "parquet"},
            owners=common.OWNERS,
            skippable=True,
            metadata={"dagster/column_schema": columns, **code_references(_described_in(registry, force_id))},
        )
        for force_id in forces
    ]
    checks = [
        dg.AssetCheckSpec(
            CHECK,
            asset=asset_key(force_id),
            description="Every disclosure of this force could be validated and extracted. "
            "A broken one is left out, or kept at its last good extraction; the others go on.",
        )
        for force_id in forces
    ]

    @dg.multi_asset(name="responses", specs=specs, check_specs=checks, can_subset=True)
    def responses(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[Any]]:
        keep_turn(context)
        here = settings.current()
        registry = corpus.load(here)
        selected = [force_id for force_id in forces if asset_key(force_id) in context.selected_asset_keys]
        chosen = [entry for entry in registry.entries if entry.force_id in selected]
        found = land_all(chosen, here.data, lambda name: say(f"reading {name}"))
        landed_by_id = {landed.disclosure_id: landed for landed in found}
        for force_id in selected:
            entries = [entry for entry in chosen if entry.force_id == force_id]
            landed = [landed_by_id[entry.disclosure_id] for entry in entries]
            for problem in described.problems(landed):
                context.log.warning("%s: %s", problem.severity, problem)
            yield _result(context, force_id, entries, landed)

    return responses


def _described_in(registry: Registry, force_id: str) -> list[Path]:
    return [entry.folder / "disclosure.yml" for entry in registry.entries if entry.force_id == force_id]


def _result(
    context: dg.AssetExecutionContext,
    force_id: str,
    entries: list[Entry],
    landed: list[Landed],
) -> dg.MaterializeResult[Any]:
    key = asset_key(force_id)
    checks = []
    if dg.AssetCheckKey(key, CHECK) in context.selected_asset_check_keys:
        errors = [problem for problem in described.problems(landed) if problem.severity == "error"]
        checks.append(
            dg.AssetCheckResult(
                asset_key=key,
                check_name=CHECK,
                passed=not errors,
                severity=dg.AssetCheckSeverity.WARN,
                description="\n".join(str(problem) for problem in errors) or None,
            )
        )
    return dg.MaterializeResult(
        asset_key=key, metadata=described.metadata(entries, landed), check_results=checks
    )
