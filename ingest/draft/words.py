"""The words by which headings, labels and sentences show what they are: general English of FOI answers, no names."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PEOPLE = (
    r"(?:people|persons?|individuals?|adults?|juveniles?|youths?|children|men|women|males?"
    r"|females?|offenders?|suspects?"
    r"|defendants?|perpetrators?)"
)

# What a number counts. The first pattern that fits at a place wins, so the longer wordings stand first.
_UNITS: tuple[tuple[str, str], ...] = (
    (
        rf"{_PEOPLE}(?: (?:that|who))?(?: (?:were|was|had been|have been))? (?:arrested|detained)",
        "people_arrested",
    ),
    (r"(?:arrested|detained) (?:people|persons|individuals|suspects)", "people_arrested"),
    (
        rf"{_PEOPLE}(?: (?:that|who))?(?: (?:were|was|had been|have been))? (?:charged|prosecuted|summonsed)",
        "people_charged",
    ),
    (r"charged (?:people|persons|individuals|suspects|offenders)", "people_charged"),
    (
        (
            rf"{_PEOPLE}(?: (?:that|who))?(?: (?:were|was|had been|have been))? (?:cautioned"
            r"|convicted|sentenced|jailed|interviewed)"
        ),
        "other",
    ),
    (r"arrests?", "arrests"),
    (r"(?:children|people|persons)(?: [a-z]+){0,5} at risk", "other"),
    (r"(?:search )?(?:hits|references|mentions)(?: (?:of|to))?", "search_hits"),
    (r"reports of (?:a )?crimes?", "crime_reports"),
    (r"crime (?:reports?|complaints?|allegations?)", "crime_reports"),
    (r"(?:reported|alleged) (?:crimes?|offences|rapes|assaults)", "crime_reports"),
    (r"(?:crimes|offences|rapes|assaults) (?:were |have been |are )?(?:reported|alleged)", "crime_reports"),
    (r"(?:complaints|allegations)(?: of crime)?", "crime_reports"),
    (r"reports", "crime_reports"),
    (r"incidents", "incidents"),
    (r"(?:criminal )?investigations", "other"),
    (
        (
            r"(?:police )?logs|calls|referrals|intelligence reports|warning notices|disposals"
            r"|prosecutions|convictions|cautions"
        ),
        "other",
    ),
    (r"(?:recorded |notifiable |logged |confirmed )?(?:crimes|offences)", "offences"),
    (r"crimed", "offences"),
    (r"victims", "victims"),
    (r"(?:suspects|perpetrators|offenders|defendants)", "suspects"),
    (r"cases", "cases"),
    (r"charges", "other"),
)
_UNIT = re.compile(
    "|".join(rf"(?P<u{number}>\b(?:{form})\b)" for number, (form, _) in enumerate(_UNITS)), re.IGNORECASE
)

_PLAIN_WORDS = frozenset({
    "of", "the", "an", "a", "all", "any", "number", "numbers", "total", "recorded", "reported", "alleged",
    "logged", "these", "those", "such", "by", "and", "in", "for", "there", "were", "was", "are", "it", "police",
    "force", "saw", "had", "received", "crime", "criminal", "overall", "yearly", "annual", "question", "from",
    "to", "with", "at", "on", "least", "one", "following", "above", "below", "their", "its", "which",
    "notifiable", "related", "online", "cyber", "internet", "linked", "media", "flagged", "relevant",
    "individual", "many", "how", "each", "new", "more", "separate", "enabled", "based", "them", "what",
    "figures",
})  # fmt: skip
# An area larger than one force, which no force's figure may be taken for.
LARGER_AREA = re.compile(
    r"\b(?:england|wales|scotland|northern ireland|united kingdom|uk|britain|great britain"
    r"|national(?:ly)?|nationwide"
    r"|countrywide|across the country|regions?|regional|(?:north|south|east|west)[ -](?:east"
    r"|west)(?:ern)?|midlands"
    r"|the (?:north|south|east|west)|east of england|east anglia|all forces|forces)\b",
    re.IGNORECASE,
)
TOTAL = re.compile(
    r"(?:grand |overall |sub[ -]?)?(?:total|totals|sum|overall)(?: (?:of|number "
    r"of)?.{0,40})?:?|both(?: (?:sites|platforms|forces|years|hospitals|sexes))?"
    r"|all(?: (?:offences|crimes|platforms|forces|years"
    r"|ages|outcomes|sites|reports|incidents|victims|records))?:?|.{1,40}\btotal:?",
    re.IGNORECASE,
)
# Labels beside platforms, offences and the like that name no further one of them.
REST = re.compile(
    r"(?:all )?others?(?: .{1,25})?|(?:not |un)(?:known|stated|recorded|specified)"
    r"|none|n/?a|blank|no platform.*|various|multiple",
    re.IGNORECASE,
)
NIL = re.compile(
    (
        r"(?:a )?nil(?: returns?)?|none(?: recorded)?|no (?:offences?|records?|crimes?|results?|data"
        r"|returns?|incidents?|victims?|reports?|arrests?|suspects?|cases?)(?: (?:found|recorded|reported))?"
    ),
    re.IGNORECASE,
)
WITHHELD = re.compile(
    r"(?:withheld|exempt(?:ed)?|redacted|suppressed|refused|not disclosed)\b.{0,40}|s\.? ?\d{2}(?:\(\d\))?",
    re.IGNORECASE,
)
NOT_HELD = re.compile(
    r"(?:data |figures? |information )?not (?:held|available|collected|recorded|applicable)|unavailable|n/a",
    re.IGNORECASE,
)
PERCENT = re.compile(
    (
        r"%|\bper ?cent\b|\bpercentages?\b|\brates?\b|\bchange\b|\bdifference\b|\baverage\b"
        r"|\bmean\b|\bproportion\b"
    ),
    re.IGNORECASE,
)
MARKS = re.compile(r"(?<=\S)\s*(?:[*†‡§#^]+|\[\w\]|\(\d\)|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)$")


_LAW = re.compile(r"(?: [a-z]+){0,3} (?:act|bill)\b", re.IGNORECASE)
_VERBS = frozenset({
    "including", "involving", "mentioning", "naming", "counting", "recording", "following",
})  # fmt: skip
_SUBORDINATE = re.compile(
    r"\s+(?:(?:made|carried out|brought|resulting) )?"
    r"(?:of|in|for|from|with|against|by|linked to|related to|relating to|arising from|involved in)\s+"
    r"(?:[\w'’-]+\s+){0,6}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun in a text and the unit of disclosure.yml it stands for."""

    text: str
    start: int
    end: int
    unit: str


def counted_nouns(text: str) -> list[Noun]:
    """What a text says is counted, in order. 'crime system', 'crime text' and one 'offence' are not counted."""
    found = []
    for match in _UNIT.finditer(text):
        if in_law(text, match.end()):
            continue
        number = int((match.lastgroup or "u0")[1:])
        found.append(Noun(match[0], match.start(), match.end(), _UNITS[number][1]))
    return found


def in_law(text: str, end: int) -> bool:
    """Whether a word that ends here belongs to the name of a law: the Sexual Offences Act counts nothing."""
    return _LAW.match(text, end) is not None


def head_nouns(text: str) -> list[Noun]:
    """The nouns that say what is counted: in 'victims of these offences' the victims, not the offences."""
    nouns = counted_nouns(text)
    heads: list[Noun] = []
    for number, noun in enumerate(nouns):
        above = nouns[number - 1] if number else None
        if above is None or not _SUBORDINATE.fullmatch(text[above.end : noun.start]):
            heads.append(noun)
    return heads


def qualifier_of(text: str, noun: Noun) -> str:
    """The word before a noun that says which of them are counted: 'image offences', 'hate crimes'; '' for none."""
    match = re.search(r"([A-Za-z][\w'’-]*)['’\"”]? $", text[: noun.start])
    word = match[1].casefold() if match else ""
    return "" if word in _PLAIN_WORDS or (word.endswith("ing") and word in _VERBS) else word


def without_marks(text: str) -> str:
    """A label without the footnote marks glued to its end."""
    return MARKS.sub("", text).strip()


def without_quotes(text: str) -> str:
    """A label without the quotes it stands in, as terms that were searched for do, and without footnote marks."""
    return without_marks(text).strip("\"'“”‘’ ")


def is_total(text: str) -> bool:
    """Whether a heading only says that its numbers are totals."""
    return bool(TOTAL.fullmatch(text.strip()))
