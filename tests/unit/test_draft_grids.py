"""Grids: where tables begin, go on and end, and how much looking that takes. All text is invented."""

from __future__ import annotations

import pytest

from ingest.draft import grids, stacks
from ingest.draft.grids import grids_of
from ingest.draft.lines import paragraphs
from ingest.draft.stacks import unstacked
from ingest.readers import read_bytes


def _looks_at(monkeypatch: pytest.MonkeyPatch, rows: int, *, stacked: bool) -> int:
    """How many cells are asked whether they are numbers, for a table or a list of so many rows."""
    looked = 0
    plain = grids.is_count

    def counted(text: str) -> bool:
        nonlocal looked
        looked += 1
        return plain(text)

    monkeypatch.setattr(grids, "is_count", counted)
    monkeypatch.setattr(stacks, "is_count", counted)
    between = "\n" if stacked else "\t"
    lines = [f"Crime {number}{between}{number + 3}" for number in range(rows)]
    text = "\n".join([f"Offence{between}Number", *lines, *(["A line", "Another"] * rows if stacked else [])])
    (sheet,) = read_bytes(text.encode(), "letter.txt")
    if stacked:
        assert (
            len(unstacked([line for row in sheet.rows for line in paragraphs([row], sheet.name)])) < rows * 3
        )
    else:
        assert grids_of(sheet)[0].end == rows + 1
    monkeypatch.undo()
    return looked


@pytest.mark.parametrize("stacked", [False, True])
def test_twice_the_rows_are_twice_the_work(monkeypatch: pytest.MonkeyPatch, *, stacked: bool) -> None:
    small, large = (_looks_at(monkeypatch, rows, stacked=stacked) for rows in (100, 200))
    assert 100 < small < large <= 2.2 * small
