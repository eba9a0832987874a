"""xlsx and xlsm: sheets, rows, columns and cells that hold something but are not shown; caches behind the sheets."""

from __future__ import annotations

from ingest.guard.caches import look_behind_sheets
from ingest.guard.elements import Attributes, Walker
from ingest.guard.hidden import Hidden, report_hidden_parts, report_hidden_sheet
from ingest.guard.office import Package, look_at_common_parts, main_part
from ingest.guard.styles import invisible_styles
from ingest.guard.verdict import Inspection, Refused
from ingest.guard.worksheet import look_into

_MAX_SHEETS = 5000


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
        is_shown = state == "visible"
        hidden = Hidden(filled_rows=1)  # a chart or program: counted as something
        if kind.endswith("/worksheet"):
            hidden = look_into(package, part, styles, is_shown=is_shown)
        if not is_shown:
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
        if len(self.found) > _MAX_SHEETS:
            raise Refused("expands", f"a workbook of more than {_MAX_SHEETS} sheets")
        if name == "sheet":
            self.found.append((attributes.get("state", "visible"), attributes.get("id", "")))


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
