"""Whether a clause says nothing beside what was recognised in it. A word that is not known may narrow what is counted.

'57 offences in which a knife was used', 'a man admitted 57 offences', 'the target is 57 offences': nouns and verbs of a
clause are without end, so that the words that narrow nothing are listed here and every other one speaks against it.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from ingest.draft.clauses import OUTCOME_NUMBER, RECORDING, Clause
from ingest.draft.labels import POLICE_NAME, offence_words
from ingest.draft.links import TELLING_WORDS

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_PERSONS = re.compile(r"\b(?:children|adults|people|persons|girls|boys|women|men)\s*$", re.IGNORECASE)
_CORRECTED = re.compile(
    r"\b(?:correct(?:ed|ion)|incorrect\w*|revised|amended|error|erroneous\w*|mistake\w*|wrong\w*|superseded"
    r"|(?:previously|earlier|originally|initially|first) "
    r"(?:published|stated|given|reported|supplied|disclosed|provided)"
    r"|should (?:have )?(?:be|read|been)|not \d[\d,]* as)\b",
    re.IGNORECASE,
)
_EDGE = re.compile(
    r"\b(?:(?<!year )by|before|until|till|up to|prior to|as (?:at|of)|to date|so far)\s+(?:the )?(?:end of )?$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]*\)")
_WHOLE_AREA = re.compile(r"\b(?:force|force['’]s|police|policing) area\b", re.IGNORECASE)
_NARROWING_NOTHING = (POLICE_NAME, OUTCOME_NUMBER, _WHOLE_AREA, RECORDING)
# Grammar that holds a clause together.
_GRAMMAR = frozenset({
    "and", "or", "this", "these", "those", "that", "such", "all", "any", "each", "every", "both", "then", "also",
    "only", "just", "alone", "as", "at", "an", "is", "are", "be", "being", "has", "having", "they", "them", "their",
    "its", "our", "we", "i", "can", "least", "one", "when", "against", "between", "within", "across", "under", "s",
    "respectively", "while", "after", "followed",
})  # fmt: skip
# Who keeps the figures and where: the police themselves.
_KEEPERS = frozenset({
    "police", "force", "forces", "force's", "constabulary", "constabulary's", "county", "district",
    "system", "systems", "database", "records", "record",
})  # fmt: skip
# How figures are announced, searched for, compared.
_FRAMES = frozenset({
    "figures", "figure", "data", "statistics", "information", "details", "show", "shows", "showed", "reveal",
    "reveals", "revealed", "confirm", "confirmed", "confirms", "according", "obtained", "released", "disclosed",
    "provided", "freedom", "act", "request", "requests", "response", "answer", "question", "part", "foi", "new",
    "latest", "held", "number", "numbers", "count", "counts", "total", "totals", "overall", "combined", "altogether",
    "year", "years", "yearly", "month", "months", "monthly", "quarter", "period", "financial", "calendar", "annual",
    "compares", "compare", "compared", "comparison", "amounted", "stood", "came", "risen", "fallen", "grew",
    "increasing", "decreasing", "falling", "rising", "search", "searches", "searched", "keyword", "key", "word",
    "words", "term", "terms", "phrase", "finds", "found", "gave", "gives", "returned", "returns", "produced",
    "identified", "identifies", "located", "appear", "appeared", "appears", "appearing", "arose", "marked",
    "where", "text", "mo", "notes", "description", "log", "logs", "dealt", "offence", "crime", "recording", "reporting",
    "social", "media", "network", "networks", "networking", "site", "sites", "website", "websites", "platform",
    "platforms", "app", "apps", "messaging", "service", "flag", "flagged", "tagged", "separate", "individual",
    "different", "time", "times", "same", "last", "previous", "year's", "custody",
    "person", "cse", "csa", "charged", "considered", "considering", "were", "committed", "occurred",
    "happened", "took", "taken", "place",
    "newspaper", "how", "many", "mention", "used", "arrest", "table", "code", "point",
    "please", "your", "about", "recent", "steadily", "sharply", "slightly", "more", "than", "doubled", "trebled",
    "tripled", "quadrupled", "halved", "soared", "surged", "jumped", "whole", "entire", "cyber-flagged",
    "brought", "retrieved", "back", "online-flagged", "keywords", "contain", "contains", "relevant", "either", "report",
    "published", "compiled", "significant", "significantly", "sharp", "steep", "dramatic", "dramatically", "huge",
    "largest", "highest", "lowest", "biggest", "smallest", "meanwhile", "however", "but", "too", "still", "already",
    "area", "surge", "spike", "leap", "decline", "growth", "trend", "worrying", "alarming", "shocking", "soaring",
    "dating", "gaming", "said", "says", "say", "hold", "holds", "suspicion",
})  # fmt: skip
_KNOWN = _GRAMMAR | _KEEPERS | _FRAMES | TELLING_WORDS


def corrected(text: str) -> str:
    """Words of a line that say a figure was once another: which of its figures holds is for a person to tell; or ''."""
    match = _CORRECTED.search(text)
    return match[0] if match else ""


def one_sided(clause: Clause) -> str:
    """'by June 2018', 'until 2017': a period of which only the end is told; '' where there is none."""
    for period in clause.periods:
        if period.kind != "open" and (match := _EDGE.search(clause.text[: period.start])):
            return f"{match[0].strip()} {period.text}"
    return ""


def unexplained(clause: Clause, said: Collection[str] = ()) -> str:
    """The first word of a clause that is neither recognised nor known to narrow nothing; '' where there is none.

    ``said`` are further words that narrow nothing here, in lower case.
    """
    text = list(clause.text)
    spans = [(figure.start, figure.end) for figure in clause.figures]
    spans += [(period.start, period.end) for period in clause.periods]
    spans += [
        (name.start, name.end)
        for name in [*clause.platforms, *clause.forces, *clause.offences, *clause.areas]
    ]
    spans += [(noun.start, noun.end) for noun in clause.nouns]
    spans += [match.span() for match in _asides(clause)]
    spans += [match.span() for form in _NARROWING_NOTHING for match in form.finditer(clause.text)]
    for other in clause.others:
        persons = _PERSONS.search(clause.text[: other.start])  # 'children aged between six and 13'
        spans.append((persons.start() if persons else other.start, other.end))
    for first, last in spans:
        text[first:last] = " " * (last - first)
    for match in _WORD.finditer("".join(text)):
        word = match[0].casefold().strip("'’-")
        if word not in _KNOWN and word not in said and not offence_words(word):
            return match[0]
    return ""


def _asides(clause: Clause) -> list[re.Match[str]]:
    """Brackets that hold no figure."""
    return [
        match
        for match in _ASIDE.finditer(clause.text)
        if not any(match.start() <= figure.start < match.end() for figure in clause.figures)
    ]
