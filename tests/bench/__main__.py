"""Run the benchmarks named on the command line, default all, and print a table for each."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable

from tests.bench import build, corpus, pdf, scale, spreadsheet

BENCHES: dict[str, Callable[[], None]] = {
    "pdf": pdf.run,
    "xlsx": spreadsheet.run,
    "corpus": corpus.run,
    "build": build.run,
    "scale": scale.run,
}


def main(names: list[str]) -> int:
    """0 when all could be measured; what a figure must be is judged by people, on a machine they know."""
    if unknown := [name for name in names if name not in BENCHES]:
        sys.stderr.write(f"bench: no benchmark {', '.join(unknown)}; there are {', '.join(BENCHES)}\n")
        return 2
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for name in names or BENCHES:
        print()
        BENCHES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
