"""A text that holds for a table or sentence without standing in it, and where such texts are looked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Level = tuple[str, str]  # where a text stands, and the text


@dataclass(frozen=True, slots=True)
class Given:
    """A text that holds, as printed; what it is read as; and why it is taken. ``doubt`` is set instead of a text."""

    text: str = ""
    means: str | None = None
    why: str = ""
    doubt: str = ""


def listed(texts: Iterable[str]) -> str:
    """The first distinct texts, quoted and shortened."""
    distinct = list(dict.fromkeys(" ".join(text.split()) for text in texts))
    return ", ".join(f"'{text[:50]}'" for text in distinct[:4])
