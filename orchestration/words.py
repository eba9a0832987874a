"""Wrong use, in one clear line: what was typed, what exists, what was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class WrongUse(Exception):
    """What was asked for cannot be done as asked; the message is the one line a person sees."""


def unknown(kind: str, name: str, known: Iterable[str]) -> WrongUse:
    """``no such police force: norflk; did you mean norfolk?``"""
    names = sorted(set(known))
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    if not near and name and not name.isdigit():  # a number is no part of a name: it stands in many by chance
        near = [candidate for candidate in names if name.casefold() in candidate.casefold()][:3]
    if near:
        return WrongUse(f"no such {kind}: {name}; did you mean {' or '.join(near)}?")
    if not names:
        return WrongUse(f"no such {kind}: {name}; there are none yet")
    shown = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
    return WrongUse(f"no such {kind}: {name}; there are {shown}")


def number(count: int, singular: str, plural: str | None = None) -> str:
    """``1 disclosure``, ``1,204 values``."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"
