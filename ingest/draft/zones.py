"""What a document asks, what it answers, and which answer belongs to which question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.draft.grid import Grid
from ingest.draft.inline_questions import inline_questions
from ingest.draft.lines import Line
from ingest.draft.periods import find_periods
from ingest.draft.spans import figures

_ASKING_HEAD = re.compile(
    r"(?:your |the |foi |initial )?(?:requests?|questions?|enquiry|information requested"
    r"|information sought|request for information"
    r"|you (?:asked|requested)(?: for)?|details of request|part)"
    r"(?: (?:\d{1,2}[a-z]?|[a-h])(?:(?:,| and|,? &| to|-) \d{1,2})*)?\s*[:.-]?",
    re.IGNORECASE,
)
_ANSWERING_HEAD = re.compile(
    r"(?:our |the |your |police |full )?(?:responses?|answers?|reply|replies|decision|information "
    r"(?:provided|disclosed|supplied|released)|disclosure"
    r"|we (?:said|replied)|outcome of request|result|findings|data)(?: to (?:your|the) "
    r"(?:request|question)s?)?"
    r"(?: to)?(?: (?:\d{1,2}[a-z]?|[a-h]))?\s*[:.-]?",
    re.IGNORECASE,
)
_ASKING_INLINE = re.compile(
    r"(?:your )?(?:requests?|questions?)(?: \d{1,2}(?:(?:,| and| to|-)+ ?\d{1,2})*)?(?: "
    r"\([^)]*\))?\s?[:,] ?\S"
    r"|(?:in your (?:request|letter|e-?mail),? )?you (?:asked|requested|wanted)\b"
    r"|i (?:would like|am writing|request|wish)\b",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"thank you for your (?:request|e-?mail|letter|enquiry)\b.*\byou (?:wished|wanted|wish|asked|requested|sought)\b",
    re.IGNORECASE,
)
_COUNTING_QUESTION = re.compile(
    r"question \d{1,2}[ .,:]+(?=as question|how many|number|total|crime|offence|list|please|what)",
    re.IGNORECASE,
)
_NUMBERED_QUESTION = re.compile(r"(?:question|q)\.? ?(?:\d{1,2}[a-z]?|[a-h])\s?[.):–-]\s?", re.IGNORECASE)
_ASKING_LETTER = re.compile(
    r"\bin which you (?:requested|asked|sought)(?: for)?\s?:?\s*$|"
    r"(?:sought|requested|asked for|seeking|requesting)\b.*\b(?:information|following)\b.*:\s*$",
    re.IGNORECASE,
)
_ANSWERING_INLINE = re.compile(
    r"(?:our )?(?:answers?|response|reply|decision|a(?=\d))(?: ?\d{1,2}[a-z]?)?\s?[:,.–-] ?\S", re.IGNORECASE
)
_ANSWERING_LETTER = re.compile(
    (
        r"\b(?:holds|does hold|has located|have located|can confirm|searches (?:were|have "
        r"been))\b.*\b(?:information|held|relevant|system)"
    ),
    re.IGNORECASE,
)
_PLEASE = re.compile(
    r"\?\s*$|\b(?:please (?:could|can|provide|state|supply|indicate|break|list|give|also)"
    r"|could you|can you|i would)\b",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\b(?:how (?:many|much|often)|what|which)\b", re.IGNORECASE)
_CHATTER = re.compile(
    r"(?:i (?:believe|would be|look|am|understand|write)|however|if (?:it|you|this|the)"
    r"|should you|data was|https?:|thank you|please note|please (?:can|could) you confirm"
    r"|the freedom of information act|in (?:addition|the event)|kind regards|yours)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:how many|how much|number of|numbers|what|which|whether|please|provide|state"
    r"|breakdown|broken down|split|list|details?|by|each|total|for (?:each|the)"
    r"|offences|crimes|arrest\w*|victims|reports)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<word>question|q|point|part|request|response|answer|reply|a(?=\d))s?\.?(?: to)?"
    r"(?: (?:your )?(?:question|q|part|point))? ?(?P<a>\d{1,2}[a-z]?"
    r"|[a-h])(?![\w/])[.):]?"
    r"|(?P<b>\d{1,2}[a-z]?|[a-h])[.)](?:\s|$)|(?P<c>\d{1,2}[a-z]?)(?:\s|$)(?=$|[\d(]|[A-Z])",
    re.IGNORECASE,
)


def number_of(text: str, *, bare: bool = False) -> str | None:
    """The number of a question a line begins with: 'Question 1. ...', 'Point 4: ...', '1a. ...'; bare: '1a 2023/24'."""
    text = text.strip()
    match = _NUMBER.match(text)
    if match is None or (match["c"] and not bare):
        return None
    if any(period.start == 0 for period in find_periods(text)):
        return None  # '5 June 2015', '1 Jan-31 Dec 2015'
    return (match["a"] or match["b"] or match["c"]).casefold()


@dataclass(frozen=True)
class Zones:
    """The number of the question each table answers and the tables of the request itself, by id of the Grid; the
    questions by number."""

    numbers: dict[int, str | None]
    asked: set[int]
    questions: dict[str, str]


def mark_zones(blocks: Sequence[Line | Grid]) -> Zones:
    """Set zone, asks and number of every line, and tell which tables belong to which question."""
    lines = [block for block in blocks if isinstance(block, Line)]
    has_answer_head = any(_ANSWERING_HEAD.fullmatch(line.text.strip()) for line in lines)
    _mark_asking(lines, has_answer_head)
    questions = _questions(lines)
    asked = _tables_asked(blocks) if has_answer_head else set()
    return Zones(_mark_numbers(blocks, questions), asked, questions)


def _tables_asked(blocks: Sequence[Line | Grid]) -> set[int]:
    """Tables that stand in the request: between what is asked and the heading of the answer."""
    asked: set[int] = set()
    for position, block in enumerate(blocks):
        if isinstance(block, Grid):
            before = next((other for other in reversed(blocks[:position]) if isinstance(other, Line)), None)
            after = next((other for other in blocks[position:] if isinstance(other, Line)), None)
            if before is not None and before.zone == "request" and after is not None:
                asked.add(id(block))
    return asked


def _mark_asking(lines: list[Line], has_answer_head: bool) -> None:
    asked_anything = any(_is_asking_start(line.text.strip()) for line in lines)
    zone = "head"
    waits = False  # a heading 'Question 1' has been read, but not yet the question
    for position, line in enumerate(lines):
        text = line.text.strip()
        if zone == "answer" and _labels_answer(text, lines[:position]):
            line.zone = "answer"
            continue
        if _ASKING_HEAD.fullmatch(text) and not _is_reference(lines, position):
            zone, waits = "request", True
            line.zone, line.asks = "request", True
            continue
        if _is_question_row(line):
            line.zone, line.asks, zone = "request", True, "asked"
            continue
        if _ANSWERING_HEAD.fullmatch(text) or _ANSWERING_INLINE.match(text):
            zone = "answer"
        elif (after := _asking(text, zone, has_answer_head=has_answer_head)) is not None:
            line.zone, line.asks, zone = "request", not _ASKING_LETTER.search(text), after
            continue
        elif (
            (zone == "request" and not waits and _ANSWERING_LETTER.search(text) and not _PLEASE.search(text))
            or (zone == "head" and not asked_anything and position > 0)
            or zone == "asked"
        ):
            zone = "answer"
        line.zone = zone  # type: ignore[assignment]
        line.asks = zone == "request" or (zone != "head" and text.endswith("?"))
        if zone == "request" and waits and not has_answer_head:
            # 'Question 1', what is asked, what is answered: no heading stands before the answer
            zone = "answer"
        waits = False


def _is_question_row(line: Line) -> bool:
    """A row 'Question 1 | Crime reports mentioning ...'."""
    first = line.cells[0].text
    return len(line.cells) > 1 and number_of(first) is not None and _ASKING_HEAD.fullmatch(first) is not None


def _asking(text: str, zone: str, *, has_answer_head: bool) -> str | None:
    """The zone after a line that asks: the request goes on, or the question has been asked; None where it does not."""
    if (zone != "answer" and _asks_inline(text)) or _is_question(text):
        return "request" if text.endswith((":", ",")) or has_answer_head else "asked"
    if zone == "head" and (_ASKING_LETTER.search(text) or (has_answer_head and _PLEASE.search(text))):
        return "request"
    return None


def _labels_answer(text: str, before: list[Line]) -> bool:
    """Whether 'Question 2' or 'Question 2. Offences of stalking' stands above the answer to a question asked before.

    Not above one to come, and not where it asks again.
    """
    number = number_of(text)
    repeats = (
        _NUMBERED_QUESTION.match(text) is not None and not _PLEASE.search(text) and not _HOW_MANY.search(text)
    )
    if number is None or not (_ASKING_HEAD.fullmatch(text) or repeats):
        return False
    asked = sum(line.asks and not _ASKING_HEAD.fullmatch(line.text.strip()) for line in before)
    digits = re.match(r"\d+", number)
    return asked > 1 and (int(digits[0]) if digits else ord(number[0]) - 96) <= asked


def _is_reference(lines: list[Line], position: int) -> bool:
    """Whether 'Request' is a label whose value, a reference number, stands on the next line."""
    following = lines[position + 1].text.strip() if position + 1 < len(lines) else ""
    return len(following) <= 15 and any(letter.isdigit() for letter in following)


def _is_asking_start(text: str) -> bool:
    return bool(_ASKING_HEAD.fullmatch(text) or _ASKING_LETTER.search(text) or _asks_inline(text))


def _asks_inline(text: str) -> bool:
    """'Request: ...', 'You asked for ...', 'Question 1 Crimes that name Facebook, 2008-2012'; not 'Question 1: 245'."""
    if (match := _COUNTING_QUESTION.match(text)) and not figures(text[match.end() :])[0]:
        return True
    if _THANKS.match(text) and not figures(text)[0]:
        return True
    return _ASKING_INLINE.match(text) is not None and not _states(text)


def _is_question(text: str) -> bool:
    """'Question 1. Offences that name Facebook', 'Q2: How many ...?': a numbered question, nothing counted."""
    match = _NUMBERED_QUESTION.match(text)
    if match is None or not re.search(r"[a-z]{3}", text[match.end() :]):
        return False
    return text.endswith("?") or not figures(text[match.end() :])[0]


def _states(text: str) -> bool:
    """Whether a line ends in a figure, as answers do: 'Question 1: 245'."""
    return bool(
        re.search(
            r"(?::|\s[–-])\s*\d[\d,]*\.?$|\b\d[\d,]* (?:recorded |reported )?(?:crimes|offences)\.?$", text
        )
    )


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
        if _CHATTER.match(text) or (len(text) > 100 and not _ASKS.search(text)):
            continue
        if several := inline_questions(text):
            questions |= several
            continue
        number = number_of(text)
        if _ASKING_HEAD.fullmatch(text):
            pending = number
        elif (asked := number if number is not None else pending) is not None:
            questions[asked] = f"{questions.get(asked, '')} {text}".strip()
        elif unnumbered and _is_item(text, unnumbered[-1]):
            unnumbered[-1] += f" {text}"
        elif len(text) > 3:
            unnumbered.append(text)
    if not questions:
        questions = {str(position): text for position, text in enumerate(unnumbered, start=1)}
    return questions


def _numbers_a_question(text: str, number: str, questions: dict[str, str], printed: set[str]) -> bool:
    """A bare number counts only where it is that of a question, or stands alone and a line above prints 'Question 2';
    a printed '2.' or 'Point 2' always does."""
    known = number in questions or number.rstrip("abcdefgh") in questions
    return known or number_of(text) is not None or (text == number and number in printed)


def _is_item(text: str, above: str) -> bool:
    """A bullet, or a short line of a list that the line above announces."""
    return bool(re.match(r"[-–•*·▪]\s", text)) or (
        len(text) <= 40 and ":" in above and not text.endswith((".", "?"))
    )


def _mark_numbers(blocks: Sequence[Line | Grid], questions: dict[str, str]) -> dict[int, str | None]:
    """Carry the number of the last numbered line or heading on to the lines and tables below it."""
    numbers: dict[int, str | None] = {}
    only = next(iter(questions)) if len(questions) == 1 else None
    current: str | None = None
    asked, printed = set[str](), set[str]()
    for block in blocks:
        if isinstance(block, Grid):
            numbers[id(block)] = current
            continue
        text = block.text.strip()
        own = number_of(text, bare=len(text) <= 60)
        if own is not None and _numbers_a_question(text, own, questions, printed):
            current = own
            printed.add(own)
            if block.asks:
                asked.add(own)
        elif block.asks and only is not None:
            current = only
        elif _ANSWERING_HEAD.fullmatch(text):
            # what follows answers the one question asked just before, or none in particular
            current, asked = (asked.pop() if len(asked) == 1 else only), set()
        block.number = current
    return numbers
