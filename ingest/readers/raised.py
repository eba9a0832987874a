"""Digits set above the line are signs of notes, no part of the number they follow."""

from __future__ import annotations

import re

_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGN = re.compile(r"\s*\d{1,2}\s*")


def raised(text: str) -> str:
    """The text with its digits as raised ones, where it is nothing but the number of a note: '4' and '1' are '4¹'."""
    return text.translate(_DIGITS) if _SIGN.fullmatch(text) else text
