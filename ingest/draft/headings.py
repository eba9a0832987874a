"""The role a column plays, from its heading and from what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.draft.labels import AGE, Labels, is_month, is_number, is_part_of_year, is_value
from ingest.draft.periods import find_periods, period_of
from ingest.draft.words import PERCENT, counted_nouns, is_total, without_marks

_CUES: tuple[tuple[str, str], ...] = (
    ("ignore", (
            r"(?:row|serial|item|line)(?: (?:no\.?|number))?|ref(?:erence)?(?: (?:no\.?|number))?|urn|#"
            r"|(?:crime|incident|log|case|record|occurrence|custody|file|unique|offence|beat|ward)"
            r"(?: (?:ref(?:erence)?|report|record))? (?:no\.?|number|id|ref(?:erence)?|code)|id|nicl|uprn"
        )),
    ("suspect_age", (
            r".*\b(?:suspect|offender|perpetrator|accused|defendant|arrestee)s?'?\b.*\bage\b.*"
            r"|.*\bage\b.*\b(?:suspect|offender)s?\b.*"
        )),
    ("suspect_sex", (
            r".*\b(?:suspect|offender|perpetrator|accused|defendant|arrestee)s?'?\b.*\b(?:sex"
            r"|gender)\b.*"
        )),
    ("victim", (
            r"(?:victims? )?(?:(?:gender|sex) ?(?:and|&|/|,) ?age(?: (?:group|band|range))?|age(?: "
            r"(?:group|band|range))? ?(?:and|&|/|,) ?(?:gender|sex))s?.*"
        )),
    ("victim_sex", r"(?:victims?'?s? )?(?:sex|gender)(?: of victims?)?"),
    ("victim_age", (
            r"(?:victims?'?s? )?ages?(?: ?(?:group|band|range|bracket|category))?(?: of victims?)?(?: "
            r"at .*)?|.*\bage (?:group|band|range)\b.*|victims?"
        )),
    ("force", r"(?:police )?(?:force|constabulary)(?: area| name)?s?|police(?: force)? area|pfa"),
    ("platform", (
            r".*\b(?:platforms?|websites?|social (?:media|network\w*)|apps?|applications?|sites?(?: "
            r"used| named)?|(?:method|means|mode) of (?:communication|contact))\b.*"
        )),
    ("outcome", (
            r".*\b(?:outcomes?|disposals?|clear[- ]?up|detections?|action taken|police action|results?"
            r"|crime status|status)\b.*"
        )),
    ("offence", (
            r".*\b(?:offences?|crimes?|classifications?|ho code|home office code|charges?)\b.*|group"
            r"|nature(?: of .*)?|description"
        )),
    ("period", r".*\b(?:years?|periods?|months?|quarters?|dates?|time|fy)\b.*"),
    ("measure", r"measures?|indicators?|metrics?|category of count"),
)  # fmt: skip
_ROLE_CUES = [(role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _CUES]
_VALUE = re.compile(
    r"(?:total )?(?:number|count|no\.?|n|volume|figure|quantity|qty|frequency|amount|total|sum"
    r"|#)s?(?: of\b.*| recorded| reported)?"
    r"|.*\b(?:count|number|volume|total)s?",
    re.IGNORECASE,
)
_BAND = re.compile(
    r"\d{1,2} ?[-–] ?\d{1,2}|\d{1,2} ?\+|(?:under|over) \d{1,2}|\d{1,2} (?:and|or) (?:under|over)",
    re.IGNORECASE,
)
OTHER_NUMBERS = re.compile(
    (
        r"\b(?:cumulative\w*|running total|per (?:day|week)|rates? (?:of|per)|average"
        r"|(?:percentages?|proportions?|shares?) of"
        r"|rank\w*|position|populations?|households?"
        r"|estimates?|survey|adults|respondents|base|confidence|officers?|staff|fte|costs?|hours?"
        r"|days|minutes|budget|spend\w*|salary|price|per \d[\d,]*|youngest|oldest)\b|£"
    ),
    re.IGNORECASE,
)
_CODES_OF = re.compile(r"\b(?:class|code|ho)\b", re.IGNORECASE)
_CODE = re.compile(r"\d{1,3}(?:/\d{1,2}|[A-Z])?")
_SHARE = re.compile(r"[+-]?\s?\d+(?:\.\d+)?\s?%|[+-]?\d+\.\d+")
_NARROWED = re.compile(
    (
        r"\b(?:charged?|caution\w*|convict\w*|aged?|under|over|(?:or|and) (?:less|more|younger|older)"
        r"|female|male|girls|boys|result\w*|per ?cent|rate)\b|%"
    ),
    re.IGNORECASE,
)
_PLAIN = ("period", "platform", "force", "outcome", "offence", "victim", "victim_sex", "victim_age")


_GENERIC = {"figure", "figures", "number", "numbers", "count", "counts", "value", "values", "data", "year", "period",
            "return", "answer", "response", "estimate", "version", "column", "amount"}  # fmt: skip


@dataclass(slots=True)
class Column:
    """One column of a table: heading, cells, and what they show.

    ``role`` is a role of disclosure.yml, or 'count' for numbers, 'percent', or '' where nothing tells.
    """

    position: int
    heading: str
    cells: list[str]
    role: str = ""
    why: str = ""
    doubts: list[str] = field(default_factory=list)


def column_of(position: int, heading: str, cells: list[str], labels: Labels) -> Column:
    """Give a column its role. What stands in the cells decides before what the heading says."""
    column = Column(position, heading, cells)
    filled = [cell for cell in cells if cell and not is_total(without_marks(cell))]
    bare = without_marks(heading)
    if (OTHER_NUMBERS.search(bare) or PERCENT.search(bare)) and all(
        re.match(r"[\d.£%<*+-]", cell) for cell in filled
    ):
        column.role, column.why = (
            "percent",
            "percentages, averages, ranks or other numbers that count no crimes",
        )
    elif _ROLE_CUES[0][1].fullmatch(bare.strip(": ")):
        column.role, column.why = "ignore", "numbers of records or codes"
    elif _CODES_OF.search(bare) and are_codes(filled):
        column.role, column.why = f"other:{slug(heading)}", "codes of offences"
    else:
        _by_cells(column, filled, labels) or _by_heading(column, filled, labels)
    return column


def are_codes(cells: Sequence[str]) -> bool:
    """Whether cells hold nothing but codes of offences, one of them at least no plain number: '19C', '071/17'."""
    return all(_CODE.fullmatch(cell) for cell in cells) and any(not cell.isdigit() for cell in cells)


def _by_cells(column: Column, filled: list[str], labels: Labels) -> bool:
    """Roles that the cells show beyond doubt."""
    bare = without_marks(column.heading)
    if not filled:
        # a column of blanks under the heading of a period is still a column of numbers
        column.role, column.why = ("count", "no cell is filled") if _heads_counts(bare, labels) else ("", "")
    elif not _are_ages(filled):
        _by_filled(column, bare, filled, labels)
    return bool(column.role)


def _by_filled(column: Column, bare: str, filled: list[str], labels: Labels) -> None:
    numbers = [cell for cell in filled if is_number(cell)]
    if any(_SHARE.fullmatch(cell) for cell in filled) and all(
        _SHARE.fullmatch(cell) or not re.search(r"\w", cell) for cell in filled
    ):
        column.role, column.why = "percent", "percentages"
    elif _is_running(filled) and re.fullmatch(
        r"(?:no\.?|number|#|row|item|ref\.?|s/?n|id|)", bare, re.IGNORECASE
    ):
        column.role, column.why = "ignore", "it numbers the rows"
    elif len(filled) >= 3 and all(is_month(cell) for cell in filled[:-1]) and not is_number(filled[-1]):
        column.role, column.why = "period", "every cell is a month"
    elif all(is_part_of_year(cell) for cell in filled):
        column.role, column.why = "period", "every cell is a part of a year"
    elif all(period_of(cell) for cell in filled) and not (numbers and _heads_counts(bare, labels)):
        column.role, column.why = "period", "every cell is a period"
    elif (
        numbers
        and all(is_value(cell) or PERCENT.search(cell) for cell in filled)
        and not _names_dimension(bare, labels)
    ):
        is_share = PERCENT.search(bare) or OTHER_NUMBERS.search(bare) or all("%" in cell for cell in numbers)
        column.role, column.why = ("percent", "percentages") if is_share else ("count", "numbers")
    elif (
        len(numbers) * 2 >= len(filled)
        and not _names_dimension(bare, labels)
        and not _is_code_column(filled, labels)
    ):
        odd = next(cell for cell in filled if not is_value(cell))
        column.role, column.why = "unclear", f"numbers, and '{odd[:30]}', which is none"
    elif sum(labels.platform(cell) is not None for cell in filled) * 2 > len(filled):
        column.role, column.why = "platform", "its cells name platforms"
    elif sum(labels.force(cell) is not None for cell in filled) * 2 > len(filled):
        column.role, column.why = "force", "its cells name police forces"


def _are_ages(filled: list[str]) -> bool:
    """Bands such as 12-15 or 16+, which only look like numbers."""
    bands = [cell for cell in filled if _BAND.fullmatch(cell)]
    return len(bands) >= 2 and all(_BAND.fullmatch(cell) or AGE.fullmatch(cell) for cell in filled)


def _is_code_column(filled: list[str], labels: Labels) -> bool:
    """Whether most cells are offence or outcome labels that begin with a number."""
    return sum(bool(labels.kinds(cell) & {"offence", "outcome"}) for cell in filled) * 2 > len(filled)


def _heads_counts(heading: str, labels: Labels) -> bool:
    return bool(
        labels.kinds(heading) & {"period", "platform", "force", "victim_sex", "victim_age", "victim", "total"}
    ) or bool(_VALUE.fullmatch(heading))


def _names_dimension(heading: str, labels: Labels) -> bool:
    """Headings under which numbers are codes or ages, not counts; 'Unknown age' itself heads counts."""
    names = re.search(r"\b(?:code|age|year|ref(?:erence)?)\b", heading, re.IGNORECASE)
    return (
        bool(names)
        and not _VALUE.fullmatch(heading)
        and not labels.kinds(heading) & {"period", "victim_age", "total"}
    )


def _is_running(cells: list[str]) -> bool:
    """1, 2, 3 ... without a gap."""
    digits = [int(cell.rstrip(".")) for cell in cells if cell.rstrip(".").isdecimal()]
    return (
        len(digits) == len(cells) >= 5
        and digits[0] <= 1
        and digits == list(range(digits[0], digits[0] + len(digits)))
    )


def _by_heading(column: Column, filled: list[str], labels: Labels) -> bool:
    bare = without_marks(column.heading).strip(": ")
    if bare:
        for role, pattern in _ROLE_CUES:
            if pattern.fullmatch(bare):
                if (
                    role == "period"
                    and filled
                    and not any(find_periods(cell) or is_month(cell) for cell in filled)
                ):
                    continue  # 'Date of extract' over 'Contact': the rows are facts about the document
                column.role, column.why = role, f"the heading '{bare[:40]}'"
                return True
    kinds = [labels.kinds(cell) for cell in filled]
    units = {unit_of_heading(cell) for cell in filled}
    if None not in units and len(units) > 1 and not any(_NARROWED.search(cell) for cell in filled):
        column.role, column.why = "measure", "each cell says what is counted"
        return True
    for role in _PLAIN:
        if kinds and sum(role in kind for kind in kinds) * 5 >= len(kinds) * 4:
            column.role, column.why = role, f"its cells look like labels of the role {role}"
            return True
    return False


_COUNT_OF = re.compile(
    r"(?:recorded |reported |number of )?(offence|crime|incident|victim|suspect|arrest|report) "
    r"(?:counts?|numbers?|totals?|volumes?)",
    re.IGNORECASE,
)


def slug(text: str) -> str:
    """A heading as the name of a further dimension or a table."""
    name = re.sub(r"[^a-z0-9]+", "_", without_marks(text).casefold()).strip("_")[:40].strip("_")
    return name if re.match(r"[a-z]", name) else f"t_{name}".rstrip("_")


def unit_of_heading(heading: str) -> str | None:
    """The unit a heading of numbers names: 'Count of Crimes' offences, 'Number' none."""
    if match := _COUNT_OF.fullmatch(without_marks(heading).strip()):
        heading = f"{match[1]}s"  # 'Offence count', 'Crime total'
    units = {noun.unit for noun in counted_nouns(heading)}
    return next(iter(units)) if len(units) == 1 else None


def shared_word(texts: Sequence[str]) -> str:
    """'Northern General Hospital', 'Royal Hallamshire Hospital': a further dimension named by what they share."""
    distinct = list(dict.fromkeys(texts))
    words = [text.split() for text in distinct]
    if len(distinct) < 2 or any(
        len(own) < 2 or counted_nouns(text) for own, text in zip(words, distinct, strict=True)
    ):
        return ""
    last = {own[-1].casefold() for own in words}
    return f"other:{slug(last.pop())}" if len(last) == 1 and not last & _GENERIC else ""
