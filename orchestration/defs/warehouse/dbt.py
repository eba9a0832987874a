"""The dbt project as assets: seeds and models, and every dbt test as an asset check."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
from dagster_dbt import dbt_assets

from orchestration import build_record, column_lineage, common, manifest, settings
from orchestration.defs.turn import turn
from orchestration.defs.warehouse.dbt_run import run
from orchestration.defs.warehouse.outcome import failures, statuses
from orchestration.defs.warehouse.translator import HouseTranslator
from orchestration.progress import say
from orchestration.publish.snapshot import row_counts
from orchestration.settings import Settings

# Unit tests check the rules on invented rows, not the data: they belong to `make test`.
_BUILD = ["build", "--exclude-resource-type", "unit_test"]


@dg.definitions
def defs() -> dg.Definitions:
    """The assets of the dbt project as it is now. Parses it first if it has changed."""
    folder = manifest.ensure(settings.current())
    parsed: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return dg.Definitions(assets=[_dbt(parsed, folder)])


def _dbt(parsed: Mapping[str, Any], folder: Path) -> dg.AssetsDefinition:
    @dbt_assets(
        manifest=parsed, name="dbt", dagster_dbt_translator=HouseTranslator(), pool=common.WAREHOUSE_WRITER
    )
    def dbt_build(context: dg.AssetExecutionContext) -> Iterator[Any]:
        say("running the dbt project")
        with turn(context) as here, here.environment():
            was_tested = build_record.testing(here)
            target = _empty_target(here, folder)
            done = run(_BUILD, context, here.dbt_project_dir, target)
            if context.is_subset:
                build_record.tested(here, passed=done.is_successful and was_tested, checks=None)
            else:
                build_record.tested(here, passed=done.is_successful, checks=statuses(target))
            yield from _described(done.events, here, parsed, (folder, target))
        if not done.is_successful:
            failed = failures(target, here.build_db) or [" ".join(error.split()) for error in done.errors]
            raise dg.Failure(
                description="\n".join(failed) or "dbt failed without saying why",
                metadata={"failures": failed},
                allow_retries=False,
            )

    return dbt_build


def _empty_target(here: Settings, folder: Path) -> Path:
    """A clean folder for this run's artifacts, with the parsed project, which dbt neither reads nor writes again."""
    target = here.dbt_dir / manifest.RUN
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in ("manifest.json", "partial_parse.msgpack"):
        if (folder / name).exists():
            shutil.copy2(folder / name, target)
    return target


def _described(
    events: list[Any], here: Settings, parsed: Mapping[str, Any], folders: tuple[Path, Path]
) -> Iterator[Any]:
    """The same events, each built table with its number of rows and what its columns are made from.

    dbt has let go of the file by now. ``folders``: of the parsed project, and of this run's artifacts.
    """
    project, target = folders
    built = [_unique_id(event) for event in events if isinstance(event, dg.Output)]
    counts = _counts(here.build_db)
    made: column_lineage.Lineage = {}
    if counts:
        made = column_lineage.known(project, parsed, target / "compiled", here.build_db, built)
    for event in events:
        if not isinstance(event, dg.Output):
            yield event
            continue
        unique_id, metadata = _unique_id(event), dict[str, Any](event.metadata)
        node = parsed["nodes"][unique_id]
        rows = counts.get(f"{node['schema']}.{node['alias']}")
        if rows is not None:
            metadata["dagster/row_count"] = rows
        if unique_id in made:
            columns = _as_metadata(made[unique_id], parsed)
            metadata |= {"dagster/column_lineage": columns, "columns_made_from": _as_table(columns)}
        yield event.with_metadata(metadata)


def _as_table(columns: dg.TableColumnLineage) -> dg.TableMetadataValue:
    """The same to read: Dagster's own interface draws column lineage only in its paid edition."""
    return dg.MetadataValue.table(
        [
            dg.TableRecord(
                {
                    "column": column,
                    "made_from": ", ".join(
                        f"{dep.asset_key.to_user_string()}.{dep.column_name}" for dep in deps
                    ),
                }
            )
            for column, deps in columns.deps_by_column.items()
        ]
    )


def _unique_id(event: dg.Output[Any]) -> str:
    """dbt's name of what an event says was built."""
    return str(event.metadata["unique_id"].value)


def _as_metadata(
    columns: Mapping[str, list[column_lineage.Source]], parsed: Mapping[str, Any]
) -> dg.TableColumnLineage:
    translator, nodes = HouseTranslator(), {**parsed["nodes"], **parsed["sources"]}
    return dg.TableColumnLineage(
        {
            column: [
                dg.TableColumnDep(translator.get_asset_key(nodes[source.unique_id]), source.column)
                for source in sources
            ]
            for column, sources in columns.items()
        }
    )


def _counts(build: Path) -> dict[str, int]:
    try:
        with duckdb.connect(str(build), read_only=True) as connection:
            return row_counts(connection)
    except duckdb.Error:
        return {}  # dbt has failed before anything was written; it has said why
