"""The `foi` command: which commands there are, in the order they are shown, and what wrong use looks like."""

from __future__ import annotations

import sys

import typer

from orchestration.commands import answers, reading, running
from orchestration.words import WrongUse

WRONG_USE = 2
COMMANDS = (
    running.build, answers.add, answers.accept, answers.check, answers.review, answers.extract, reading.query,
    reading.compare, reading.unmapped, reading.status, reading.releases, running.rollback, reading.diff, reading.export,
    running.up, running.ui,
)  # fmt: skip

app = typer.Typer(
    help="Police FOI answers about online child sexual offences, made comparable.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in COMMANDS:
    app.command()(command)


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


def _refuse(message: str, error: Exception | None = None) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stdout.write(message + "\n")
        return WRONG_USE
    sys.stderr.write(f"foi: {' '.join(message.replace('Value error, ', '').split())}\n")
    return WRONG_USE


if __name__ == "__main__":
    sys.exit(main())
