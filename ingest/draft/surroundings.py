"""Why a table is left out because of the text around it: other numbers, a larger area, another force, a part only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.draft.clauses import clause_of, is_same_force
from ingest.draft.context import Context
from ingest.draft.grid import Grid
from ingest.draft.headings import OTHER_NUMBERS
from ingest.draft.lines import sentences
from ingest.draft.plain import unexplained
from ingest.draft.spans import figures
from ingest.draft.words import LARGER_AREA, counted_nouns

_LONGEST_HEADING = 70
# What came of the crimes a caption counts: 'crimes solved', 'offences with a charge', 'detected offences'.
_SOLVED = re.compile(
    r"\b(?:crimes?|offences|reports|incidents)(?: [a-z]+){0,2} "
    r"(?:solved|detected|undetected|unsolved|charged|with a charge"
    r"|(?:that |which )?(?:resulted|ended|resulting|ending) in)\b"
    r"|\b(?:solved|undetected|detected|unsolved) (?:crimes|offences)\b",
    re.IGNORECASE,
)
# What goes before the part that a caption counts: 'related to domestic abuse', 'of these, in schools'.
_NARROWS = re.compile(
    r"\b(?:(?:relat|link|connect|pertain)\w* (?:to|with)|(?:flagg|mark|tagg)ed|of (?:these|those|which|whom))\b",
    re.IGNORECASE,
)
_SCOPE = re.compile(r"^\s*\w+:\s")
_OFFENCE = re.compile(r"\b(?:offences?|crimes?)\b", re.IGNORECASE)
_OWN_NUMBERS = {"sum of money", "duration"}


def refusal(grid: Grid, near: Sequence[str], context: Context) -> str | None:
    """The reason in words, or None where nothing around a table speaks against reading it."""
    if (reason := refusal_of_text(near, context)) is not None:
        return reason
    if (other := _other_force(grid, context)) is not None:
        return f"'{other}': figures of another force"
    if near and _is_heading(near[0]) and (word := _narrowed(near[0], context)):
        return f"'{word}' may narrow what is counted"
    return None


def _is_heading(text: str) -> bool:
    """Whether a line stands for what follows it, as a question or a short line does; a sentence may only explain."""
    return text.rstrip().endswith((":", "?")) or (
        len(text) <= _LONGEST_HEADING and not text.rstrip().endswith(".")
    )


def _narrowed(text: str, context: Context) -> str:
    """A word by which a caption may count a part only: 'How many were related to domestic abuse', 'at hospitals'."""
    for first, last in sentences(text):
        sentence = text[first:last]
        if match := _NARROWS.search(sentence):
            told = clause_of(sentence[match.end() :], 0, context.names)
            if word := unexplained(told):
                return f"{match[0]} ... {word}"
    return ""


def refusal_of_list(near: Sequence[str], context: Context) -> str | None:
    """The same for a list of labels and figures: what stands directly above it must say nothing but what is counted."""
    if (reason := refusal_of_text(near, context)) is not None:
        return reason
    force = context.asked.force
    for text in near:
        others = [
            name.text for name in context.names.forces(text) if force and not is_same_force(name, force)
        ]
        if others:
            return f"'{others[0]}': figures of another force"
        if word := _before_counted(text, context):
            return f"'{word}' may say that something else is counted"
    if near and (word := _unknown_heading(near[0], context)):
        return f"'{word}' may be the name of a part of what is counted"
    return None


def _unknown_heading(text: str, context: Context) -> str:
    """A word of a short heading in which nothing is recognised, such as 'Dartford'; '' where there is none."""
    is_short = len(text) <= _LONGEST_HEADING and not text.rstrip().endswith((".", ":", "?"))
    told = clause_of(text, 0, context.names)
    is_known = told.nouns or told.platforms or told.forces or told.offences or told.periods
    if not is_short or is_known or context.labels.kinds(text):
        return ""
    return unexplained(told)


def _before_counted(text: str, context: Context) -> str:
    """A word before what a heading counts that may make it something else: 'Posts about blackmail offences'; or ''."""
    for first, last in sentences(text):
        sentence = _SCOPE.sub("", text[first:last])
        starts = [noun.start for noun in counted_nouns(sentence)]
        starts += [name.start for name in context.names.offences(sentence)]
        if starts:
            starts += [match.start() for match in _OFFENCE.finditer(sentence)]
            return unexplained(clause_of(sentence[: min(starts)], 0, context.names))
    return ""


def refusal_of_text(near: Sequence[str], context: Context) -> str | None:
    """Words around figures by which they are not the crimes of one force."""
    if (area := _larger_area(near, context)) is not None:
        return f"'{area}': figures of a larger area"
    if (other := _other_numbers(near)) is not None:
        return f"'{other}': not a count of crimes"
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
        names = [name for name in names if name.id not in context.vocabulary.bodies]
        if names:
            return (
                None if force is None or any(is_same_force(name, force) for name in names) else names[0].text
            )
    return None
