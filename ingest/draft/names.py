"""Names inside running text: platforms, forces, offences. Where they stand, how they are to be quoted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ingest.draft.folding import folded
from ingest.draft.labels import POLICE_NAME
from ingest.draft.model import Vocabulary
from ingest.draft.words import in_law

_POOLING = re.compile(r"\s*(?:,\s*(?:and|or)?|and/or|and|or|/|&)\s*['\"‘“]?", re.IGNORECASE)
_GENERIC = re.compile(
    r"social (?:media|network(?:ing|s)?)(?: (?:web)?sites?| platforms?| apps?)?", re.IGNORECASE
)
# 'mentioning Facebook': a name where the link says that a platform follows; used where no vocabulary is given.
_LINKED = re.compile(
    r"\b(?:mention(?:ing|s|ed)?|involving|naming|(?:word|term|keyword|site)s?|using|via)\s+['\"‘“(]?"
    r"([A-Z][A-Za-z.]*[a-z](?:(?:, | and | or |/)[A-Z][A-Za-z.]*[a-z])*)"
)
_CODE = (
    r"(?:(?:home office|ho)(?: (?:offence|recording|crime|counting))?(?: (?:code|class))"
    r"|offence code|crime code|code)s?:? ?"
    r"(\d{1,3} ?/ ?\d{1,2}|\d{1,3}[a-z]?)(?![\w/])"
)
_PRINTED_CODE = re.compile(
    rf"{_CODE}|(?<![\w/])(0\d{{2}}/\d{{2}})(?![\w/])|\bHO (\d{{1,3}}[A-Z]?)(?![\w/])", re.IGNORECASE
)
_BRACKETED_CODE = re.compile(r"\((0?\d{1,3}[A-Z])\)")  # 'recorded crimes (88A)'
_OTHER_LAW = re.compile(
    r"(?: offences?)?,? ?\([^)]*(?:\(NI\)|Northern Ireland|\bNI\b|Scotland)[^)]*(?:\)[^)]*)?\)", re.IGNORECASE
)

_NOUN_AFTER = re.compile(
    r"(?:['’]s?)?\s+(?:(?:and|or|/)\s+\w+\s+)?(?:offences?|crimes?|allegations?|reports?)\b", re.IGNORECASE
)
_NOUN_BEFORE = re.compile(
    r"\b(?:offences?|crimes?)(?: \w+)?(?: (?:of|for|as)) (?:\w+ (?:and|or) )?$", re.IGNORECASE
)
_JOINED = re.compile(r",? (?:and|or|and/or|&) |/|, ")
_JOINED_WORD = re.compile(r"(?:,? (?:and|or|and/or|&) |/|, )([A-Za-z]{4,})")
_WORD_JOINED = re.compile(r"\b([A-Za-z]{4,})(?:,? (?:and|or|and/or|&) |/|, )$")
_NO_OFFENCES = {"other", "crime", "offence", "grooming", "sexting"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text. ``id`` is None for a pool of several platforms; ``is_generic`` for 'social media'."""

    text: str
    start: int
    end: int
    id: str | None
    is_generic: bool = False


def offence_code(text: str) -> str:
    """A code in one spelling: 71/17 and 071/17 are the same, 088A and 88A too."""
    digits = text.replace(" ", "").upper()
    if "/" in digits:
        head, _, tail = digits.partition("/")
        return f"{head.zfill(3)}/{tail.zfill(2)}"
    return digits.lstrip("0")


@dataclass(frozen=True)
class Names:
    """Finds names with the caller's vocabulary, and by how they are written where it is empty."""

    vocabulary: Vocabulary

    def platforms(self, text: str) -> list[Name]:
        """Platforms in order; several counted together ('Facebook or Twitter') are one name without an id."""
        found = [name for name in _known(text, self._platforms) if len(name.text) > 1]
        if not self.vocabulary.platforms:
            found = [
                Name(match[1], match.start(1), match.end(1), folded(match[1]))
                for match in _LINKED.finditer(text)
            ]
        found = [
            Name(name.text, name.start, name.end, name.id, is_generic=bool(_GENERIC.match(name.text)))
            for name in found
        ]
        covered = [(name.start, name.end) for name in found]
        found += [
            Name(match[0], match.start(), match.end(), None, is_generic=True)
            for match in _GENERIC.finditer(text)
            if all(match.end() <= start or end <= match.start() for start, end in covered)
        ]
        return _pooled(text, sorted(found, key=lambda name: name.start))

    def forces(self, text: str) -> list[Name]:
        """Forces in order; the name of a place counts only where it is written with a capital letter."""
        found = [name for name in _known(text, dict(self.vocabulary.forces)) if name.text[0].isupper()]
        for match in POLICE_NAME.finditer(text):
            overlapping = [name for name in found if name.start < match.end() and match.start() < name.end]
            if not overlapping:
                found.append(Name(match[0], match.start(), match.end(), folded(match[0])))
        return sorted(found, key=lambda name: name.start)

    def areas(self, text: str) -> list[Name]:
        """Names of the whole area of the document's force: 'across London' where it is the Metropolitan Police."""
        return _known(text, dict.fromkeys(self.vocabulary.areas, ""))

    def offences(self, text: str) -> list[Name]:
        """Offences in order, by known label or printed Home Office code; ``id`` is the code, '' where it has none."""
        found = _known(text, self._offences)
        found += _spoken(text, self._words, found)
        for match in _PRINTED_CODE.finditer(text):
            code = next(group for group in match.groups() if group)
            if match[2] and not self._is_code(match[2]):
                continue  # '018/13' may be the number of a request
            if all(match.end() <= name.start or name.end <= match.start() for name in found):
                found.append(Name(match[0], match.start(), match.end(), offence_code(code)))
        found = found or [
            Name(match[1], match.start(1), match.end(1), offence_code(match[1]))
            for match in _BRACKETED_CODE.finditer(text)
            if offence_code(match[1]) in self._codes
        ]
        found = _coded([name for name in found if not in_law(text, name.end)], text)
        return sorted((_with_law(text, name) for name in found), key=lambda name: name.start)

    def _is_code(self, text: str) -> bool:
        """Whether a code that stands without the word code is one of the vocabulary, as far as there is one."""
        return not self._codes or offence_code(text) in self._codes

    @cached_property
    def _words(self) -> dict[str, str]:
        """Labels of one word: names of offences only beside the word offences, or beside another offence."""
        return {
            label: code
            for label, code in self.vocabulary.offences.items()
            if label.isalpha() and len(label) > 3
        }

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(self.vocabulary.offences.values())

    @cached_property
    def _platforms(self) -> dict[str, str]:
        return dict(self.vocabulary.platforms)

    @cached_property
    def _offences(self) -> dict[str, str]:
        """Labels that are names of offences wherever they stand: of several words, or a word and a code."""
        return {label: code for label, code in self.vocabulary.offences.items() if " " in label}


def _known(text: str, labels: Mapping[str, str]) -> list[Name]:
    """Every known label in a text, the longest where several overlap."""
    plain = text.lower()
    for other, ordinary in (("–", "-"), ("—", "-"), ("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"')):
        plain = plain.replace(other, ordinary)
    if len(plain) != len(text):
        return []
    found: list[Name] = []
    for label in sorted((label for label in labels if label and label in plain), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(label)}(?!\w)", plain):
            if all(match.end() <= name.start or name.end <= match.start() for name in found):
                found.append(
                    Name(text[match.start() : match.end()], match.start(), match.end(), labels[label])
                )
    return sorted(found, key=lambda name: name.start)


def _spoken(text: str, words: Mapping[str, str], others: list[Name]) -> list[Name]:
    """'blackmail offences', 'crimes of stalking', 'malicious communications and stalking': offences of one word."""
    found = []
    for match in re.finditer(r"[A-Za-z]{4,}", text):
        if match[0].casefold() not in words or match[0].casefold() in _NO_OFFENCES:
            continue
        before, after = text[: match.start()], text[match.end() :]
        if (
            _NOUN_AFTER.match(after)
            or _NOUN_BEFORE.search(before)
            or any(
                _JOINED.fullmatch(text[other.end : match.start()])
                for other in others
                if other.end <= match.start()
            )
            or any(
                _JOINED.fullmatch(text[match.end() : other.start])
                for other in others
                if match.end() <= other.start
            )
            or ((joined := _JOINED_WORD.match(after)) and joined[1].casefold() in words)
            or ((joined := _WORD_JOINED.search(before)) and joined[1].casefold() in words)
        ):
            found.append(Name(match[0], match.start(), match.end(), words[match[0].casefold()]))
    return [
        name for name in found if all(name.end <= other.start or other.end <= name.start for other in others)
    ]


def _coded(names: list[Name], text: str) -> list[Name]:
    """'Indecent images of children (086/02)': a name that has no code of its own has the one printed behind it."""
    coded: list[Name] = []
    for name in sorted(names, key=lambda name: name.start):
        last = coded[-1] if coded else None
        if (
            last is not None
            and last.id == ""
            and name.id
            and re.fullmatch(r"[ ,–-]*\(?", text[last.end : name.start])
        ):
            coded[-1] = Name(name.text, name.start, name.end, name.id)
        else:
            coded.append(name)
    return coded


def _pooled(text: str, names: list[Name]) -> list[Name]:
    """Names with nothing but 'and', 'or' or a comma between them are one pool; two spellings of one name are one."""
    merged: list[Name] = []
    for name in names:
        last = merged[-1] if merged else None
        if (
            last is not None
            and _POOLING.fullmatch(text[last.end : name.start])
            and not (last.is_generic or name.is_generic)
        ):
            same = last.id if last.id == name.id else None
            merged[-1] = Name(text[last.start : name.end], last.start, name.end, same)
        else:
            merged.append(name)
    return merged


def _with_law(text: str, name: Name) -> Name:
    """An offence of another jurisdiction's law is quoted with that law, and has no Home Office code."""
    match = _OTHER_LAW.match(text, name.end)
    return Name(text[name.start : match.end()], name.start, match.end(), "") if match else name
