"""What the sheets of a workbook were made from: pivot caches, data models, other workbooks, earlier values."""

from __future__ import annotations

from ingest.guard.elements import Attributes, Walker
from ingest.guard.office import Count, Package
from ingest.guard.verdict import Inspection

_RECORD_ROWS = 5


def look_behind_sheets(package: Package, inspection: Inspection) -> None:
    """Findings on every part that keeps what no sheet shows."""
    records = sum(_count(package, part, "r") for part in package.parts_of_kind("pivot_records"))
    items = sum(_shared_items(package, part) for part in package.parts_of_kind("pivot_definition"))
    if records:
        inspection.find("pivot_cache", f"{records} source records are kept behind a pivot table")
    elif items:
        inspection.find("pivot_cache", f"{items} values of the source records are kept behind a pivot table")
    elif package.parts_of_kind("pivot_definition"):
        inspection.find("pivot_without_cache", "a pivot table that keeps no source records")
    if parts := package.parts_of_kind("data_model"):
        inspection.find("data_model", f"a database of {len(parts)} parts is kept behind the sheets")
    if parts := package.parts_of_kind("revisions"):
        inspection.find("tracked_changes", f"{len(parts)} logs of earlier cell values")
    _look_at_links(package, inspection)


def _look_at_links(package: Package, inspection: Inspection) -> None:
    """What is kept from other workbooks, and which programs are asked for values."""
    cells = programs = 0
    for part in package.parts_of_kind("external_link"):
        if part.endswith(".xml"):
            cache = _LinkCache()
            package.walk(part, cache)
            cells += cache.cells
            programs += cache.programs
            if cache.record_rows:
                what = f"{cache.record_rows} rows that look like records are kept from another workbook"
                inspection.find("external_records", what)
    if programs:
        inspection.find(
            "active_content", f"{programs} links that ask other programs for values, or start them"
        )
    if cells:
        inspection.find("external_link", f"{cells} cells of other workbooks are kept behind the sheets")


def _count(package: Package, part: str, element: str) -> int:
    if part.endswith(".bin"):
        return 1 if package.archive.members[part].file_size > 16 else 0
    count = Count(element)
    package.walk(part, count)
    return count.count


def _shared_items(package: Package, part: str) -> int:
    if part.endswith(".bin"):
        return 0
    items = _SharedItems()
    package.walk(part, items)
    return items.count


class _SharedItems(Walker):
    """Values a pivot cache keeps by field; the bare shape of the cache holds none."""

    def __init__(self) -> None:
        self.count = 0
        self._is_inside = False

    def start(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002
        if name == "sharedItems":
            self._is_inside = True
        elif self._is_inside and name in ("s", "n", "d", "e"):
            self.count += 1

    def end(self, name: str) -> None:
        if name == "sharedItems":
            self._is_inside = False


class _LinkCache(Walker):
    """Cells kept from another workbook. Rows of figures have one label at most, records several texts."""

    def __init__(self) -> None:
        self.cells = self.programs = 0
        self.record_rows = 0  # of sheets that are mostly records
        self._texts = self._rows = self._rows_of_texts = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "cell":
            self.cells += 1
            self._texts += attributes.get("t") == "str"
        elif name in ("ddeLink", "oleLink"):
            self.programs += 1
        elif name == "row":
            self._texts = 0
        elif name == "sheetData":
            self._rows = self._rows_of_texts = 0

    def end(self, name: str) -> None:
        if name == "row":
            self._rows += 1
            self._rows_of_texts += self._texts >= 2
        elif name == "sheetData" and self._rows_of_texts >= max(_RECORD_ROWS, self._rows / 2):
            self.record_rows += self._rows_of_texts
