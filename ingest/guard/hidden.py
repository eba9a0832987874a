"""What a sheet of any workbook format holds out of sight, and how that is reported: by position and number."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.guard.verdict import Inspection

_FEW_WHITE_CELLS = 3


@dataclass
class Hidden:
    """What one sheet holds, and how much of it is out of sight. Rows and columns count from 0."""

    filled_rows: int = 0
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    empty: int = 0  # hidden rows and columns that hold nothing
    cells: int = 0  # under a number format that shows nothing
    white_cells: int = 0
    scenarios: int = 0  # other figures for the same cells, shown only on demand
    has_visible_cells: bool = False


def report_hidden_sheet(inspection: Inspection, position: int, state: str, hidden: Hidden) -> None:
    """A sheet is named by its position: its name may itself hold personal data."""
    how = "very hidden (no menu lists it)" if state.lower() == "veryhidden" else "hidden"
    if hidden.filled_rows:
        what = f"it is {how} and has {hidden.filled_rows} rows with content"
        inspection.find("hidden_sheet", what, f"sheet {position}")
    else:
        inspection.find("empty_hidden_part", f"it is {how} and empty", f"sheet {position}")


def report_hidden_parts(inspection: Inspection, position: int, hidden: Hidden) -> None:
    """Hidden rows, columns and cells of a sheet that is shown."""
    place = f"sheet {position}"
    if hidden.rows or hidden.columns:
        what = f"{len(hidden.rows)} hidden rows and {len(hidden.columns)} hidden columns hold content"
        inspection.find("hidden_rows_columns", what, place)
    elif hidden.empty:
        inspection.find("empty_hidden_part", "hidden rows or columns, all without content", place)
    if hidden.cells:
        inspection.find(
            "hidden_cells", f"{hidden.cells} cells with content have a format that shows nothing", place
        )
    if hidden.scenarios:
        inspection.find(
            "hidden_cells", f"{hidden.scenarios} scenarios keep other figures for its cells", place
        )
    if hidden.white_cells > _FEW_WHITE_CELLS:
        inspection.find(
            "hidden_cells", f"{hidden.white_cells} cells with content are written white on white", place
        )
    elif hidden.white_cells:
        inspection.find(
            "white_text", f"{hidden.white_cells} cells with content are written white on white", place
        )
