"""Data folders to land: one invented request, and documents of which every row is invented or given."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import yaml

HEADINGS = ["No.", "Financial Year", "Crime Type", "Outcome Description"]
ROLES = dict(zip(HEADINGS, ["ignore", "period", "offence", "outcome"], strict=True))
OFFENCES = ["Violence", "Theft", "Public Order", "Criminal Damage", "Other Crimes Against Society"]
OUTCOMES = ["Charged/Summonsed", "Community Resolution", "Investigation complete - no suspect identified"]


def invented_rows(count: int) -> list[list[str]]:
    """A record list as forces send it: numbered, five years, a few offences and outcomes. All of it is invented."""
    return [
        [str(number), f"{2019 + number * 5 // (count + 1)}/{20 + number * 5 // (count + 1)}",
         OFFENCES[number % 5], OUTCOMES[number % 3]]
        for number in range(1, count + 1)
    ]  # fmt: skip


def data_folder(folder: Path, document: Path, copies: int = 1) -> Path:
    """A data folder in which ``copies`` disclosures hold the same document, a record list under ``HEADINGS``."""
    request = {"title": "Invented", "offence_scope": "all-crime", "forces": "unknown",
               "parts": [{"part": "offences", "asks": "every record"}]}  # fmt: skip
    (folder / "requests").mkdir(parents=True)
    (folder / "requests" / "invented.yml").write_text(yaml.safe_dump(request), encoding="utf-8")
    answer = {
        "force": "invented", "reference": "invented", "title": "Invented", "kind": "foi_response",
        "fidelity": "original", "request": "invented", "counting": {"unit": "offences"},
        "parts": [{"part": "offences", "status": "disclosed"}],
        "documents": [{"file": document.name, "sha256": hashlib.sha256(document.read_bytes()).hexdigest()}],
        "tables": [{"name": "records", "layout": "records", "answers": ["offences"], "columns": ROLES,
                    "find": {"header": HEADINGS}, "period_basis": "financial"}],
    }  # fmt: skip
    for number in range(1, copies + 1):
        home = folder / "disclosures" / "invented" / f"answer-{number}"
        home.mkdir(parents=True)
        (home / "disclosure.yml").write_text(yaml.safe_dump(answer), encoding="utf-8")
        shutil.copyfile(document, home / document.name)
    return folder
