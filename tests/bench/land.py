"""A program: land every disclosure of a data folder as Parquet, in this process or (--spread) over all cores."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from ingest import landing
from ingest.registry import DataFolder, load


def main(folder: str, *, is_spread: bool) -> int:
    """Land everything anew."""
    data = DataFolder(Path(folder))
    shutil.rmtree(data.landing_dir, ignore_errors=True)
    entries = load(data).entries
    if is_spread:
        from ingest.workers import land_all

        landed = list(land_all(entries, data))
    else:
        landed = [landing.land(entry, data) for entry in entries]
    wrong = [str(problem) for result in landed for problem in result.problems if result.state != "extracted"]
    sys.stderr.write("".join(f"{problem}\n" for problem in wrong))
    return 1 if wrong or not landed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], is_spread="--spread" in sys.argv))
