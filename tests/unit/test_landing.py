"""What lands is whole: damaged files are read again, a document that changes while it is read is set aside."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import landing
from ingest.extract import Extraction, extract
from ingest.landing import land, unchanged, warehouse_tables
from ingest.registry import DataFolder, Entry, load
from tests.unit.test_extract import COUNTS, LETTER, answer


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """A data folder with one invented disclosure that has landed."""
    found = answer(tmp_path, LETTER, COUNTS)
    assert land(_entry(found), found).state == "extracted"
    return found


def _entry(data: DataFolder) -> Entry:
    return load(data).entry("kent/test")


@pytest.mark.parametrize("damage", ["truncated", "one byte", "missing"])
def test_a_damaged_landing_file_is_said_and_read_again(data: DataFolder, damage: str) -> None:
    (file,) = data.landing_dir.rglob("disclosed_values.parquet")
    good = file.read_bytes()
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes(good[: len(good) // 2] if damage == "truncated" else good[:-40] + b"x" + good[-39:])
    assert unchanged(_entry(data), data) is None
    assert len(warehouse_tables(load(data), data)["disclosed_values"]) == 0, "damaged rows are never loaded"
    again = land(_entry(data), data)
    assert again.state == "extracted"
    assert [(problem.code, problem.severity) for problem in again.problems] == [
        ("landing_damaged", "warning")
    ]
    assert file.read_bytes() == good
    assert land(_entry(data), data).state == "unchanged"


def test_a_document_that_changes_while_it_is_read_is_set_aside(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its last good extraction stands in; when the document is whole again the next build takes it."""
    described = data.disclosures_dir / "kent" / "test" / "disclosure.yml"
    described.write_text(described.read_text(encoding="utf-8") + "# looked at again\n", encoding="utf-8")
    document = described.with_name("document.txt")
    good = document.read_bytes()

    def meanwhile(entry: Entry) -> Extraction:
        result = extract(entry)
        document.write_bytes(good + b"one more line\n")
        return result

    monkeypatch.setattr(landing, "extract", meanwhile)
    landed = land(_entry(data), data)
    assert landed.state == "stale"
    assert [problem.code for problem in landed.problems] == ["changed_while_reading"]
    monkeypatch.undo()
    document.write_bytes(good)
    assert land(_entry(data), data).state == "extracted"


def test_what_a_killed_process_left_is_removed(data: DataFolder) -> None:
    left = data.landing_dir / "kent" / "test" / ".writing-x1"
    left.mkdir()
    (left / "documents.parquet").write_bytes(b"half")
    described = data.disclosures_dir / "kent" / "test" / "disclosure.yml"
    described.write_text(described.read_text(encoding="utf-8") + "# looked at again\n", encoding="utf-8")
    assert land(_entry(data), data).state == "extracted"
    assert not left.exists()
