"""What a layout produces: figures, legend lines, and what it could not place."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.problems import Severity


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number, or one record of a record list.

    ``texts`` maps roles to texts as printed; ``value_text`` is None for a record.
    ``totalled`` names the roles a printed total adds over.
    """

    texts: dict[str, str]
    value_text: str | None
    locator: str
    is_total: bool = False
    totalled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LegendLine:
    """One line of a printed code list."""

    code_text: str
    label_text: str
    locator: str


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something inside a table that its declared shape does not explain. ``warning``: it has landed all the same."""

    code: str
    place: str
    found: str
    expected: str
    remedy: str
    severity: Severity = "error"


@dataclass(slots=True)
class Laid:
    """The outcome of laying out one table."""

    figures: list[Figure] = field(default_factory=list)
    legend: list[LegendLine] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)
