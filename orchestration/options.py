"""Options that several commands of `foi` share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from orchestration.settings import DATA_DIR


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"
    markdown = "markdown"


class Dimension(StrEnum):
    """What a comparison is made by."""

    platform = "platform"
    offence = "offence"
    outcome = "outcome"
    victim = "victim"


DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        help="Read and write everything below this folder.",
        envvar=DATA_DIR,
        show_default="data/",
        metavar="DIR",
    ),
]
Port = Annotated[int, typer.Option("--port", help="Where to listen on 127.0.0.1.", min=1, max=65535)]
Wait = Annotated[
    float | None,
    typer.Option(
        "--wait",
        help="While another command writes to the warehouse, wait at most so long; 0 does not wait.",
        show_default="as long as it takes",
        metavar="SECONDS",
        min=0,
    ),
]
Output = Annotated[Format, typer.Option("--format", help="How to print the rows.")]
