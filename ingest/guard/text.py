"""Plain text, csv and tsv: encoding, damage to letters, cells that begin like formulas, a last line cut off."""

from __future__ import annotations

import codecs
import re
from itertools import islice

from ingest.guard.verdict import Inspection, Refused
from ingest.readers.encoding import decode

_MARKS = (
    (codecs.BOM_UTF8, ""),
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_WITHOUT_CONTROLS = dict.fromkeys([*range(9), *range(14, 26), *range(27, 32), 0xFFFD])
_MOJIBAKE = re.compile("[\u00c2-\u00f4][^\x00-\x7f]{1,3}")
_ENOUGH = 1000  # beyond, they are not counted
# At the start of a cell: = or @ with anything, + or - with more than a number, whatever blanks go before
# (a tab is either one of them or a delimiter).
_FORMULA = re.compile(
    r"""(?:^|[,;|\t])[ \r]*+(?:"[ \r]*+)?(?:[=@] ?[\w"'(+-]|[+-](?:[A-Za-z(=@]|[\d.]++[+*/^(-]))""",
    re.MULTILINE,
)
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")  # what overrides or embeds a direction of writing


def look(data: bytes, ending: str, inspection: Inspection) -> str:
    """What may be wrong with a text; returns the text for those who look further."""
    if len(data) > inspection.limits.text_bytes:
        raise Refused("too_large", f"a text of more than {inspection.limits.text_bytes >> 20} MiB")
    text = decode(data)
    if not text.strip("\ufeff\0 \t\n\x0b\x0c\r"):
        raise Refused("empty", "it holds nothing but blanks")
    if (encoding := encoding_of(data)) != "UTF-8":
        inspection.find("encoding", f"it is written in {encoding}")
    controls = len(text) - len(text.translate(_WITHOUT_CONTROLS))
    if controls * 200 > len(text) or "\0" in text:
        raise Refused("damaged", f"it is no text: {controls} of {len(text)} characters cannot be printed")
    if garbled := count_mojibake(text):
        inspection.find("mojibake", f"{garbled} characters were garbled by reading UTF-8 as Windows-1252")
    if turned := len(_DIRECTION.findall(text)):
        inspection.find("text_direction", f"{turned} marks turn the direction of the text")
    if ending in ("csv", "tsv"):
        _look_at_cells(text, ending, inspection)
    if ending in ("csv", "tsv", "txt") and text[-1] not in "\n\x0c\x1a":
        last = f"line {len(text.splitlines())}"
        found = "it has no line end, as in a file that was cut off in it"
        inspection.find("no_final_line_end", found if ending == "txt" else f"{found}, and is not read", last)
    return text


def encoding_of(data: bytes) -> str:
    """The encoding as a person would name it, as ``readers.encoding`` decides it."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name or "UTF-8"
    if b"\0" in data[:1024]:
        return "UTF-16 without a mark"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "Windows-1252, as far as can be told"
    return "UTF-8"


def count_mojibake(text: str) -> int:
    """How many characters were UTF-8 bytes once, read as single letters of Windows-1252."""
    return sum(_is_mojibake(found[0]) for found in islice(_MOJIBAKE.finditer(text), _ENOUGH))


def _is_mojibake(letters: str) -> bool:
    try:
        raw = b"".join(_byte(letter) for letter in letters)
    except UnicodeEncodeError:
        return False
    first = raw[0]
    length = 2 if first < 0xE0 else 3 if first < 0xF0 else 4
    try:
        meant = raw[:length].decode("utf-8")
    except UnicodeDecodeError:
        return False
    # Accents, currency signs, dashes and quotes; other letters arise by chance, as in a capital É before a dash.
    return "\xa0" <= meant <= "\xff" or "\u2000" <= meant <= "\u22ff"


def _byte(letter: str) -> bytes:
    """The byte a letter was; Windows-1252 leaves five bytes undefined, which pass as they are."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def _look_at_cells(text: str, ending: str, inspection: Inspection) -> None:
    if formulas := sum(1 for _ in islice(_FORMULA.finditer(text), _ENOUGH)):
        inspection.find("formula_like_cells", f"{formulas} cells begin like formulas")
    found_line = re.search(r"^.*[,;|\t].*$", text, re.MULTILINE)
    first = found_line[0] if found_line else ""
    counts = {mark: first.count(mark) for mark in ",;|\t"}
    usual = "\t" if ending == "tsv" else ","
    if first and not counts[usual]:
        names = {",": "commas", ";": "semicolons", "|": "bars", "\t": "tabs"}
        most = max(counts, key=lambda mark: counts[mark])
        inspection.find("delimiter", f"its cells are separated by {names[most]}")
    if text.count('"') % 2:
        inspection.find("no_final_line_end", "a quoted cell is never closed, as in a file that was cut off")
