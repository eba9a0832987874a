"""What a document asks, what it answers, and which answer belongs to which question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.draft.grids import Grid
from ingest.draft.lines import Line

_ASKING_HEAD = re.compile(
    r"(?:your |the |foi |initial )?(?:requests?|questions?|enquiry|information requested|information sought|request for information"
    r"|you (?:asked|requested)(?: for)?|details of request|part)"
    r"(?: (?:\d{1,2}[a-z]?|[a-h])(?:(?:,| and|,? &| to|-) \d{1,2})*)?\s*[:.-]?",
    re.IGNORECASE,
)
_ANSWERING_HEAD = re.compile(
    r"(?:our |the |your |police |full )?(?:response|answer|reply|decision|information (?:provided|disclosed|supplied|released)|disclosure"
    r"|we (?:said|replied)|outcome of request|result|findings|data)(?: to (?:your|the) (?:request|question)s?)?"
    r"(?: (?:\d{1,2}[a-z]?|[a-h]))?\s*[:.-]?",
    re.IGNORECASE,
)
_ASKING_INLINE = re.compile(
    r"(?:your )?(?:requests?|questions?)(?: \d{1,2}(?:(?:,| and| to|-)+ ?\d{1,2})*)?(?: \([^)]*\))?\s?[:,] ?\S"
    r"|question \d{1,2}[ .,:]+(?!.*\d+\s*$)(?:as question|how many|number|total|crime|list|please|what)"
    r"|you (?:asked|requested|wanted)\b|i (?:would like|am writing|request|wish)\b",
    re.IGNORECASE,
)
_ASKING_LETTER = re.compile(r"(?:sought|requested|asked for|seeking|requesting)\b.*\b(?:information|following)\b.*:\s*$", re.IGNORECASE)
_ANSWERING_INLINE = re.compile(r"(?:our )?(?:answers?|response|reply|decision)(?: \d{1,2}[a-z]?)?\s?[:,-] ?\S", re.IGNORECASE)
_ANSWERING_LETTER = re.compile(
    r"\b(?:holds|does hold|has located|have located|can confirm|searches (?:were|have been))\b.*\b(?:information|held|relevant|system)",
    re.IGNORECASE,
)
_LETTER_END = re.compile(r"(?:dear|thank you|i write|i am writing|further to)\b", re.IGNORECASE)
_PLEASE = re.compile(r"\?\s*$|\b(?:please (?:could|can|provide|state|supply|indicate|break|list|give|also)|could you|can you|i would)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<word>question|q|point|part|request|response|answer|reply)s?\.? ?(?P<a>\d{1,2}[a-z]?|[a-h])(?![\w/])[.):]?"
    r"|(?P<b>\d{1,2}[a-z]?|[a-h])[.)]\s|(?P<c>\d{1,2}[a-z]?)(?:\s|$)(?=$|[\d(]|[A-Z])",
    re.IGNORECASE,
)


def number_of(text: str, *, bare: bool = False) -> str | None:
    """The number of a question a line begins with: 'Question 1. ...', 'Point 4: ...', '1a. ...'; bare: '1a 2023/24'."""
    match = _NUMBER.match(text.strip())
    if match is None:
        return None
    if match["c"] and not bare:
        return None
    return (match["a"] or match["b"] or match["c"]).casefold()


def mark_zones(blocks: Sequence[Line | Grid]) -> tuple[dict[int, str | None], dict[str, str]]:
    """Set zone, asks and number of every line; return the number of each table and the questions by number."""
    lines = [block for block in blocks if isinstance(block, Line)]
    has_answer_head = any(_ANSWERING_HEAD.fullmatch(line.text.strip()) for line in lines)
    _mark_asking(lines, has_answer_head)
    questions = _questions(lines)
    return _mark_numbers(blocks, questions), questions


def _mark_asking(lines: list[Line], has_answer_head: bool) -> None:
    asked_anything = any(_is_asking_start(line.text.strip()) for line in lines)
    zone = "head"
    waits = False  # a heading 'Question 1' has been read, but not yet the question
    for position, line in enumerate(lines):
        text = line.text.strip()
        if _ASKING_HEAD.fullmatch(text):
            zone, waits = "request", True
            line.zone, line.asks = "request", True
            continue
        if _ANSWERING_HEAD.fullmatch(text) or _ANSWERING_INLINE.match(text):
            zone = "answer"
        elif zone != "answer" and _ASKING_INLINE.match(text) and not _states(text):
            line.zone, line.asks = "request", True
            zone = "request" if text.endswith((":", ",")) or has_answer_head else "asked"
            continue
        elif zone == "head" and _ASKING_LETTER.search(text):
            zone, line.zone, line.asks = "request", "request", True
            continue
        elif zone == "request" and not waits and _ANSWERING_LETTER.search(text) and not _PLEASE.search(text):
            zone = "answer"
        elif zone == "head" and not asked_anything and position > 0:
            zone = "answer"
        elif zone == "asked":
            zone = "answer"
        line.zone = zone  # type: ignore[assignment]
        line.asks = zone == "request" or (zone != "head" and bool(_PLEASE.search(text)))
        if zone == "request" and waits and not has_answer_head:
            # 'Question 1', what is asked, what is answered: no heading stands before the answer
            zone = "answer"
        waits = False


def _is_asking_start(text: str) -> bool:
    return bool(_ASKING_HEAD.fullmatch(text) or _ASKING_LETTER.search(text) or (_ASKING_INLINE.match(text) and not _states(text)))


def _states(text: str) -> bool:
    """Whether a line ends in a figure, as answers do: 'Question 1: 245'."""
    return bool(re.search(r"[:–-]\s*\d[\d,]*\.?$|\b\d[\d,]* (?:recorded |reported )?(?:crimes|offences)\.?$", text))


def _questions(lines: list[Line]) -> dict[str, str]:
    """What is asked, by number; where nothing is numbered, by order."""
    questions: dict[str, str] = {}
    pending: str | None = None
    unnumbered: list[str] = []
    for line in lines:
        if not line.asks:
            pending = None if line.zone != "request" else pending
            continue
        text = line.text.strip()
        number = number_of(text)
        if _ASKING_HEAD.fullmatch(text):
            pending = number
            continue
        if number is not None:
            questions[number] = " ".join([*([questions[number]] if number in questions else []), text])
        elif pending is not None:
            questions[pending] = " ".join([*([questions[pending]] if pending in questions else []), text])
        elif not text.endswith(":") and len(text) > 8:
            unnumbered.append(text)
    if not questions:
        questions = {str(position): text for position, text in enumerate(unnumbered, start=1)}
    return questions


def _mark_numbers(blocks: Sequence[Line | Grid], questions: dict[str, str]) -> dict[int, str | None]:
    """Carry the number of the last numbered line or heading on to the lines and tables below it."""
    numbers: dict[int, str | None] = {}
    current: str | None = next(iter(questions)) if len(questions) == 1 else None
    for block in blocks:
        if isinstance(block, Grid):
            numbers[id(block)] = current
            continue
        text = block.text.strip()
        own = number_of(text, bare=len(text) <= 60)
        if own is not None and (own in questions or own.rstrip("abcdefgh") in questions or not questions):
            current = own
        elif _ANSWERING_HEAD.fullmatch(text) and len(questions) > 1:
            current = None if own is None else own
        block.number = current
    return numbers
