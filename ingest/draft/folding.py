"""A label as it is compared."""

from __future__ import annotations

from ingest.cells import squeeze


def folded(text: str) -> str:
    """A label as it is compared: white space, letter case, kinds of dash and quote make no difference."""
    text = squeeze(text).casefold()
    for other, plain in (("–", "-"), ("—", "-"), ("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"')):
        text = text.replace(other, plain)
    return text.rstrip(" .")
