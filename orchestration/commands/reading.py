"""Commands that read what is published, or the releases kept beside it, and change nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestration.commands.shared import chosen, show
from orchestration.options import DataDir, Dimension, Format, Output


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One reading statement.")],
    output: Output = Format.table,
    data_dir: DataDir = None,
) -> None:
    """Read the published warehouse with SQL.

    CSV is exact: text that begins with = + - or @ is printed as it is stored. Import it as text into a spreadsheet.
    """
    from orchestration import present
    from orchestration.warehouse import Warehouse

    with Warehouse(chosen(data_dir).published_db) as warehouse:
        answer = warehouse.query(sql)
        show(present.lines(output, answer.columns, answer.rows, answer.types))


def compare(
    family: Annotated[str, typer.Argument(help="A request family: a file name in data/requests/.")],
    by: Annotated[Dimension, typer.Option("--by", help="What to compare by.")],
    force: Annotated[
        list[str] | None, typer.Option("--force", help="Only this force; may be repeated.")
    ] = None,
    period: Annotated[
        list[str] | None, typer.Option("--period", help="Only this period; may be repeated.")
    ] = None,
    output: Output = Format.table,
    data_dir: DataDir = None,
) -> None:
    """Set the forces' answers to one request side by side, and rank those that count the same thing."""
    from orchestration.compare import Question, answer
    from orchestration.warehouse import Warehouse

    question = Question(family, by.value, tuple(force or ()), tuple(period or ()))
    with Warehouse(chosen(data_dir).published_db) as warehouse:
        show(answer(warehouse, question, output))


def unmapped(
    mappings: Annotated[
        bool, typer.Option("--mappings", help="Only the mapping rows that decide nothing or contradict.")
    ] = False,
    output: Output = Format.table,
    data_dir: DataDir = None,
) -> None:
    """List the labels without a code, each as the line to paste, and the mapping rows that nothing uses."""
    from orchestration.unmapped import report
    from orchestration.warehouse import Warehouse

    with Warehouse(chosen(data_dir).published_db) as warehouse:
        show(report(warehouse, output, mappings=mappings))


def status(data_dir: DataDir = None) -> None:
    """Show disclosures, coverage, the last build and its findings."""
    from orchestration.status import report

    show(report(chosen(data_dir)))


def releases(output: Output = Format.table, data_dir: DataDir = None) -> None:
    """List the published files that are kept, and which of them is read now."""
    from orchestration import present
    from orchestration.shelf import COLUMNS, rows

    show(present.lines(output, COLUMNS, rows(chosen(data_dir))))


def diff(
    release: Annotated[str, typer.Argument(help="A release or its number.")],
    other: Annotated[
        str | None, typer.Argument(help="The release to compare it with; default the published one.")
    ] = None,
    output: Output = Format.table,
    data_dir: DataDir = None,
) -> None:
    """List the numbers added, removed and changed from one release to another, and why."""
    from orchestration import present
    from orchestration.difference import COLUMNS, difference

    show(present.lines(output, COLUMNS, difference(chosen(data_dir), release, other)))


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="New, empty, or an earlier export.")],
    tables: Annotated[list[str] | None, typer.Option("--table", help="Only these; may be repeated.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Write the published tables as CSV and Parquet with a data package that describes them."""
    from orchestration.exporting import run

    show(run(chosen(data_dir), folder, tables))
