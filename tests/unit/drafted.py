"""Drafting a few lines of invented text with a small vocabulary, for tests of the drafter's rules."""

from __future__ import annotations

from ingest.cells import Sheet
from ingest.draft import Asked, Codes, Draft, Vocabulary, draft
from ingest.readers import read_bytes

OFFENCES = {"Stalking": "8Q", "Blackmail": "35", "Harassment": "8L", "Sexual communication with a child": "071/17",
            "Malicious Communications": "8R"}  # fmt: skip
VOCABULARY = Vocabulary.of(
    forces={"Kent": "kent", "Essex": "essex", "Durham": "durham"},
    platforms={"Facebook": "facebook", "Snapchat": "snapchat", "Kik": "kik", "WhatsApp": "whatsapp"},
    offences=OFFENCES,
    outcomes={"Type 1": "1", "Type 18": "18", "Charged": "1"},
    decided={"offence": OFFENCES, "outcome": ["Type 1", "Type 18", "Charged"]},
    codes=Codes(),
)


def drafted(
    text: str, *, vocabulary: Vocabulary = VOCABULARY, force: str | None = "kent", name: str = "letter.txt"
) -> Draft:
    """The draft of a plain-text letter, or of what the ending of ``name`` says."""
    sheets: list[Sheet] = read_bytes(text.encode(), name)
    return draft(sheets, vocabulary, Asked(force, "invented"))


def figures_of(found: Draft, *roles: str) -> list[tuple[str, ...]]:
    """Every figure as its text and the texts of some roles ('' for none), what they read as in place of the printed."""
    rows = []
    for table in found.tables:
        readings = table.fields.get("reads_as", [])
        for number, row in enumerate(table.rows, start=1):
            texts = [row["value_text"] or ""]
            for role in roles:
                own = (
                    (table.fields.get("measure") or "") if role == "measure" else (row[f"{role}_text"] or "")
                )
                means = [
                    reading["means"]
                    for reading in readings
                    if reading["role"] == role
                    and reading["text"] == own
                    and reading.get("figure") in (None, number)
                ]
                texts.append(means[0] if means else own)
            rows.append(tuple(texts))
    return rows
