"""What is expected of landed tables, as Great Expectations suites. One expectation carries one check's name.

The rules stand here as a table; reading the frames is `frames`, running the suites is `validation`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from orchestration.quality.profile import MEASURED

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite

_WORDS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|and|an?|no|none|nil"
)
_NUMBER = r"\d{1,3}(?:(?:, ?| )\d{3})+|\d+"
_BOUND = r"<=?|>=?|≤|≥|up to|less than|fewer than|under|more than|over|in excess of|at least"
VALUE_SHAPE = (
    rf"(?i)^\s*(?:(?:{_BOUND})?\s*(?:{_NUMBER}|(?:{_WORDS})(?:[ -](?:{_WORDS}))*)"
    rf"(?:\s?(?:-|to)\s?(?:{_NUMBER}))?(?:\s+or\s+(?:fewer|less|more))?"
    r"|[*.xX#-]|[‐-―]|\.\.|n/?a|nil|none|)\s*$"
)
"""A printed number as the coding reads it, or a marker as forces print them, whatever it means in its table.

Official statistics also print negative numbers: corrections of what an earlier release counted.
"""

_GARBLED = r"^(?!.*(?:\ufffd|Ã.|â€|Â[£ ]))(?!.*[^\W\d_]{3,}\d$)(?!.*[*†‡¹²³]\s*$).*$"
"""No sign of a wrong encoding, no digit glued to a word's end, no footnote mark."""


@dataclass(frozen=True)
class Expected:
    """One expectation: the class of Great Expectations, its arguments, and the check it stands for."""

    check_name: str
    kind: str
    arguments: dict[str, Any] = field(default_factory=dict)


def _equal(check_name: str, column: str) -> Expected:
    arguments = {
        "column_A": column,
        "column_B": f"reviewed_{column}",
        "ignore_row_if": "either_value_is_missing",
    }
    return Expected(check_name, "ExpectColumnPairValuesToBeEqual", arguments)


_REVIEWED = dict(
    zip(
        MEASURED,
        ("figures", "totals", "records", "sums", "pages", "labels", "styles"),
        strict=True,
    )
)
_LABELS = ("period_text", "platform_text", "offence_text", "outcome_text", "victim_text")

SUITES: dict[str, list[Expected]] = {
    "values": [
        Expected(
            "values_present",
            "ExpectColumnValuesToNotBeNull",
            {"column": "value_text", "row_condition": 'is_record=="false"', "condition_parser": "pandas"},
        ),
        Expected("places_present", "ExpectColumnValuesToMatchRegex", {"column": "locator", "regex": r"\S"}),
        Expected("places_present", "ExpectColumnValuesToNotBeNull", {"column": "locator"}),
        Expected(
            "places_present",
            "ExpectColumnValuesToMatchRegex",
            {"column": "document_sha256", "regex": "^[0-9a-f]{64}$"},
        ),
        Expected(
            "rows_unbroken",
            "ExpectColumnPairValuesToBeEqual",
            {"column_A": "row_no", "column_B": "row_no_expected", "ignore_row_if": "neither"},
        ),
        *(
            Expected(
                "value_shapes",
                "ExpectColumnValuesToMatchRegex",
                {
                    "column": "value_text",
                    "regex": regex,
                    "row_condition": f'is_marker=="false" and kind{kind}"official_statistics"',
                    "condition_parser": "pandas",
                },
            )
            for kind, regex in (("!=", VALUE_SHAPE), ("==", rf"{VALUE_SHAPE}|^-\d+$"))
        ),
        *(
            Expected("labels_clean", "ExpectColumnValuesToMatchRegex", {"column": column, "regex": _GARBLED})
            for column in _LABELS
        ),
        Expected(
            "labels_in_role", "ExpectColumnValuesToBeInSet", {"column": "misplaced_label", "value_set": [""]}
        ),
    ],
    "tables": [
        Expected(
            "labels_complete", "ExpectColumnValuesToBeInSet", {"column": "half_labelled", "value_set": [""]}
        ),
        Expected("tables_found", "ExpectColumnValuesToNotBeInSet", {"column": "figures", "value_set": ["0"]}),
        Expected("tables_reviewed", "ExpectColumnValuesToNotBeNull", {"column": "reviewed_on"}),
        *(_equal(f"{check}_as_reviewed", column) for column, check in _REVIEWED.items()),
    ],
}


def suite(name: str) -> ExpectationSuite:
    """The suite of one frame. Imports Great Expectations, which takes seconds."""
    from great_expectations import ExpectationSuite
    from great_expectations import expectations as gxe

    made = [
        getattr(gxe, expected.kind)(**expected.arguments, meta={"check_name": expected.check_name})
        for expected in SUITES[name]
    ]
    return ExpectationSuite(name=name, expectations=made)
