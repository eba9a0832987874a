"""Bytes of a text file -> text. Only decoding; no meaning."""

from __future__ import annotations

import codecs

from ingest.readers import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> str:
    """The text of ``data``: by its byte-order mark, else UTF-8, else UTF-16 by its pattern of zero bytes,
    else Windows-1252, which British offices save by default. Line ends become ``\\n``.
    """
    return _decoded(data).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    try:
        for mark, name in _MARKS:
            if data.startswith(mark):
                return data.decode(name)
        if b"\0" in data[:1024]:
            return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("cp1252", errors="replace")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"the text is damaged: byte {error.start} does not fit its encoding {error.encoding}"
        ) from error
