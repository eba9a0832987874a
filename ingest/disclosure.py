"""The schema of disclosure.yml and of data/requests/*.yml: every field, documented once.

The JSON Schema that editors use is generated from these models. What the fields *do* is decided in
``layouts`` (shape) and in the dbt project (meaning); this module only says what may be written.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

PLAIN_ROLES = (
    "period",
    "platform",
    "offence",
    "outcome",
    "victim",
    "victim_sex",
    "victim_age",
    "force",
    "measure",
)
STRUCTURAL_ROLES = ("value", "total", "ignore")
_ROLE = re.compile(rf"({'|'.join(PLAIN_ROLES + STRUCTURAL_ROLES)}|other:[a-z][a-z0-9_]*)")
_GIVEN = re.compile(rf"({'|'.join(PLAIN_ROLES)}|other:[a-z][a-z0-9_]*)(\d*)")


def _is_role(value: str) -> str:
    if not _ROLE.fullmatch(value):
        known = ", ".join(PLAIN_ROLES + STRUCTURAL_ROLES)
        raise ValueError(f"{value!r} is not a role; use one of {known}, or other:<name> for any further dimension")
    return value


def _is_given_key(value: str) -> str:
    if not _GIVEN.fullmatch(value):
        raise ValueError(f"{value!r} is neither a role nor a role with a figure number (platform, victim3, other:unit)")
    return value


def _partial_date(value: Any) -> Any:
    """Dates are kept as printed: YAML turns 2017-04-13 into a date, but 2017-05 stays text."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else value


def _plain_text(value: Any) -> Any:
    """Years and counts typed without quotes in YAML are meant as text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Role = Annotated[str, AfterValidator(_is_role)]
GivenKey = Annotated[str, AfterValidator(_is_given_key)]
Text = Annotated[str, BeforeValidator(_plain_text)]
PartialDate = Annotated[str, BeforeValidator(_partial_date), Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]

Unit = Literal[
    "offences",
    "crime_reports",
    "incidents",
    "people_charged",
    "people_arrested",
    "arrests",
    "victims",
    "suspects",
    "search_hits",
    "other",
]
Method = Literal["keyword", "flag", "offence_code", "manual_review", "unknown"]
AcrossPlatforms = Literal["repeated", "exclusive", "unknown", "not_applicable"]
PeriodBasis = Literal["financial", "calendar", "tax", "month", "half", "rolling", "part_year"]
PartStatus = Literal[
    "disclosed",
    "partly_disclosed",
    "refused_cost",
    "refused_exempt",
    "neither_confirm_nor_deny",
    "not_held",
    "not_answered",
    "redirected",
    "unknown",
]


class Strict(BaseModel):
    """A model that refuses fields it does not know, so that a typing slip is an error, not a silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Counting(Strict):
    """What one counted thing is, and how the force found it. Decides what may be compared with what."""

    unit: Unit = Field(description="What one number counts.")
    method: Method = Field("unknown", description="How the force selected the records.")
    searched: str | None = Field(None, description="The field or text searched, in the force's words.")
    victims: str | None = Field(None, description="Which victims are in scope, e.g. 'under 18' or 'all ages'.")
    across_platforms: AcrossPlatforms = Field(
        "unknown",
        description="repeated: a record stands under every platform it names; exclusive: under one only.",
    )
    date_basis: Literal["recorded", "created", "committed", "outcome", "arrest", "unknown"] = Field(
        "unknown", description="The date that puts a record into a period."
    )


class Part(Strict):
    """What became of one part of the request."""

    part: Text = Field(description="The part's name in the request file, or 'other_information'.")
    status: PartStatus
    sections: list[Text] = Field(
        default_factory=list, description="Sections of the FOI Act cited, e.g. ['12'] or ['40(2)']."
    )
    note: str | None = None


class DocumentFile(Strict):
    """A file as published, beside disclosure.yml."""

    file: str = Field(pattern=r"^[^/\\]+$", description="File name, in the same folder.")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Digest of the reviewed file.")


class Find(Strict):
    """Where a table stands. Every given condition must hold at exactly one place."""

    header: list[Text] | None = Field(None, description="The heading cells, in order, as printed.")
    after: Text | None = Field(None, description="The whole line printed directly before the table.")
    starts: Text | None = Field(None, description="How the first line of the table itself begins.")
    until: Text | None = Field(None, description="How the first line after the table begins.")
    nth: int = Field(1, ge=1, description="Which match to take where a document repeats the same heading.")


class Reading(Strict):
    """What a printed text stands for where it cannot be read by itself ('last year', 'the same period')."""

    role: Role
    text: Text = Field(description="As printed.")
    means: Text = Field(description="A text that can be read by itself, e.g. '2014'.")
    figure: int | None = Field(None, ge=1, description="Only this figure of the table; default all.")
    reason: str | None = None


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
    reads_as: list[Reading] = Field(default_factory=list)
    period_basis: PeriodBasis | None = Field(None, description="What kind of period the printed years are.")
    blank_means: Literal["zero", "suppressed", "unknown"] = "unknown"
    suppressed: dict[Text, tuple[int, int | None]] = Field(
        default_factory=dict, description="Markers the document itself explains: marker -> [low, high]."
    )
    withheld: list[Text] = Field(default_factory=list, description="Cell texts that stand for a withheld number.")
    nil: list[Text] = Field(default_factory=list, description="Texts that stand for a nil return, e.g. NIL RETURN.")
    totals: list[Text] | Literal["all"] = Field(
        default_factory=list,
        description="Headings of printed totals; 'all' where every number of the table is a total.",
    )
    partial: bool = Field(False, description="The rows are examples, not a full breakdown.")
    absent_means: Literal["zero", "unknown"] = Field(
        "unknown", description="What a platform and period that were asked for, but have no row, stand for."
    )
    corrections: list[Correction] = Field(default_factory=list)
    note: str | None = None


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


class ListTable(TableBase):
    """Lines of a heading and a number: '2009 : 17'."""

    layout: Literal["list"]
    find: Find
    item: list[Role] = Field(min_length=2, description="Roles of the pieces of a line, in order.")
    separator: str = Field(":", description="What stands between the pieces where the line has no cells of its own.")

    @model_validator(mode="after")
    def _one_value(self) -> ListTable:
        if self.item.count("value") != 1:
            raise ValueError("item needs the role value exactly once")
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


class Reconciliation(Strict):
    """Two tables of one answer that should add to the same numbers."""

    tables: tuple[str, str]
    on: list[Role] = Field(default_factory=list, description="The roles at whose values both must agree; empty: overall.")
    reason: str = Field(description="Why they should agree.")


class Disclosure(Strict):
    """One published answer."""

    force: Slug | None = Field(description="Default force of every table; null where each row names its own.")
    reference: Text
    title: str
    kind: Literal["foi_response", "press_report", "official_statistics"]
    fidelity: Literal["original", "transcript"] = Field(
        description="original: the file as published; transcript: re-typed from the publication."
    )
    request: Slug = Field(description="A file in data/requests/, without its ending.")
    url: str | None = Field(None, description="Where it was published.")
    received: PartialDate | None = Field(None, description="When the force received the request.")
    responded: PartialDate | None = Field(None, description="When it answered; 2017-05 where no day is printed.")
    counting: Counting | None = Field(None, description="Left out where the answer holds no numbers.")
    parts: list[Part] = Field(min_length=1)
    documents: list[DocumentFile] = Field(min_length=1)
    tables: list[Table] = Field(default_factory=list)
    reconcile: list[Reconciliation] = Field(default_factory=list)
    caveat: str | None = Field(None, description="The publisher's own warning, shortened.")
    notes: str | None = Field(None, description="What a reviewer must know about this answer.")

    @model_validator(mode="after")
    def _names_agree(self) -> Disclosure:
        wrong: list[str] = []
        names = [table.name for table in self.tables]
        wrong += [f"table name {name!r} is used twice" for name in sorted({n for n in names if names.count(n) > 1})]
        files = {document.file for document in self.documents}
        wrong += [
            f"table {table.name!r} reads {table.document!r}, which is not under documents"
            for table in self.tables
            if table.document is not None and table.document not in files
        ]
        for pair in self.reconcile:
            wrong += [f"reconcile names {name!r}, which is no table" for name in pair.tables if name not in names]
        if self.counting is None:
            wrong += [
                f"table {table.name!r} has numbers but neither measure nor counting.unit says what they count"
                for table in self.tables
                if table.measure is None and table.layout != "legend"
            ]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self


class RequestPart(Strict):
    """One thing asked for."""

    part: Text
    asks: str


class RequestPeriod(Strict):
    """One period asked for, as the request words it."""

    period: Text
    basis: PeriodBasis


class Request(Strict):
    """One question sent to one or many forces: a request family."""

    title: str
    asked_by: str | None = Field(None, description="The organisation that asked, never a private person.")
    scope: str | None = Field(None, description="What was to be counted, in neutral words.")
    offence_scope: Slug = Field(
        description="Which offences are in scope, the same word for the same scope in every request: all-crime, "
        "child-sexual-offences, class-88a, 071-17 ... Figures of different scope are never compared."
    )
    parts: list[RequestPart] = Field(min_length=1)
    forces: list[Slug] | Literal["all_territorial", "unknown"] = Field(
        description="Who was asked: force ids, every territorial force, or unknown."
    )
    periods: list[RequestPeriod] = Field(default_factory=list)
    platforms: list[Text] = Field(default_factory=list, description="Platforms named, as the request spells them.")
    notes: str | None = None


def json_schema() -> dict[str, Any]:
    """The JSON Schema of disclosure.yml (draft 2020-12), generated so that it cannot disagree with the models."""
    schema = Disclosure.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "disclosure.yml"
    return schema
