"""Documents inside documents (mail attachments, archive members): read by their own reader, within limits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ingest.cells import Cell, Sheet
from ingest.readers import Unreadable, known_endings, read_bytes
from ingest.readers.package import reading

MAX_DEPTH = 4  # a letter in a zip in a mail in a mail
MAX_BYTES = 256 * 2**20  # of all inner documents together

_depth: ContextVar[int] = ContextVar("depth", default=0)
_bytes_left: ContextVar[int] = ContextVar("bytes_left", default=MAX_BYTES)


@contextmanager
def inside(what: str) -> Iterator[None]:
    """Count one level of nesting. The outermost level starts a fresh allowance of bytes."""
    depth = _depth.get()
    if depth >= MAX_DEPTH:
        raise Unreadable(f"the {what} is nested more than {MAX_DEPTH} deep")
    depth_token, bytes_token = (
        _depth.set(depth + 1),
        _bytes_left.set(_bytes_left.get() if depth else MAX_BYTES),
    )
    try:
        yield
    finally:
        left = _bytes_left.get()
        _depth.reset(depth_token)
        _bytes_left.reset(bytes_token)
        if depth:
            _bytes_left.set(left)


def has_reader(name: str) -> bool:
    """Whether the ending of ``name`` is one that can be read."""
    return name.rpartition(".")[2].lower() in known_endings()


def read_inner(data: bytes, name: str) -> list[Sheet]:
    """The sheets of an inner document, named and located as ``attachment name.xlsx: Sheet1!C7``."""
    left = _bytes_left.get() - len(data)
    if left < 0:
        raise Unreadable(f"the attachments expand to more than {MAX_BYTES // 2**20} MiB")
    _bytes_left.set(left)
    try:
        with reading("attachment"):
            sheets = read_bytes(data, name)
    except Unreadable as error:
        raise Unreadable(f"attachment {name}: {error}") from error
    return prefixed(sheets, f"attachment {name}")


def prefixed(sheets: list[Sheet], where: str) -> list[Sheet]:
    """The same sheets with ``where: `` before every name and locator. Rows are replaced one by one."""
    for sheet in sheets:
        sheet.name = f"{where}: {sheet.name}"
        for number, row in enumerate(sheet.rows):
            sheet.rows[number] = [
                Cell(cell.text, f"{where}: {cell.locator}", cell.is_continued) for cell in row
            ]
    return sheets


def unread_row(name: str) -> list[Cell]:
    """A row that keeps an attachment without a reader from being dropped silently."""
    return [Cell(f"[attachment {name} was not read: no reader for this kind of file]", f"attachment {name}")]


def plain_name(name: str, otherwise: str) -> str:
    """A file name fit to be shown: one line, no control characters, no folders of the sender's machine."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter if letter.isprintable() else " " for letter in last)
    return " ".join(shown.split())[:150] or otherwise
