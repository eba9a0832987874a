"""What is wrong with an input, in words a person can act on. Nothing here decides what happens next."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning"]

WARNINGS = ("landing_damaged", "list_cut_short", "repeated_row", "undeclared_total")
"""The codes of extraction that are no errors, which a waiver may name; those of the guard have their own rules."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one disclosure.

    ``error`` keeps the disclosure out of the warehouse; ``warning`` is recorded and shown.
    ``file`` is relative to the data folder, ``place`` is a line, field or cell inside it.
    """

    disclosure_id: str
    code: str
    file: str
    place: str
    found: str
    expected: str
    remedy: str
    severity: Severity = "error"

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        return f"{where}: found {self.found}; expected {self.expected}. {self.remedy}"

    def as_row(self) -> dict[str, str]:
        """The landing row of ``raw.extraction_issues``."""
        return asdict(self)
