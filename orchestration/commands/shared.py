"""What commands have in common: the data folder they were given, lines on the terminal, exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from orchestration.settings import DBT_PROJECT_DIR, ROOT, Settings
from orchestration.words import WrongUse

if TYPE_CHECKING:
    from ingest.problems import Problem


def chosen(data_dir: Path | None) -> Settings:
    """The data folder everything below reads and writes, set for this process and its children at once."""
    folder = (data_dir or ROOT / "data").resolve()
    if not folder.is_dir():
        raise WrongUse(f"no such data folder: {data_dir or folder}")
    settings = Settings(folder, Path(os.environ.get(DBT_PROJECT_DIR) or ROOT / "dbt_project").resolve())
    os.environ.update(settings.variables())
    return settings


def locked(work: Callable[[], int | None]) -> int:
    """The exit code of work that needs the lock; 1 and one line when another process keeps it for too long."""
    from orchestration.lock import Busy

    try:
        return work() or 0
    except Busy as error:
        sys.stderr.write(f"foi: {error}\n")
        return 1


def show(lines: Iterable[str]) -> None:
    """Print lines; a reader that has enough is no error."""
    try:
        for line in lines:
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads our output has enough; say nothing more, also not while the interpreter closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def has_errors(problems: list[Problem]) -> int:
    """The exit code: 1 where any problem is an error."""
    return int(any(problem.severity == "error" for problem in problems))
