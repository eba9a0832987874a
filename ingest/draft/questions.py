"""Groups of persons and parts that a clause, or the question it answers, names: entered where a role can hold them.

'How many had a victim under 13?' - '12': offences with victims of that age. 'How many were charged?' - '12': a part
that no coordinate could tell apart, so that the figure is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.cells import squeeze
from ingest.draft.asked_parts import asked_part, give_asked_part
from ingest.draft.clauses import VICTIMS, Clause, clause_of, results_in
from ingest.draft.context import Context
from ingest.draft.entries import give
from ingest.draft.given import Given
from ingest.draft.labels import offence_words
from ingest.draft.model import DraftTable
from ingest.draft.plain import unexplained
from ingest.draft.referring import refers_back
from ingest.draft.words import counted_nouns

_SUSPECTS = ("suspects", "people_arrested", "arrests", "people_charged")
_PEOPLE_UNITS = ("people_charged", "people_arrested", "arrests", "other")
_AGE = (
    r"(?:(?:aged )?(?:under|over|below|above|younger than|older than)(?: the age of)? \d{1,2}(?! ?(?:and|or|to|-|–))"
    r"|aged (?:between )?\d{1,2}(?: ?(?:to|and|-|–) ?\d{1,2}| (?:or|and) (?:under|over|younger|older))?)(?!\d| or| ?%)"
)
_UNDER = re.compile(_AGE, re.IGNORECASE)
_VICTIM = re.compile(
    rf"\b(?:victims?|complain(?:er|ant)s?)(?: who)?(?: (?:was|were|is|are))? {_AGE}", re.IGNORECASE
)
_COUNTED = re.compile(r"\b(?:how many|number of)\b[^?]*", re.IGNORECASE)
_HOW_MANY = re.compile(r"\b(?:how many|number of)\b", re.IGNORECASE)
_SECOND_ASK = re.compile(
    r",? and (?=(?:in |of (?:these|those),? )?"
    r"(?:how many|how often|the number|(?:what|which) (?:were|was|are)|the most common))"
    r"|, (?=how many|how often)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:in|at|within|near|around) (?:the (?:town|city|borough|district|area) of |the )?"
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|Q\d|FY)\b)"
    r"([A-Z][a-z]{2,})"
)
_NOUN = re.compile(r"\b(?:crimes?|offences?)\b")
# Rates, and persons and places that make a part of all crimes.
_NO_COUNT = re.compile(
    r"\bper(?: |-)?cent\w*|%|\bproportion\b|\brates?\b|\baverage\b|\bper (?:head|1,?000|100,?000|capita|day|week)\b"
    r"|\bby (?:\w+ )?(?:officers?|staff|employees)\b|\b(?:cost|spent|trained|youngest|oldest|longest)\b",
    re.IGNORECASE,
)


def group_objection(clause: Clause, context: Context, number: str | None, unit: str) -> str | None:
    """Why a clause, by its own words or those of its question, counts a part that no role can hold; or None."""
    if unit == "search_hits":
        return None
    question = _first_ask(context.question(number), clause)
    before = [text for where, text in context.levels(number, []) if where.startswith("the question before")]
    if any(
        results_in(asked) or VICTIMS.search(text)
        for text in before
        for asked in [clause_of(text, 0, context.names)]
    ):
        return "the question goes on about one that asks for a part"
    if asked_part(context, number, unit) is not None:
        question = ""  # what it asks for is entered by ``give_group``
    elif word := _narrowing(question, before, context):
        return f"'{word}' in the question may narrow what is counted"
    for text, told in ((clause.text, clause), (question, clause_of(question, 0, context.names))):
        if unit not in _PEOPLE_UNITS and (result := results_in(told)):
            return f"'{result}': an outcome that is not told apart"
        if text is question and _SECOND_ASK.search(question) and (ages := _ages(told, is_question=True)):
            return f"the question asks for several numbers, one of them of '{ages[0]}'"
        if text is question and (match := _NO_COUNT.search(text)):
            return f"the question asks for '{match[0]}'"
        if group := unheld(told, unit, is_question=text is question):
            return f"'{group}': a group that is not told apart"
    return None


def _first_ask(question: str, clause: Clause) -> str:
    """Of a question that asks for two numbers the first ask, where the clause names itself what it counts."""
    asks = [*_SECOND_ASK.finditer(question)]
    first = question[: asks[0].start()] if asks else ""
    is_named = any(name.id and name.text in first for name in clause.platforms)
    counted = {noun.unit for noun in clause.nouns}
    asked, later = ({noun.unit for noun in counted_nouns(text)} for text in (first, question[len(first) :]))
    is_counted = bool(counted) and counted <= asked and not counted & later
    return first if _HOW_MANY.search(first) and (is_counted or is_named) else question


def ask_of(question: str, clause: Clause) -> str:
    """The one ask of a question that names the platforms of a clause; all of it where none or several do."""
    cuts = [0, *(match.start() for match in _SECOND_ASK.finditer(question)), len(question)]
    asks = [question[first:last] for first, last in pairwise(cuts)]
    named = [ask for ask in asks if any(name.text in ask for name in clause.platforms)]
    return named[0] if len(named) == 1 and _HOW_MANY.search(named[0]) else question


def unheld(told: Clause, unit: str, *, is_question: bool = False) -> str:
    """An age group a text names that no role can hold; '' where there is none."""
    ages = _ages(told, is_question=is_question)
    match = VICTIMS.search(told.text)
    if not (ages or match) or _group(told.text, ages, unit) is not None:
        return ""
    return ages[0] if ages else match[0] if match else ""


def _narrowing(question: str, before: Sequence[str], context: Context) -> str:
    """A word of a question that may narrow what is counted and is none of an offence: 'in how many was a knife used'.

    Where a question names an offence in words of its own, its offence stays open and the figure is read without one.
    Words of the questions it goes on about say again what those count: 'how many of those arrested'.
    """
    match = _COUNTED.search(question)
    if match is None:
        return ""
    said = {word for text in before for word in re.findall(r"[a-z]+", text.casefold())}
    asked = clause_of(_VICTIM.sub(" ", match[0]), 0, context.names)
    names_offence = any(
        offence_words(word) for word in re.findall(r"[a-z]+", _NOUN.sub(" ", match[0].casefold()))
    )
    if names_offence and not refers_back(question):
        return _place(asked)
    return unexplained(asked, said)


def _place(asked: Clause) -> str:
    """A place a question names that is neither the force nor the whole of its area: 'in Dartford'; '' for none."""
    names = [*asked.forces, *asked.areas, *asked.platforms, *asked.offences]
    known = [(name.start, name.end) for name in names] + [
        (period.start, period.end) for period in asked.periods
    ]
    for match in _PLACE.finditer(asked.text):
        if not any(start < match.end() and match.start(1) < end for start, end in known):
            return match[1]
    return ""


def give_group(table: DraftTable, clause: Clause, context: Context, number: str | None, unit: str) -> None:
    """Enter the age, sex or outcome of those counted, which the clause or its question names."""
    if give_asked_part(table, context, number, unit):
        return
    question = _first_ask(context.question(number), clause)
    if _SECOND_ASK.search(question):
        question = ""  # whose the age is of several things asked for is not told
    for where, text in (("the sentence", clause.text), (f"question {number}", question)):
        ages = _ages(clause_of(text, 0, context.names), is_question=text is question)
        if (group := _group(text, ages, unit)) is not None:
            give(table, group[0], Given(group[1], None, where))
            return


def _ages(told: Clause, *, is_question: bool) -> list[str]:
    """The ages a text names. In a question 'under 18 in 2018' is one too; in an answer it may be a figure."""
    ages = [span.text for span in told.others if span.reason == "age"]
    return ages or ([match[0] for match in _UNDER.finditer(told.text)] if is_question else [])


def _group(text: str, ages: list[str], unit: str) -> tuple[str, str] | None:
    """The role and text of the one group of persons whose age a text names."""
    victims = list(_VICTIM.finditer(text))
    if len(ages) > 1 or len(victims) > 1:
        return None
    if unit in _SUSPECTS and ages and not re.search(r"\b(?:victim|complain)", text, re.IGNORECASE):
        return "other:suspect_age", squeeze(ages[0])
    if unit in ("offences", "crime_reports", "victims", "incidents") and victims:
        return "victim", squeeze(victims[0][0])
    return None
