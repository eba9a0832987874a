"""Plain-text letters: one row per line, tab-separated lines as several cells."""

from __future__ import annotations

from ingest.cells import Cell, Sheet
from ingest.readers.encoding import decode


def read(data: bytes) -> list[Sheet]:
    """One ``text`` sheet. Locators count physical lines from 1, as editors do; form feeds are white space."""
    rows: list[list[Cell]] = []
    for number, line in enumerate(decode(data).split("\n"), start=1):
        if not line.strip():
            rows.append([])
            continue
        rows.append([Cell(piece.strip(), f"line {number}") for piece in line.split("\t")])
    return [Sheet("text", "text", rows)]
