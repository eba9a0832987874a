"""What the drafter works with and what it hands back: vocabularies, drafted tables, what was left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.draft.codes import Codes
from ingest.draft.folding import folded


@dataclass(frozen=True)
class Vocabulary:
    """Names the caller knows, each a label -> its id. All may be empty: the drafter then goes by structure alone.

    ``pooled_platform`` is a label that stands for several platforms counted together.
    """

    forces: Mapping[str, str] = field(default_factory=dict)
    platforms: Mapping[str, str] = field(default_factory=dict)
    offences: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    pooled_platform: str | None = None
    areas: frozenset[str] = frozenset()
    """Names of the whole area of the document's force, beside its own: no places in it."""
    decided: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By role, the labels whose code is decided already."""
    codes: Codes = field(default_factory=Codes)
    bodies: frozenset[str] = frozenset()
    """Ids among the forces that are no police force: who receives reports for all of them."""

    @property
    def pool(self) -> str | None:
        """The id of several platforms counted together."""
        return self.platforms.get(folded(self.pooled_platform)) if self.pooled_platform else None

    @classmethod
    def of(
        cls,
        *,
        forces: Mapping[str, str] | None = None,
        platforms: Mapping[str, str] | None = None,
        offences: Mapping[str, str] | None = None,
        outcomes: Mapping[str, str] | None = None,
        pooled_platform: str | None = None,
        areas: Iterable[str] = (),
        decided: Mapping[str, Iterable[str]] | None = None,
        codes: Codes | None = None,
        bodies: Iterable[str] = (),
    ) -> Vocabulary:
        """A vocabulary whose labels are compared without regard to case, dashes and quotes."""

        def fold(labels: Mapping[str, str] | None) -> dict[str, str]:
            return {folded(label): known for label, known in (labels or {}).items()}

        return cls(
            fold(forces),
            fold(platforms),
            fold(offences),
            fold(outcomes),
            pooled_platform,
            frozenset(map(folded, areas)),
            {role: frozenset(map(folded, labels)) for role, labels in (decided or {}).items()},
            codes or Codes(),
            frozenset(bodies),
        )


@dataclass(frozen=True)
class Asked:
    """What the person who adds the document says about it."""

    force: str | None = None
    reference: str = ""
    request: str | None = None
    parts: tuple[tuple[str, str], ...] = ()
    """Parts of an existing request: name, what it asks. Empty where the request is drafted too."""
    reference_why: str = "as given"


@dataclass
class DraftTable:
    """One table of the draft, in the words of disclosure.yml, with the reason of every guess.

    ``why`` maps a field (``layout``, ``given.period``) to its comment. ``checks`` are doubts a person must settle:
    what they concern has been left out. ``intended`` says what each figure should read as, to compare with ``rows``.
    """

    name: str
    fields: dict[str, Any]
    why: dict[str, str] = field(default_factory=dict)
    checks: list[str] = field(default_factory=list)
    number: str | None = None
    locator: str = ""
    intended: list[dict[str, str]] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    """ids of the cells this table accounts for as a whole"""
    figures_at: set[tuple[int, int]] = field(default_factory=set)
    """(id of the cell, offset in its text) of single figures, where the cell is a sentence"""
    printed_totals: set[int] = field(default_factory=set)
    """The numbers under headings of totals."""
    rows: list[dict[str, Any]] = field(default_factory=list)
    """What it gives when read: the landing rows."""


@dataclass(frozen=True)
class Left:
    """A place with a number that became no value, and why."""

    locator: str
    text: str
    reason: str


@dataclass(frozen=True)
class DraftPart:
    """One part of the request: what it asks, what became of it, and why the drafter thinks so."""

    part: str
    asks: str
    status: str
    sections: tuple[str, ...]
    why: str
    note: str = ""


@dataclass
class Draft:
    """A first disclosure.yml as data: what is known of the answer, its tables, and everything left out."""

    title: str
    kind: str
    kind_why: str
    fidelity: str
    fidelity_why: str
    force: str | None
    force_why: str
    received: str | None = None
    received_why: str = ""
    responded: str | None = None
    responded_why: str = ""
    unit: str | None = None
    method: str = "unknown"
    method_why: str = ""
    parts: list[DraftPart] = field(default_factory=list)
    tables: list[DraftTable] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    periods: list[tuple[str, str]] = field(default_factory=list)
    """Periods the request names, with their basis."""
    platforms: list[str] = field(default_factory=list)
    """Platforms the request names, as printed."""

    @property
    def understood(self) -> bool:
        """Whether there is anything to show for the document: figures, or a decision on the request."""
        return any(table.fields["layout"] != "legend" for table in self.tables) or any(
            part.status not in ("unknown", "disclosed") for part in self.parts
        )
