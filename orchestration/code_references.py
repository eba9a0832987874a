"""Where an asset is written down, as Dagster's interface shows it: files of this machine, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import dagster as dg


def code_references(files: Iterable[Path]) -> dict[str, dg.CodeReferencesMetadataValue]:
    """Metadata that leads from an asset to the files that make it what it is."""
    places: list[dg.LocalFileCodeReference | dg.CodeReference] = [
        dg.LocalFileCodeReference(file_path=str(file), line_number=1, label=f"{file.parent.name}/{file.name}")
        for file in files
    ]
    return {"dagster/code_references": dg.CodeReferencesMetadataValue(code_references=places)}
