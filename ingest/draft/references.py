"""The reference an answer prints of itself, for a document that came without anybody saying what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice, pairwise

_WORDS = r"(?:(?:foia?|request|reference|ref|number|no|n\^o)\b[\s.:#/-]{0,3})*"
_NUMBER = r"(?P<token>(?=[\w./-]*\d)[A-Z0-9][\w./-]*\w)"
# "Your ref" is the asker's, not the force's.
_LABELLED = re.compile(rf"(?<!your )\bref(?:erence)?\b[\s.:#/-]{{0,3}}{_WORDS}{_NUMBER}", re.IGNORECASE)
# Inside a sentence "FOI 12/34" may be another answer, so it counts only where a line begins with it.
_HEADED = re.compile(rf"\W{{0,3}}foi\b[\s.:#/-]{{0,3}}{_WORDS}{_NUMBER}", re.IGNORECASE)
_LABEL_ALONE = re.compile(r"(?:our )?ref(?:erence)?(?: no| number)?\W*", re.IGNORECASE)
_YEAR_OR_DATE = re.compile(
    r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-](?:\d\d){1,2}|\d{1,2}(?:st|nd|rd|th)", re.IGNORECASE
)
_FIRST = 80  # lines: a reference stands in the head of a letter or in its title


def reference_of(lines: Iterable[str]) -> str | None:
    """The first reference number printed, one labelled as a reference before one that only follows 'FOI'; or None.

    Years and dates are none: 'FOI Act 2000' names no answer. A label alone on its line belongs to the line below.
    """
    texts = [" ".join(line.split()) for line in islice(lines, _FIRST)]
    texts += [f"{label} {below}" for label, below in pairwise(texts) if _LABEL_ALONE.fullmatch(label)]
    labelled = (match for text in texts for match in _LABELLED.finditer(text))
    headed = (match for text in texts if (match := _HEADED.match(text)))
    for match in (*labelled, *headed):
        if not _YEAR_OR_DATE.fullmatch(match["token"]):
            return match["token"].strip("./-_")
    return None
