"""Code lists a force prints to explain its labels: 'Type 1 - Charged', one code to a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.cells import squeeze
from ingest.draft.lines import Line
from ingest.draft.model import DraftTable
from ingest.draft.places import shortened

_CODE_LINE = re.compile(r"[-–•* ]*(?P<code>(?:type|outcome|oc) ?\d{1,2}[a-c]?) - \S", re.IGNORECASE)


def read_legends(lines: Sequence[Line]) -> tuple[list[DraftTable], set[int]]:
    """The first run of at least three such lines, and the ids of its lines. They hold no figures."""
    runs: list[list[Line]] = [[]]
    for line in lines:
        if _CODE_LINE.match(line.text) and len(line.cells) == 1:
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
    run = next((run for run in runs if len(run) >= 3), None)
    if run is None:
        return [], set()
    start = squeeze(run[0].text)
    fields = {"layout": "legend", "find": {"starts": shortened(start)}, "role": "outcome", "separator": " - "}
    why = {"layout": f"{len(run)} lines that each explain a code; they are no data"}
    table = DraftTable("outcome_key", fields, why, locator=run[0].locator)
    table.used = {id(cell) for line in run for cell in line.cells}
    return [table], {id(line) for line in run}
