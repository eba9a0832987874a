"""The shape of a table - records, counts, crosstab, list - from the roles of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from ingest.cells import squeeze
from ingest.draft.context import Context
from ingest.draft.footnotes import unnoted
from ingest.draft.grid import Grid
from ingest.draft.headings import Column, column_of, shared_word, unit_of_heading
from ingest.draft.labels import Labels
from ingest.draft.periods import find_periods, period_of
from ingest.draft.settling import own_victims, settle_column
from ingest.draft.totals import area_totals_of
from ingest.draft.words import REST, counted_nouns, is_total, without_marks

_HEADING_ROLES = ("period", "platform", "force", "victim_sex", "victim_age", "victim", "outcome", "offence")
_RECORDED = re.compile(
    r"(?:total |number )?(?:recorded|reported|offences recorded)|(?:total )?(?:number|count)", re.IGNORECASE
)
_PART = re.compile(
    r"\W*(?:(?:of|from) (?:which|whom|these|those|them)|including|incl\.?|where|with)\b", re.IGNORECASE
)
_NOT_DIMENSIONS = {"count", "percent", "ignore", "unclear", ""}


@dataclass(slots=True)
class Shape:
    """How a table is to be read. ``rows`` are the roles of the leading columns, ``heads`` those of the heading rows.

    ``layout`` is '' where the table is not understood; ``doubt`` says why. ``counts`` are the columns of numbers.
    ``split``: a crosstab for each text of the lower heading row, since these count different things.
    """

    layout: Literal["records", "counts", "crosstab", "list", "columns", "split", ""]
    columns: list[Column] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    counts: list[Column] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)
    doubt: str = ""
    skip: list[str] = field(default_factory=list)
    """Headings of columns among the numbers that hold no counts."""
    measure: str = ""
    """What the heading over the numbers says is counted."""
    area_totals: list[str] = field(default_factory=list)
    """Headings among forces that name an area and add up the forces beside them."""


def shape_of(grid: Grid, context: Context, near: Sequence[str]) -> Shape:
    """Decide the shape of a table."""
    labels = context.labels
    body = [grid.texts(row) for row in grid.body]
    headings = _lowest_headings(grid)
    columns = [column_of(n, heading, [row[n] for row in body], labels) for n, heading in enumerate(headings)]
    for column in columns:
        settle_column(column, context, near)
        if column.role == "count" and (cell := unnoted(column.cells, grid, context)):
            column.role, column.why = "unclear", f"numbers, and '{cell}', which no note explains"
    if _is_about_document(headings):
        return Shape("", columns, doubt="its rows are facts about the document")
    if grid.kind == "pairs":
        return _pairs(columns)
    counts = [column for column in columns if column.role == "count"]
    if any(column.role == "unclear" for column in columns):
        return _around_unclear(columns, counts, context)
    if not counts:
        return _records(columns)
    if any(not squeeze(column.heading) for column in columns if column.role in ("count", "percent")):
        return Shape("", columns, doubt="a column of numbers has no heading")
    if len(counts) == 1 and not _dimension(counts[0].heading, labels):
        return _counts(columns, counts[0])
    return _crosstab(grid, columns, counts, context, [*near, context.page.title])


def _is_about_document(headings: Sequence[str]) -> bool:
    """'Date of extract | 2 May 2023' at the head: what looks like headings is the first of such rows."""
    days = [
        any(p.kind == "day" and p.text == squeeze(text) for p in find_periods(squeeze(text)))
        for text in headings
    ]
    return any(days) and any(
        re.match(r"(?:date|published|reference|contact)\b", text, re.IGNORECASE) for text in headings
    )


def _lowest_headings(grid: Grid) -> list[str]:
    """The heading next to the numbers of each column: what stands over several of them says less."""
    texts = grid.heading_texts if grid.headings else [""] * grid.width
    for number in range(1, grid.headings):
        cells = grid.sheet.rows[grid.start + number][grid.column : grid.column + grid.width]
        for position, cell in enumerate(cells):
            if cell.text and not cell.is_continued:
                texts[position] = cell.text
    return texts


def _pairs(columns: list[Column]) -> Shape:
    filled = [column for column in columns if any(column.cells)]
    if len(filled) != 2:
        return Shape("", columns, doubt="a row without headings has more than a label and a number")
    label = filled[0]
    if label.role in ("", "ignore", "count", "other:category"):
        return Shape("", columns, doubt="rows of a text and a number, and nothing says what the texts are")
    return Shape("list", filled, rows=[label.role], counts=[filled[1]], why={"item": label.why})


def _records(columns: list[Column]) -> Shape:
    """Rows without numbers are records where they tell an offence or outcome with a period, or both."""
    roles = {column.role for column in columns}
    if len(roles & {"period", "offence", "outcome", "platform", "victim"}) >= 2 and roles & {
        "offence",
        "outcome",
    }:
        if not _repeats(columns):
            return Shape(
                "",
                columns,
                doubt="a table without numbers whose rows are all different: a key, or no list of offences",
            )
        return Shape("records", columns, why={"layout": "no column holds numbers: every row is one record"})
    return Shape("", columns, doubt="a table without numbers, and no list of offences")


def _repeats(columns: list[Column]) -> bool:
    """Whether rows tell single cases: a period, force or platform in each, or labels that come again and again."""
    if any(column.role in ("period", "force", "platform") for column in columns):
        return True
    labels = [column.cells for column in columns if column.role not in _NOT_DIMENSIONS]
    return any(len(set(cells)) * 2 <= len(cells) for cells in labels)


def _counts(columns: list[Column], value: Column) -> Shape:
    others = [column for column in columns if column is not value and column.role == "percent"]
    why = {"layout": f"one column of numbers, '{squeeze(value.heading)[:40]}'"}
    if others:
        why["ignored"] = "percentages are not figures"
    return Shape("counts", columns, counts=[value], why=why)


def _dimension(heading: str, labels: Labels) -> bool:
    """Whether a heading of numbers says which period, platform or group they are for."""
    kinds = labels.kinds(heading)
    return bool(kinds & {"period", "platform", "force"}) and "total" not in kinds


def _crosstab(
    grid: Grid, columns: list[Column], counts: list[Column], context: Context, near: Sequence[str]
) -> Shape:
    leading = columns[: counts[0].position]
    texts = [
        [row[column.position] for column in counts] for row in map(grid.heading_row, range(grid.headings))
    ]
    heads = _heads(texts, context.labels, near)
    if not leading:
        return Shape("", columns, doubt="no row headings")
    if len(counts) == len(columns) - len(leading) and _is_split(heads, texts, context):
        return Shape("split", columns, [column.role for column in leading], heads, counts)
    if "period" in heads and any(column.role == "period" for column in leading):
        return Shape(
            "", columns, doubt="parts of a year cross with years: neither alone says which period it is"
        )
    if (shape := _whole_crosstab(columns, counts, heads, texts, context.labels)) is not None:
        return shape
    names = [squeeze(column.heading).casefold() for column in counts]
    others = {squeeze(column.heading).casefold() for column in columns if column.role != "count"}
    if grid.headings == 1 and len(set(names)) == len(names) and not others & set(names):
        return _by_column(columns, counts, heads[0], context)
    return Shape("", columns, doubt="the headings over the numbers are not understood")


def _heads(texts: Sequence[list[str]], labels: Labels, near: Sequence[str]) -> list[str]:
    """The role of each heading row over the numbers; '' where it is not understood."""
    heads = [own_victims(_heading_role(row, labels), near) for row in texts]
    if len(heads) == 2:
        for number, row in enumerate(texts):
            if len(set(row)) == 1 and not heads[number]:
                heads[number] = "ignore"
        if heads[1] not in ("", "ignore") and not heads[0]:
            heads[0] = "other:group"
    return heads


def _is_split(heads: Sequence[str], texts: Sequence[list[str]], context: Context) -> bool:
    """Whether the lower of two heading rows says what is counted: 'Recorded' and 'Charged' under each year."""
    if len(heads) != 2 or heads[0] in ("", "ignore") or heads[1] or len(set(texts[1])) == 1:
        return False
    return all(_measures(text, context) or tells_outcome(text, context) for text in texts[1])


def _whole_crosstab(
    columns: list[Column], counts: list[Column], heads: list[str], texts: Sequence[list[str]], labels: Labels
) -> Shape | None:
    """One crosstab of all columns of numbers, as far as they are counts; None where they play different roles."""
    leading = columns[: counts[0].position]
    odd = _parts_of_years(counts) if heads == [""] else []
    if odd:
        heads, counts = ["period"], [column for column in counts if column not in odd]
    areas = [] if heads[0] or len(heads) > 1 else area_totals_of(texts[0], counts, labels)
    if areas:
        heads = ["force"]
    beside = [column for column in columns[len(leading) :] if column.role != "count" or column in odd]
    passed = list(dict.fromkeys(squeeze(column.heading) for column in beside))
    headed = {squeeze(text) for row in texts for text in row} - {squeeze(column.heading) for column in odd}
    is_whole = all(column.role == "percent" or column in odd for column in beside) and not headed & set(
        passed
    )
    if all(heads) and is_whole and "ignore" not in {column.role for column in leading}:
        why = {"layout": f"{len(counts)} columns of numbers under headings of the role {heads[0]}"}
        shape = Shape(
            "crosstab", columns, [column.role for column in leading], heads, counts, why, area_totals=areas
        )
        shape.skip = passed
        return shape
    return None


def _parts_of_years(counts: Sequence[Column]) -> list[Column]:
    """'Of which assaults on staff (2021)' beside 2020 and 2021: a part of what the years count, left out."""
    odd = [column for column in counts if _PART.match(column.heading)]
    years = [column for column in counts if (period := period_of(column.heading)) and period.is_known]
    return odd if len(years) >= 2 and len(years) + len(odd) == len(counts) else []


def _around_unclear(columns: list[Column], counts: list[Column], context: Context) -> Shape:
    """A column of numbers and texts that are none is left out; the other columns of numbers are read one by one."""
    unclear = next(column for column in columns if column.role == "unclear")
    reason = f"column '{squeeze(unclear.heading)[:40]}' holds {unclear.why}"
    if not counts or len({squeeze(column.heading).casefold() for column in columns}) != len(columns):
        return Shape("", columns, doubt=reason)
    shape = _by_column(
        columns, counts, _heading_role([column.heading for column in counts], context.labels), context
    )
    for column in columns:
        if column.role == "unclear":
            column.doubts.append(f"it holds {column.why}: left out")
    return shape


def _by_column(columns: list[Column], counts: list[Column], role: str, context: Context) -> Shape:
    """Every column of numbers for itself: columns that count different things, or stand among percentages."""
    understood = [column for column in counts if role or _measures(column.heading, context)]
    if understood != counts and all(
        _measures(c.heading, context) or tells_outcome(c.heading, context) for c in counts
    ):
        understood = counts
    why = {"layout": "the columns of numbers are read one by one"}
    shape = Shape("columns" if understood else "", columns, heads=[role], counts=understood, why=why)
    shape.doubt = "" if understood else "the headings over the numbers are not understood"
    return shape


def _measures(heading: str, context: Context) -> bool:
    is_unit = bool(unit_of_heading(heading)) or bool(_RECORDED.fullmatch(without_marks(heading)))
    return is_unit and not context.labels.platform(heading)


def tells_outcome(heading: str, context: Context) -> bool:
    """'Charged' beside 'Recorded': of the offences recorded, those with that outcome."""
    bare = without_marks(heading)
    return context.labels.outcome(bare) and not counted_nouns(bare) and not is_total(bare)


def _heading_role(texts: Sequence[str], labels: Labels) -> str:
    """The one role all headings over the numbers can play; '' where they differ or are of no known kind."""
    plain = [text for text in texts if not is_total(without_marks(text))]
    kinds = [labels.kinds(text) for text in plain]
    if not kinds or all(
        counted_nouns(text) and not labels.kinds(text) & {"period", "platform"} for text in texts
    ):
        return "" if kinds else "other:total"
    for role in _HEADING_ROLES:
        named = [
            role in kind or (role != "period" and bool(REST.fullmatch(text)))
            for text, kind in zip(plain, kinds, strict=True)
        ]
        if all(named) and sum(role in kind for kind in kinds) * 2 >= len(kinds):
            return role
    return shared_word(plain)


def dimension_roles(shape: Shape) -> set[str]:
    """The roles the table's own cells and headings play."""
    roles = {column.role for column in shape.columns if column.role not in _NOT_DIMENSIONS}
    return roles | {head for head in shape.heads if head not in ("", "ignore")}
