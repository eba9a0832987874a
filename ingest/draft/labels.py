"""What kind of thing a printed label names: platform, force, offence, outcome, sex, age. One label at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.draft.calendar import MONTH
from ingest.draft.folding import folded
from ingest.draft.model import Vocabulary
from ingest.draft.periods import period_of
from ingest.draft.words import NIL, NOT_HELD, WITHHELD, is_total, without_marks, without_quotes
from ingest.layouts.numbers import NUMBER

_SEX = (
    r"(?:females?|males?|girls?|boys?|women|woman|men|man|f|m|unknown|not (?:known|stated"
    r"|recorded)|u/k|unspecified|other|indeterminate"
    r"|(?:sex|gender) (?:unknown|unspecified|not (?:known|stated|recorded)))"
)
SEX = re.compile(rf"{_SEX}", re.IGNORECASE)
_AGE = (
    r"(?:(?:aged?|ages|under|over|below|above|younger than|older than)(?: the age of)? ?\d{1,2}s?"
    r"|\d{1,2}(?: years?)?(?: old)? ?(?:-|–|to|and) ?(?:\d{1,2}|under|over|above|below|older"
    r"|younger)(?: years?(?: old)?)?"
    r"|\d{1,2} ?\+|[<>≤≥] ?\d{1,2}|\d{1,2}(?: years?(?: old)?)?|unknown(?: age)?|age "
    r"(?:unknown|not (?:known|recorded|stated))"
    r"|not (?:known|recorded|stated)|adult|child|u/k)"
)
AGE = re.compile(_AGE, re.IGNORECASE)
SEX_AND_AGE = re.compile(
    rf"(?:(?:females?|males?|girls?|boys?)\W{{0,3}}{_AGE}|{_AGE}\W{{0,3}}(?:females?|males?|girls?|boys?))",
    re.IGNORECASE,
)
_OUTCOME_CODE = re.compile(
    r"(?:(?:type|outcome|oc)[ -]?0*\d{1,2}[ab]?\b|0*\d{1,2}[ab]?\s?[.:–-]\s?[a-z]).*",
    re.IGNORECASE | re.DOTALL,
)
_OUTCOME_WORDS = re.compile(
    r"\b(?:charged?|summons(?:ed)?|postal requisition|cautions?|cautioned|community resolution"
    r"|penalty notice|suspect|evidential"
    r"|undetected|detected|no further action|nfa|investigation|public interest|ongoing|taken "
    r"into consideration|tic|disposals?"
    r"|prosecution|convicted|finali[sz]ed|filed|closed|outcomes?|warning|offender (?:too|under"
    r"|has|died)|diversion\w*)\b",
    re.IGNORECASE,
)
_OFFENCE_CODE = re.compile(r"0?\d{1,3}\s?/\s?\d{1,2}\b(?!/)|\d{1,3}[a-z]?\.\s|\d{1,3}[a-z]\b", re.IGNORECASE)
_OFFENCE_WORDS = re.compile(
    r"\b(?:offences?|rapes?|assaults?|harassment|stalking|grooming|indecent|sexual"
    r"|exploitation|malicious|communications?|burglary"
    r"|theft|fraud|robbery|violence|criminal damage|arson|drugs?|weapons?|public order"
    r"|threats?|blackmail|murder|homicide|wounding"
    r"|voyeurism|exposure|obscene|pornography|abuse|kidnap\w*|trafficking|extortion|hate"
    r"|bullying|trolling|sexting|image\w*|photo\w*"
    r"|crimes?|making|taking|distributing|possess\w*|position of trust|racial\w*)\b",
    re.IGNORECASE,
)
POLICE_NAME = re.compile(
    r"(?:the )?((?:[A-Z][\w'-]+(?:,? (?:and|&|of) |[ -]))*[A-Z][\w'-]+) (?:Police Service"
    r"|Police|Constabulary)(?: of [A-Z]\w+(?: [A-Z]\w+)?)?"
)
_PART_OF_YEAR = re.compile(
    rf"(?:q|qtr|quarter|half|h|term|week|wk) ?\d{{1,2}}|(?:first|second|third|fourth|last) (?:quarter|half)"
    rf"|\d(?:st|nd|rd|th) (?:quarter|half)|{MONTH} ?(?:-|–|to) ?{MONTH}",
    re.IGNORECASE,
)
VALUE = re.compile(rf"(?:{NUMBER}|[*]+|[-–—]+|)", re.IGNORECASE)
# A number with something beside it: '12 (35%)', '92 (Qlikview) 33 (Niche)', '12*', '13(2)'.
ANNOTATED = re.compile(
    r"\d[\d,]*\s?\((?:up )?(?:to|until|from|since) [^()]{1,40}\)"
    r"|(?:\d[\d,]*\s?\([^()\d]{1,60}\)[\s,;&]*)+|\d[\d,]*\s?\(\d+(?:\.\d+)?\s?%\)|\d[\d,]*\s?[*†‡^#¹²³⁴⁵⁶⁷⁸⁹]+"
    r"|\d[\d,]*\s?(?:\(\d\)|\[\d\])"
)


@dataclass(frozen=True)
class Labels:
    """Recognises labels with the caller's vocabulary where it has one, and by their form where it has none."""

    vocabulary: Vocabulary

    def platform(self, text: str) -> str | None:
        """The platform id of a label, footnote marks and quotes aside."""
        known = self.vocabulary.platforms
        return (
            known.get(folded(text))
            or known.get(folded(without_marks(text)))
            or known.get(folded(without_quotes(text)))
        )

    def force(self, text: str) -> str | None:
        """The force id of a label; a name ending in Police or Constabulary is its own id where none is known."""
        known = self.vocabulary.forces
        found = known.get(folded(text)) or known.get(folded(without_marks(text)))
        if found is None and (match := POLICE_NAME.fullmatch(without_marks(text))):
            found = known.get(folded(match[1])) or folded(match[1])
        return found

    def offence(self, text: str) -> bool:
        """Whether a label names an offence: known, with a code, or by its words."""
        bare = without_marks(text)
        return (
            folded(bare) in self.vocabulary.offences or bool(_OFFENCE_CODE.match(bare)) or offence_words(bare)
        )

    def outcome(self, text: str) -> bool:
        """Whether a label names an outcome: known, with a code of the framework, or by its words."""
        bare = without_marks(text)
        return (
            folded(bare) in self.vocabulary.outcomes
            or bool(_OUTCOME_CODE.fullmatch(bare))
            or bool(_OUTCOME_WORDS.search(bare))
        )

    def kinds(self, text: str) -> set[str]:
        """Every role a label could play by its own look."""
        bare = without_marks(text)
        checks = {
            "total": is_total(bare),
            "period": period_of(text) is not None or is_month(bare) or is_part_of_year(bare),
            "platform": self.platform(text) is not None,
            "force": self.force(text) is not None,
            "victim_sex": bool(SEX.fullmatch(bare)),
            "victim_age": bool(AGE.fullmatch(bare)),
            "victim": bool(SEX_AND_AGE.fullmatch(bare)),
            "offence": self.offence(text),
            "outcome": self.outcome(text),
        }
        return {kind for kind, holds in checks.items() if holds}


def offence_words(text: str) -> bool:
    """Whether a text holds a word of which names of offences are made: 'stalking', 'indecent', 'hate'."""
    return _OFFENCE_WORDS.search(text) is not None


def is_month(text: str) -> bool:
    """Whether a label is the name of a month and nothing else."""
    return re.fullmatch(MONTH, text.strip(), re.IGNORECASE) is not None


def is_part_of_year(text: str) -> bool:
    """Whether a label is a quarter or half of a year, or months without a year: 'Q1', 'Apr-Jun'."""
    return _PART_OF_YEAR.fullmatch(without_marks(text)) is not None


@lru_cache(maxsize=8192)
def is_count(text: str) -> bool:
    """Whether a cell holds a number that counts: figures which are no period. Cells repeat; so do questions on them."""
    return is_number(text) and period_of(text) is None


def is_value(text: str) -> bool:
    """Whether a cell could hold a number: a figure, a word for one or for why there is none, a marker, a blank, or a
    number with a note."""
    text = " ".join(text.split())
    is_word = NIL.fullmatch(text) or NOT_HELD.fullmatch(text) or WITHHELD.fullmatch(text)
    return bool(VALUE.fullmatch(text) or ANNOTATED.fullmatch(text) or is_word)


def is_number(text: str) -> bool:
    """Whether a cell holds a figure in digits that is no year and no period."""
    text = " ".join(text.split())
    return bool(re.match(r"[<>≤≥]?\s?\d", text)) and is_value(text)
