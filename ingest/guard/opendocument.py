"""ods: hidden sheets, rows and columns, annotations, tracked changes, objects and programs."""

from __future__ import annotations

import re

from ingest.guard.archives import Archive
from ingest.guard.elements import Attributes, Walker, is_on, walk
from ingest.guard.hidden import Hidden, report_hidden_parts, report_hidden_sheet
from ingest.guard.verdict import Inspection, Refused

_CONTENT, _MANIFEST, _MIMETYPE = "content.xml", "meta-inf/manifest.xml", "mimetype"
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_KNOWN = re.compile(
    r"(content|styles|meta|settings)\.xml$|manifest\.rdf$|mimetype$|layout-cache$|meta-inf/"
    r"|(thumbnails|pictures|configurations2|objectreplacements|dialogs|media)/"
)
_OBJECT = re.compile(r"(object[^/]*)(/|$)")
_EMPTY_PROGRAM_LISTS = re.compile(r"(basic|scripts)/(.*/)?script-l[bc]\.xml$")
_MAX_SPAN = 2**20
_CHANGES = {"cell-content-change", "insertion", "deletion", "movement"}


def look(archive: Archive, inspection: Inspection) -> None:
    """Everything an ods workbook may hide."""
    archive.check_all()
    _check_manifest(archive, inspection)
    if _MIMETYPE in archive.members and not archive.read(_MIMETYPE).strip().startswith(_SPREADSHEET):
        raise Refused("unsupported", "it is an OpenDocument file, but no spreadsheet")
    content = _Content()
    walk(archive.chunks(_CONTENT), content, inspection)
    for position, sheet in enumerate(content.sheets, start=1):
        if sheet.is_external:
            what = f"{sheet.hidden.filled_rows} rows of another workbook are kept behind the sheets"
            inspection.find("external_link", what, f"sheet {position}")
        elif sheet.is_hidden:
            report_hidden_sheet(inspection, position, "hidden", sheet.hidden)
        else:
            report_hidden_parts(inspection, position, sheet.hidden)
    if content.annotations:
        inspection.find("comments", f"{content.annotations} comments")
    if content.changes:
        inspection.find("tracked_changes", f"{content.changes} tracked changes nobody has accepted")
    if content.links:
        inspection.find("external_link", f"{content.links} links to other files")
    _look_at_other_parts(archive, inspection)
    _look_for_images(archive, inspection, content)


def _look_for_images(archive: Archive, inspection: Inspection, content: _Content) -> None:
    has_visible_cells = any(
        sheet.hidden.has_visible_cells and not sheet.is_hidden for sheet in content.sheets
    )
    if not has_visible_cells and any(name.startswith("pictures/") for name in archive.members):
        inspection.find("image_only", "its sheets hold images but no cell with content")


def _check_manifest(archive: Archive, inspection: Inspection) -> None:
    if _MANIFEST in archive.members:
        manifest = _Manifest()
        walk(archive.chunks(_MANIFEST), manifest, inspection)
        if manifest.is_encrypted:
            raise Refused("encrypted", "it opens only with a password")


class _Manifest(Walker):
    is_encrypted = False

    def start(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002
        self.is_encrypted = self.is_encrypted or name == "encryption-data"


def _look_at_other_parts(archive: Archive, inspection: Inspection) -> None:
    objects, programs, unknown = set(), 0, 0
    for name in archive.members:
        if found := _OBJECT.match(name):
            objects.add(found[1])
        elif name.startswith(("basic/", "scripts/")):
            programs += not _EMPTY_PROGRAM_LISTS.match(name)
        elif not _KNOWN.match(name):
            unknown += 1
    embedded = sum(not _is_chart(archive, inspection, name) for name in objects)
    if embedded:
        inspection.find(
            "embedded_object", f"{embedded} embedded files, which may carry more than what they show"
        )
    if programs:
        inspection.find("macros", f"{programs} programs")
    if unknown:
        inspection.find("unknown_part", f"{unknown} parts that no office program writes")


def _is_chart(archive: Archive, inspection: Inspection, name: str) -> bool:
    """Charts are stored as objects too, and show what they hold."""
    content = f"{name}/{_CONTENT}"
    if content not in archive.members:
        return False
    body = _Body()
    walk(archive.chunks(content), body, inspection)
    return body.kinds == {"chart"}


class _Body(Walker):
    """What kind of document an object is: the elements right below its body."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self._depth = self._body_at = 0

    def start(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002
        self._depth += 1
        if self._body_at and self._depth == self._body_at + 1:
            self.kinds.add(name)
        elif name == "body" and not self._body_at:
            self._body_at = self._depth

    def end(self, name: str) -> None:  # noqa: ARG002
        self._depth -= 1


class _Sheet:
    """One table of content.xml."""

    def __init__(self, *, is_hidden: bool) -> None:
        self.is_hidden = is_hidden
        self.is_external = False
        self.hidden = Hidden()
        self.hidden_columns: list[tuple[int, int]] = []
        self.columns = self.row = self.column = 0

    def fill(self, *, is_row_hidden: bool, span: int) -> None:
        """Note a cell with content, repeated ``span`` times to the right."""
        overlapping = {
            column
            for first, last in self.hidden_columns
            for column in (max(first, self.column), min(last, self.column + span - 1))
            if max(first, self.column) <= min(last, self.column + span - 1)
        }
        self.hidden.columns |= overlapping
        if is_row_hidden:
            self.hidden.rows.add(self.row)
        elif not overlapping:
            self.hidden.has_visible_cells = True


class _Content(Walker):
    """The sheets, and what is attached to their cells."""

    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self.annotations = self.changes = self.links = 0
        self._hiding_styles: set[str] = set()
        self._style = ""
        self._nested_tables = self._hidden_groups = self._in_annotation = self._in_changes = 0
        self._groups: list[bool] = []
        self._row_span = self._cell_span = 1
        self._is_row_hidden = self._is_row_filled = False
        self._starts = {
            "style": self._start_style,
            "table-properties": self._start_table_properties,
            "table": self._start_table,
            "table-source": self._start_source,
            "table-column": self._start_columns,
            "table-row": self._start_row,
            "table-cell": self._start_cell,
            "covered-table-cell": self._start_cell,
            "table-row-group": self._start_group,
            "table-column-group": self._start_group,
            "annotation": self._start_annotation,
            "tracked-changes": self._start_changes,
            "dde-source": self._start_link,
            "p": self._start_paragraph,
        }

    def start(self, name: str, attributes: Attributes) -> None:
        if name in self._starts:
            self._starts[name](attributes)
        elif self._in_changes and name in _CHANGES:
            self.changes += 1

    def end(self, name: str) -> None:
        if name == "p":
            self.wants_text = False
        elif name == "table":
            self._nested_tables -= 1
        elif name == "table-row" and self.sheets:
            self.sheets[-1].row += self._row_span
        elif name in ("table-cell", "covered-table-cell") and self.sheets:
            self.wants_text = False
            self.sheets[-1].column += self._cell_span
        elif name in ("table-row-group", "table-column-group") and self._groups:
            self._hidden_groups -= self._groups.pop()
        elif name == "annotation":
            self._in_annotation -= 1
        elif name == "tracked-changes":
            self._in_changes -= 1

    def text(self) -> None:
        """The cell the walk stands in has text."""
        self.wants_text = False
        self._fill()

    def _fill(self) -> None:
        sheet = self.sheets[-1]
        sheet.fill(is_row_hidden=self._is_row_hidden, span=self._cell_span)
        if not self._is_row_filled:
            self._is_row_filled = True
            sheet.hidden.filled_rows += 1

    def _is_outside_cells(self) -> bool:
        return not self.sheets or bool(self._in_annotation or self._in_changes)

    def _start_style(self, attributes: Attributes) -> None:
        self._style = attributes.get("name", "")

    def _start_table_properties(self, attributes: Attributes) -> None:
        if not is_on(attributes.get("display", "true")):
            self._hiding_styles.add(self._style)

    def _start_table(self, attributes: Attributes) -> None:
        self._nested_tables += 1
        if self._nested_tables == 1 and not self._in_changes:
            self.sheets.append(_Sheet(is_hidden=attributes.get("style-name", "") in self._hiding_styles))

    def _start_source(self, attributes: Attributes) -> None:  # noqa: ARG002
        if self.sheets:
            self.sheets[-1].is_external = True

    def _start_link(self, attributes: Attributes) -> None:  # noqa: ARG002
        self.links += 1

    def _start_group(self, attributes: Attributes) -> None:
        is_hidden = not is_on(attributes.get("display", "true"))
        self._groups.append(is_hidden)
        self._hidden_groups += is_hidden

    def _start_columns(self, attributes: Attributes) -> None:
        if self._is_outside_cells():
            return
        sheet, span = self.sheets[-1], _span(attributes.get("number-columns-repeated"))
        if self._hidden_groups or _is_collapsed(attributes):
            sheet.hidden_columns.append((sheet.columns, sheet.columns + span - 1))
            sheet.hidden.empty += 1
        sheet.columns += span

    def _start_row(self, attributes: Attributes) -> None:
        if self._is_outside_cells():
            return
        self._row_span = _span(attributes.get("number-rows-repeated"))
        self._is_row_hidden = bool(self._hidden_groups) or _is_collapsed(attributes)
        self._is_row_filled = False
        self.sheets[-1].column = 0
        self.sheets[-1].hidden.empty += self._is_row_hidden

    def _start_cell(self, attributes: Attributes) -> None:
        if self._is_outside_cells():
            return
        self._cell_span = _span(attributes.get("number-columns-repeated"))
        if any(
            attributes.get(key)
            for key in ("value", "date-value", "time-value", "boolean-value", "string-value")
        ):
            self._fill()

    def _start_paragraph(self, attributes: Attributes) -> None:  # noqa: ARG002
        self.wants_text = not self._is_outside_cells() and bool(self._nested_tables)

    def _start_annotation(self, attributes: Attributes) -> None:  # noqa: ARG002
        self.annotations += 1
        self._in_annotation += 1
        self.wants_text = False

    def _start_changes(self, attributes: Attributes) -> None:  # noqa: ARG002
        self._in_changes += 1


def _is_collapsed(attributes: Attributes) -> bool:
    return attributes.get("visibility", "visible") != "visible"


def _span(digits: str | None) -> int:
    return min(int(digits), _MAX_SPAN) if digits and digits.isdecimal() and len(digits) < 9 else 1
