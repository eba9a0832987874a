"""Many documents: how much faster on all cores than on one, and whether memory grows with their number."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.bench.documents import long_pdf
from tests.bench.folders import data_folder
from tests.bench.measure import PYTHON, Command, line, medians, peak_bytes, ratio

ROUNDS = 3
FEW, MANY = 2, 20  # documents


def run() -> None:
    """The 61-page PDF so many times over, each a disclosure of its own."""
    with tempfile.TemporaryDirectory(prefix="foi-bench-") as name:
        folder = Path(name)
        document, what = long_pdf(folder)
        few = _landing(data_folder(folder / "few", document, FEW))
        many = _landing(data_folder(folder / "many", document, MANY))
        first = {min(os.sched_getaffinity(0))}
        commands = {"one": Command(many, cores=first), "all": Command(many)}
        seconds = medians(commands, ROUNDS)
        least, most = peak_bytes(Command(few)), peak_bytes(Command(many))
    print(f"corpus: {what}, {MANY} times, median of {ROUNDS}")
    line("landed on one core", seconds["one"])
    line(f"landed on {len(os.sched_getaffinity(0))} cores", seconds["all"])
    ratio("how much faster", seconds["one"] / seconds["all"])
    print(f"  {f'most memory of all processes together, {FEW} documents':<66}{least >> 20:8d} MiB")
    print(f"  {f'most memory of all processes together, {MANY} documents':<66}{most >> 20:8d} MiB")


def _landing(data: Path) -> list[str]:
    return [PYTHON, "-m", "tests.bench.land", str(data), "--spread"]
