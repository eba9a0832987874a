"""Figures inside a sentence, captured by the sentence itself with placeholders."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from ingest.cells import Cell
from ingest.layouts.figures import Laid, Misfit
from ingest.layouts.numbers import NUMBER, is_number_text, marker_texts
from ingest.layouts.places import Place
from ingest.layouts.values import figure, literal
from ingest.tables import StatementTable
from ingest.terms import PLACEHOLDER, PLAIN_ROLES

_LONGEST = 120  # characters a label may have inside a sentence


def lay_out(table: StatementTable, place: Place) -> Laid:
    """One figure per ``{value}`` placeholder. The sentence must stand in the document exactly once."""
    laid = Laid()
    names = [(match[1], match[2]) for match in PLACEHOLDER.finditer(table.text)]
    if misfit := _wrong_placeholders(names):
        return Laid(misfits=[misfit])
    text, offsets, cells = _running_text(place)
    matches = list(_pattern(table).finditer(text))
    if len(matches) != 1:
        where = ", ".join(_cell_at(match.start(), offsets, cells).locator for match in matches[:5])
        laid.misfits.append(
            Misfit("statement_not_found" if not matches else "statement_ambiguous", "text",
                   f"{len(matches)} places{': ' + where if where else ''}",
                   f"the sentence {table.text[:80]!r} exactly once",
                   "Write the sentence as the document prints it, with enough words around the figures.")
        )  # fmt: skip
        return laid
    match = matches[0]
    numbers = [number for role, number in names if role == "value"]
    for number in numbers:
        texts = {
            role: " ".join(match[_group(role, own)].split())
            for role, own in names
            if role not in ("value", "ignore") and own in ("", number)
        }
        group = _group("value", number)
        cell = _cell_at(match.start(group), offsets, cells)
        value = match[group]
        if not is_number_text(value, table):
            laid.misfits.append(
                Misfit(
                    "not_a_number",
                    cell.locator,
                    repr(value),
                    "a number or a declared marker",
                    "Correct text.",
                )
            )
            continue
        laid.figures.append(figure(table, texts, value, cell.locator))
    return laid


def _wrong_placeholders(names: list[tuple[str, str]]) -> Misfit | None:
    allowed = {*PLAIN_ROLES, "value", "ignore"}
    unknown = [role for role, _ in names if role not in allowed and not role.startswith("other:")]
    values = [number for role, number in names if role == "value"]
    stray = [role + number for role, number in names if number and number not in values]
    told = [role + number for role, number in names if role != "ignore"]
    twice = sorted({name for name in told if told.count(name) > 1})
    if unknown:
        found, expected = ", ".join(unknown), f"roles: {', '.join(sorted(allowed))}"
    elif not values or len(set(values)) != len(values):
        found, expected = (
            f"{len(values)} value placeholders",
            "one {value}, or several with different numbers",
        )
    elif twice:
        found, expected = (
            f"{', '.join(twice)} more than once",
            "each placeholder once; ignore for a repeated text",
        )
    elif stray:
        found, expected = ", ".join(stray), f"numbers that belong to a value: {', '.join(values)}"
    else:
        return None
    return Misfit("bad_placeholder", "text", found, expected, "Correct the placeholders.")


def _group(role: str, number: str) -> str:
    return f"{role.replace(':', '__')}_{number}"


def _pattern(table: StatementTable) -> re.Pattern[str]:
    """The sentence as a pattern: white space matches any white space, placeholders what their role allows."""
    markers = "|".join(re.escape(marker) for marker in sorted(marker_texts(table), key=len, reverse=True))
    value = rf"(?<![\w,.])(?:{markers + '|' if markers else ''}(?i:{NUMBER})|\*+)(?!\w|[,.]\d)"
    pieces: list[str] = []
    end = 0
    for match in PLACEHOLDER.finditer(table.text):
        pieces.append(literal(table.text[end : match.start()]))
        end = match.end()
        if match[1] == "value":
            inner = value
        elif not match.start():  # nothing before it: it begins with its clause
            pieces.append(r"(?:(?<=[,.;:(] )|^)")
            inner = rf"[^,.;:\n]{{1,{_LONGEST}}}?"
        elif end == len(table.text):
            inner = rf"[^,.;:\n]{{1,{_LONGEST}}}"
        else:
            inner = rf"\S(?:.{{0,{_LONGEST}}}?\S)??"
        name = "?:" if match[1] == "ignore" else f"?P<{_group(match[1], match[2])}>"
        pieces.append(f"({name}{inner})")
    pieces.append(literal(table.text[end:]))
    return re.compile("".join(pieces), re.DOTALL | re.MULTILINE)


def _running_text(place: Place) -> tuple[str, list[int], list[Cell]]:
    """All cells joined, with the offset of each, so that a sentence may run over lines and is still located."""
    pieces: list[str] = []
    offsets: list[int] = []
    cells: list[Cell] = []
    length = 0
    for cell in _cells(place):
        offsets.append(length)
        cells.append(cell)
        pieces.append(cell.text)
        length += len(cell.text) + 1
    return "\n".join(pieces), offsets, cells


def _cells(place: Place) -> Iterable[Cell]:
    for sheet in place.sheets:
        yield from (cell for cell in sheet.cells() if cell.text and not cell.is_continued)


def _cell_at(offset: int, offsets: list[int], cells: list[Cell]) -> Cell:
    return cells[bisect_right(offsets, offset) - 1]
