"""One asset per force: its disclosures, extracted into landing Parquet. A broken disclosure never fails the asset."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from ingest.landing import Landed
from ingest.problems import Problem
from ingest.registry import Entry
from ingest.workers import land_all
from orchestration import common, corpus, settings
from orchestration.progress import say

CHECK = "all_disclosures_read"


def asset_key(force_id: str) -> dg.AssetKey:
    """The asset of one force."""
    return dg.AssetKey(["responses", force_id])


@dg.definitions
def defs() -> dg.Definitions:
    """The assets of the forces whose disclosures lie in the data folder."""
    forces = corpus.load(settings.current()).force_ids()
    return dg.Definitions(assets=[_responses(forces)] if forces else [])


def _responses(forces: list[str]) -> dg.AssetsDefinition:
    specs = [
        dg.AssetSpec(
            asset_key(force_id),
            group_name=common.FORCES,
            description=f"The published answers of `{force_id}`, read cell by cell into landing Parquet.",
            kinds={"python", "parquet"},
            owners=common.OWNERS,
            skippable=True,
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
        here = settings.current()
        registry = corpus.load(here)
        selected = [force_id for force_id in forces if asset_key(force_id) in context.selected_asset_keys]
        chosen = [entry for entry in registry.entries if entry.force_id in selected]
        found = land_all(chosen, here.data, lambda name: say(f"reading {name}"))
        landed_by_id = {landed.disclosure_id: landed for landed in found}
        for force_id in selected:
            entries = [entry for entry in chosen if entry.force_id == force_id]
            landed = [landed_by_id[entry.disclosure_id] for entry in entries]
            for problem in _problems(landed):
                context.log.warning("%s: %s", problem.severity, problem)
            yield _result(context, force_id, entries, landed)

    return responses


def _result(
    context: dg.AssetExecutionContext,
    force_id: str,
    entries: list[Entry],
    landed: list[Landed],
) -> dg.MaterializeResult[Any]:
    key = asset_key(force_id)
    problems = _problems(landed)
    checks = []
    if dg.AssetCheckKey(key, CHECK) in context.selected_asset_check_keys:
        errors = [problem for problem in problems if problem.severity == "error"]
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
        asset_key=key, metadata=_metadata(entries, landed, problems), check_results=checks
    )


def _metadata(entries: list[Entry], landed: list[Landed], problems: list[Problem]) -> dict[str, Any]:
    documents = [
        dg.TableRecord(
            {
                "disclosure": entry.disclosure_id,
                "file": document.file,
                "sha256": document.sha256,
                "url": entry.disclosure.url or "",
            }
        )
        for entry in entries
        if entry.disclosure is not None
        for document in entry.disclosure.documents
    ]
    metadata: dict[str, Any] = {
        "dagster/row_count": sum(result.rows.get("disclosed_values", 0) for result in landed),
        "disclosures": len(landed),
        "states": {result.disclosure_id: result.state for result in landed},
        "problems": [problem.as_row() for problem in problems],
    }
    if documents:
        metadata["documents"] = dg.MetadataValue.table(documents)
    return metadata


def _problems(landed: list[Landed]) -> list[Problem]:
    return [problem for result in landed for problem in result.problems]
