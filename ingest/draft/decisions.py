"""What became of each question - refused, not held, answered - from the words of the letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.cells import squeeze
from ingest.draft.context import Context
from ingest.draft.lines import Line
from ingest.draft.model import DraftPart, DraftTable

_SECTION = re.compile(
    (
        r"(?:sections?|sec\.|ss?\.)\s?(\d{1,2}[A-Z]?(?:\(\w{1,3}\))*)((?:(?:,| and| &| "
        r"or)\s?(?:section\s)?\d{1,2}[A-Z]?(?:\(\w{1,3}\))*)*)"
    ),
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\d{1,2}[A-Z]?(?:\(\w{1,3}\))*")
_NOT_REFUSED = {"1", "8", "10", "16", "17", "45", "50"}  # rights, duties and notices, not grounds
_NEITHER = re.compile(r"neither (?:be )?confirm\w*(?: \w+)? n?or den\w+|neither confirm", re.IGNORECASE)
_COST = re.compile(
    (
        r"(?:cost|appropriate|fees?|18 hours?|time) (?:and fees )?limit|exceed\w* (?:the )?(?:cost"
        r"|appropriate|18)|£450"
    ),
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:refus\w+|withh[eo]ld\w*|exempt\w*|not (?:be )?(?:disclosed|released|provided|supplied)|engaged)\b",
    re.IGNORECASE,
)
_NOT_HELD = re.compile(
    (
        r"\bnot held\b|\bno information (?:is )?held|\b(?:does|do) not hold\b|\bholds? no "
        r"(?:information|records?|data)\b|\bis not recorded\b"
    ),
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    (
        r"by other means|already (?:been )?(?:given|disclosed|published|in the public domain)"
        r"|reasonably accessible"
    ),
    re.IGNORECASE,
)
_WHOLE = re.compile(
    (
        r"\b(?:whole (?:of (?:your|the) )?request|request (?:as a whole )?(?:is|has been|must be) "
        r"refused|refuse your request|entire request)\b"
    ),
    re.IGNORECASE,
)
_FURTHER = re.compile(
    (
        r"\b(?:in addition|any ?(?:thing)? (?:other|further)|anything further|whether (?:or not "
        r")?(?:any|it holds any) (?:other|further))\b"
    ),
    re.IGNORECASE,
)
_EXPLAINS = re.compile(
    (
        r"\b(?:requires|provides|states that|public interest test|complain\w*|internal review"
        r"|information commissioner|absolute exemption)\b"
    ),
    re.IGNORECASE,
)
_LABEL = re.compile(r"exemptions?|sections?(?: applied)?", re.IGNORECASE)


def decision_in(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The status a sentence of the letter gives, with the sections it cites."""
    sections = _sections(text)
    grounds = [section for section in sections if section.split("(")[0].rstrip("A") not in _NOT_REFUSED]
    if _NEITHER.search(text):
        return "neither_confirm_nor_deny", tuple(sections)
    if _NOT_HELD.search(text) and not re.search(r"whether", text, re.IGNORECASE):
        return "not_held", ()
    if not grounds and not _COST.search(text):
        return None
    if any(section.split("(")[0] == "12" for section in grounds) or (
        _COST.search(text) and _REFUSED.search(text)
    ):
        return "refused_cost", tuple(grounds)
    if any(section.split("(")[0] == "21" for section in grounds) and (
        _ELSEWHERE.search(text) or _REFUSED.search(text)
    ):
        return "redirected", tuple(grounds)
    if grounds and _REFUSED.search(text):
        return "refused_exempt", tuple(grounds)
    return None


def _sections(text: str) -> list[str]:
    found: list[str] = []
    for match in _SECTION.finditer(text):
        found += [match[1], *_NUMBERED.findall(match[2])]
    found += re.findall(r"by virtue of (\d{1,2}(?:\(\w{1,3}\))+)", text)
    return list(dict.fromkeys(found))


def parts_of(context: Context, tables: Sequence[DraftTable]) -> list[DraftPart]:
    """Every part of the request with what became of it; what nothing tells is unknown."""
    asked = _asked(context)
    decisions = _decisions(context)
    further = next((entry for entry in decisions if _FURTHER.search(entry[3])), None)
    decisions = [entry for entry in decisions if entry is not further]
    whole = next(
        ((status, sections, text) for _, status, sections, text in decisions if _WHOLE.search(text)), None
    )
    parts = []
    for number, (part, asks) in asked.items():
        answered = [
            table
            for table in tables
            if table.fields["layout"] != "legend" and _answers(table, part, number, asked)
        ]
        own = [decision for decision in decisions if decision[0] is not None and decision[0] == number]
        general = [
            decision for decision in decisions if len(asked) == 1 or (decision[0] is None and not tables)
        ]
        parts.append(_part(part, asks, answered, own or ([] if whole else general), whole))
    if any(part.status == "unknown" for part in parts) and any(table.number is None for table in tables):
        parts = [_perhaps(part) for part in parts]
    if further is not None:
        asks = "Whatever else the force may hold."
        parts.append(DraftPart("other_information", asks, further[1], further[2], _quoted(further[3])))
    return parts


def _perhaps(part: DraftPart) -> DraftPart:
    """A part nothing is linked to, in a letter whose tables name no question."""
    if part.status != "unknown":
        return part
    return DraftPart(
        part.part, part.asks, "unknown", (), "CHECK: the tables do not say which question they answer"
    )


def _asked(context: Context) -> dict[str, tuple[str, str]]:
    """Parts by the number of the question: those of the request file where it is given, else those of the document."""
    questions = context.page.questions
    given = context.asked.parts
    if given:
        numbers = list(questions) if len(questions) == len(given) else [part for part, _ in given]
        return {number: (part, asks) for number, (part, asks) in zip(numbers, given, strict=True)}
    if questions:
        return {number: (number, squeeze(text)[:300]) for number, text in questions.items()}
    return {"all": ("all", "The request is not printed in the document.")}


def _answers(table: DraftTable, part: str, number: str, asked: dict[str, tuple[str, str]]) -> bool:
    """Whether a table answers a part: by its number, by a platform the part is named for, or as the only part."""
    if len(asked) == 1:
        return table.fields.get("measure") != "search_hits"
    if table.number is not None and number in (table.number, table.number.rstrip("abcdefgh")):
        return number == table.number or table.number not in asked
    words = str(table.fields.get("given", {}).get("platform", "")) + " ".join(
        f.get("platform", "") for f in table.intended
    )
    return part.isalpha() and len(part) > 3 and part.casefold() in words.casefold()


def _decisions(context: Context) -> list[tuple[str | None, str, tuple[str, ...], str]]:
    """(number, status, sections, text) of every line that decides something."""
    found: list[tuple[str | None, str, tuple[str, ...], str]] = []
    previous: Line | None = None
    for line in context.page.lines:
        text = line.text
        if line.zone == "head" and previous is not None and _LABEL.fullmatch(previous.text.strip()):
            text = f"refused: {text}"  # 'Exemption' above 'Section 12' in the head of a page
        is_question = line.asks and not re.search(
            r":\s.*\b(?:withheld|refused|exempt|not held)\b", text, re.IGNORECASE
        )
        if not is_question and not _EXPLAINS.search(text) and (decision := decision_in(text)):
            found.append((line.number, *decision, text))
        previous = line
    return found


def _part(
    part: str,
    asks: str,
    answered: Sequence[DraftTable],
    decisions: Sequence[tuple[str | None, str, tuple[str, ...], str]],
    whole: tuple[str, tuple[str, ...], str] | None,
) -> DraftPart:
    first = decisions[0] if decisions else None
    if answered:
        refused = next(
            (decision for decision in decisions if decision[1].startswith(("refused", "neither"))), None
        )
        if refused is not None and refused[0] is not None:
            return DraftPart(
                part, asks, "partly_disclosed", refused[2], f"tables answer it; {_quoted(refused[3])}"
            )
        names = ", ".join(dict.fromkeys(table.name for table in answered))
        return DraftPart(part, asks, "disclosed", (), f"answered by {names}")
    if first is not None:
        return DraftPart(part, asks, first[1], first[2], _quoted(first[3]))
    if whole is not None:
        return DraftPart(part, asks, whole[0], whole[1], _quoted(whole[2]))
    return DraftPart(part, asks, "unknown", (), "CHECK: nothing in the document was understood to answer it")


def _quoted(text: str) -> str:
    return f"the document says: {squeeze(text)[:100]}"
