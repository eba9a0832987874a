"""From the texts around a number to figures: totals, headings that play another role, cells that hold several."""

from __future__ import annotations

import re

from ingest.cells import Cell, folded
from ingest.layouts.figures import Figure, Laid, Misfit
from ingest.layouts.numbers import NUMBER, is_number_text
from ingest.tables import TableBase
from ingest.terms import PLACEHOLDER

_LONGEST = 60  # characters a text beside a number may have inside its cell
_BETWEEN = re.compile(r"[\s,;/&+]*(?:and\s+)?")  # what may stand between two numbers of one cell


def add_figures(table: TableBase, texts: dict[str, str], cell: Cell, laid: Laid) -> None:
    """The figures of one value cell, or a misfit: a text that is no number is never passed over."""
    if cell.is_continued and cell.text:
        laid.misfits.append(
            Misfit(
                "merged_value", cell.locator, f"{cell.text!r}, merged over several cells", "one number to a cell",
                "Say with corrections what this cell stands for; '' where the number belongs to the first cell alone.",
            )
        )  # fmt: skip
        return
    parts = _parts(table, cell.text)
    if not parts:
        laid.misfits.append(
            Misfit(
                "not_a_number", cell.locator, repr(cell.text[:80]), "a number, a blank or a declared marker",
                "Declare it under suppressed, withheld or nil, describe it with value_written, or say where the table "
                "ends with find.until.",
            )
        )  # fmt: skip
    laid.figures += [figure(table, texts | own, value, cell.locator) for value, own in parts]


def figure(table: TableBase, texts: dict[str, str], value: str | None, locator: str) -> Figure:
    """One figure: its texts moved to the roles they play, and the roles it totals."""
    totals = [folded(total) for total in table.totals] if isinstance(table.totals, list) else []
    plays = {folded(printed): other for printed, other in table.plays.items()}
    moved: dict[str, str] = {}
    totalled: list[str] = []
    for role, text in texts.items():
        played = plays.get(folded(text), role)
        if folded(text) in totals:
            totalled += [role] if played in (role, "ignore") else [role, played]
        if played != "ignore":
            moved[played] = text
    is_total = bool(totalled) or table.totals == "all"
    return Figure(moved, value, locator, is_total, tuple(totalled))


def _parts(table: TableBase, text: str) -> list[tuple[str, dict[str, str]]]:
    """The numbers of a cell with the texts beside them; empty where the cell is not understood to its end."""
    if is_number_text(text, table):
        return [(text, {})]
    if table.value_written is None:
        return []
    parts: list[tuple[str, dict[str, str]]] = []
    position = 0
    while position < len(text):
        match = _form(table.value_written).match(text, position)
        if match is None:
            return []
        texts = {
            role.replace("__", ":"): " ".join(found.split()) for role, found in match.groupdict().items()
        }
        parts.append((texts.pop("value"), texts))
        position = match.end()
        if between := _BETWEEN.match(text, position):
            position = between.end()
    return parts


def _form(written: str) -> re.Pattern[str]:
    """``value_written`` as a pattern: white space is optional, a text beside the number holds no further number."""
    pieces: list[str] = []
    end = 0
    for placeholder in PLACEHOLDER.finditer(written):
        pieces.append(literal(written[end : placeholder.start()], r"\\s*"))
        end = placeholder.end()
        role = placeholder[1]
        if role == "value":
            pieces.append(rf"(?<![\w,.])(?P<value>(?i:{NUMBER})|\*+)(?![^\W⁰¹²³⁴⁵⁶⁷⁸⁹]|[,.]\d)")
        elif role == "ignore":
            pieces.append(rf"[^()\n]{{1,{_LONGEST}}}?")
        else:
            pieces.append(rf"(?P<{role.replace(':', '__')}>[^\W\d](?:[^()\n\d]{{0,{_LONGEST}}}[^\W\d])?)")
    pieces.append(literal(written[end:], r"\\s*"))
    return re.compile("".join(pieces))


def literal(text: str, white_space: str = r"\\s+") -> str:
    """A pattern for the printed text; ``white_space`` says what its white space may match."""
    return re.sub(r"(?:\\?\s)+", white_space, re.escape(text))
