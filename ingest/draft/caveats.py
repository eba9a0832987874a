"""What an answer says about its own figures that keeps them from being what they seem."""

from __future__ import annotations

import re

from ingest.draft.model import DraftTable
from ingest.draft.page import Page

_CRIMES = ("offences", "crime_reports", "incidents")
_SEARCH_RESULTS = re.compile(
    r"\b(?:should|must|can)(?: ?not|n['’]t) be (?:taken|read|treated|understood|regarded) (?:as|to be) (?:\w+ ){0,3}"
    r"(?:crimes|offences)\b"
    r"|\bthese are (?:only |merely |simply )?(?:the )?(?:key ?word|search) (?:results|hits)\b"
    r"|\b(?:key ?word|search) (?:results|hits),? (?:and )?not (?:\w+ ){0,2}(?:crimes|offences)\b",
    re.IGNORECASE,
)


def without_search_results(
    tables: list[DraftTable], page: Page
) -> tuple[list[DraftTable], list[DraftTable], str]:
    """Tables to keep, those to leave out, and the words by which what they count are results of a search, no crimes."""
    said = (
        match
        for line in page.lines
        if not line.asks
        for match in [_SEARCH_RESULTS.search(line.text)]
        if match
    )
    match = next(said, None)
    if match is None:
        return tables, [], ""
    failed = [table for table in tables if table.fields.get("measure") in _CRIMES]
    return [table for table in tables if table not in failed], failed, match[0]
