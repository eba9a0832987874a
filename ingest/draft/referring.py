"""Questions and headings that go on about the one before them: 'how many of these', 'as above'."""

from __future__ import annotations

import re

_THESE = re.compile(
    r"\b(?:these|those|such|this|the above) "
    r"(?:offences?|crimes?|reports?|incidents?|figures?|victims?|suspects?|cases)\b"
    r"|\b(?:how many|number) of (?:them|these|those)\b|\bof (?:them|these|those),? how many\b|\bin how many\b"
    r"|\b(?:same )?as above\b",
    re.IGNORECASE,
)


def refers_back(text: str) -> bool:
    """Whether a question or heading goes on about the one before it."""
    return _THESE.search(text) is not None
