"""Entering what is known into a drafted table: given texts, readings, the text of a statement."""

from __future__ import annotations

import re

from ingest.draft.context import Context
from ingest.draft.folding import folded
from ingest.draft.given import Given
from ingest.draft.model import DraftTable
from ingest.draft.template import Template
from ingest.draft.words import is_total, without_marks

_CODE = re.compile(r"(?:home office|ho|offence|crime)\b[a-z ]*\d+[\w/ ]*", re.IGNORECASE)


def give(table: DraftTable, role: str, given: Given) -> None:
    """Enter a given text with its reading and reason, or the doubt that kept it out."""
    if given.doubt:
        table.checks.append(f"{role}: {given.doubt}; left out")
    if not given.text or role in table.fields.get("given", {}):
        return
    table.fields.setdefault("given", {})[role] = given.text
    table.why[f"given.{role}"] = f"from {given.why}"
    if given.means and given.means != given.text:
        read_as(table, role, given.text, given.means, given.why)


def finish(table: DraftTable, template: Template) -> None:
    """Enter the text of a statement, and what its figures should read as."""
    given = table.fields.setdefault("given", {})
    table.fields["text"], table.intended, table.figures_at = template.finish(given)
    if not given:
        del table.fields["given"]


def read_as(
    table: DraftTable, role: str, text: str, means: str, reason: str, figure: int | None = None
) -> None:
    """Say what a printed text stands for."""
    reading = (
        {"role": role}
        | ({"figure": figure} if figure else {})
        | {"text": text, "means": means, "reason": reason}
    )
    readings = table.fields.setdefault("reads_as", [])
    if reading not in readings:
        readings.append(reading)


def read_code(
    table: DraftTable, role: str, text: str, context: Context, *, is_scheme: bool = False, beside: str = ""
) -> None:
    """A label that no mapping decides, where the vocabulary leaves one code for it, or the code printed ``beside`` it.

    ``is_scheme``: the outcomes of the table are numbered as in the framework.
    """
    vocabulary = context.vocabulary
    bare = without_marks(text)
    if (
        role not in ("offence", "outcome")
        or is_total(bare)
        or folded(bare) in vocabulary.decided.get(role, ())
    ):
        return
    codes = vocabulary.codes
    if beside and codes.agrees(text, beside):
        found: tuple[str, str] | None = (
            beside,
            "the code printed beside it, and its words are those of the code",
        )
    else:
        found = codes.offence(text) if role == "offence" else codes.outcome(text, is_scheme=is_scheme)
    if found is None and role == "offence":
        found = _printed_code(text, context)
    if found is not None and not any(
        r["role"] == role and r["text"] == text for r in table.fields.get("reads_as", [])
    ):
        read_as(table, role, text, found[0], f"CHECK: {found[1]}")


def _printed_code(text: str, context: Context) -> tuple[str, str] | None:
    """The code of a text that is nothing but a printed one: 'Home Office class 35'."""
    names = context.names.offences(text) if _CODE.fullmatch(text.strip()) else []
    return (str(names[0].id), "the code it prints") if len(names) == 1 and names[0].id else None
