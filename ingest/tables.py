"""The schema of one table in disclosure.yml: where it stands, what shape it has, what its headings mean."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from ingest.cells import folded
from ingest.terms import Dimension, GivenKey, PeriodBasis, PlayedRole, Role, Strict, Text, Unit, ValueForm


class Find(Strict):
    """Where a table stands. Every given condition must hold at exactly one place."""

    header: list[Text] | None = Field(None, description="The heading cells, in order, as printed.")
    after: Text | None = Field(None, description="The whole line printed directly before the table.")
    starts: Text | None = Field(None, description="How the first line of the table itself begins.")
    until: Text | None = Field(
        None, description="The words with which the first line after the table begins."
    )
    nth: int = Field(1, ge=1, description="Which match to take where a document repeats the same heading.")
    stacked: bool = Field(
        False,
        description="The cells stand one below the other, one to a line: first those of header, then row by row. "
        "Needs header. Only where no cell is blank, since a blank cell leaves no line.",
    )

    beside: bool = Field(
        False,
        description="Another table stands beside it in the same rows: only the columns under its headings are its own. "
        "Needs header.",
    )

    @model_validator(mode="after")
    def _needs_header(self) -> Find:
        if self.stacked and not self.header:
            raise ValueError("stacked needs header: the number of headings says how many lines make a row")
        if self.beside and not self.header:
            raise ValueError("beside needs header: the headings say which columns belong to the table")
        return self


class Reading(Strict):
    """What a printed text stands for where it cannot be read by itself ('last year', 'the same period')."""

    role: Role
    text: Text = Field(description="As printed.")
    means: Text = Field(
        description="A text that can be read by itself: a period ('2014', '2015-05-21 to 2015-12-31', or "
        "'from 2025-01-01' where the end is not known), a label a mapping knows, or for the role measure a unit."
    )
    figure: int | None = Field(None, ge=1, description="Only this figure of the table; default all.")
    reason: str | None = None

    @model_validator(mode="after")
    def _measure_means_a_unit(self) -> Reading:
        if self.role == "measure" and self.means not in get_args(Unit):
            raise ValueError(
                f"the measure {self.means!r} is not a unit; use one of {', '.join(get_args(Unit))}"
            )
        return self


class ConditionalGiven(Strict):
    """Texts that hold for some rows only, told by what those rows print."""

    where: dict[Dimension, Text] = Field(min_length=1, description="Role -> text as printed; all must agree.")
    given: dict[Dimension, Text] = Field(min_length=1, description="Texts for these rows, as under given.")


class Correction(Strict):
    """A human fix. It fails loudly when the document no longer prints what it expects."""

    locator: str
    printed: Text = Field(description="The text the document prints there.")
    corrected: Text
    reason: str


class TableBase(Strict):
    """What every layout shares."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", description="Names the table in the warehouse.")]
    document: str | None = Field(None, description="The file, where a disclosure has several.")
    sheet: str | None = Field(None, description="The sheet by name ('table 2', 'South East', 'text').")
    answers: list[Text] = Field(default_factory=list, description="Which parts of the request it answers.")
    measure: Unit | None = Field(None, description="What its numbers count; default counting.unit.")
    given: dict[GivenKey, Text] = Field(
        default_factory=dict,
        description="Texts that hold for rows which print none, e.g. from the caption or the question. "
        "A number after the role (victim3) limits it to that figure of a statement.",
    )
    given_where: list[ConditionalGiven] = Field(
        default_factory=list, description="Given texts for the rows that print certain texts."
    )
    plays: dict[Text, PlayedRole] = Field(
        default_factory=dict,
        description="Headings that play another role than the column or row they stand in, as printed -> role: "
        "a region's total among forces, a status among outcomes. With ignore the text is dropped.",
    )
    value_written: ValueForm | None = Field(
        None,
        description="How a number is written where its cell holds more than the bare number: "
        "'{value} ({other:record_system})', '{value} ({ignore})'. Where a cell repeats it, each is a figure.",
    )
    reads_as: list[Reading] = Field(default_factory=list)
    period_basis: PeriodBasis | None = Field(None, description="What kind of period the printed years are.")
    signed: bool = Field(
        False,
        description="Its numbers may be negative: balances and corrections, as official tables print them. Elsewhere a "
        "number with a minus sign is an error, since a count has none.",
    )
    blank_means: Literal["zero", "suppressed", "unknown"] = "unknown"
    suppressed: dict[Text, tuple[int, int | None]] = Field(
        default_factory=dict, description="Markers the document itself explains: marker -> [low, high]."
    )
    withheld: list[Text] = Field(
        default_factory=list, description="Cell texts that stand for a withheld number."
    )
    nil: list[Text] = Field(
        default_factory=list, description="Texts that stand for a nil return, e.g. NIL RETURN."
    )
    not_held: list[Text] = Field(
        default_factory=list,
        description="Cell texts that stand for a number the publisher does not hold: nothing was counted then.",
    )
    totals: list[Text] | Literal["all"] = Field(
        default_factory=list,
        description="Headings of printed totals; 'all' where every number of the table is a total. Where given names "
        "a text for the role of the heading, the total gets that text: it says what is covered. Where reads_as reads "
        "the heading ('Facebook total') as a label, the total keeps it and adds over what its row leaves blank.",
    )
    total_figures: dict[int, list[Dimension]] = Field(
        default_factory=dict,
        description="Printed totals that no heading marks: number of the figure -> roles it adds over (may be empty).",
    )
    continues: str | None = Field(
        None,
        description="Name of an earlier table that this one carries on, e.g. a closing line of another shape: "
        "its figures are numbered on as figures of that table, whose measure, period_basis and blank_means hold.",
    )
    partial: bool = Field(False, description="The rows are examples, not a full breakdown.")
    absent_means: Literal["zero", "unknown"] = Field(
        "unknown", description="What a platform and period that were asked for, but have no row, stand for."
    )
    corrections: list[Correction] = Field(default_factory=list)
    note: str | None = None

    @model_validator(mode="after")
    def _markers_can_mean_that(self) -> TableBase:
        wrong = [
            f"suppressed says {marker!r} is [{low}, {'null' if high is None else high}]; bounds are two numbers, "
            "0 <= low < high, or high null where the document sets none"
            for marker, (low, high) in self.suppressed.items()
            if low < 0 or (high is not None and low >= high)
        ]
        declared = [folded(text) for text in (*self.suppressed, *self.withheld, *self.nil, *self.not_held)]
        wrong += [
            f"the marker {text!r} is declared twice, under suppressed, withheld, nil or not_held"
            for text in sorted({text for text in declared if declared.count(text) > 1})
        ]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    @model_validator(mode="after")
    def _reads_each_text_once(self) -> TableBase:
        read = [(reading.role, folded(reading.text), reading.figure) for reading in self.reads_as]
        twice = sorted({f"{role} {text!r}" for role, text, _ in (one for one in read if read.count(one) > 1)})
        if twice:
            raise ValueError(
                f"reads_as reads {' and '.join(twice)} more than once; keep one, or give each its figure"
            )
        return self


class ColumnTable(TableBase):
    """A table with one heading row whose columns each play one role."""

    find: Find
    columns: dict[Text, Role] = Field(description="Heading as printed -> role.")
    sections: Role | None = Field(None, description="Role of one-cell rows that head the rows below them.")


class RecordsTable(ColumnTable):
    """One row per record: every row counts one."""

    layout: Literal["records"]

    @model_validator(mode="after")
    def _no_value_column(self) -> RecordsTable:
        if "value" in self.columns.values():
            raise ValueError("a records table has no value column; use layout: counts")
        return self


class CountsTable(ColumnTable):
    """One row per number, with a value column."""

    layout: Literal["counts"]

    @model_validator(mode="after")
    def _one_value_column(self) -> CountsTable:
        if list(self.columns.values()).count("value") != 1:
            raise ValueError("a counts table needs exactly one column with the role value")
        return self


class CrosstabTable(TableBase):
    """Numbers at the crossing of row headings and column headings."""

    layout: Literal["crosstab"]
    find: Find
    row_headings: list[Role] = Field(min_length=1, description="Roles of the leading columns, left to right.")
    column_headings: list[Role] = Field(min_length=1, description="Roles of the heading rows, top to bottom.")
    sections: Role | None = Field(None, description="Role of one-cell rows that head the rows below them.")
    skip: list[Text] = Field(
        default_factory=list,
        description="Headings of columns that hold no counts ('%', 'Change'); passed over.",
    )


class ListTable(TableBase):
    """Lines of a heading and a number: '2009 : 17'."""

    layout: Literal["list"]
    find: Find
    item: list[Role] = Field(min_length=2, description="Roles of the pieces of a line, in order.")
    separator: str = Field(
        ":",
        description="What stands between the pieces where the line has no cells of its own; '' where the number stands "
        "at the end of its label, even glued to it ('Making/Taking26').",
    )
    sections: Role | None = Field(
        None,
        description="Role of lines without a number that head the lines below them. The list then ends only where "
        "find.until or the next table says so.",
    )

    @model_validator(mode="after")
    def _one_value(self) -> ListTable:
        if self.item.count("value") != 1:
            raise ValueError("item needs the role value exactly once")
        if not self.separator and (len(self.item) != 2 or self.item[1] != "value"):
            raise ValueError("with an empty separator item is one role and then value")
        return self


class StatementTable(TableBase):
    """Figures inside a sentence.

    ``text`` repeats the sentence with placeholders: ``{value}``, ``{period}``, any role. Where it holds
    several figures the placeholders are numbered: ``{value1} in {period1}, up from {value2} in {period2}``.
    A placeholder without a number belongs to every figure. The text must match exactly once.
    """

    layout: Literal["statement"]
    text: str = Field(description="The sentence, with placeholders for what varies.")


class LegendTable(TableBase):
    """A code list printed by the force: 'Type 1 - Charged'. It explains labels and holds no numbers."""

    layout: Literal["legend"]
    find: Find
    role: Role = Field(description="What the codes are: outcome, offence ...")
    separator: str = Field(" - ", description="What stands between code and wording.")


Table = Annotated[
    RecordsTable | CountsTable | CrosstabTable | ListTable | StatementTable | LegendTable,
    Field(discriminator="layout"),
]
