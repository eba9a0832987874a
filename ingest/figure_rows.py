"""The figures of one table -> landing rows: what is given for them, how they read, what they total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.cells import Sheet, folded, same_text, squeeze
from ingest.layouts.figures import Figure, Misfit
from ingest.tables import Table

Row = dict[str, Any]

_TEXT_ROLES = (
    "force", "period", "platform", "offence", "outcome", "victim", "victim_sex", "victim_age", "measure",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbering:
    """Whose rows the figures become: those of a table, after the rows it has already."""

    table_name: str
    table_no: int
    rows_before: int = 0

    def row(self, number: int) -> Row:
        """The key columns of the figure with this number, counted from 1 in its own table."""
        return {"table_no": self.table_no, "row_no": self.rows_before + number}


@dataclass(slots=True)
class FigureRows:
    """Landing rows by raw table, and what was declared in vain."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    misfits: list[Misfit] = field(default_factory=list)

    def add(self, table: str, row: Row) -> None:
        self.tables.setdefault(table, []).append(row)


def figure_rows(table: Table, figures: list[Figure], numbering: Numbering, sheets: list[Sheet]) -> FigureRows:
    """Rows of disclosed_values (but for the document's digest), totals, readings and markers. Pure."""
    rows = FigureRows()
    told = [_texts(table, number, figure) for number, figure in enumerate(figures, start=1)]
    for number, (figure, texts) in enumerate(zip(figures, told, strict=True), start=1):
        own = numbering.row(number)
        is_total = figure.is_total or number in table.total_figures
        names = {"table_name": numbering.table_name, "layout": table.layout}
        rows.add("disclosed_values", names | own | _value_row(figure, texts) | {"is_total": is_total})
        totalled = [own for role in figure.totalled for own in _added_over(table, role, texts)]
        for role in dict.fromkeys([*totalled, *table.total_figures.get(number, [])]):
            is_heading = _is_total_heading(table, texts.get(role, ""))
            rows.add("totals", own | {"totalled_role": role, "is_heading": is_heading})
    for marker in _markers(table):
        rows.add("markers", {"table_no": numbering.table_no} | marker)
    for reading in table.reads_as:
        row_no = numbering.row(reading.figure)["row_no"] if reading.figure else None
        row: Row = {
            "table_no": numbering.table_no,
            "role": reading.role,
            "text": reading.text,
            "row_no": row_no,
        }
        rows.add("readings", row | {"means": reading.means, "reason": reading.reason})
    rows.misfits += [*_in_vain(table, told, sheets), *_not_printed(table, sheets)]
    return rows


def _texts(table: Table, number: int, figure: Figure) -> dict[str, str]:
    """All texts of one figure. What is printed stands before what is given, but for the word of a total: it is no
    label, so where a text is given for its role, that text says what the total covers."""
    printed = {role: text for role, text in figure.texts.items() if text}
    given = {key: text for key, text in table.given.items() if _number_in(key) is None}
    given |= {
        key[: -len(str(number))]: text for key, text in table.given.items() if _number_in(key) == number
    }
    for role in figure.totalled:
        if role in given and _is_total_heading(table, printed.get(role, "")):
            del printed[role]
    texts = given | printed
    for conditional in table.given_where:
        if _holds(conditional.where, texts):
            texts |= {role: text for role, text in conditional.given.items() if role not in printed}
    return texts


def _value_row(figure: Figure, texts: dict[str, str]) -> Row:
    other = {role.partition(":")[2]: text for role, text in texts.items() if role.startswith("other:")}
    return {f"{role}_text": texts.get(role) for role in _TEXT_ROLES} | {
        "other_dims": other,
        "value_text": figure.value_text,
        "is_record": figure.value_text is None,
        "locator": figure.locator,
    }


def _number_in(key: str) -> int | None:
    """The figure that a given key is limited to: 3 for victim3, None for victim."""
    digits = key[len(key.rstrip("0123456789")) :]
    return int(digits) if digits else None


def _is_total_heading(table: Table, text: str) -> bool:
    return isinstance(table.totals, list) and any(same_text(text, total) for total in table.totals)


def _added_over(table: Table, role: str, texts: dict[str, str]) -> list[str]:
    """The roles a printed total adds over. 'Facebook total', read as Facebook, keeps its platform: it adds over what
    its row leaves blank."""
    text = texts.get(role, "")
    if not any(reading.role == role and same_text(reading.text, text) for reading in table.reads_as):
        return [role]
    columns = table.row_headings if table.layout == "crosstab" else getattr(table, "columns", {}).values()
    blank = [own for own in columns if own not in ("value", "total", "ignore") and own not in texts]
    return list(dict.fromkeys(blank)) or [role]


def _holds(where: dict[str, str], texts: dict[str, str]) -> bool:
    return all(same_text(texts.get(role, ""), text) for role, text in where.items())


def _markers(table: Table) -> Iterator[Row]:
    for marker, (low, high) in table.suppressed.items():
        yield {"marker_text": marker, "value_low": low, "value_high": high, "value_status": "suppressed"}
    for marker in table.withheld:
        yield {"marker_text": marker, "value_low": None, "value_high": None, "value_status": "withheld"}
    for marker in table.not_held:
        yield {"marker_text": marker, "value_low": None, "value_high": None, "value_status": "not_held"}
    for marker in table.nil:
        yield {"marker_text": marker, "value_low": 0, "value_high": 0, "value_status": "nil_return"}


def _in_vain(table: Table, told: list[dict[str, str]], sheets: list[Sheet]) -> Iterator[Misfit]:
    """Declarations that concern no figure: a slip of the pen, or a document that has changed."""
    for reading in table.reads_as:
        concerned = told if reading.figure is None else told[reading.figure - 1 : reading.figure]
        if not any(same_text(texts.get(reading.role, ""), reading.text) for texts in concerned):
            expected = f"a {reading.role} of the table with this text"
            yield _unused("reading_never_used", "reads_as", reading.text, expected)
    for conditional in table.given_where:
        if not any(_holds(conditional.where, texts) for texts in told):
            where = ", ".join(f"{role}: {text}" for role, text in conditional.where.items())
            yield _unused(
                "condition_never_met", "given_where", where, "a figure of the table with these texts"
            )
    numbers = [*table.total_figures, *(number for key in table.given if (number := _number_in(key)))]
    for number in sorted({number for number in numbers if not 1 <= number <= len(told)}):
        yield _unused(
            "no_such_figure", "given, total_figures", str(number), f"a figure from 1 to {len(told)}"
        )
    printed = {folded(cell.text) for sheet in sheets for cell in sheet.cells()} if table.plays else set()
    for heading in table.plays:
        if folded(heading) not in printed:
            yield _unused("heading_not_found", "plays", heading, "a cell of the document with this text")


def _unused(code: str, place: str, found: str, expected: str) -> Misfit:
    return Misfit(code, place, repr(found), expected, "Correct or remove it.")


def _not_printed(table: Table, sheets: list[Sheet]) -> Iterator[Misfit]:
    """Given texts that stand nowhere in the document: they are quotations, not comments."""
    given = [("given", key, text) for key, text in table.given.items()]
    given += [("given_where", key, text) for each in table.given_where for key, text in each.given.items()]
    given = [item for item in given if not item[1].startswith("other:")]
    texts = [cell.text for sheet in sheets for cell in sheet.cells()] if given else []
    given = [
        (place, key, text) for place, key, text in given if not any(text in printed for printed in texts)
    ]
    printed = squeeze(" ".join(texts)).casefold() if given else ""
    for place, key, text in given:
        if folded(text) not in printed:
            yield Misfit(
                "given_not_printed", f"{place}.{key}", repr(text), "a text the document prints",
                "Quote the document; use reads_as for what it means.",
            )  # fmt: skip
