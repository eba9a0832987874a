"""Number formats of spreadsheets that show less than the cell holds: ``mmm-yy`` on a date, ``[<5]"*"`` on a count.

Only these are looked at. How many decimals or which thousands separator a format prints is not read.
"""

from __future__ import annotations

import calendar
import datetime
import operator
import re
from functools import lru_cache

_PIECES = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[Gg]eneral|y+|m+|d+|.', re.IGNORECASE | re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_BUILT_IN = {16: "d-mmm", 17: "mmm-yy"}

Section = list[str]


def formats_that_hide(custom: dict[int, str]) -> dict[int, str]:
    """Number format id -> format, of those that show less than the cell holds; ``custom`` are the workbook's own."""
    return _BUILT_IN | {
        id_: code for id_, code in custom.items() if _shows_part_of_a_date(code) or _masks(code)
    }


@lru_cache(maxsize=4096, typed=True)
def as_shown(value: object, number_format: str) -> str | None:
    """What the format shows of a value in place of it, None where it shows the value itself.

    A date without its day is shown as printed, since ISO text would add a day. A zero counts as shown
    even where the format prints a dash or nothing for it: that hides nothing.
    """
    if isinstance(value, datetime.date):
        return _date_as_shown(value, number_format) if _shows_part_of_a_date(number_format) else None
    sections = _sections(number_format)
    if isinstance(value, str):
        is_hidden = value and len(sections) == 4 and "@" not in sections[3]
        return _literal(sections[3]) if is_hidden else None
    if isinstance(value, bool) or not isinstance(value, int | float) or value == 0:
        return None
    section = _section_for(value, sections)
    return _literal(section) if _is_literal(section) else None


def _sections(number_format: str) -> list[Section]:
    """The pieces of each section; sections are set apart by semicolons."""
    sections: list[Section] = [[]]
    for piece in _PIECES.findall(number_format):
        if piece == ";":
            sections.append([])
        else:
            sections[-1].append(piece)
    return sections


def _condition(section: Section) -> re.Match[str] | None:
    return next((found for piece in section if (found := _CONDITION.fullmatch(piece))), None)


def _section_for(value: float, sections: list[Section]) -> Section:
    """The section a number falls under: by its condition, else the first for positive, the second for negative."""
    if any(map(_condition, sections[:2])):
        for section in sections[:2]:
            condition = _condition(section)
            if condition is None or _COMPARE[condition[1]](value, float(condition[2])):
                return section
        return sections[2] if len(sections) > 2 else ["0"]
    return sections[1] if value < 0 and len(sections) > 1 else sections[0]


def _is_literal(section: Section) -> bool:
    """Whether a section prints only fixed text: no digits, date or time of the value."""
    return not any(piece[0] in "0#?@" or piece[0].lower() in "gymdhse" for piece in _spoken(section))


def _spoken(section: Section) -> Section:
    """The pieces that are neither fixed text nor spacing, colour, condition or language."""
    return [piece for piece in section if piece[0] not in '"\\_*[']


def _literal(section: Section) -> str:
    return "".join(map(_printed, section)).strip()


def _printed(piece: str) -> str:
    """The fixed text a piece stands for."""
    if piece[0] == '"':
        return piece.strip('"')
    if piece[0] == "\\":
        return piece[1:]
    return "" if piece[0] in "_*[" else piece


def _masks(number_format: str) -> bool:
    """Whether some number other than zero, or any text, is shown as something else."""
    sections = _sections(number_format)
    for_numbers = sections[:3] if any(map(_condition, sections[:2])) else sections[:2]
    hides_text = len(sections) == 4 and "@" not in sections[3]
    return hides_text or any(map(_is_literal, for_numbers))


def _shows_part_of_a_date(number_format: str) -> bool:
    letters = {piece[0].lower() for piece in _spoken(_sections(number_format)[0])}
    is_other = letters & set("hsgeab0#?@")  # times, eras, plain numbers and "General"
    return bool(letters & {"y", "m"}) and not letters >= {"y", "m", "d"} and not is_other


def _date_as_shown(value: datetime.date, number_format: str) -> str:
    shown = []
    for piece in _sections(number_format)[0]:
        length, letter = len(piece), piece[0].lower()
        if letter == "y":
            shown.append(f"{value.year:04d}" if length > 2 else f"{value.year % 100:02d}")
        elif letter == "m":
            shown.append(_named_or_number(value.month, length, calendar.month_name[value.month]))
        elif letter == "d":
            shown.append(_named_or_number(value.day, length, calendar.day_name[value.weekday()]))
        else:
            shown.append(_printed(piece))
    return "".join(shown).strip()


def _named_or_number(number: int, length: int, name: str) -> str:
    if length >= 5:
        return name[0]
    return name if length == 4 else name[:3] if length == 3 else f"{number:0{length}d}"
