"""What a table prints, for finding what it does not."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Printed:
    """What a table prints: the roles its cells play, the texts of each, the heading of its numbers, the line below."""

    roles: set[str]
    labels: list[tuple[str, str]] = field(default_factory=list)
    heading: str = ""
    has_nils: bool = False
    below: str = ""
    head: list[str] = field(default_factory=list)
    """The first lines of its sheet, above the tables that stand over it."""
    codes: dict[str, str] = field(default_factory=dict)
    """Offence label -> the one code that a column beside it prints."""
    ends_years: bool = False
    """Whether its periods are the last days or months of years: 'Year ending | March 2019'."""

    def texts(self, role: str) -> list[str]:
        """The distinct texts in a role, in order."""
        return list(dict.fromkeys(text for own, text in self.labels if own == role and text))
