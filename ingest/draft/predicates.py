"""What is said of a part of what was counted: 'had a victim under 16', 'resulted in a charge', 'mentioned Facebook'.

Read only where it is one of a few plain forms and a role holds it: an outcome the vocabulary knows, the age or sex of
victims, the age of suspects, a platform.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.draft.clauses import Clause
from ingest.draft.context import Context
from ingest.draft.folding import folded
from ingest.draft.spans import Span

_JOINT = re.compile(
    r"\s*[,;]?\s*(?:\band\b|\bwhile\b|\bbut\b)?\s*(?:\b(?:in|for) )?$|\s*[.;]\s*$", re.IGNORECASE
)
_NAMES_IT = re.compile(r"(?:mention|nam|involv|featur|cit|includ)(?:ed|e|es|s|ing)?\s+", re.IGNORECASE)
_AGE = (
    r"(?:(?:aged )?(?:under|below|younger than)(?: the age of)? \d{1,2}|aged (?:between )?\d{1,2}"
    r"(?: ?(?:to|and|-|–) ?\d{1,2}| (?:or|and) (?:under|over|younger|older))?|\d{1,2} (?:or|and) (?:under|younger))"
    r"(?: years(?: old)?)?"
)
_SEX = r"(?:girls?|boys?|females?|males?|women|woman|men|man)"
_HAD = r"(?:(?:had|have|involved?|featured?|concerned|included?|were against|with) )?(?:an? |the )?"
_PREDICATES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(form, re.IGNORECASE))
    for kind, form in (
        ("victim", rf"{_HAD}(?P<victim>victims?(?: who)?(?: (?:was|were))? {_AGE})"),
        ("victim", rf"(?:where |in which )?{_HAD}(?P<victim>victim (?:was|were) {_AGE})"),
        ("victim", rf"{_HAD}(?P<victim_sex>female|male) victims?"),
        ("victim", rf"(?:where |in which )?(?:the )?victims? (?:was|were) (?:an? )?(?P<victim_sex>{_SEX})"),
        ("suspect", rf"{_HAD}(?P<suspect_age>suspects?(?: who)?(?: (?:was|were))? {_AGE})"),
        (
            "victim",
            r"the (?:gender|sex)(?: of the victim)? (?:was|is) (?P<victim_sex>not (?:recorded|known|stated)|unknown)",
        ),
        ("person", rf"(?:are|were|was|is)(?: an?)? (?P<sex>{_SEX})"),
        ("person", rf"(?P<sex>{_SEX})"),
        ("person", rf"(?:are|were|was) (?P<age>{_AGE})"),
    )
)
_PEOPLE = r"(?:people|persons|individuals|offenders|suspects|men|women|adults|defendants)"
_CHARGED = re.compile(
    rf"{_PEOPLE}(?: who)? (?:were|was|have been|had been) (?P<outcome>charged|charged or summonsed)",
    re.IGNORECASE,
)
_CAME_OF_IT = re.compile(
    r"(?:(?:a |an |the )?(?:suspects?|offenders?|person|someone) (?:was|were|had been|has been|have been) "
    r"|(?:which |that )?(?:has |have |had )?(?:resulted in|led to|ended in|ended with|to|in|with) (?:an? )?"
    r"|(?:were|was) |there was (?:an? )?)?(?P<outcome>.+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of such a clause: the kind of its predicate, and the role and place of the text it gives.

    ``kind`` is whole (the figure of all), outcome, charged (people), victim, suspect or person.
    """

    figure: Span
    kind: str
    role: str = ""
    start: int = 0
    end: int = 0


def predicates(
    clause: Clause, figures: list[Span], context: Context, *, begins: int | None = None
) -> Iterator[Part]:
    """What is said of each figure; none for one whose words are not one of the plain forms."""
    for number, figure in enumerate(figures):
        start = begins if begins is not None and number == 0 else figure.end
        stop = figures[number + 1].start if number + 1 < len(figures) else len(clause.text)
        text = _without_joint(clause.text[start:stop])
        bare = text.lstrip(" ,")
        begin = start + len(text) - len(bare)
        part = _predicate(figure, bare, begin, context) or _platform(clause, figure, begin, begin + len(bare))
        if part is not None:
            yield part


def _platform(clause: Clause, figure: Span, start: int, end: int) -> Part | None:
    """'14 mentioned Facebook'."""
    match = _NAMES_IT.match(clause.text, start)
    if match is None:
        return None
    name = next((name for name in clause.platforms if (name.start, name.end) == (match.end(), end)), None)
    return Part(figure, "platform", "platform", name.start, name.end) if name else None


def _without_joint(text: str) -> str:
    """A predicate without the 'and', comma or full stop before whatever follows it."""
    previous = None
    while previous != text:
        previous, text = text, _JOINT.sub("", text)
    return text.rstrip()


def _predicate(figure: Span, text: str, start: int, context: Context) -> Part | None:
    for kind, form in _PREDICATES:
        if match := form.fullmatch(text):
            role = next(name for name, told in match.groupdict().items() if told)
            return Part(figure, kind, role, start + match.start(role), start + match.end(role))
    if match := _CHARGED.fullmatch(text):
        return Part(
            figure, "charged", "outcome", start + match.start("outcome"), start + match.end("outcome")
        )
    for first, last in _outcomes(text):
        if is_known_outcome(text[first:last], context):
            return Part(figure, "outcome", "outcome", start + first, start + last)
    return None


def _outcomes(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of a predicate that may name an outcome: all of it, or what follows 'resulted in a'."""
    yield 0, len(text)
    if match := _CAME_OF_IT.fullmatch(text):
        yield match.span("outcome")


def is_known_outcome(text: str, context: Context) -> bool:
    """Whether the vocabulary codes a text as an outcome."""
    vocabulary = context.vocabulary
    return folded(text) in vocabulary.outcomes or vocabulary.codes.outcome(text) is not None
