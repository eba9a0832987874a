"""What is counted: the unit that the nearest place names for a table, a list or a bare number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.draft.given import Given, Level, listed
from ingest.draft.names import Names
from ingest.draft.page import Page
from ingest.draft.referring import refers_back
from ingest.draft.words import head_nouns

_OF_THOSE = re.compile(
    r"\b(?:of (?:them|these|those|which|the above)|charged?|convict\w*|caution\w*|outcomes?"
    r"|results?|prosecut\w*|detected|solved|suspects?|offenders?)\b",
    re.IGNORECASE,
)
_EACH_ARREST = re.compile(
    r"\barrested (?:more than once|(?:twice|several times|repeatedly))\b.*\bcounted\b.*"
    r"\b(?:each|every|on each|more than once|several times|twice)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\W*(?:(?:question|q)?\W*\d{1,2}[a-z]?[.):]\s*)?(?:all |any |the |recorded )*", re.IGNORECASE
)
_NUMBER_OF = re.compile(r"\b(?:number of|how many)(?: recorded| reported)? $", re.IGNORECASE)


def unit_of(levels: Sequence[Level], page: Page, names: Names) -> Given:
    """What the nearest place that says it counts, in its words; ``means`` is the unit."""
    for where, text in levels:
        nouns = [noun for noun in head_nouns(text) if noun.unit != "cases"]
        units = {noun.unit for noun in nouns}
        if len(units) == 1:
            note = _each_time(page) if nouns[0].unit == "people_arrested" else ""
            unit, why = ("arrests", f"{where}; '{note[:60]}'") if note else (nouns[0].unit, where)
            return Given(nouns[0].text, unit, why)
        if units:
            return Given(doubt=f"{where} speaks of {listed(noun.text for noun in nouns)}")
        if name := _counted_offence(text, names, opens=where.startswith("question")):
            return Given(name, "offences", where)
        if where.startswith("question") and (match := _OF_THOSE.search(text)):
            # 'how many of these': ``questions`` tells whether the part it asks for is one that can be held
            referred = [level for level in levels if level[0].startswith("the question before")]
            if referred and refers_back(text):
                return unit_of(referred, page, names)
            return Given(doubt=f"{where} asks for a part of them: '{match[0]}'")
    return Given()


def unit_before(number: str | None, page: Page, names: Names) -> Given:
    """What all questions before one count, where each that names a unit names the same."""
    numbers = list(page.questions)
    position = numbers.index(number) if number in numbers else 0
    before = [unit_of([("a question before", page.questions[n])], page, names) for n in numbers[:position]]
    told = [given for given in before if given.text or given.doubt]
    is_one = len({given.means for given in told}) == 1 and not any(given.doubt for given in told)
    return told[-1] if is_one else Given()


def _counted_offence(text: str, names: Names, *, opens: bool) -> str:
    """An offence that is itself what a text counts: 'the number of malicious communications'; '' for none.

    ``opens``: one that opens a question is counted too: '1. Sexual communication with a child, by year'.
    """
    for name in names.offences(text):
        before = text[: name.start]
        if _NUMBER_OF.search(before) or (opens and _OPENING.fullmatch(before)):
            return name.text
    return ""


def _each_time(page: Page) -> str:
    """The line that says that a person counts as often as arrested: then arrests are counted; '' for none."""
    return next((line.text for line in page.lines if _EACH_ARREST.search(line.text)), "")
