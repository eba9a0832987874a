"""A PDF of 61 pages end to end, against the tool that turns a PDF into text."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.bench.documents import long_pdf
from tests.bench.folders import data_folder
from tests.bench.measure import PYTHON, Command, line, medians, ratio

ROUNDS = 7
BOUND = 6.0


def run() -> None:
    """Guard, read, lay out and land as Parquet in a fresh process, against pdftotext and a bare interpreter."""
    tool = shutil.which("pdftotext")
    with tempfile.TemporaryDirectory(prefix="foi-bench-") as name:
        folder = Path(name)
        document, what = long_pdf(folder)
        data = str(data_folder(folder / "data", document))
        commands = {
            "start": Command([PYTHON, "-c", "pass"]),
            "land": Command([PYTHON, "-m", "tests.bench.land", data]),
            "worker": Command([PYTHON, "-m", "tests.bench.land", data, "--spread"]),
        }
        if tool:
            commands["tool"] = Command([tool, "-layout", str(document), str(folder / "out.txt")])
        seconds = medians(commands, ROUNDS)
    print(f"pdf: {what}, median of {ROUNDS}")
    line("guarded, read, laid out and landed as Parquet, one process", seconds["land"])
    line("the same by a worker process, as in `foi build`", seconds["worker"])
    line("a Python interpreter that starts and ends", seconds["start"])
    if not tool:
        print("  pdftotext is not installed (Debian: apt-get install poppler-utils): nothing to compare with")
        return
    line("pdftotext -layout", seconds["tool"])
    ratio(
        "landing : pdftotext and interpreter", seconds["land"] / (seconds["tool"] + seconds["start"]), BOUND
    )
