"""PDF reader: real documents, read where they lie and compared with what their publishers printed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ingest.cells import Sheet
from ingest.readers import Unreadable, pdf

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = pytest.mark.skipif(not (SHARED / "samples").is_dir(), reason="third-party samples are not here")


def tables(path: Path) -> list[Sheet]:
    return [sheet for sheet in pdf.read(path.read_bytes()) if sheet.kind == "table"]


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row] for row in sheet.rows]


def expected(name: str) -> list[dict[str, str]]:
    with (SHARED / "samples" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_record_list_over_61_pages_has_every_record() -> None:
    totals, records = tables(SHARED / "samples" / "Hertfordshire.pdf")
    rows = expected("hertfordshire_expected.csv")
    wanted = [
        [row["no"], row["financial_year"], row["crime_type"], row["outcome_description"]] for row in rows
    ]
    assert len(wanted) == 4492
    assert texts(records)[1:] == wanted
    assert [row[1] for row in texts(totals)] == ["Total", "883", "996", "888", "877", "848", "4492"]


def test_two_crosstabs_split_over_pages_have_every_cell_on_its_page() -> None:
    found = {}
    totals = []
    for question, sheet in enumerate(tables(SHARED / "samples" / "Humberside.pdf"), start=1):
        head, *rows = sheet.rows
        for row in rows:
            for heading, cell in zip(head[1:], row[1:], strict=True):
                found[str(question), row[0].text, heading.text] = cell.text, cell.locator.split()[0]
        totals.append([sum(int(row[column].text or 0) for row in rows) for column in range(1, len(head))])
    wanted = {
        (row["question"], row["source_label"], row["period"]): (row["raw_cell"], f"p{row['pdf_page']}")
        for row in expected("humberside_expected.csv")
    }
    differences = sum(found.get(place) != cell for place, cell in wanted.items())
    assert (len(found), len(wanted), differences) == (324, 324, 0)
    assert totals == [[457, 486, 465, 481, 609, 153]] * 2


@pytest.mark.parametrize(
    "path", sorted((SHARED / "disclosures").glob("*/*/document.pdf")), ids=lambda path: path.parent.name
)
def test_every_figure_of_a_disclosure_is_on_its_page(path: Path) -> None:
    pages: dict[str, list[str]] = {}
    for sheet in pdf.read(path.read_bytes()):
        for cell in sheet.cells():
            pages.setdefault(cell.locator.split()[0], []).append(cell.text)
    with (path.parent / "expected.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            printed = [text for text in pages[row["locator"]] if row["value_text"] in text.split()]
            assert printed, row["value_text"]


def test_a_cut_off_file_and_a_scan_give_no_figures() -> None:
    traps = SHARED / "disclosures" / "_traps"
    with pytest.raises(Unreadable, match="cut off"):
        pdf.read((traps / "truncated.pdf").read_bytes())
    assert [(sheet.name, sheet.rows) for sheet in pdf.read((traps / "scanned_letter.pdf").read_bytes())] == [
        ("text", [])
    ]
