"""The numbers of a sentence: which could be figures, and which are ages, percentages, sections, sums of money."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.draft.periods import find_periods
from ingest.layouts.numbers import WORDS

_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+"
_SMALL = (
    r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen)"
)
AGE_WORDS = (
    rf"(?:between )?(?:the ages of )?{_SMALL} ?(?:and|to|-|–) ?{_SMALL}(?: years?(?: old)?| inclusive)?"
    rf"|(?:under|over|below|above|younger than|older than) (?:the age of )?{_SMALL}|{_SMALL} (?:years )?(?:or|and) "
    rf"(?:under|over|younger|older|above|below)|{_SMALL}"
)
_NOT_FIGURES: tuple[tuple[str, str], ...] = (
    ("percentage", r"\d+(?:\.\d+)?\s?(?:%|per ?cent\b|percentage points?)"),
    ("percentage", (
            r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+ty|hundred)(?:[ -]\w+)? per "
            r"?cent\b"
        )),
    ("sum of money", r"[£$€]\s?\d[\d,.]*(?:\s?(?:m|k|bn|million|billion))?"),
    ("address", r"\S+@\S+|https?://\S+|www\.\S+"),
    ("time of day", r"\d{1,2}[:.]\d{2}(?:\s?[ap]m)?\b(?!\d)|\d{1,2}\s?[ap]m\b"),
    ("telephone number", (
            r"(?:call|ring|dial|phone|telephone|tel(?: no)?\.?|text|fax)[: ]+\(?\d[\d ()/]*?(?: or "
            r"\d+)+\b|\b(?:call|ring|dial|phone|telephone|tel(?: no)?\.?|text|fax)[: ]+\(?\d[\d ()/]*"
            r"|\b0\d{2,4}[ )]\d[\d ]{4,}"
        )),
    ("duration", (
            rf"(?:{_DIGITS}|{WORDS})[ -](?:working |calendar )?(?:hours?|minutes?|days?|weeks?|months?"
            r"|years?)(?!\s?-?old)\b"
        )),
    ("age", (
            r"\b(?:aged )?(?:under|over|younger than|older than)(?: the age of |-| )"
            r"(?:\d{1,2}(?![,.]?\d)|ten|eleven|twelve|thirteen|fourteen"
            r"|fifteen|sixteen|seventeen|eighteen)(?:s|-year-olds?| years (?:of age|old))?\b(?! (?:in|crimes?|offences"
            r"|reports|were|cases))"
        )),
    ("age", rf"\b(?:aged?|ages)\s(?:of )?(?:{AGE_WORDS})"),
    ("age", (
            rf"\b{_SMALL}(?: ?(?:-|to|and) ?{_SMALL})?[- ]years?[- ]olds?\b|as young as {_SMALL}"
            rf"|\b{_SMALL} years? old"
        )),
    ("age", r"\b\d{1,2} (?:and|or) (?:over|under|above|below|older|younger)\b|\b\d{1,2}\+"),
    ("ordinal", r"\b\d+(?:st|nd|rd|th)\b"),
    (
        "number of a section, code or reference",
        (r"\b(?:answers?|responses?|requests?|results?) \d[\w()/.-]*"
        r"|\b(?:sections?|sec\.?|s\.?|ss\.?|articles?|schedule|parts?|questions?|q|points?"
        r"|pages?|paragraphs?|para|tables?|class|codes?|(?:foot)?notes?|rows?|columns?|figures?(?= \d+\b[:.])"
        r"|outcomes?|types?|groups?|oc|refs?\.?|reference|nos?\.?|foi|version|annex|appendix"
        r"|form|act|order)\s?(?:no\.? ?|number )?[:#]?\s?"
        r"\d[\w()/.-]*(?:(?:,| and| or| to|,? &)\s\d[\w()/.-]*)*"),
    ),
    ("number of a section, code or reference", (
            r"\b\d{2}\(\d\)[\w()]*|\b\d{1,3}/\d{1,4}\b|(?-i:\b\d{2,3}[A-Z]\b|\b[A-Z]{2,}[-/ "
            r"]?\d[\w/-]*)|\b\d+[-_/]\d[\w/-]*"
        )),
    ("share", (
            rf"\b(?:{_DIGITS}|{WORDS}) (?:out of|in) (?:every |the )?(?:{_SMALL})\b(?! [a-z]+ of)"
            r"|\b(?:two|three)[- ](?:thirds|quarters|fifths)|\bone[- ](?:third|quarter|fifth|half"
            r"|tenth)"
        )),
    (
        "multiple",
        (
            rf"(?<!mentioned )(?<!named )(?<!cited )\b(?:{_DIGITS}|{WORDS})(?:-fold|fold| times\b)"
            rf"|\b(?:{_DIGITS}|{WORDS}) times (?:more|as|higher|the|less|fewer|over)\b"
        ),
    ),
    ("number of bodies", (
            rf"\b(?:{_DIGITS}|{WORDS})(?: of (?:the )?(?:{_DIGITS}|{WORDS}))? (?:other )?(?:police "
            r")?(?:forces|constabularies|sites|websites|platforms|apps|areas|categories|hospitals"
            r"|schools|systems)\b"
        )),
    ("decimal number", r"\d+\.\d+"),
    ("number of a list item", r"^\(?\d{1,2}[a-z]?[.)](?=\s)|^\s*\(?\d{1,2}[a-z]?[.)]?\s*$"),
)  # fmt: skip
_EXCLUDED = [(reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in _NOT_FIGURES]
_BEFORE = r"(?:(?:less|fewer|more) than|in excess of|at least|up to|under|over|<=?|>=?|≤|≥)\s?"
_FIGURE = re.compile(
    (
        rf"(?<![\w.,£/(-])\(?(?P<figure>(?:{_BEFORE})?(?:{_DIGITS}|\b{WORDS}\b)(?: or (?:fewer|less"
        r"|more))?)(?![\w%/]|[.,:]\d|-\w)"
    ),
    re.IGNORECASE,
)


_ONE_IN_A_YEAR = re.compile(r" in (?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a sentence: a figure, or a number with the reason why it is none."""

    text: str
    start: int
    end: int
    reason: str = ""


def figures(text: str) -> tuple[list[Span], list[Span]]:
    """The possible figures of a sentence, and the numbers that are something else. Periods are neither."""
    taken = [(period.start, period.end) for period in find_periods(text)]
    others: list[Span] = []
    for reason, pattern in _EXCLUDED:
        for match in pattern.finditer(text):
            if _is_free(match.start(), match.end(), taken):
                taken.append((match.start(), match.end()))
                others.append(Span(match[0], match.start(), match.end(), reason))
    found = []
    for match in _FIGURE.finditer(text):
        start, end = match.span("figure")
        if not _is_free(start, end, taken):
            continue
        if _is_bare_one(match["figure"]) and not _ONE_IN_A_YEAR.match(text, end):
            others.append(Span(match["figure"], start, end, "the word one"))
        else:
            found.append(Span(match["figure"], start, end))
    return found, sorted(others, key=lambda span: span.start)


def _is_free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return all(end <= first or last <= start for first, last in taken)


def _is_bare_one(text: str) -> bool:
    """'one of them', 'at least one such offence', 'a hundred': too often no count."""
    return bool(re.search(r"(?:^|\s)(?:one|an?)$|^an? ", text, re.IGNORECASE))
