"""One module per file format: bytes -> sheets of cells. Nothing here knows what a cell means.

A new format is a module with ``read(data: bytes) -> list[Sheet]`` and its file endings in ``_MODULES``.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import cast

from ingest.cells import Sheet


class Unreadable(Exception):
    """The bytes cannot be read as what the file name says; the message is one clear sentence."""


_MODULES = {
    "csv": "delimited",
    "tsv": "delimited",
    "txt": "text",
    "htm": "html",
    "html": "html",
    "pdf": "pdf",
    "xlsx": "spreadsheet",
    "xlsm": "spreadsheet",
    "xls": "spreadsheet",
    "xlsb": "spreadsheet",
    "ods": "spreadsheet",
    "docx": "docx",
    "eml": "mail",
    "msg": "mail",
    "zip": "archive",
}


def known_endings() -> list[str]:
    """The file endings a reader exists for."""
    return sorted(_MODULES)


def read_bytes(data: bytes, name: str) -> list[Sheet]:
    """Read a document held in memory; ``name`` gives its format. Raises Unreadable."""
    ending = name.rpartition(".")[2].lower()
    if ending not in _MODULES:
        raise Unreadable(f"no reader for files ending in .{ending}; known are {', '.join(known_endings())}")
    module = import_module(f"ingest.readers.{_MODULES[ending]}")
    return cast("list[Sheet]", module.read(data))


def read(path: Path) -> list[Sheet]:
    """Read a document from disk. Raises Unreadable, or OSError when the file cannot be opened."""
    return read_bytes(path.read_bytes(), path.name)
