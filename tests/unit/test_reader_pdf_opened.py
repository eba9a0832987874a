"""A PDF is opened once for the guard and the reader."""

from __future__ import annotations

import pypdfium2
import pytest

from ingest import guard
from ingest.readers import read_bytes
from ingest.readers.pdf import opened
from tests.support.pdf_writer import PdfWriter


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pages that pdfium loads, in order."""
    pages: list[int] = []
    load = pypdfium2.PdfDocument.get_page

    def counting(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
        pages.append(index)
        return load(document, index)

    monkeypatch.setattr(pypdfium2.PdfDocument, "get_page", counting)
    return pages


@pytest.fixture
def letter() -> bytes:
    writer = PdfWriter()
    writer.text(50, 50, "First page")
    writer.new_page()
    writer.text(50, 50, "Second page")
    return writer.bytes()


def look(data: bytes) -> list[str]:
    assert guard.inspect(data, "letter.pdf").decision == "accept"
    return [cell.text for cell in read_bytes(data, "letter.pdf")[0].cells()]


def test_guard_and_reader_load_a_page_once_between_them(letter: bytes, loads: list[int]) -> None:
    with opened.opened_once():
        assert look(letter) == ["First page", "Second page"]
        assert loads == [0, 1]
    assert look(letter) == ["First page", "Second page"]
    assert loads == [0, 1] * 3


def test_another_file_is_another_document(letter: bytes, loads: list[int]) -> None:
    other = PdfWriter()
    other.text(50, 50, "Another")
    with opened.opened_once():
        look(letter)
        assert look(other.bytes()) == ["Another"]
        assert look(letter) == ["First page", "Second page"]
    assert loads == [0, 1, 0, 0, 1]


def test_pages_full_of_things_are_not_kept(
    letter: bytes, loads: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "_MOST_KEPT", 1)
    with opened.opened_once():
        assert look(letter) == ["First page", "Second page"]
    assert loads == [0, 1, 1]
