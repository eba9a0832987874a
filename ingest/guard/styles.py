"""Cell styles of xlsx workbooks under which content stays out of sight."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.guard.elements import Attributes, Walker
from ingest.guard.office import Package

_WHITE_RGB = ("FFFFFFFF", "00FFFFFF", "FFFFFF")
_WHITE_INDEX = ("1", "9")


@dataclass
class InvisibleStyles:
    """Style numbers as cells refer to them."""

    blank: set[str] = field(default_factory=set)  # number formats with nothing in any section
    white: set[str] = field(default_factory=set)  # white letters without a background

    def __bool__(self) -> bool:
        return bool(self.blank or self.white)


def invisible_styles(package: Package, workbook: str) -> InvisibleStyles:
    """The invisible ones among the styles of a workbook."""
    found = InvisibleStyles()
    for part in package.targets(workbook, "styles") or ["xl/styles.xml"]:
        if part in package.archive.members:
            styles = _Styles(found)
            package.walk(part, styles)
    return found


class _Styles(Walker):
    """Fonts, fills and formats come before the styles that combine them."""

    def __init__(self, found: InvisibleStyles) -> None:
        self._found = found
        self._inside: list[str] = []
        self._blank_formats: set[str] = set()
        self._fonts: list[bool] = []  # whether white
        self._fills: list[bool] = []  # whether without a visible colour
        self._number = 0

    def start(self, name: str, attributes: Attributes) -> None:
        group = self._inside[1] if len(self._inside) > 1 else ""
        self._inside.append(name)
        if name == "numFmt" and group == "numFmts":
            if _shows_nothing(attributes.get("formatCode", "")):
                self._blank_formats.add(attributes.get("numFmtId", ""))
        elif name == "font" and group == "fonts":
            self._fonts.append(False)
        elif name == "fill" and group == "fills":
            self._fills.append(True)
        elif name == "color" and group == "fonts" and self._fonts:
            self._fonts[-1] = _is_white(attributes)
        elif name == "patternFill" and group == "fills" and self._fills:
            self._fills[-1] = attributes.get("patternType", "none") == "none"
        elif name == "gradientFill" and group == "fills" and self._fills:
            self._fills[-1] = False
        elif name == "fgColor" and group == "fills" and self._fills and _is_white(attributes):
            self._fills[-1] = True
        elif name == "xf" and group == "cellXfs":
            self._add_style(attributes)

    def end(self, name: str) -> None:  # noqa: ARG002
        self._inside.pop()

    def _add_style(self, attributes: Attributes) -> None:
        number = str(self._number)
        self._number += 1
        if attributes.get("numFmtId") in self._blank_formats:
            self._found.blank.add(number)
        if _at(self._fonts, attributes.get("fontId")) and _at(self._fills, attributes.get("fillId")):
            self._found.white.add(number)


def _shows_nothing(number_format: str) -> bool:
    """``;;;``: four sections, for numbers and text, in which at most colours, conditions and blanks stand."""
    return re.sub(r'\[[^\]]*\]|\\ |"\s*"|\s', "", number_format) == ";;;"


def _is_white(attributes: Attributes) -> bool:
    rgb, theme = attributes.get("rgb", "").upper(), attributes.get("theme")
    is_theme_white = theme == "0" and float_or_zero(attributes.get("tint")) > -0.05
    return rgb in _WHITE_RGB or is_theme_white or attributes.get("indexed") in _WHITE_INDEX


def float_or_zero(text: str | None) -> float:
    """The number in an attribute."""
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _at(flags: list[bool], digits: str | None) -> bool:
    place = int(digits) if digits and digits.isdecimal() and len(digits) < 7 else 0
    return flags[place] if place < len(flags) else False
