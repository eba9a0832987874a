"""Grids: where tables begin, go on and end, and how much looking that takes. All text is invented."""

from __future__ import annotations

import pytest

from ingest.draft import grids, stacks
from ingest.draft.grids import grids_of
from ingest.draft.lines import Line, paragraphs
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


def test_a_number_alone_on_its_line_goes_on_no_line_above_it() -> None:
    """Cells that stand one to a line, below a label as long as a line of prose."""
    label = "Arranging or facilitating the commission of a child sex offence"
    rows = ["Offence", "2018", "2019", "Stalking", "61", "74", label, "22", "31"]
    (sheet,) = read_bytes("\n".join(rows).encode(), "letter.txt")
    (grid,) = unstacked(paragraphs(sheet.rows, sheet.name))
    assert not isinstance(grid, Line)
    assert [grid.texts(row) for row in grid.body] == [["Stalking", "61", "74"], [label, "22", "31"]]
