"""Text, csv and web readers: cells as printed, each where a person finds it again."""

from __future__ import annotations

import csv
import html
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cells import Sheet
from ingest.readers import Unreadable, read_bytes

# Printable text without leading or trailing white space: what can stand in one cell of a printed table.
_cell = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u2028\u2029"), max_size=12
).map(lambda text: " ".join(text.split()))
grids = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(_cell.filter(bool), min_size=width, max_size=width), min_size=2, max_size=5
    )
)


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row] for row in sheet.rows]


def test_a_letter_counts_lines_as_an_editor_does() -> None:
    (sheet,) = read_bytes(b"Dear Sir\r\n\r\n\x0cYear\tNumber\t\r\n14/15\t77, 686\r\n", "letter.txt")
    assert texts(sheet) == [["Dear Sir"], [], ["Year", "Number", ""], ["14/15", "77, 686"], []]
    assert sheet.rows[3][1].locator == "line 4"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_in_any_encoding_british_offices_use(encoding: str) -> None:
    (sheet,) = read_bytes("Offence – “grooming”\t£450".encode(encoding), "letter.txt")
    assert texts(sheet) == [["Offence – “grooming”", "£450"]]


def test_damaged_text_says_where() -> None:
    with pytest.raises(Unreadable, match="damaged"):
        read_bytes(b"\xff\xfea\x00b", "letter.txt")


def test_csv_with_a_preamble_and_quoted_line_breaks() -> None:
    data = 'Disclosure log\n\nYear,Label,Count\n2011,"two\nlines","77, 686"\n2012,b,3\n'
    (sheet,) = read_bytes(data.encode(), "answer.csv")
    assert texts(sheet) == [
        ["Disclosure log"],
        [],
        ["Year", "Label", "Count"],
        ["2011", "two\nlines", "77, 686"],
        ["2012", "b", "3"],
    ]
    assert [row[0].locator for row in sheet.rows if row] == ["line 1", "line 3", "line 4", "line 6"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@given(grid=grids)
def test_any_grid_reads_back_from_csv(delimiter: str, grid: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(grid)
    (sheet,) = read_bytes(written.getvalue().encode(), "grid.csv")
    assert texts(sheet) == grid


@given(grid=grids)
def test_any_grid_reads_back_from_html(grid: list[list[str]]) -> None:
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in grid
    )
    sheets = read_bytes(f"<p>before</p><table>{rows}</table>".encode(), "page.html")
    assert texts(sheets[1]) == grid
    assert sheets[1].rows[1][1].locator == "table 1 row 2 col 2"


def test_a_page_keeps_text_and_tables_apart() -> None:
    page = b"""<html><head><title>no</title><script>no()</script></head><body><nav>Home</nav>
    <h1>Answer</h1><p>First
    line<br>second line</p><ul><li>One</li></ul>
    <table><tr><th>Year</th><th>Count</th></tr><tr><td>2014</td><td>1,<b>207</b></td></tr></table>
    <p>After</p></body></html>"""
    text, table = read_bytes(page, "page.html")
    assert [(row[0].text, row[0].locator) for row in text.rows] == [
        ("Home", "text 1"), ("Answer", "heading 1"), ("First line", "para 1"), ("second line", "para 1"),
        ("One", "para 2"),
        ("After", "para 3"),
    ]  # fmt: skip
    assert (texts(table), table.caption) == ([["Year", "Count"], ["2014", "1,207"]], "One")


def test_merged_cells_keep_the_columns_in_line() -> None:
    page = b"""<table><tr><td rowspan=2>A</td><td colspan=2>B</td></tr><tr><td>c</td><td>d</td></tr>
    <tr><td>e</td><td>f</td><td>g</td></tr></table>"""
    table = read_bytes(page, "page.html")[1]
    assert texts(table) == [["A", "B", "B"], ["A", "c", "d"], ["e", "f", "g"]]
    assert [cell.is_continued for cell in table.rows[0] + table.rows[1]] == [
        False,
        False,
        True,
        True,
        False,
        False,
    ]
    assert table.rows[1][1].locator == "table 1 row 2 col 2"


def test_a_table_inside_a_cell_is_a_table_of_its_own() -> None:
    page = b"<table><tr><td>outer<table><tr><td>inner</td></tr></table></td><td>2</td></tr></table>"
    _, outer, inner = read_bytes(page, "page.html")
    assert (texts(outer), texts(inner)) == ([["outer", "2"]], [["inner"]])


def test_unknown_endings_are_named() -> None:
    with pytest.raises(Unreadable, match=r"ending in \.exe; known are .*csv"):
        read_bytes(b"MZ", "answer.exe")
