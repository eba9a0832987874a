"""The schema of disclosure.yml and of data/requests/*.yml: every field, documented once (tables in ``tables``).

The JSON Schema that editors use is generated from these models. What the fields *do* is decided in
``layouts`` (shape) and in the dbt project (meaning); this module only says what may be written.
"""

from __future__ import annotations

import datetime
from typing import Any, Literal

from pydantic import Field, model_validator

from ingest.tables import Table
from ingest.terms import (
    AcrossPlatforms,
    Method,
    PartialDate,
    PartStatus,
    PeriodBasis,
    Role,
    Slug,
    Strict,
    Text,
    Unit,
)


class Counting(Strict):
    """What one counted thing is, and how the force found it. Decides what may be compared with what."""

    unit: Unit = Field(description="What one number counts.")
    method: Method = Field("unknown", description="How the force selected the records.")
    searched: str | None = Field(None, description="The field or text searched, in the force's words.")
    victims: str | None = Field(
        None, description="Which victims are in scope, e.g. 'under 18' or 'all ages'."
    )
    across_platforms: AcrossPlatforms = Field(
        "unknown",
        description="repeated: a record stands under every platform it names; exclusive: under one only.",
    )
    date_basis: Literal["recorded", "created", "committed", "outcome", "arrest", "unknown"] = Field(
        "unknown", description="The date that puts a record into a period."
    )


class Part(Strict):
    """What became of one part of the request."""

    part: Text = Field(
        description="The part's name in the request file, 'other_information' for what was answered without having "
        "been asked, or 'whole_request' for a decision on the request as a whole beside those on its parts."
    )
    status: PartStatus
    sections: list[Text] = Field(
        default_factory=list, description="Sections of the FOI Act cited, e.g. ['12'] or ['40(2)']."
    )
    note: str | None = None


class DocumentFile(Strict):
    """A file as published, beside disclosure.yml."""

    file: str = Field(pattern=r"^[^/\\]+$", description="File name, in the same folder.")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Digest of the reviewed file.")


class Reconciliation(Strict):
    """Two tables of one answer that should add to the same numbers."""

    tables: tuple[str, str]
    on: list[Role] = Field(
        default_factory=list, description="The roles at whose values both must agree; empty: overall."
    )
    reason: str = Field(description="Why they should agree.")


class Waiver(Strict):
    """A finding that a person has looked at and accepts for now. It stays visible, and comes back when it expires.

    Errors cannot be waived: what keeps a disclosure out of the warehouse is corrected, not accepted.
    """

    check_name: str = Field(description="The check, as in qa_findings.check_name.")
    place: str | None = Field(
        None, description="The place, as in qa_findings.place; default: anywhere in this answer."
    )
    reason: str = Field(min_length=10, description="Why the finding is accepted, for the next reviewer.")
    expires_on: datetime.date = Field(description="The day from which it is a finding again.")


class SeriesBreak(Strict):
    """A day from which the force's figures are not one series with those before, as the force itself says."""

    since: PartialDate = Field(
        description="The day, month or year it happened, as precisely as the document says."
    )
    kind: Literal["record_system", "counting_rules", "other"] = Field(description="What changed.")
    reason: Text = Field(description="What the document says of it.")


class Disclosure(Strict):
    """One published answer."""

    force: Slug | None = Field(description="Default force of every table; null where each row names its own.")
    reference: Text
    title: str
    kind: Literal["foi_response", "press_report", "official_statistics"]
    fidelity: Literal["original", "transcript"] = Field(
        description="original: the file as published; transcript: re-typed from the publication."
    )
    request: Slug | None = Field(
        None,
        description="A file in data/requests/, without its ending. Only official statistics, which nobody asked for, "
        "have none.",
    )
    url: str | None = Field(None, description="Where it was published.")
    received: PartialDate | None = Field(None, description="When the force received the request.")
    responded: PartialDate | None = Field(
        None, description="When it answered; 2017-05 where no day is printed."
    )
    counting: Counting | None = Field(None, description="Left out where the answer holds no numbers.")
    parts: list[Part] = Field(
        default_factory=list,
        min_length=1,
        description="What became of each part of the request; left out only where there is no request.",
    )
    documents: list[DocumentFile] = Field(min_length=1)
    tables: list[Table] = Field(default_factory=list)
    reconcile: list[Reconciliation] = Field(default_factory=list)
    series_breaks: list[SeriesBreak] = Field(
        default_factory=list, description="Changes the document declares across which no trend is told."
    )
    waivers: list[Waiver] = Field(default_factory=list)
    caveat: str | None = Field(None, description="The publisher's own warning, shortened.")
    notes: str | None = Field(None, description="What a reviewer must know about this answer.")

    @model_validator(mode="after")
    def _names_agree(self) -> Disclosure:
        wrong = self._wrong_request() + self._wrong_order()
        days = [f"{change.since}-01-01"[:10] for change in self.series_breaks]
        wrong += [
            f"series_breaks names {day} twice; say in one reason what changed then"
            for day in sorted({day for day in days if days.count(day) > 1})
        ]
        names = [table.name for table in self.tables]
        wrong += [
            f"table name {name!r} is used twice" for name in sorted({n for n in names if names.count(n) > 1})
        ]
        files = {document.file for document in self.documents}
        wrong += [
            f"table {table.name!r} reads {table.document!r}, which is not under documents"
            for table in self.tables
            if table.document is not None and table.document not in files
        ]
        wrong += self._wrong_continuations()
        for pair in self.reconcile:
            wrong += [
                f"reconcile names {name!r}, which is no table" for name in pair.tables if name not in names
            ]
        if self.counting is None:
            wrong += [
                f"table {table.name!r} has numbers but neither measure nor counting.unit says what they count"
                for table in self.tables
                if table.measure is None and table.layout != "legend"
            ]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def _wrong_request(self) -> list[str]:
        """An answer has a question and says what became of its parts; a publication without a question has neither."""
        if self.request is None:
            wrong = ["has no request, which only official_statistics may leave out"]
            wrong = [] if self.kind == "official_statistics" else wrong
            return wrong + (["has parts but no request that asks for them"] if self.parts else [])
        return [] if self.parts else ["has a request but no parts, which say what became of it"]

    def _wrong_order(self) -> list[str]:
        """Nobody answers before being asked, as far as both dates are printed."""
        if self.received is None or self.responded is None:
            return []
        known = min(len(self.received), len(self.responded))
        if self.responded[:known] >= self.received[:known]:
            return []
        return [f"responded {self.responded} is before received {self.received}"]

    def _wrong_continuations(self) -> list[str]:
        """A continued table stands earlier, is no continuation itself, and its declarations hold for both."""
        wrong: list[str] = []
        own = ("measure", "period_basis", "blank_means", "absent_means", "partial", "answers")
        for position, table in enumerate(self.tables):
            if table.continues is None:
                continue
            first = next(
                (earlier for earlier in self.tables[:position] if earlier.name == table.continues), None
            )
            if first is None or first.continues is not None or "legend" in (first.layout, table.layout):
                wrong.append(
                    f"table {table.name!r} continues {table.continues!r}, which is no earlier table of figures"
                )
            wrong += [
                f"table {table.name!r} continues {table.continues!r} and cannot have its own {field}"
                for field in own
                if field in table.model_fields_set
            ]
        return wrong


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
    platforms: list[Text] = Field(
        default_factory=list, description="Platforms named, as the request spells them."
    )
    notes: str | None = None


def json_schema() -> dict[str, Any]:
    """The JSON Schema of disclosure.yml (draft 2020-12), generated so that it cannot disagree with the models."""
    schema = Disclosure.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "disclosure.yml"
    return schema
