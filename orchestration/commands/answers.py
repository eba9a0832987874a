"""Commands about the answers themselves: draft, accept, check, review, extract. They open no warehouse."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from orchestration.commands.shared import chosen, has_errors, show
from orchestration.options import DataDir, Format, Output
from orchestration.words import number


def add(
    file: Annotated[
        Path, typer.Argument(help="The document as published: pdf, xlsx, docx, html, csv, eml, zip ...")
    ],
    reference: Annotated[
        str, typer.Option("--reference", help="The force's reference; it names the folder.")
    ],
    force: Annotated[
        str | None,
        typer.Option("--force", help="Force id; leave out where the document names its forces row by row."),
    ] = None,
    request: Annotated[
        str | None, typer.Option("--request", help="A file name in data/requests/; default a new one.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Draft an existing folder anew.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Draft a disclosure from a document; show what was understood, what is unsure and what was not used."""
    settings = chosen(data_dir)
    from orchestration import add as adding

    added = adding.add(settings, file, reference=reference, force=force, request=request, replace=replace)
    show(adding.report(added))
    raise typer.Exit(added.exit_code)


def accept(
    draft: Annotated[str, typer.Argument(help="A draft waiting for review, as foi status names it.")],
    data_dir: DataDir = None,
) -> None:
    """Move a reviewed draft out of review/ into the corpus; the next build reads it."""
    settings = chosen(data_dir)
    from orchestration.inbox import accepting

    show([f"accepted: {accepting.accept(settings, draft.rstrip('/'))}"])


def check(
    disclosures: Annotated[
        list[str] | None, typer.Argument(help="Ids like norfolk/foi-004600-17; default all.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Validate and extract without writing; list every problem."""
    from orchestration import corpus, review

    checked, problems = review.check(chosen(data_dir), disclosures or [])
    show(f"{problem.severity}: {problem}" for problem in problems)
    show([f"{number(checked, 'disclosure')} checked: {corpus.severities(problems)}"])
    raise typer.Exit(has_errors(problems))


def review(
    disclosures: Annotated[list[str], typer.Argument(help="Ids like norfolk/foi-004600-17.")],
    data_dir: DataDir = None,
) -> None:
    """Fix what these disclosures give now as compared with their documents; builds then hold them to it."""
    from orchestration.present import table
    from orchestration.quality import reviewing

    fixed, errors = reviewing.fix(chosen(data_dir), disclosures)
    show(table(reviewing.TABLES, [[row[name] for name in reviewing.TABLES] for row in fixed]))
    show(f"{problem.severity}: {problem}" for problem in errors)
    raise typer.Exit(has_errors(errors))


def extract(
    what: Annotated[str, typer.Argument(metavar="FILE|DISCLOSURE", help="A disclosure id, or any document.")],
    output: Output = Format.table,
    data_dir: DataDir = None,
) -> None:
    """Print the landing rows of a disclosure, or the cells of a document."""
    from orchestration import present, review

    columns, rows, problems = review.rows(chosen(data_dir), what)
    for problem in problems:
        sys.stderr.write(f"{problem.severity}: {problem}\n")
    show(present.lines(output, columns, rows))
    raise typer.Exit(has_errors(problems))
