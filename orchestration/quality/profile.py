"""One profile per landed table: how many figures it gave, what they add to, where they stood, how its labels look.

It is what a reviewer compared with the document once, and what must not change unseen afterwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]
"""A landing row, as raw_schema gives its columns."""

LABELS = ("period", "platform", "offence", "outcome", "victim", "force")
MEASURED = ("figures", "totals", "records", "number_sum", "pages", "labels", "label_styles")
"""The columns of a profile that a review fixes."""

_STYLED = ("offence", "outcome")
_TABULAR = ("records", "counts", "crosstab")
_DIGITS = re.compile(r"\d{1,3}(?:(?:, ?| )\d{3})+|\d+")
_PAGE = re.compile(r"(p\d+)\b|([^!]+)!")
_STYLES = (
    ("numbered", re.compile(r"\d{1,2}[A-Z]?\s*[.:] ")),
    ("code", re.compile(r"\d{2,3}[A-Z]?(?: ?/ ?\d{1,2})?\b")),
    ("type", re.compile(r"(?:type|oc|outcome) ?\d", re.IGNORECASE)),
)


def profiles(values: Iterable[Row], tables: Iterable[Row]) -> list[dict[str, str]]:
    """One row per declared table, from landing rows, all as text.

    Columns: ``disclosure_id``, ``table_name``, :data:`MEASURED`, and ``half_labelled``: the roles that label
    some rows of a table but not all, its totals and nil lines aside. Legends give no figures and have no profile.
    """
    landed: dict[tuple[str, str], list[Row]] = {}
    for row in values:
        landed.setdefault((row["disclosure_id"], row["table_name"]), []).append(row)
    return [
        {
            "disclosure_id": table["disclosure_id"],
            "table_name": table["table_name"],
            **_measured(landed.get((table["disclosure_id"], table["table_name"]), []), table["layout"]),
        }
        for table in tables
        if table["layout"] != "legend"
    ]


def style(label: str) -> str:
    """How a label is written: ``numbered`` (01. Charge), ``code`` (22B, 086/02), ``type`` (Type 1, OC01), ``words``."""
    return next((name for name, pattern in _STYLES if pattern.match(label)), "words")


def _measured(rows: list[Row], layout: str) -> dict[str, str]:
    labels = {role: {row[f"{role}_text"] for row in rows if row[f"{role}_text"]} for role in LABELS}
    return {
        "figures": str(len(rows)),
        "totals": str(sum(row["is_total"] for row in rows)),
        "records": str(sum(row["is_record"] for row in rows)),
        "number_sum": str(sum(_number(row["value_text"]) for row in rows)),
        "pages": _counts(_page(row["locator"]) for row in rows),
        "labels": " ".join(f"{role}:{len(found)}" for role, found in labels.items() if found),
        "label_styles": "; ".join(
            f"{role} {_counts(style(row[f'{role}_text']) for row in rows if row[f'{role}_text'])}"
            for role in _STYLED
            if labels[role]
        ),
        "half_labelled": " ".join(_half_labelled(rows) if layout in _TABULAR else ()),
    }


def _half_labelled(rows: list[Row]) -> Iterable[str]:
    plain = [
        row
        for row in rows
        if not row["is_total"] and (row["is_record"] or _DIGITS.search(row["value_text"] or ""))
    ]
    return (role for role in LABELS if 0 < sum(1 for row in plain if row[f"{role}_text"]) < len(plain))


def _counts(names: Iterable[str]) -> str:
    """How often each name occurs, in order of appearance: ``p1:12 p2:34``."""
    return " ".join(f"{name}:{count}" for name, count in Counter(names).items() if name)


def _page(locator: str | None) -> str:
    """The page or sheet a place is on; empty where the document has neither."""
    found = _PAGE.match(locator or "")
    return (found[1] or found[2]).replace(" ", "_") if found else ""


def _number(text: str | None) -> int:
    """The first number printed, grouping signs removed; 0 for a marker or a word."""
    found = _DIGITS.search(text or "")
    return int(re.sub(r"\D", "", found[0])) if found else 0
