"""The words disclosure.yml may use - roles, units, statuses - and how the texts in it are checked."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

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


# {value}, {period2}, {other:unit}: the places in a sentence or a cell where something varies.
PLACEHOLDER = re.compile(r"\{((?:[a-z_]+|other:[a-z][a-z0-9_]*?))(\d*)\}")


def _is_role(value: str) -> str:
    if not _ROLE.fullmatch(value):
        known = ", ".join(PLAIN_ROLES + STRUCTURAL_ROLES)
        raise ValueError(
            f"{value!r} is not a role; use one of {known}, or other:<name> for any further dimension"
        )
    return value


def _is_given_key(value: str) -> str:
    if not _GIVEN.fullmatch(value):
        raise ValueError(
            f"{value!r} is neither a role nor a role with a figure number (platform, victim3, other:unit)"
        )
    return value


def _is_dimension(value: str) -> str:
    if _is_role(value) in STRUCTURAL_ROLES:
        raise ValueError(
            f"{value!r} is not a dimension; use one of {', '.join(PLAIN_ROLES)}, or other:<name>"
        )
    return value


def _is_played(value: str) -> str:
    return value if value == "ignore" else _is_dimension(value)


def _is_value_form(value: str) -> str:
    placeholders = [(match[1], match[2]) for match in PLACEHOLDER.finditer(value)]
    if placeholders.count(("value", "")) != 1:
        raise ValueError(f"{value!r} needs the placeholder {{value}} exactly once")
    for role, number in placeholders:
        if number:
            raise ValueError(
                f"{{{role}{number}}} needs no number: the form is repeated for every number of a cell"
            )
        if role not in ("value", "ignore"):
            _is_dimension(role)
    if len(set(placeholders)) != len(placeholders):
        raise ValueError(f"{value!r} names a placeholder twice")
    return value


def _partial_date(value: Any) -> Any:
    """Dates are kept as printed: YAML turns 2017-04-13 into a date, but 2017-05 stays text."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else value


def _is_a_date(value: str) -> str:
    """A day, month or year that exists: what reads it later would make nothing of 2022-13."""
    try:
        datetime.date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        raise ValueError(
            f"{value!r} is no date of the calendar; write a day, month or year that exists: 2017-04-13, 2017-04, 2017"
        ) from None
    return value


def _plain_text(value: Any) -> Any:
    """Years and counts typed without quotes in YAML are meant as text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Role = Annotated[str, AfterValidator(_is_role)]
Dimension = Annotated[str, AfterValidator(_is_dimension)]
PlayedRole = Annotated[str, AfterValidator(_is_played)]
GivenKey = Annotated[str, AfterValidator(_is_given_key)]
Text = Annotated[str, BeforeValidator(_plain_text)]
PartialDate = Annotated[
    str,
    BeforeValidator(_partial_date),
    Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$"),
    AfterValidator(_is_a_date),
]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
ValueForm = Annotated[str, AfterValidator(_is_value_form)]

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
    "outcomes",
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

    # Validators are built at first use: most commands need those of one model, some need none.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
