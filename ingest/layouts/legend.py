"""Code lists printed by the force, which explain labels and hold no numbers."""

from __future__ import annotations

from ingest.cells import filled
from ingest.layouts.figures import Laid, LegendLine, Misfit
from ingest.layouts.places import Place
from ingest.tables import LegendTable

_BULLETS = "-–•*· \t"


def lay_out(table: LegendTable, place: Place) -> Laid:
    """Lines of a code and its wording, up to the first line without the separator; blank lines are skipped."""
    laid = Laid()
    for row in place.rows:
        cells = [cell for _, cell in filled(row)]
        if not cells:
            continue
        if len(cells) == 1:
            code, separator, label = cells[0].text.lstrip(_BULLETS).partition(table.separator)
        else:
            code, separator, label = cells[0].text, "cell", " ".join(cell.text for cell in cells[1:])
        if not separator:
            break
        laid.legend.append(LegendLine(code.strip(), label.strip(), cells[0].locator))
    if not laid.legend:
        laid.misfits.append(
            Misfit("legend_not_found", place.locator, "no line with a code and its wording",
                   f"lines with {table.separator!r}", "Correct find or separator.")
        )  # fmt: skip
    return laid
