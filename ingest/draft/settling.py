"""Roles of columns that the text around a table settles: whose sex or age it is, and names that are asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.draft.context import Context
from ingest.draft.headings import Column, slug
from ingest.draft.words import REST, head_nouns, is_total, without_marks

_PERSONS = {
    "victim": re.compile(r"\bvictims?\b", re.IGNORECASE),
    "suspect": re.compile(
        r"\b(?:suspects?|offenders?|perpetrators?|defendants?|accused|(?:people|persons|those) (?:arrested|charged))\b",
        re.IGNORECASE,
    ),
}


def settle_column(column: Column, context: Context, near: Sequence[str]) -> None:
    """Whose sex or age it is: a victim's only where the table or its question says so."""
    if column.role in ("suspect_age", "suspect_sex"):
        column.role = f"other:{column.role}"
    elif column.role in ("victim", "victim_sex", "victim_age"):
        settled = own_victims(column.role, [column.heading, *near, context.page.title])
        if settled != column.role:
            column.doubts.append(
                f"the document does not say whose {settled.removeprefix('other:').replace('_', ' ')} it is"
            )
            column.role = settled
    elif column.role == "" and _lists_platforms(column, context, near):
        column.role, column.why = (
            "platform",
            "its cells are the names that are asked about, platforms among them",
        )
    elif column.role == "" and any(column.cells):
        column.role = (
            f"other:{slug(column.heading)}" if slug(column.heading) not in ("", "t") else "other:category"
        )
        column.why = column.why or "neither its heading nor its cells show a role"


def _lists_platforms(column: Column, context: Context, near: Sequence[str]) -> bool:
    """Whether every label stands in the text around the table or in the request, where one of them is a platform."""
    cells = [
        cell
        for cell in map(without_marks, column.cells)
        if cell and not is_total(cell) and not REST.fullmatch(cell)
    ]
    texts = [*near, context.page.request_text]
    listed = [text for text in texts if all(re.search(rf"\b{re.escape(cell)}\b", text) for cell in cells)]
    return len(cells) >= 2 and bool(listed) and any(context.labels.platform(cell) for cell in cells)


def own_victims(role: str, near: Sequence[str]) -> str:
    """Sex and age are a victim's or a suspect's where the nearest text that speaks of either says so."""
    if not role.startswith("victim"):
        return role
    bare = "sex_and_age" if role == "victim" else role.removeprefix("victim_")
    for text in near:
        whose = {person for person, cue in _PERSONS.items() if cue.search(text)}
        if len(whose) == 2:
            heads = {noun.unit for noun in head_nouns(text)} & {"victims", "suspects"}
            whose = {"victim" if heads == {"victims"} else "suspect"} if len(heads) == 1 else whose
        if whose == {"victim"}:
            return role
        if whose:
            return f"other:{'suspect_' if whose == {'suspect'} else ''}{bare}"
    return f"other:{bare}"
