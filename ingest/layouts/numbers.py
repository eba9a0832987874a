"""Which printed texts can stand where a number is expected. Their arithmetic is done in the dbt project."""

from __future__ import annotations

import re

from ingest.cells import same_text, squeeze
from ingest.tables import TableBase

_WORD_LIST = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand"""
_WORD = rf"(?:{'|'.join(sorted(_WORD_LIST.split(), key=len, reverse=True))})"

DIGITS = r"\d{1,3}(?:(?:, ?| )\d{3})+|\d+"
WORDS = rf"(?:an? )?{_WORD}(?:(?:[ -]| and ){_WORD})*"
_PLAIN = rf"(?:{DIGITS}|{WORDS})"
_BEFORE = r"(?:<=?|>=?|≤|≥|(?:less|fewer|more) than|under|over|in excess of|at least|up to)"
# Every form the bounds model of the dbt project can read. Order matters inside a sentence: longest first.
NUMBER = rf"(?:{_BEFORE}\s*{_PLAIN}|{_PLAIN} or (?:fewer|less|more)|\d+ ?(?:-|–|to) ?\d+|{_PLAIN})"

_NUMBER = re.compile(NUMBER, re.IGNORECASE)
_NEGATIVE = re.compile(r"-\d+")
_UNEXPLAINED_MARKER = re.compile(r"\*+|[-–—]+")


def marker_texts(table: TableBase) -> list[str]:
    """The texts this table declares to stand for a number."""
    return [*table.suppressed, *table.withheld, *table.not_held, *table.nil]


def is_number_text(text: str, table: TableBase) -> bool:
    """Whether ``text`` can stand in a value position of ``table``: a number, a declared marker, a blank,
    an asterisk or dash whose meaning is left open (a finding, not an error), or in a signed table a negative number."""
    if not text or any(same_text(text, marker) for marker in marker_texts(table)):
        return True
    if table.signed and _NEGATIVE.fullmatch(text):
        return True
    return bool(_NUMBER.fullmatch(squeeze(text)) or _UNEXPLAINED_MARKER.fullmatch(text))
