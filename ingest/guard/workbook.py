"""xlsx and xlsm: sheets, rows, columns and cells that hold something but are not shown; caches behind the sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.guard.elements import Attributes, Walker, is_on
from ingest.guard.office import Count, Package, look_at_common_parts, main_part
from ingest.guard.styles import InvisibleStyles, invisible_styles
from ingest.guard.verdict import Inspection

_LARGE = 4 * 2**20
_OVERLAP = 64
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})$")
_HIDING = (b"hidden", b'ht="0', b"ht='0", b'width="0', b"width='0")
_FEW_WHITE_CELLS = 3
_RECORD_ROWS = 5


def look(package: Package, inspection: Inspection) -> None:
    """Everything a workbook may hide."""
    workbook = main_part(package, "xl/workbook.xml")
    sheets = _Sheets()
    package.walk(workbook, sheets)
    styles = invisible_styles(package, workbook)
    relations = package.relations.get(workbook, {})
    listed, has_visible_cells = set(), False
    for position, (state, relation_id) in enumerate(sheets.found, start=1):
        kind, part = relations.get(relation_id, ("", ""))
        if part not in package.archive.members:
            continue
        listed.add(part)
        hidden = _look_into(package, part, styles) if kind.endswith("/worksheet") else Hidden(filled_rows=1)
        if state != "visible":
            report_hidden_sheet(inspection, position, state, hidden)
        else:
            report_hidden_parts(inspection, position, hidden)
            has_visible_cells = has_visible_cells or hidden.has_visible_cells
    look_for_unlisted(package, inspection, listed)
    look_at_common_parts(package)
    look_behind_sheets(package, inspection)
    if not has_visible_cells and any("/media/" in name for name in package.archive.members):
        inspection.find("image_only", "its sheets hold images but no cell with content")


class _Sheets(Walker):
    """The sheets in the order of their tabs: state and relation."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            self.found.append((attributes.get("state", "visible"), attributes.get("id", "")))


def _look_into(package: Package, part: str, styles: InvisibleStyles) -> Hidden:
    """A large sheet that writes nothing of hiding is not taken apart: that would take longer than reading it."""
    is_large = package.archive.members[part].file_size > _LARGE
    if is_large and not styles:
        quick = _QuickLook()
        if not quick.may_hide(package.archive.chunks(part)):
            return Hidden(filled_rows=1, empty=len(quick.hidden_columns), has_visible_cells=True)
    sheet = _Sheet(styles)
    package.walk(part, sheet)
    return sheet.result()


def look_for_unlisted(package: Package, inspection: Inspection, listed: set[str]) -> None:
    """A deleted sheet whose part is still in the package."""
    unlisted = 0
    for name in package.archive.members:
        is_sheet = "/worksheets/" in f"/{name}" and "/_rels/" not in name and name.endswith((".xml", ".bin"))
        is_sheet = is_sheet or package.content_type(name).endswith(("worksheet+xml", "ms-excel.worksheet"))
        if is_sheet and name not in listed and "binaryindex" not in name:
            unlisted += 1
    if unlisted:
        what = f"{unlisted} worksheets that the workbook does not list are still in the file"
        inspection.find("unlisted_sheet", what)


