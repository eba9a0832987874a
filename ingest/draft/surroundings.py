"""Why a table is left out because of the text around it: other numbers, a larger area, another force, a part only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.draft.clauses import is_same_force
from ingest.draft.context import Context
from ingest.draft.grid import Grid
from ingest.draft.headings import OTHER_NUMBERS
from ingest.draft.lines import sentences
from ingest.draft.spans import figures
from ingest.draft.words import LARGER_AREA

_LONGEST_HEADING = 70
# What came of the crimes a caption counts: 'crimes solved', 'offences with a charge', 'detected offences'.
_SOLVED = re.compile(
    r"\b(?:crimes?|offences|reports|incidents)(?: [a-z]+){0,2} "
    r"(?:solved|detected|undetected|unsolved|charged|with a charge"
    r"|(?:that |which )?(?:resulted|ended|resulting|ending) in)\b"
    r"|\b(?:solved|undetected|detected|unsolved) (?:crimes|offences)\b",
    re.IGNORECASE,
)
_OWN_NUMBERS = {"sum of money", "duration"}


def refusal(grid: Grid, near: Sequence[str], context: Context) -> str | None:
    """The reason in words, or None where nothing around a table speaks against reading it."""
    if (area := _larger_area(near, context)) is not None:
        return f"'{area}': figures of a larger area"
    if (other := _other_numbers(near)) is not None:
        return f"'{other}': not a count of crimes"
    if (other := _other_force(grid, context)) is not None:
        return f"'{other}': figures of another force"
    if near and (result := _SOLVED.search(near[0])):
        return f"'{result[0]}': an outcome that is not told apart"
    return None


def _other_numbers(near: Sequence[str]) -> str | None:
    """What the text around a table says is in it, where that is no count: 'Average days', 'Population'.

    A sentence with a sum of money or a length of time of its own ('The limit is 18 hours') speaks of that.
    """
    for text in near:
        for first, last in sentences(text):
            sentence = text[first:last]
            if any(span.reason in _OWN_NUMBERS for span in figures(sentence)[1]):
                continue
            if match := OTHER_NUMBERS.search(sentence):
                return match[0]
    return None


def _larger_area(near: Sequence[str], context: Context) -> str | None:
    """A region or nation the text around a table names, where one force was named for the document."""
    if context.asked.force is None:
        return None
    for text in near:
        names = context.names.forces(text)
        for match in LARGER_AREA.finditer(text):
            if not any(name.start <= match.start() < name.end for name in names):
                return match[0]
    return None


def _other_force(grid: Grid, context: Context) -> str | None:
    """The force that a heading above a table names, where it is not the one the document is said to come from."""
    force = context.asked.force
    for line in context.page.before(grid):
        names = context.names.forces(line.text) if len(line.text) <= _LONGEST_HEADING else []
        if names:
            return (
                None if force is None or any(is_same_force(name, force) for name in names) else names[0].text
            )
    return None
