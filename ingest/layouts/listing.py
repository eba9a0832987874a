"""Lists in a letter: a heading and a number per line, '2009 : 17'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.cells import Cell, filled
from ingest.layouts.columns import empty_section
from ingest.layouts.counted_twice import repeated_rows, undeclared_totals
from ingest.layouts.figures import Laid, Misfit
from ingest.layouts.numbers import DIGITS, is_number_text
from ingest.layouts.places import Place
from ingest.layouts.values import add_figures
from ingest.tables import ListTable

_BULLET = re.compile(r"^[*•·▪‣–-]\s+(?=\S)")
# 'Making/Taking26': the whole number at the end is the value, whatever stands before it the label.
_GLUED = re.compile(rf"(?P<label>.*?[^\d\s,.<>≤≥*])\s*(?P<value>(?:[<>≤≥]\s?)?(?:{DIGITS})|\*+)")


def without_bullet(text: str) -> str:
    """A line of a list without the sign that begins it."""
    return _BULLET.sub("", text)


def lay_out(table: ListTable, place: Place) -> Laid:
    """Lines from the start of the place to the first of another shape; blank lines before the first are skipped.
    Where lines without a number head the others, every line of the place belongs to the list."""
    laid = Laid()
    section: dict[str, str] = {}
    heading: Cell | None = None  # the section heading still waiting for its first line
    rows = iter(place.rows)
    for row in rows:
        cells = [cell for _, cell in filled(row)]
        if not cells and laid.figures and not table.sections:
            laid.misfits += _cut_short(table, rows)
            break
        if not cells:
            continue
        pieces = _pieces(table, cells)
        if table.sections and not any(pieces[1:]):
            laid.misfits += [empty_section(heading)] if heading else []
            section, heading = {table.sections: pieces[0].rstrip(" :")}, cells[0]
            continue
        if len(pieces) != len(table.item):
            laid.misfits += [_other_shape(table, cells[0])] if table.sections else _cut_short(table, rows)
            break
        texts = {role: text for role, text in zip(table.item, pieces, strict=True) if role != "ignore"}
        value = Cell(texts.pop("value"), cells[-1].locator)
        add_figures(table, section | texts, value, laid)
        heading = None
    laid.misfits += [empty_section(heading)] if heading else []
    laid.misfits += undeclared_totals(table, laid.figures)
    laid.misfits += repeated_rows((figure.texts.values(), figure.locator) for figure in laid.figures)
    if not laid.figures and not laid.misfits:
        first = next((cells[0] for row in place.rows if (cells := [c for _, c in filled(row)])), None)
        laid.misfits.append(_other_shape(table, first) if first else _nothing(table, place))
    return laid


def _other_shape(table: ListTable, cell: Cell) -> Misfit:
    return Misfit(
        "list_not_found", cell.locator, repr(cell.text[:80]), f"a line of {' and '.join(table.item)}",
        "Correct find, item or separator, or say where the list ends with find.until.",
    )  # fmt: skip


def _cut_short(table: ListTable, rest: Iterator[list[Cell]]) -> list[Misfit]:
    """A warning where lines of the list's shape follow after its end: a line may have been taken for its end."""
    if table.find.until is not None:
        return []
    for row in rest:
        cells = [cell for _, cell in filled(row)]
        pieces = _pieces(table, cells) if cells else []
        if len(pieces) == len(table.item) and _is_item(table, pieces):
            return [
                Misfit(
                    "list_cut_short", cells[0].locator, repr(cells[0].text[:80]), "no further line of the list's shape",
                    "Say where the list ends with find.until, or correct the line before that is of another shape.",
                    "warning",
                )
            ]  # fmt: skip
    return []


def _is_item(table: ListTable, pieces: list[str]) -> bool:
    value = pieces[table.item.index("value")]
    return bool(value) and is_number_text(value, table)


def _nothing(table: ListTable, place: Place) -> Misfit:
    return Misfit(
        "list_not_found", place.locator, "nothing", f"lines of {' and '.join(table.item)}", "Correct find."
    )


def _pieces(table: ListTable, cells: list[Cell]) -> list[str]:
    if len(cells) > 1:
        return [cell.text for cell in cells]
    text = cells[0].text
    if table.separator and not table.separator.strip("."):
        return [
            piece.strip() for piece in re.split(r"\.{2,}", without_bullet(text), maxsplit=len(table.item) - 1)
        ]
    if table.separator.strip() == "(":
        text = text.rstrip().removesuffix(")")
    if table.separator:
        return [piece.strip() for piece in without_bullet(text).split(table.separator, len(table.item) - 1)]
    glued = _GLUED.fullmatch(text)
    return [glued["label"].strip(), glued["value"]] if glued else [text]
