"""What an offence or outcome label is, where no mapping decides it but the vocabulary leaves one answer.

A label is coded by its printed code only where its words agree with that code's title, and by its words alone only
where they are those of one title. Whatever would need a judgement keeps its label and no code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ingest.draft.folding import folded
from ingest.draft.words import without_marks

_CODED = re.compile(
    r"(?:class |code )?0*(?P<code>\d{1,3} ?/ ?\d{1,2}|\d{1,3}[a-z]?)(?: ?[.:)–-] ?|\s+)(?P<words>\D.*)",
    re.IGNORECASE | re.DOTALL,
)
_CODE_AFTER = re.compile(
    r"(?P<words>\D.*?) \((?:(?:home office|ho|offence|class|code|recording) )*"
    r"0*(?P<code>\d{1,3} ?/ ?\d{1,2}|\d{1,3}[a-z]?)\)",
    re.IGNORECASE,
)
_LAW = re.compile(
    r" ?\((?!.*(?:\bni\b|northern ireland|scotland))[^()]*"
    r"(?:\b(?:s|sec|section)\.? ?\d[^()]*\bact\b|\bact\b[^()]*\b(?:s|sec|section)\.? ?\d)[^()]*\)"
)
_SECTION = re.compile(r"(?:s|sec|section)\.? ?\d{1,3}[a-z]?(?: ?[:.)–-] ?| )(?=[a-z]{3})")
_LISTED = re.compile(
    r"(?:types?|outcomes?|ocs?) ?(?P<codes>\d{1,2}(?:(?:, ?| ?(?:,? (?:and|or)|&|/) ?)\d{1,2})+)"
)
_OF_NUMBER = re.compile(r"(?:type|outcome|oc)[ -]?\d")
_NUMBERED = re.compile(
    r"(?:type|outcome|oc)?[ -]?0*(?P<code>\d{1,2}[a-c]?)\b ?[.:)–-]? ?(?P<words>\D.*)",
    re.IGNORECASE | re.DOTALL,
)
_HARMLESS = frozenset({
    "of", "a", "an", "the", "to", "or", "and", "in", "on", "for", "with", "by", "be", "is", "was", "etc",
    "pseudo", "offence", "offences", "crime", "crimes", "sa", "soa", "act", "engage", "permit", "taken", "commission",
})  # fmt: skip
_SEX = frozenset({
    "female", "male", "girl", "boy",
})  # fmt: skip
_SAME = {
    "photographs": "photo", "photograph": "photo", "photos": "photo", "children": "child", "possess": "possession",
    "possessing": "possession", "taking": "take", "making": "make", "distributing": "distribute",
    "suspects": "suspect", "sus": "suspect", "youths": "youth", "adults": "adult", "charge": "charged",
    "cautioned": "caution", "cautions": "caution", "declined": "declines", "pnd": "penalty", "id": "identified",
    "causing": "cause", "inciting": "incite", "arranging": "arrange", "facilitating": "facilitate",
    "meet": "meeting", "images": "image", "evidentiary": "evidential", "summonsed": "summons", "unable": "declines",
}  # fmt: skip
_SOME = 0.2  # of the words: enough where the number is called that of an outcome
_ENOUGH = 0.4  # of a label's words that agree with those of its number, where no other number agrees better


@dataclass(frozen=True)
class Codes:
    """The vocabulary's titles by code, and the labels of the mappings.

    ``offences`` and ``outcomes`` are (label, code) pairs of everything known, titles included; ``groups`` are names of
    groups of offences, which are no single offence; ``classes`` gives the class of a sub-code.
    """

    offences: tuple[tuple[str, str], ...] = ()
    outcomes: tuple[tuple[str, str], ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    """(title, class) of the classes counted today, and of groups that hold just one class."""
    outcome_groups: Mapping[frozenset[str], str] = field(default_factory=dict)
    """Codes that answers pool -> the group of just these."""
    groups: frozenset[str] = frozenset()
    classes: Mapping[str, str] = field(default_factory=dict)

    def offence(self, label: str) -> tuple[str, str] | None:
        """A code and the reason, or None."""
        text = _LAW.sub("", folded(without_marks(label)))
        match = _CODED.fullmatch(text) or _CODE_AFTER.fullmatch(text)
        if match and (code := _spelt(match["code"])) in self._offence_titles:
            if any(_agree(_key(match["words"]), title) for title in self._offence_titles[code]):
                return code, "the code it prints, and its words are those of the code"
            return None
        if match and re.search(r"[/a-z]", match["code"]):
            return None
        text = _SECTION.sub("", text)
        key = _key(text)
        if not key or key in self._group_keys:
            return None
        if len(titled := self._by_title.get(text, set())) == 1:
            return next(iter(titled)), "it is the title of that class"
        if len(key) > 2 and {"grooming", "child"} <= key:
            key |= {"sexual"}  # whether or not the label says so
        codes = self._by_words.get(key, set())
        if len(codes) == 1:
            if len(self._by_stem.get(key - _SEX, set())) > 1 and text not in self._exact:
                return None  # the code of one kind of offender, and the label may hold the others as well
            return next(iter(codes)), "its words are the title of that code alone"
        classes = {self.classes.get(code, code) for code in codes or self._by_stem.get(key - _SEX, set())}
        return (classes.pop(), "its words are those of that class alone") if len(classes) == 1 else None

    def agrees(self, label: str, code: str) -> bool:
        """Whether a code of the vocabulary printed beside a label has a title in the words of that label."""
        titles = self._offence_titles.get(_spelt(code.lstrip("0") if "/" not in code else code), [])
        return any(_agree(_key(folded(without_marks(label))), title) for title in titles)

    def outcome(self, label: str, *, is_scheme: bool = False) -> tuple[str, str] | None:
        """A code and the reason, or None. ``is_scheme``: the other labels show that their numbers are those of the
        framework; then a number is believed unless its words are those of another one."""
        text = folded(without_marks(label))
        if match := _LISTED.fullmatch(text):
            group = self.outcome_groups.get(frozenset(re.findall(r"\d+", match["codes"])))
            return (group, "the group of the outcomes it lists") if group else None
        match = _NUMBERED.fullmatch(text)
        if match is None:
            codes = self._outcomes_by_words.get(_key(text), set())
            return (_outcome_text(*codes), "its words are those of that outcome") if len(codes) == 1 else None
        words, code = _key(match["words"]), match["code"].upper()
        likeness = {
            known: _likeness(words, titles)
            for known, titles in self._outcome_titles.items()
            if ":" not in known
        }
        own, best = likeness.get(code, 0.0), max(likeness.values(), default=0.0)
        if own >= _ENOUGH and own >= best:
            return _outcome_text(code), "the number it prints, whose wording it shares"
        if code in likeness and (is_scheme or _OF_NUMBER.match(text)) and (own >= _SOME or best < _ENOUGH):
            return _outcome_text(code), "the number of the outcome that it prints"
        return None

    @cached_property
    def _offence_titles(self) -> dict[str, list[frozenset[str]]]:
        return _grouped((code, _key(_bare(label))) for label, code in self.offences)

    @cached_property
    def _exact(self) -> frozenset[str]:
        return frozenset(_bare(label) for label, _ in self.offences)

    @cached_property
    def _by_title(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for title, code in self.titles:
            found.setdefault(folded(title), set()).add(code)
        return found

    @cached_property
    def _group_keys(self) -> frozenset[frozenset[str]]:
        return frozenset(_key(group) for group in self.groups)

    @cached_property
    def _by_words(self) -> dict[frozenset[str], set[str]]:
        return _sets((_key(_bare(label)), code) for label, code in self.offences)

    @cached_property
    def _by_stem(self) -> dict[frozenset[str], set[str]]:
        """Titles without what tells the sub-codes of one offence apart: sex, penetration, age of the offender."""
        return _sets(
            (_key(re.split(r" etc\b| - | \(", _bare(label))[0]) - _SEX, code) for label, code in self.offences
        )

    @cached_property
    def _outcome_titles(self) -> dict[str, list[frozenset[str]]]:
        return _grouped((code, _key(_bare(label))) for label, code in self.outcomes)

    @cached_property
    def _outcomes_by_words(self) -> dict[frozenset[str], set[str]]:
        return _sets((_key(_bare(label)), code) for label, code in self.outcomes)


def _outcome_text(code: str) -> str:
    """A code as a label that the dbt project reads: 'Type 1', 'group:caution'."""
    return code if ":" in code else f"Type {code}"


def _bare(label: str) -> str:
    """A known label without its code."""
    text = folded(label)
    for pattern in (_CODED, _NUMBERED):
        if match := pattern.fullmatch(text):
            return match["words"]
    return text


def _spelt(code: str) -> str:
    digits = code.replace(" ", "").upper()
    head, slash, tail = digits.partition("/")
    return f"{head.zfill(3)}/{tail.zfill(2)}" if slash else digits


def _key(text: str) -> frozenset[str]:
    words = (re.sub(r"[^a-z0-9]", "", word) for word in re.split(r"[\s/,;:.()-]+", folded(text)))
    return frozenset(_SAME.get(word, word) for word in words if word and word not in _HARMLESS)


def _agree(words: frozenset[str], title: frozenset[str]) -> bool:
    """Most words of the shorter one stand in the other."""
    return bool(words) and len(words & title) * 3 >= min(len(words), len(title)) * 2


def _likeness(words: frozenset[str], titles: Iterable[frozenset[str]]) -> float:
    return max((len(words & title) / len(words | title) for title in titles if words | title), default=0.0)


def _grouped(pairs: Iterable[tuple[str, frozenset[str]]]) -> dict[str, list[frozenset[str]]]:
    found: dict[str, list[frozenset[str]]] = {}
    for code, key in pairs:
        if code and key:
            found.setdefault(code, []).append(key)
    return found


def _sets(pairs: Iterable[tuple[frozenset[str], str]]) -> dict[frozenset[str], set[str]]:
    found: dict[frozenset[str], set[str]] = {}
    for key, code in pairs:
        if code and key:
            found.setdefault(key, set()).add(code)
    return found
