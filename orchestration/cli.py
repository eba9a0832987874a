"""The `foi` command. Thin: each command is a few lines over other modules, imported only when it runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.options import DataDir, Dimension, Format, Output, Port, Wait
from orchestration.settings import DBT_PROJECT_DIR, ROOT, Settings
from orchestration.words import WrongUse, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ingest.problems import Problem

WRONG_USE = 2

app = typer.Typer(
    help="Police FOI answers about online child sexual offences, made comparable.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.command()
def build(
    data_dir: DataDir = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if any disclosure has a problem.")
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Build also where nothing has changed; publish what was rolled back."),
    ] = False,
    wait: Wait = None,
) -> None:
    """Run the whole pipeline, publish, print a summary. Where nothing has changed, say so."""
    settings = _settings(data_dir)
    from orchestration.summary import run

    raise typer.Exit(_locked(lambda: run(settings, strict=strict, force=force, wait=wait)))


@app.command()
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
    settings = _settings(data_dir)
    from orchestration import add as adding

    added = adding.add(settings, file, reference=reference, force=force, request=request, replace=replace)
    _print(adding.report(added))
    raise typer.Exit(added.exit_code)


@app.command()
def accept(
    draft: Annotated[str, typer.Argument(help="A draft waiting for review, as foi status names it.")],
    data_dir: DataDir = None,
) -> None:
    """Move a reviewed draft out of review/ into the corpus; the next build reads it."""
    settings = _settings(data_dir)
    from orchestration.inbox import accepting

    _print([f"accepted: {accepting.accept(settings, draft.rstrip('/'))}"])


@app.command()
def check(
    disclosures: Annotated[
        list[str] | None, typer.Argument(help="Ids like norfolk/foi-004600-17; default all.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Validate and extract without writing; list every problem."""
    from orchestration import corpus, review

    checked, problems = review.check(_settings(data_dir), disclosures or [])
    _print(f"{problem.severity}: {problem}" for problem in problems)
    _print([f"{number(checked, 'disclosure')} checked: {corpus.severities(problems)}"])
    raise typer.Exit(_has_errors(problems))


@app.command()
def review(
    disclosures: Annotated[list[str], typer.Argument(help="Ids like norfolk/foi-004600-17.")],
    data_dir: DataDir = None,
) -> None:
    """Fix what these disclosures give now as compared with their documents; builds then hold them to it."""
    from orchestration.present import table
    from orchestration.quality import reviewing

    fixed, errors = reviewing.fix(_settings(data_dir), disclosures)
    _print(table(reviewing.TABLES, [[row[name] for name in reviewing.TABLES] for row in fixed]))
    _print(f"{problem.severity}: {problem}" for problem in errors)
    raise typer.Exit(_has_errors(errors))


@app.command()
def extract(
    what: Annotated[str, typer.Argument(metavar="FILE|DISCLOSURE", help="A disclosure id, or any document.")],
    output: Output = Format.table,
    data_dir: DataDir = None,
) -> None:
    """Print the landing rows of a disclosure, or the cells of a document."""
    from orchestration import present, review

    columns, rows, problems = review.rows(_settings(data_dir), what)
    for problem in problems:
        sys.stderr.write(f"{problem.severity}: {problem}\n")
    _print(present.lines(output, columns, rows))
    raise typer.Exit(_has_errors(problems))


@app.command()
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

    with Warehouse(_settings(data_dir).published_db) as warehouse:
        answer = warehouse.query(sql)
        _print(present.lines(output, answer.columns, answer.rows, answer.types))


@app.command()
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
    with Warehouse(_settings(data_dir).published_db) as warehouse:
        _print(answer(warehouse, question, output))


@app.command()
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

    with Warehouse(_settings(data_dir).published_db) as warehouse:
        _print(report(warehouse, output, mappings=mappings))


@app.command()
def status(data_dir: DataDir = None) -> None:
    """Show disclosures, coverage, the last build and its findings."""
    from orchestration.status import report

    _print(report(_settings(data_dir)))


@app.command()
def releases(output: Output = Format.table, data_dir: DataDir = None) -> None:
    """List the published files that are kept, and which of them is read now."""
    from orchestration import present
    from orchestration.shelf import COLUMNS, rows

    _print(present.lines(output, COLUMNS, rows(_settings(data_dir))))


@app.command()
def rollback(
    release: Annotated[
        str | None, typer.Argument(help="A release or its number; default the one before the published one.")
    ] = None,
    wait: Wait = None,
    data_dir: DataDir = None,
) -> None:
    """Publish an earlier release again, in one step. A build of unchanged inputs then leaves it in place."""
    settings = _settings(data_dir)
    from orchestration.shelf import roll_back

    raise typer.Exit(_locked(lambda: _print([roll_back(settings, release, wait)])))


@app.command()
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

    _print(present.lines(output, COLUMNS, difference(_settings(data_dir), release, other)))


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="New, empty, or an earlier export.")],
    tables: Annotated[list[str] | None, typer.Option("--table", help="Only these; may be repeated.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Write the published tables as CSV and Parquet with a data package that describes them."""
    from orchestration.exporting import run

    _print(run(_settings(data_dir), folder, tables))


@app.command()
def up(data_dir: DataDir = None, port: Port = 3000) -> None:
    """Run everything: schedule, drop folder, reports and the user interface on 127.0.0.1, until Ctrl-C."""
    settings = _settings(data_dir)
    from orchestration.serve import up as serve

    raise typer.Exit(serve(settings, port, lambda line: _print([line])))


@app.command()
def ui(data_dir: DataDir = None, port: Port = 3000) -> None:
    """Start the Dagster user interface on 127.0.0.1, for working on the pipeline."""
    settings = _settings(data_dir)
    from orchestration.serve import ui as serve

    serve(settings, port)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code. Wrong use is one line on stderr and exit code 2."""
    try:
        return int(app(arguments, prog_name="foi", standalone_mode=False) or 0)
    except typer.Exit as done:
        return done.exit_code
    except (typer.Abort, KeyboardInterrupt):
        sys.stderr.write("foi: stopped\n")
        return 130
    except typer.TyperException as error:
        return _refuse(error.format_message(), error)
    except WrongUse as error:
        return _refuse(str(error))


def _locked(work: Callable[[], int | None]) -> int:
    """The exit code of work that needs the lock; 1 and one line when another process keeps it for too long."""
    from orchestration.lock import Busy

    try:
        return work() or 0
    except Busy as error:
        sys.stderr.write(f"foi: {error}\n")
        return 1


def _refuse(message: str, error: Exception | None = None) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stdout.write(message + "\n")
        return WRONG_USE
    sys.stderr.write(f"foi: {' '.join(message.replace('Value error, ', '').split())}\n")
    return WRONG_USE


def _settings(data_dir: Path | None) -> Settings:
    """The data folder everything below reads and writes, set for this process and its children at once."""
    folder = (data_dir or ROOT / "data").resolve()
    if not folder.is_dir():
        raise WrongUse(f"no such data folder: {data_dir or folder}")
    settings = Settings(folder, Path(os.environ.get(DBT_PROJECT_DIR) or ROOT / "dbt_project").resolve())
    os.environ.update(settings.variables())
    return settings


def _print(lines: Iterable[str]) -> None:
    try:
        for line in lines:
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads our output has enough; say nothing more, also not while the interpreter closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def _has_errors(problems: list[Problem]) -> int:
    return int(any(problem.severity == "error" for problem in problems))


if __name__ == "__main__":
    sys.exit(main())
