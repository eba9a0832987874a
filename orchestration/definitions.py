"""What Dagster loads: everything found below defs/, nothing else."""

from pathlib import Path

from dagster import Definitions, definitions, load_from_defs_folder


@definitions
def defs() -> Definitions:
    """Every asset, check, job and schedule of the project."""
    return load_from_defs_folder(path_within_project=Path(__file__).parent)
