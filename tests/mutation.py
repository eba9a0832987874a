"""Does a test notice when a mapping, a vocabulary row or a branch of a coding rule is gone?

Run by `make mutation-check`. A seeded sample is taken of all rows of the mapping and vocabulary seeds and of all
branches of `case` expressions in the coding models and the macros. Each is deleted, one at a time, in a copy of the
project, and the tests run, cheapest first: seeds, dbt unit tests, then a build with its data tests, the golden
answers and the checks of the built warehouse. A mutant that no test notices survives.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEEDS = "dbt_project/seeds"
RULES = ("dbt_project/models/coding", "dbt_project/macros")
NO_RULES = {"dictionary.sql", "generate_schema_name.sql"}  # they decide nothing
_WHEN = re.compile(r"^( *)when\b")
_BRANCH_ENDS = re.compile(r"^( *)(when|else|end)\b|\{%")

SLOW_TESTS = (
    "tests/corpus/test_expected.py", "tests/integration/test_norfolk.py", "tests/integration/test_comparison.py",
    "tests/integration/test_official.py", "tests/integration/test_mappings.py", "tests/integration/test_coverage.py",
)  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """Some lines of a file of the project that are to be deleted: numbers from 0, the last not included."""

    kind: str
    file: str
    first: int
    last: int
    told: str

    @contextmanager
    def applied(self, project: Path) -> Iterator[None]:
        """Delete the lines in the copy, and bring them back."""
        path = project / self.file
        whole = path.read_text(encoding="utf-8")
        lines = whole.splitlines(keepends=True)
        path.write_text("".join(lines[: self.first] + lines[self.last :]), encoding="utf-8")
        try:
            yield
        finally:
            path.write_text(whole, encoding="utf-8")


def main() -> int:
    """Sample, delete, test, print; 1 when a mutant survives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=30, help="how many of all kinds together")
    parser.add_argument("--seed", type=int, default=20170413)
    parser.add_argument("--kind", choices=("mapping", "vocabulary", "rule"), action="append")
    parser.add_argument("--only-units", action="store_true", help="stop after the dbt unit tests")
    options = parser.parse_args()
    kinds = options.kind or ["mapping", "vocabulary", "rule"]
    sample = sampled(kinds, options.sample, random.Random(options.seed))  # noqa: S311 - a sample, no secret
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        killer = bench.noticed(only_units=options.only_units)
        if killer:
            sys.stderr.write(f"the tests fail before anything is deleted: {killer}\n")
            return 2
        for number, mutant in enumerate(sample, start=1):
            start = time.monotonic()
            with mutant.applied(bench.project):
                killer = bench.noticed(only_units=options.only_units)
            survivors += not killer
            verdict = f"killed by {killer}" if killer else "SURVIVED"
            took = f"{time.monotonic() - start:.0f} s"
            sys.stdout.write(f"{number:3} {mutant.kind:10} {mutant.told}: {verdict} ({took})\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(sample)} deleted, {len(sample) - survivors} noticed, {survivors} survived\n")
    return int(survivors > 0)


def sampled(kinds: list[str], size: int, chance: random.Random) -> list[Mutant]:
    """The sample, evenly over the kinds."""
    found: list[Mutant] = []
    for position, kind in enumerate(kinds):
        every = list({"mapping": mapping_rows, "vocabulary": vocabulary_rows, "rule": branches}[kind]())
        share = size // len(kinds) + (position < size % len(kinds))
        found += chance.sample(every, min(share, len(every)))
    return found


def mapping_rows() -> Iterator[Mutant]:
    """Every row of every mapping seed."""
    yield from _rows("mapping", "mappings")


def vocabulary_rows() -> Iterator[Mutant]:
    """Every row of every vocabulary seed."""
    yield from _rows("vocabulary", "vocabulary")


def _rows(kind: str, folder: str) -> Iterator[Mutant]:
    for path in sorted((ROOT / SEEDS / folder).glob("*.csv")):
        file = path.relative_to(ROOT).as_posix()
        first = 0
        open_quotes = 0
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            open_quotes += line.count('"')
            if open_quotes % 2:  # a field goes on in the next line
                continue
            if first:
                yield Mutant(kind, file, first, number + 1, f"{path.stem}, line {first + 1}: {line[:60]}")
            first = number + 1


def branches() -> Iterator[Mutant]:
    """Every branch of a `case` that has another one, in the coding models and the macros."""
    for folder in RULES:
        for path in sorted((ROOT / folder).glob("*.sql")):
            if path.name in NO_RULES:
                continue
            lines = path.read_text(encoding="utf-8").splitlines()
            file = path.relative_to(ROOT).as_posix()
            starts = [number for number, line in enumerate(lines) if _WHEN.match(line)]
            for start in starts:
                end = _end_of_branch(lines, start)
                if end is not None and _has_another(lines, start, end):
                    told = " ".join(" ".join(lines[start:end]).split())[:90]
                    yield Mutant("rule", file, start, end, f"{path.stem}, line {start + 1}: {told}")


def _end_of_branch(lines: list[str], start: int) -> int | None:
    indent = len(lines[start]) - len(lines[start].lstrip())
    for number in range(start + 1, len(lines)):
        here = len(lines[number]) - len(lines[number].lstrip())
        if "{%" in lines[number]:
            return None  # a branch that a loop writes
        if _BRANCH_ENDS.match(lines[number]) and here <= indent:
            return number
    return None


def _has_another(lines: list[str], start: int, end: int) -> bool:
    indent = lines[start][: len(lines[start]) - len(lines[start].lstrip())]
    before = lines[start - 1] if start else ""
    return lines[end].startswith(f"{indent}when") or (before.startswith(indent) and "case" not in before)


def copy_project(target: Path) -> Path:
    """A copy of everything the tests need, without what was built."""
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    for name in filter(None, tracked):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target / name)
    return target


class Bench:
    """The copy, a data folder built from it once, and the tests to run on both."""

    def __init__(self, folder: Path) -> None:
        self.project = copy_project(folder / "project")
        self.data = folder / "data"
        for name in ("disclosures", "requests"):
            shutil.copytree(self.project / "data" / name, self.data / name)
        build = [
            sys.executable,
            "-c",
            "import sys; from orchestration.cli import main; sys.exit(main(sys.argv[1:]))",
        ]
        subprocess.run([*build, "build", "--data-dir", str(self.data)], cwd=self.project, check=True,
                       env=self._environment(), stdout=subprocess.DEVNULL)  # fmt: skip
        self.published = self.data / "warehouse" / "foi.duckdb"
        self.mutated = folder / "mutated.duckdb"

    def noticed(self, *, only_units: bool = False) -> str:
        """The first kind of test that fails in the copy, in words; empty when all pass."""
        python = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
        if self._fails([*python, "tests/unit/test_seeds.py"]):
            return "the list of seed rows"
        shutil.copy2(self.data / "warehouse" / "build.duckdb", self.mutated)
        if self._fails(self._dbt("test", "--select", "test_type:unit")):
            return "a dbt unit test"
        if only_units:
            return ""
        if self._fails(self._dbt("build", "--full-refresh", "--exclude-resource-type", "unit_test")):
            return "a data test"
        self.published.unlink()
        shutil.copy2(self.mutated, self.published)
        if self._fails([*python, *SLOW_TESTS]):
            return "a golden answer or a check of the warehouse"
        return ""

    def _dbt(self, *arguments: str) -> list[str]:
        folders = ["--project-dir", "dbt_project", "--profiles-dir", "dbt_project"]
        written = ["--target-path", f"{self.data}/target", "--log-path", f"{self.data}/logs"]
        return [str(Path(sys.executable).with_name("dbt")), "--quiet", *arguments, *folders, *written]

    def _environment(self) -> dict[str, str]:
        mine = {"PYTHONPATH": str(self.project), "FOI_TEST_BUILT": str(self.data)}
        return os.environ | mine

    def _fails(self, command: list[str]) -> bool:
        environment = self._environment() | {"FOI_BUILD_DB": str(self.mutated)}
        done = subprocess.run(command, cwd=self.project, env=environment, capture_output=True, check=False)
        return done.returncode != 0


if __name__ == "__main__":
    sys.exit(main())
