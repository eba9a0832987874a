"""The bytes of a PDF without a PDF library: what its streams expand to, and the words of its dictionaries.

PDF libraries inflate whatever a page asks for, so that is counted before one of them sees the file.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.guard.verdict import Inspection, Refused

_PIECE = 2**16
_CHUNK = 2**20
_HELD = 32 * 2**20  # dictionaries packed into object streams, all together
_STREAM = re.compile(rb"\bstream\r?\n?")
_DICTIONARY_BYTES = 8192
_FILTER = re.compile(rb"/(?:Filter|F)\s*(/\w+|\[[^\]]*\])")
_NAME = re.compile(rb"/(\w+)")
_HEX_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_PACKERS = {b"FlateDecode", b"Fl", b"LZWDecode", b"LZW", b"RunLengthDecode", b"RL"}
_LZW = {b"LZWDecode", b"LZW"}
_FLATE = {b"FlateDecode", b"Fl"}
_DRAWN_FORM = re.compile(rb"/[^\s/<>\[\]()]+\s+Do\b")
_CONTENTS = re.compile(rb"/Contents\s*\[([^\[\]]*)\]")
_REFERENCE = re.compile(rb"(?<!\d)\d{1,10}\s{1,4}\d{1,5}\s{1,4}R\b")
_MANY_FORMS = 3
_MANY_CODES = 200_000


@dataclass
class Streams:
    """``words`` is all dictionary text, that of object streams included; names are written out plainly."""

    words: bytes = b""
    page_bytes: int = 0  # the largest stream that may be page content
    branching_forms: int = 0  # forms that draw other forms several times: they multiply
    repeats_contents: bool = False
    has_unclear_filters: bool = False

    def is_costly(self, limit: int) -> bool:
        """Whether opening its pages may take more than a page of ``limit`` bytes does."""
        return (
            self.page_bytes > limit
            or self.branching_forms >= _MANY_FORMS
            or self.repeats_contents
            or self.has_unclear_filters
        )


def scan(data: bytes, inspection: Inspection) -> Streams:
    """Look at every stream once. Raises Refused for what expands without bound."""
    found = Streams()
    words: list[bytes] = []
    position = held = 0
    while match := _STREAM.search(data, position):
        words.append(data[position : match.start()])
        dictionary = _plain(data[max(position, match.start() - _DICTIONARY_BYTES) : match.start()])
        dictionary = dictionary[dictionary.rfind(b" obj") + 1 :]
        end = data.find(b"endstream", match.end())
        end = len(data) if end < 0 else end
        position = min(end + len(b"endstream"), len(data))
        if b"/ObjStm" in dictionary:
            content = _held(data[match.end() : end], dictionary, inspection, _HELD - held)
            held += len(content)
            words.append(content)
        elif not _is_image(dictionary):
            _look_at_content(found, data[match.end() : end], dictionary, inspection)
        inspection.check_time()
    words.append(data[position:])
    found.words = _plain(b"\n".join(words))
    found.repeats_contents = any(_has_repeats(contents[1]) for contents in _CONTENTS.finditer(found.words))
    return found


def _plain(words: bytes) -> bytes:
    """Names may be written with hexadecimal codes: ``/J#53`` is ``/JS``."""
    if b"#" not in words:
        return words
    if words.count(b"#") > _MANY_CODES:
        raise Refused("damaged", "its names are written in codes throughout, which no program does")
    return _HEX_IN_NAME.sub(lambda code: bytes([int(code[1], 16)]), words)


def _is_image(dictionary: bytes) -> bool:
    """Nobody draws a page here, so its images are never unpacked."""
    return re.search(rb"/Subtype\s*/Image\b", dictionary) is not None


def _filters(dictionary: bytes) -> list[bytes]:
    found = _FILTER.search(dictionary)
    return _NAME.findall(found[1]) if found else []


def _look_at_content(found: Streams, packed: bytes, dictionary: bytes, inspection: Inspection) -> None:
    found.has_unclear_filters |= re.search(rb"/Filter\s+\d", dictionary) is not None
    is_form = re.search(rb"/Subtype\s*/Form\b", dictionary) is not None
    is_font = re.search(
        rb"/Length[123]\b|/FontFile|/Subtype\s*/(Type1C|CIDFontType0C|OpenType)\b", dictionary
    )
    size = forms = 0
    tail = b""
    for chunk in unpacked(packed, _filters(dictionary), inspection):
        size += len(chunk)
        if is_form:
            window = tail + chunk
            forms += len(_DRAWN_FORM.findall(window))
            tail = chunk[-64:]
    found.branching_forms += forms >= 2
    if not is_font:
        found.page_bytes = max(found.page_bytes, size)


def _held(packed: bytes, dictionary: bytes, inspection: Inspection, limit: int) -> bytes:
    pieces, size = [], 0
    for chunk in unpacked(packed, _filters(dictionary), inspection):
        size += len(chunk)
        if size > limit:
            raise Refused("expands", f"its object lists take more than {_HELD >> 20} MiB")
        pieces.append(chunk)
    return b"".join(pieces)


def unpacked(packed: bytes, filters: list[bytes], inspection: Inspection) -> Iterator[bytes]:
    """The content of a stream in pieces, counted; as far as it can be unpacked, since readers stop there too."""
    packers = [name for name in filters if name in _PACKERS]
    if len(packers) > 1:
        raise Refused(
            "expands", "a stream is packed several times over, which multiplies what comes out of it"
        )
    for name in filters:
        if name in (b"ASCII85Decode", b"A85"):
            packed = _from_ascii85(packed)
        elif name in (b"ASCIIHexDecode", b"AHx"):
            packed = _from_hex(packed)
        elif name in _FLATE:
            yield from _inflated(packed, inspection)
            return
        elif name in _LZW:
            inspection.spend(lzw_size(packed, inspection))
            return
        else:
            return
    inspection.check_time()
    yield packed


def _inflated(packed: bytes, inspection: Inspection) -> Iterator[bytes]:
    inflater = zlib.decompressobj()
    view = memoryview(packed)
    try:
        for place in range(0, len(view), _PIECE):
            waiting: bytes | memoryview = view[place : place + _PIECE]
            while waiting and not inflater.eof:
                chunk = inflater.decompress(waiting, _CHUNK)
                inspection.spend(len(chunk))
                yield chunk
                waiting = inflater.unconsumed_tail
    except zlib.error:
        return  # damaged, or encrypted; the pages are looked at by the library


def _from_ascii85(packed: bytes) -> bytes:
    body = packed.strip().removeprefix(b"<~").partition(b"~")[0]
    try:
        return base64.a85decode(body)
    except ValueError:
        return b""


def _from_hex(packed: bytes) -> bytes:
    digits = re.sub(rb"\s", b"", packed.partition(b">")[0])
    try:
        return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
    except binascii.Error:
        return b""


def lzw_size(packed: bytes, inspection: Inspection) -> int:
    """How many bytes an LZW stream expands to: lengths of table entries, without the entries."""
    total = waiting = bits = 0
    lengths: list[int] = []
    width, previous = 9, 0
    for place, byte in enumerate(packed):
        waiting, bits = (waiting << 8 | byte) & 0xFFFFFF, bits + 8
        if bits < width:
            continue
        bits -= width
        code = waiting >> bits & (1 << width) - 1
        if code == 257:
            break
        if code == 256:
            lengths, width, previous = [], 9, 0
            continue
        length = 1 if code < 256 else lengths[code - 258] if code - 258 < len(lengths) else previous + 1
        if previous and len(lengths) < 4096 - 258:
            lengths.append(previous + 1)
        previous = length
        total += length
        width = min(12, max(9, (len(lengths) + 259).bit_length()))
        if place % _PIECE == 0:
            inspection.check_expansion(inspection.expanded + total)
            inspection.check_time()
    return total


def _has_repeats(contents: bytes) -> bool:
    references = _REFERENCE.findall(contents)
    return len(set(references)) < len(references)
