"""Tables laid out from sheets written in a test, without a file or a reader."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from ingest.cells import Cell, Sheet
from ingest.figure_rows import FigureRows, Numbering, figure_rows
from ingest.layouts import LAYOUTS
from ingest.layouts.figures import Laid, Misfit
from ingest.layouts.places import locate_all
from ingest.tables import Table

_TABLE: TypeAdapter[Any] = TypeAdapter(Table)


def sheet(*rows: str, merged: str = "") -> Sheet:
    """A grid from lines of cells separated by '|'; a blank line is a blank row. Where ``merged`` stands in two
    neighbouring cells, the second is covered by the first."""
    grid: list[list[Cell]] = []
    for number, line in enumerate(rows, start=1):
        texts = [text.strip() for text in line.split("|")] if line.strip() else []
        pairs = enumerate(zip(texts, ["", *texts], strict=False), start=1)
        grid.append(
            [
                Cell(text, f"r{number}c{at}", bool(merged) and text == merged == before)
                for at, (text, before) in pairs
            ]
        )
    return Sheet("table 1", "table", grid)


def table(**fields: Any) -> Any:
    """A declared table, validated as in disclosure.yml."""
    return _TABLE.validate_python({"name": "t"} | fields)


def laid_out(declared: Any, *sheets: Sheet) -> Laid:
    """What the layout makes of the sheets; a table that cannot be found is a misfit."""
    place = locate_all([declared], sheets)[declared.name]
    return Laid(misfits=[place]) if isinstance(place, Misfit) else LAYOUTS[declared.layout](declared, place)


def landed(declared: Any, *sheets: Sheet) -> FigureRows:
    """The landing rows of the table, which must fit."""
    laid = laid_out(declared, *sheets)
    assert laid.misfits == []
    return figure_rows(declared, laid.figures, Numbering(declared.name, 1), list(sheets))


def figures(declared: Any, *sheets: Sheet) -> list[tuple[dict[str, str], str | None]]:
    """Texts and value of each figure of a table that fits."""
    laid = laid_out(declared, *sheets)
    assert laid.misfits == []
    return [(figure.texts, figure.value_text) for figure in laid.figures]


def codes(declared: Any, *sheets: Sheet) -> list[tuple[str, str]]:
    """Code and place of every misfit."""
    return [(misfit.code, misfit.place) for misfit in laid_out(declared, *sheets).misfits]
