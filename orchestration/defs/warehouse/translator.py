"""How the dbt project looks in Dagster: keys, groups, owners, descriptions, source tests as checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dagster import AssetKey
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings

from orchestration import common, settings
from orchestration.code_references import code_references


class HouseTranslator(DagsterDbtTranslator):
    """A model is known by its name alone, as in SQL; its room is the folder it lies in."""

    def __init__(self) -> None:
        super().__init__(DagsterDbtTranslatorSettings(enable_source_tests_as_checks=True))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> AssetKey:
        """``raw/<table>`` for a source, which is what the raw load makes; else the name."""
        if dbt_resource_props["resource_type"] == "source":
            return AssetKey([dbt_resource_props["source_name"], dbt_resource_props["name"]])
        return AssetKey([dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The folder: staging, coding, core, comparison, quality, vocabulary, mappings."""
        if dbt_resource_props["resource_type"] == "source":
            return common.RAW
        folders: list[str] = dbt_resource_props["fqn"][1:-1]
        return folders[0] if folders else "dbt"

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The documentation alone; the SQL is one click away in the repository."""
        return dbt_resource_props.get("description") or f"dbt {dbt_resource_props['resource_type']}."

    def get_metadata(self, dbt_resource_props: Mapping[str, Any]) -> Mapping[str, Any]:
        """What dbt knows of it, and the file it is written in."""
        file = settings.current().dbt_project_dir / dbt_resource_props["original_file_path"]
        return {**super().get_metadata(dbt_resource_props), **code_references([file])}

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        """Everything here has one owner."""
        del dbt_resource_props
        return common.OWNERS
