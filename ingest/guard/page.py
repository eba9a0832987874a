"""Web pages: parts of tables that are not shown, other hidden text, and pages that stop before their end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.guard import text as plain_text
from ingest.guard.verdict import Inspection, Refused

if TYPE_CHECKING:
    from lxml.etree import _Element

_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|(font-size|opacity)\s*:\s*0(\.0*)?(?![.\d])|mso-hide\s*:\s*all"
)
_WHITE = r"(?:white\b|#fff(?:fff)?\b|rgba?\(\s*255\s*,\s*255\s*,\s*255\b)"
_IS_WHITE = re.compile(rf"(?<![\w-])color\s*:\s*{_WHITE}")
_HAS_GROUND = re.compile(
    rf"background(?:-color|-image)?\s*:\s*(?!\s|{_WHITE}\s*(?:;|!|$)|(?:transparent|none|inherit|initial|unset)\b)"
)
_MAY_HIDE = re.compile(rf"{_HIDES.pattern}|\shidden\b|\bcolor\s*[:=]\s*[\"']?{_WHITE}", re.IGNORECASE)
_STYLE_SHEET = re.compile(r"<style\b[^<>]*>(.*?)(?:</style|\Z)", re.DOTALL | re.IGNORECASE)
_SELECTOR = re.compile(r"(?:^|[\s>])([\w-]*)([.#])([\w-]+)\s*$")
_TAG_SELECTOR = re.compile(r"(?:^|[\s>])([\w-]+)()()\s*$")
_OFFICE_HIDDEN_SHEET = re.compile(r"<x:Visible>\s*Sheet(Very)?Hidden", re.IGNORECASE)
_UNPRINTED = re.compile(r"<!--.*?(-->|\Z)|<(script|style)\b.*?(</\2\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_SILENT = {"script", "style", "template", "noscript", "head", "svg", "title"}
_CELLS = {"td", "th"}
_TABLE_PARTS = {"table", "tr", "td", "th", "tbody", "thead", "tfoot", "caption"}
_MAX_TAGS = 500_000
_MAX_DEPTH = 400


def look(data: bytes, ending: str, inspection: Inspection) -> None:
    """Everything a page may hide."""
    text = plain_text.look(data, "html" if ending in ("htm", "html") else ending, inspection)
    _check_end(text, inspection)
    if _OFFICE_HIDDEN_SHEET.search(text):
        inspection.find("hidden_sheet", "it was saved from a workbook with a hidden sheet")
    inspection.check_time()
    if _MAY_HIDE.search(text):
        if text.count("<") > _MAX_TAGS:
            raise Refused("too_large", f"a page of more than {_MAX_TAGS} tags, some of which hide something")
        _look_for_hidden(text, inspection)


def _check_end(text: str, inspection: Inspection) -> None:
    """Part of the figures is worse than none. Only a piece of a page, never opened, may do without end tags."""
    lower = _UNPRINTED.sub("", text).lower()
    opened, closed = (len(re.findall(pattern, lower)) for pattern in (r"<table[\s>]", r"</table\s*>"))
    end = lower.rstrip("\0 \t\n\r\x0c\x1a")
    if opened > closed:
        raise Refused(
            "truncated", f"{opened - closed} of its {opened} tables are never closed: the page is cut off"
        )
    if re.search(r"<(?:[a-z!/][^<>]*)?\Z", end):
        raise Refused("truncated", "it ends within a tag: the page is cut off")
    if re.search(r"<(html|body|!doctype)[\s>]", lower) and "</html" not in lower:
        if "</body" not in lower:
            raise Refused("truncated", "neither its body nor itself is ever closed: the page is cut off")
        inspection.find("unclosed_page", "its last end tag is missing")


def _look_for_hidden(text: str, inspection: Inspection) -> None:
    from lxml import html

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    if root is None:
        raise Refused("empty", "the page holds no text")
    page = _Page(text, inspection)
    page.look(root)
    if page.table_parts:
        inspection.find("hidden_table_part", f"{page.table_parts} parts of tables with content are not shown")
    if page.others:
        inspection.find("hidden_page_part", f"{page.others} other parts of the page with text are not shown")
    if page.white:
        inspection.find(
            "white_text", f"{page.white} parts of the page with text are white, on no ground it sets"
        )


def _rules_with(look: re.Pattern[str], text: str, *selectors: re.Pattern[str]) -> set[tuple[str, str, str]]:
    """Tag, kind (``.``, ``#`` or none) and name of what style sheets in the page give a look."""
    found = set()
    for sheet in _STYLE_SHEET.finditer(text):
        for listed, body in _rules(sheet[1]):
            if look.search(body.lower()):
                ends = [selector.strip()[-200:] for selector in listed.split(",")]
                matches = [pattern.search(end) for pattern in selectors for end in ends]
                found |= {(match[1].lower(), match[2], match[3]) for match in matches if match}
    return found


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and body of every rule; blocks such as ``@media`` are taken as one, which selects nothing."""
    depth = start = opened = 0
    for brace in re.finditer(r"[{}]", sheet):
        if brace[0] == "{":
            if depth == 0:
                opened = brace.start()
            depth += 1
            continue
        depth = max(0, depth - 1)
        if depth == 0:
            yield sheet[start:opened], sheet[opened + 1 : brace.start()]
            start = brace.end()


class _Page:
    """Counts the outermost elements with text that are hidden, or white with nothing coloured behind them."""

    def __init__(self, text: str, inspection: Inspection) -> None:
        self.table_parts = 0
        self.others = 0
        self.white = 0
        self._hiding = _rules_with(_HIDES, text, _SELECTOR)
        self._whitening = _rules_with(_IS_WHITE, text, _SELECTOR)
        self._grounds = _rules_with(_HAS_GROUND, text, _SELECTOR, _TAG_SELECTOR)
        self._inspection = inspection

    def look(self, root: _Element) -> None:
        # A stack, because pages nest without end: (element, whether inside a table, whether on a coloured ground)
        waiting = [(root, False, False)]
        while waiting:
            element, is_in_table, has_ground = waiting.pop()
            tag = element.tag if isinstance(element.tag, str) else ""
            if not tag or tag in _SILENT:
                continue
            is_in_table = is_in_table or tag in _TABLE_PARTS
            has_ground = has_ground or self._has_ground(element, tag)
            if tag == "table":
                self.table_parts += _hidden_columns(element)
            if self._is_hidden(element, tag):
                self._count(element, is_in_table)
            elif not has_ground and self._is_white(element, tag):
                self.white += _has_text(element)
            else:
                waiting.extend((child, is_in_table, has_ground) for child in element)
        self._inspection.check_time()

    def _is_hidden(self, element: _Element, tag: str) -> bool:
        if "hidden" in element.attrib or _looks(element, _HIDES):
            return tag != "col"
        return _is_meant(element, tag, self._hiding)

    def _is_white(self, element: _Element, tag: str) -> bool:
        has_white_letters = re.fullmatch(_WHITE, (element.get("color") or "").strip().lower())
        return bool(
            has_white_letters or _looks(element, _IS_WHITE) or _is_meant(element, tag, self._whitening)
        )

    def _has_ground(self, element: _Element, tag: str) -> bool:
        return bool(
            re.fullmatch(rf"(?!{_WHITE}\s*$).+", (element.get("bgcolor") or "").strip().lower())
            or element.get("background")
            or _looks(element, _HAS_GROUND)
            or _is_meant(element, tag, self._grounds)
        )

    def _count(self, element: _Element, is_in_table: bool) -> None:
        if _has_text(element):
            if is_in_table or element.find(".//table") is not None:
                self.table_parts += 1
            else:
                self.others += 1


def _looks(element: _Element, look: re.Pattern[str]) -> bool:
    """Whether an element's own style gives it a look."""
    return bool(look.search((element.get("style") or "").lower()))


def _is_meant(element: _Element, tag: str, rules: set[tuple[str, str, str]]) -> bool:
    """Whether a rule of a style sheet means the element, by its tag, a class or its name."""
    if not rules:
        return False
    names = [("", ""), *((".", name) for name in (element.get("class") or "").split())]
    if element.get("id"):
        names.append(("#", element.get("id") or ""))
    return any((own, kind, name) in rules for kind, name in names for own in (tag, ""))


def _has_text(element: _Element) -> bool:
    for part in element.iter():
        if part.text and part.text.strip() and part.tag not in _SILENT:
            return True
        if part is not element and part.tail and part.tail.strip():
            return True
    return False


def _hidden_columns(table: _Element) -> int:
    """Columns hidden by a ``col`` element, as workbooks saved as web pages do, that have cells with text."""
    hidden: set[int] = set()
    position = 0
    for column in table.iterfind(".//col"):
        span = _span(column.get("span"))
        if _HIDES.search((column.get("style") or "").lower()):
            hidden.update(range(position, position + span))
        position += span
    if not hidden:
        return 0
    filled = set()
    for row in table.iter("tr"):
        place = 0
        for cell in row:
            if cell.tag in _CELLS:
                if place in hidden and _has_text(cell):
                    filled.add(place)
                place += _span(cell.get("colspan"))
    return len(filled)


def _span(digits: str | None) -> int:
    return min(int(digits), 1000) if digits and digits.isdecimal() and len(digits) < 6 else 1
