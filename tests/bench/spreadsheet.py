"""A workbook of 100,000 rows, against the library that reads it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.bench.documents import long_workbook
from tests.bench.folders import data_folder
from tests.bench.measure import PYTHON, Command, line, medians, ratio

ROUNDS = 5
ROWS = 100_000
BOUND = 3.0
_BARE = (
    "import sys; from python_calamine import load_workbook; "
    "load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python()"
)
_READ = "import sys; from pathlib import Path; from ingest.readers import read; read(Path(sys.argv[1]))"


def run() -> None:
    """The reader, and everything from the guard to Parquet, each in a fresh process, against a bare read."""
    with tempfile.TemporaryDirectory(prefix="foi-bench-") as name:
        folder = Path(name)
        workbook = long_workbook(folder, ROWS)
        data = str(data_folder(folder / "data", workbook))
        commands = {
            "bare": Command([PYTHON, "-c", _BARE, str(workbook)]),
            "read": Command([PYTHON, "-c", _READ, str(workbook)]),
            "land": Command([PYTHON, "-m", "tests.bench.land", data]),
        }
        seconds = medians(commands, ROUNDS)
    print(f"xlsx: an invented list of {ROWS:,} rows, median of {ROUNDS}")
    line("python-calamine alone", seconds["bare"])
    line("the reader: every cell with its place, merged and formatted cells", seconds["read"])
    line("guarded, read, laid out and landed as Parquet", seconds["land"])
    ratio("reading : python-calamine", seconds["read"] / seconds["bare"], BOUND)
    ratio("landing : python-calamine", seconds["land"] / seconds["bare"])
