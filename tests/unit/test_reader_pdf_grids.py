"""PDF reader: any small grid printed by the test reads back as the same grid."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers import pdf
from tests.support.pdf_tables import Grid, Printer, Style, widths_for

PRINTED = "".join(map(chr, range(33, 127))) + "£é–’½"
WORD = st.text(st.sampled_from(PRINTED), min_size=1, max_size=6)
TEXT = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
NAME = st.text("ABCDEFGHabcdefgh", min_size=1, max_size=8)
FIGURE = st.one_of(st.integers(0, 99_999).map(str), st.sampled_from(["*", "-", "<5", "1,234", "12%"]))
ALIGN = st.sampled_from(["left", "right", "centre"])


@st.composite
def ruled_grids(draw: st.DrawFn) -> Grid:
    """Any texts and blanks; one row shows that it is a table."""
    width = draw(st.integers(2, 5))
    rows = draw(st.lists(st.lists(st.one_of(TEXT, st.just("")), min_size=width, max_size=width), max_size=5))
    return [draw(st.lists(TEXT, min_size=width, max_size=width)), *rows]


@st.composite
def unruled_grids(draw: st.DrawFn) -> Grid:
    """A header and labels, and in each row something else; nothing tells of columns and rows that are blank."""
    width = draw(st.integers(2, 5))
    header = draw(st.lists(NAME, min_size=width, max_size=width))
    rows = []
    for _ in range(draw(st.integers(3, 6))):
        cells = draw(st.lists(st.one_of(TEXT, FIGURE, st.just("")), min_size=width - 1, max_size=width - 1))
        cells[draw(st.integers(0, width - 2))] = draw(FIGURE)
        rows.append([f"{draw(NAME)} {draw(TEXT)}", *cells])
    return [header, *rows]


def read_back(grid: Grid, style: Style) -> list[Grid]:
    printer = Printer()
    printer.table(grid, style)
    sheets = [sheet for sheet in pdf.read(printer.bytes()) if sheet.kind == "table"]
    blank = [""] * len(grid[0])
    return [[[cell.text for cell in row] or blank for row in sheet.rows] for sheet in sheets]


@settings(deadline=None)
@given(ruled_grids(), ALIGN, st.sampled_from([0.0, 4.0]))
def test_ruled_grids(grid: Grid, align: str, padding: float) -> None:
    style = Style(widths_for(grid, 90), "all", align, padding=padding)
    assert read_back(grid, style) == [grid]


@settings(deadline=None)
@given(unruled_grids(), ALIGN)
def test_unruled_grids(grid: Grid, align: str) -> None:
    style = Style(widths_for(grid, 140), "none", align, padding=7)
    assert read_back(grid, style) == [grid]
