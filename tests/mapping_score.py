"""How good the suggestions for unmapped labels are, measured on labels whose code is known.

Run by `make mapping-score`. One force at a time is held out: its labels, and every mapping row that comes from it, are
taken away, and the very SQL of the warehouse suggests codes for them from what is left - the vocabularies and the
labels of the other forces. `tests/corpus/held_out_labels.csv` holds the labels with the code a person gave them.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

ROOT = Path(__file__).resolve().parents[1]
LABELS = Path(__file__).parent / "corpus" / "held_out_labels.csv"
SEEDS = ROOT / "dbt_project" / "seeds"
CODING = ("int_offences", "int_outcomes", "int_platforms")
SUGGESTING = (
    "int_known_labels", "int_known_words", "int_queued_labels", "int_label_words", "int_label_likeness",
    "int_label_evidence", "int_label_suggestions",
)  # fmt: skip
CODES = {"offence": "offence_code", "outcome": "outcome_code", "platform": "platform_id"}


@dataclass(frozen=True)
class Label:
    """A printed label and the code a person gave it."""

    role: str
    force_id: str
    text: str
    code: str


@dataclass(frozen=True)
class Guess:
    """A held-out label with the codes suggested for it, best first."""

    label: Label
    suggested: tuple[tuple[str, float], ...]

    @property
    def rank(self) -> int | None:
        """Where the right code stands among the suggestions, from 1; None when it is not among them."""
        codes = [code for code, _ in self.suggested]
        return codes.index(self.label.code) + 1 if self.label.code in codes else None


def main() -> int:
    """Hold out, suggest, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, default=LABELS, help="role, force_id, label_text, code")
    options = parser.parse_args()
    sys.stdout.write("\n".join(report(measure(read(options.labels), compiled()))) + "\n")
    return 0


def read(path: Path) -> list[Label]:
    """The labels of a file with the columns role, force_id, label_text and code."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Label(row["role"], row["force_id"], row["label_text"], row["code"])
            for row in csv.DictReader(lines)
        ]


def compiled() -> dict[str, str]:
    """The SQL of the models that suggest, as dbt compiles it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sys.executable).with_name("dbt")), "compile", "--quiet"]
        command += [
            "--project-dir",
            "dbt_project",
            "--profiles-dir",
            "dbt_project",
            "--select",
            *CODING,
            *SUGGESTING,
        ]
        command += ["--target-path", f"{folder}/target", "--log-path", f"{folder}/logs"]
        environment = os.environ | {"FOI_BUILD_DB": f"{folder}/build.duckdb"}
        subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        found = {path.stem: path for path in Path(folder).glob("target/compiled/**/*.sql")}
        return {model: found[model].read_text(encoding="utf-8") for model in (*CODING, *SUGGESTING)}


def measure(labels: Iterable[Label], models: dict[str, str]) -> list[Guess]:
    """What is suggested for each label while its force is held out."""
    by_force: dict[str, list[Label]] = defaultdict(list)
    for label in labels:
        by_force[label.force_id].append(label)
    return [guess for force, held_out in by_force.items() for guess in _without(force, held_out, models)]


def _without(force: str, held_out: list[Label], models: dict[str, str]) -> list[Guess]:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as build")
        connection.execute("use build")
        for schema in ("vocabulary", "mappings", "coding"):
            connection.execute(f"create schema {schema}")
        _load_seeds(connection)
        _take_away(connection, force, held_out)
        _queue(connection, held_out, models)
        for model in SUGGESTING:
            connection.execute(f"create table {model} as {models[model]}")
        return [_guess(connection, label) for label in held_out]


def _load_seeds(connection: duckdb.DuckDBPyConnection) -> None:
    for path in (*SEEDS.glob("vocabulary/*.csv"), *SEEDS.glob("mappings/*.csv")):
        connection.execute(
            f"create table {path.parent.name}.{path.stem} as "
            "select * from read_csv(?, header = true, all_varchar = true)",
            [str(path)],
        )

    for role in CODES:
        for column in ("valid_from", "valid_to"):
            connection.execute(f"alter table mappings.{role}_mappings alter {column} type date")


def _take_away(connection: duckdb.DuckDBPyConnection, force: str, held_out: list[Label]) -> None:
    """Every row about the force, from a document of the force, or of a label that is held out."""
    name = connection.execute("select force_name from vocabulary.forces where force_id = ?", [force])
    (publisher,) = name.fetchone() or (force,)
    for role in CODES:
        texts = [_same(label.text) for label in held_out if label.role == role]
        connection.execute(
            f"delete from mappings.{role}_mappings where force_id = ? or starts_with(lower(source), lower(?)) "
            "or list_contains(?::varchar[], regexp_replace(lower(label_text), '[^a-z0-9]+', ' ', 'g'))",
            [force, publisher, texts],
        )


def _same(text: str) -> str:
    return "".join(sign if sign.isalnum() and sign.isascii() else " " for sign in text.lower())


def _queue(connection: duckdb.DuckDBPyConnection, held_out: list[Label], models: dict[str, str]) -> None:
    """The labels through the cascade, then all of them into the queue: also those whose printed code it believes."""
    connection.execute("create schema staging")
    connection.execute(
        "create table staging.stg_request_platforms (request_id text, platform_no int, platform_text text)"
    )
    columns = [f"{role}_label text" for role in CODES]
    connection.execute(
        f"create table coding.int_label_uses (force_id text, period_start_on date, {', '.join(columns)})"
    )
    for label in held_out:
        connection.execute(
            f"insert into coding.int_label_uses (force_id, {label.role}_label) values (?, ?)",
            [label.force_id, label.text],
        )
    for role, model in zip(CODES, CODING, strict=True):
        connection.execute(f"create table coding.{model} as {models[model]}")
        connection.execute(f"update coding.{model} set {role}_rule = 'unmapped'")


def _guess(connection: duckdb.DuckDBPyConnection, label: Label) -> Guess:
    clean = "lower(coded.platform_label)" if label.role == "platform" else "coded.clean_label"
    sql = f"""
        select distinct suggestion_rank, suggested_code, suggestion_score
        from int_label_suggestions as suggestions
        inner join coding.int_{label.role}s as coded
            on suggestions.clean_label = {clean}
        where suggestions.role = ? and coded.{label.role}_label = ?
        order by suggestion_rank
    """
    rows = connection.execute(sql, [label.role, label.text]).fetchall()
    return Guess(label, tuple((code, score) for _, code, score in rows))


def shares(guesses: Iterable[Guess]) -> tuple[int, int, int]:
    """How many labels there are, how many have the right code first, and how many among the first three."""
    ranks = [guess.rank for guess in guesses]
    return len(ranks), ranks.count(1), sum(rank is not None for rank in ranks)


def report(guesses: list[Guess]) -> Iterable[str]:
    """One line per force and role, the totals, and every label whose code does not stand first."""
    groups = {(guess.label.force_id, guess.label.role): "" for guess in guesses}
    yield f"{'held out':28}{'labels':>8}{'first':>16}{'in three':>16}"
    for force, role in groups:
        own = [guess for guess in guesses if (guess.label.force_id, guess.label.role) == (force, role)]
        yield _line(f"{force}, {role}s", own)
    for role in sorted({guess.label.role for guess in guesses}):
        yield _line(f"all {role}s", [guess for guess in guesses if guess.label.role == role])
    yield _line("all", guesses)
    for guess in guesses:
        if guess.rank != 1:
            told = ", ".join(f"{code} {score:.2f}" for code, score in guess.suggested) or "nothing"
            place = f"number {guess.rank}" if guess.rank else "missed"
            yield f"{place}: {guess.label.force_id}: {guess.label.text}: {guess.label.code} expected; {told}"


def _line(name: str, guesses: list[Guess]) -> str:
    labels, first, three = shares(guesses)
    return f"{name:28}{labels:8}{_share(first, labels):>16}{_share(three, labels):>16}"


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / (whole or 1):.1f} %)"


if __name__ == "__main__":
    sys.exit(main())
