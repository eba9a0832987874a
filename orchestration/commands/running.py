"""Commands that build, publish and serve: whatever needs the lock on the warehouse, or runs until it is stopped."""

from __future__ import annotations

from typing import Annotated

import typer

from orchestration.commands.shared import chosen, locked, show
from orchestration.options import DataDir, Port, Wait


def build(
    data_dir: DataDir = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 for any problem of a disclosure or failed finding.")
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Build also where nothing has changed; publish what was rolled back."),
    ] = False,
    wait: Wait = None,
) -> None:
    """Run the whole pipeline, publish, print a summary. Where nothing has changed, say so."""
    settings = chosen(data_dir)
    from orchestration.summary import run

    raise typer.Exit(locked(lambda: run(settings, strict=strict, force=force, wait=wait)))


def rollback(
    release: Annotated[
        str | None, typer.Argument(help="A release or its number; default the one before the published one.")
    ] = None,
    wait: Wait = None,
    data_dir: DataDir = None,
) -> None:
    """Publish an earlier release again, in one step. A build of unchanged inputs then leaves it in place."""
    settings = chosen(data_dir)
    from orchestration.shelf import roll_back

    raise typer.Exit(locked(lambda: show([roll_back(settings, release, wait)])))


def up(data_dir: DataDir = None, port: Port = 3000) -> None:
    """Run everything: schedule, drop folder, reports and the user interface on 127.0.0.1, until Ctrl-C."""
    settings = chosen(data_dir)
    from orchestration.serve import up as serve

    raise typer.Exit(serve(settings, port, lambda line: show([line])))


def ui(data_dir: DataDir = None, port: Port = 3000) -> None:
    """Start the Dagster user interface on 127.0.0.1, for working on the pipeline."""
    settings = chosen(data_dir)
    from orchestration.serve import ui as serve

    serve(settings, port)
