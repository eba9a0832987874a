"""Markers that stand for numbers, where the document itself says what they mean. Nothing is explained by guessing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.draft.lines import Line, sentences
from ingest.draft.words import NIL, NOT_HELD, WITHHELD
from ingest.layouts.numbers import NUMBER

_SMALL = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
}
_COUNT = rf"(\d{{1,2}}|{'|'.join(_SMALL)})"
_MEANS = (
    r"['\"]?(?: in (?:an?|any|the) (?:column|cell|table|row|field|box))?"
    r"\s*(?:=|:|[-–]|\(|denotes?|represents?|indicates?|means?|is used for|stands? for"
    r"|signif(?:ies|y)|where|has been used"
    r"|is shown where|shows?|relates? to|refers? to|replaces?)"
)
_BELOW = re.compile(rf"(?:<|(?:less|fewer|lower|smaller) than|under|below)\s*{_COUNT}", re.IGNORECASE)
_UP_TO = re.compile(rf"{_COUNT} or (?:less|fewer|under)|(?:≤|up to)\s*{_COUNT}", re.IGNORECASE)
_BETWEEN = re.compile(rf"(?:between\s+|from\s+)?{_COUNT}\s*(?:-|–|to|and)\s*{_COUNT}", re.IGNORECASE)
_EITHER = re.compile(rf"(?:=|:|means?|is|are|either)\s+{_COUNT} or {_COUNT}\b", re.IGNORECASE)
_ZERO = re.compile(
    r"\b(?:zero|nil|no (?:offences?|crimes?|records?|results?|incidents?|victims?|arrests?)|none|0)\b",
    re.IGNORECASE,
)
# Why a number does not exist: nothing was counted then, or the system does not tell.
_NOT_HELD = re.compile(
    r"\b(?:not (?:held|available|(?:then |yet )?in (?:use|force|existence)|introduced|collected|recorded|applicable)"
    r"|no (?:figures?|data|information)|(?:was|were|is|are) introduced|unavailable)\b",
    re.IGNORECASE,
)
_KEY = re.compile(r"^\s*(?:key|notes?|legend|symbols?|abbreviations)\s*:\s*", re.IGNORECASE)
_BLANKS = re.compile(
    r"\b(?:blank|empty)(?: cells?| fields?| spaces?| entr(?:y|ies)| boxes)?\b", re.IGNORECASE
)
_REPLACED = (
    r"(?:replaced|shown|represented|displayed|marked|denoted|indicated|suppressed)(?: (?:by|with"
    r"|as|using))?(?: an?)?"
)
_SECTION = re.compile(
    r"\b(?:sections?|s\.) ?\d+[\w().]*(?:(?:,| and| or) (?:section )?\d+[\w().]*)*", re.IGNORECASE
)
_OF_TOTALS = re.compile(
    r"\btotals?\b", re.IGNORECASE
)  # 'where a cell is below 5 the row total is shown as *'
_WORDED = {"*": r"(?:\*|asterisks?)", "-": r"(?:-|–|dash(?:es)?|hyphens?)"}


@dataclass
class Markers:
    """What disclosure.yml declares about markers, with the reasons; ``unreadable`` are cells no declaration covers."""

    suppressed: dict[str, list[int]] = field(default_factory=dict)
    withheld: list[str] = field(default_factory=list)
    nil: list[str] = field(default_factory=list)
    not_held: list[str] = field(default_factory=list)
    blank_means: str | None = None
    why: dict[str, str] = field(default_factory=dict)
    unexplained: list[str] = field(default_factory=list)


def markers_of(cells: Iterable[str], lines: Sequence[Line]) -> Markers:
    """Read what the document says about the markers that stand among these cells."""
    found = Markers()
    texts = [
        _KEY.sub("", line.text[first:last])
        for line in lines
        if not line.asks
        for first, last in sentences(line.text)
    ]
    for text in dict.fromkeys(cell.strip() for cell in cells):
        if not text:
            _blank(found, texts)
        elif re.fullmatch(NUMBER, " ".join(text.split()), re.IGNORECASE):
            continue
        elif NIL.fullmatch(text):
            found.nil.append(text)
        elif explained := _explanation(text, texts):
            _declare(found, text, explained)
        elif NOT_HELD.fullmatch(text):
            found.not_held.append(text)
            found.why["not_held"] = "the cells say so"
        elif WITHHELD.fullmatch(text) and not re.fullmatch(r"\W+", text):
            found.withheld.append(text)
            found.why["withheld"] = "the cells say so"
        elif re.fullmatch(r"[*]+|[-–—]+", text):
            found.unexplained.append(text)
    return found


def _explanation(marker: str, texts: Sequence[str]) -> str | None:
    """The sentence that says what a marker means."""
    form = (
        _WORDED.get(marker.strip("–—") or "-", re.escape(marker))
        if not marker.isalnum()
        else re.escape(marker)
    )
    form = _WORDED["-"] if re.fullmatch(r"[-–—]", marker) else form
    before = re.compile(rf"(?:^|[\s'\"(“‘]){form}['\"”’)]*{_MEANS}", re.IGNORECASE)
    after = re.compile(rf"{_REPLACED}\s*['\"“‘(]*{form}(?:['\"”’).,\s]|$)", re.IGNORECASE)
    note = re.compile(rf"{form}\s+(?:<|[A-Za-z])")
    noted = [text for text in texts if note.match(text.strip())]
    if not marker.strip("-–—") and len(noted) > 1:
        noted = []  # bullets of a list
    inside = re.compile(rf"\({form}\)")
    return next(
        (
            text
            for text in texts
            if before.search(text)
            or text in noted
            or (inside.search(text) and _NOT_HELD.search(text))
            or (after.search(text) and not _OF_TOTALS.search(text))
        ),
        None,
    )


def _declare(found: Markers, marker: str, sentence: str) -> None:
    bounds = _bounds(sentence)
    reason = f"the document says: {sentence[:90]}"
    if bounds is not None:
        found.suppressed[marker] = bounds
        found.why[f"suppressed.{marker}"] = reason
    elif _ZERO.search(sentence) and not re.search(
        r"withheld|exempt|suppress|section|not zero", sentence, re.IGNORECASE
    ):
        found.nil.append(marker)
        found.why["nil"] = reason
    elif re.search(r"withheld|exempt|redacted|section \d", sentence, re.IGNORECASE):
        found.withheld.append(marker)
        found.why["withheld"] = reason
    elif _NOT_HELD.search(sentence):
        found.not_held.append(marker)
        found.why["not_held"] = reason
    else:
        found.unexplained.append(marker)


def _bounds(sentence: str) -> list[int] | None:
    """Lowest and highest number a sentence about a marker allows; None where it names none or several."""
    sentence = _SECTION.sub("", sentence)
    low = (
        0
        if re.search(
            r"\b(?:includ\w+ (?:zero|nil|0)|zero (?:or|to)|0 (?:-|–|to|or) )", sentence, re.IGNORECASE
        )
        else 1
    )
    options = [[low, _value(match[1]) - 1] for match in _BELOW.finditer(sentence)]
    options += [[low, _value(match[1] or match[2])] for match in _UP_TO.finditer(sentence)]
    if not options:
        options = [[_value(match[1]), _value(match[2])] for match in _BETWEEN.finditer(sentence)]
        options += [[_value(match[1]), _value(match[2])] for match in _EITHER.finditer(sentence)]
        options = [pair for pair in options if pair[0] < pair[1]]
    distinct = [list(pair) for pair in dict.fromkeys(map(tuple, options))]
    return distinct[0] if len(distinct) == 1 and distinct[0][0] < distinct[0][1] else None


def _value(text: str) -> int:
    return int(text) if text.isdecimal() else _SMALL[text.casefold()]


def _blank(found: Markers, texts: Sequence[str]) -> None:
    for text in texts:
        match = _BLANKS.search(text)
        if match is None or not re.search(
            r"\b(?:means?|indicates?|denotes?|represents?|=|should be read|where|are)\b", text, re.IGNORECASE
        ):
            continue
        if _bounds(text) is not None or re.search(r"suppress|withheld", text, re.IGNORECASE):
            found.blank_means = "suppressed"
        elif _ZERO.search(text):
            found.blank_means = "zero"
        else:
            continue
        found.why["blank_means"] = f"the document says: {text[:90]}"
        return
