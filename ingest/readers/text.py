"""Plain-text letters: one row per line; tab-separated lines and tables drawn with characters as several cells."""

from __future__ import annotations

from ingest.cells import Cell, Sheet
from ingest.readers.aligned_text import pieces_of
from ingest.readers.encoding import decode


def read(data: bytes) -> list[Sheet]:
    """One ``text`` sheet. Locators count physical lines from 1, as editors do; form feeds are white space."""
    lines = decode(data).split("\n")
    drawn = pieces_of([line.rstrip("\r\f ") for line in lines])
    rows: list[list[Cell]] = []
    for number, line in enumerate(lines):
        pieces = drawn.get(number, line.split("\t") if line.strip() else [])
        rows.append([Cell(piece.strip(), f"line {number + 1}") for piece in pieces])
    return [Sheet("text", "text", rows)]
