"""Requests as letters print them: quoted with '>', or several asks of one sentence marked (a), (b), (c)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.draft.grid import Grid
from ingest.draft.lines import Line

_MARK = re.compile(r"(?<![\w)])\((?P<mark>[a-h]|i{1,3}|iv|v|\d{1,2})\)\s+(?=[a-z])", re.IGNORECASE)
_BEGINS = re.compile(r"\W*\((?P<mark>[a-h]|i{1,3}|iv|v|\d{1,2})\)\s", re.IGNORECASE)
_ASKING = "You asked: "


def unquoted(blocks: Sequence[Line | Grid]) -> list[Line | Grid]:
    """The blocks with lines quoted by '>' joined to one that asks, as mail programs quote what they answer."""
    found: list[Line | Grid] = []
    quoted: Line | None = None
    for block in blocks:
        if not isinstance(block, Line) or not block.text.lstrip().startswith(">"):
            found.append(block)
            quoted = None
            continue
        text = re.sub(r"(?:^|(?<=\s))>+\s?", "", block.text).strip()
        if quoted is None:
            quoted = Line(_ASKING + text, block.sheet, list(block.cells), [0] * len(block.cells))
            found.append(quoted)
        else:
            quoted.text += f" {text}"
            quoted.cells += block.cells
            quoted.offsets += [len(quoted.text)] * len(block.cells)
    return found


def asks_by_mark(questions: dict[str, str]) -> dict[str, str]:
    """The asks of the only question by the marks it prints inside; nothing where it prints none or only one.

    'For 2018 please state (a) the number of ... and (b) how many ...' gives a and b, each with the words before (a).
    """
    if len(questions) != 1:
        return {}
    (text,) = questions.values()
    marks = list(_MARK.finditer(text))
    names = [match["mark"].casefold() for match in marks]
    if len(marks) < 2 or len(set(names)) != len(names) or names[0] not in ("a", "i", "1"):
        return {}
    ends = [*(match.start() for match in marks[1:]), len(text)]
    head = text[: marks[0].start()]
    return {
        name: head + re.sub(r"[,;]?(?: and)?\s*$", "", text[match.end() : end])
        for name, match, end in zip(names, marks, ends, strict=True)
    }


def number_by_mark(lines: Sequence[Line], asks: dict[str, str]) -> bool:
    """Give every answering line the mark of the ask it answers: that with which it, or one above it, begins.

    Whether the first ask is answered under its mark; else nothing is changed.
    """
    marks = [match["mark"].casefold() for line in lines if (match := _BEGINS.match(line.text))]
    if not marks or marks[0] != next(iter(asks)):
        return False
    current: str | None = None
    for line in lines:
        match = _BEGINS.match(line.text)
        if match and match["mark"].casefold() in asks:
            current = match["mark"].casefold()
        if current is not None:
            line.number = current
    return True
