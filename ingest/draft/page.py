"""A document as a person reads it: paragraphs and tables in order, what is asked and what is answered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from ingest.cells import Cell, Sheet, filled, same_text, squeeze
from ingest.draft.enumerations import asks_by_mark, number_by_mark, unquoted
from ingest.draft.grid import Grid
from ingest.draft.grids import grids_of
from ingest.draft.labels import POLICE_NAME
from ingest.draft.lines import Line, paragraphs
from ingest.draft.stacks import unstacked
from ingest.draft.zones import mark_zones

Block = Line | Grid
# Letterheads, addresses, salutations; a title says what the document is about.
_IS_NO_TITLE = re.compile(
    rf"(?:{POLICE_NAME.pattern}|(?i:.*\b[A-Z]{{1,2}}\d{{1,2}}[A-Z]? \d[A-Z]{{2}}\b.*|.*\S@\S.*"
    r"|(?:tel|telephone|email|fax|our ref|your ref|date)\b.*"
    r"|dear\b.*|\d[\d\W]*|.{0,12}|freedom of information act.*))$",
)

# 'In 2017/18: 247', 'Pinterest: none': a line that tells its own figure.
_OWN_FIGURE = re.compile(r"[:=–-]\s*[<>]?\d[\d,]*\.?$|^[^:.]{2,40}: (?:none|nil)\b", re.IGNORECASE)


@dataclass(slots=True)
class Page:
    """The blocks of a document in reading order."""

    blocks: list[Block]
    sheets: Sequence[Sheet]
    numbers: dict[int, str | None] = field(default_factory=dict)
    """The number of the question each table answers, by id of the Grid."""
    asked_tables: set[int] = field(default_factory=set)
    """Tables of the request itself, by id of the Grid."""
    questions: dict[str, str] = field(default_factory=dict)
    """What is asked, by number; unnumbered questions are numbered in order."""

    @property
    def lines(self) -> list[Line]:
        """The running text."""
        return [block for block in self.blocks if isinstance(block, Line)]

    @property
    def title(self) -> str:
        """The first heading, or the first line that is more than a name or an address; empty where there is none."""
        lines = self.lines
        headings = [line for line in lines if line.is_heading] or [
            line for line in lines[:12] if not line.asks
        ]
        telling = [
            line
            for line in headings
            if len(line.text.split()) > 2 and not _IS_NO_TITLE.match(line.text.strip())
        ]
        return squeeze(telling[0].text) if telling else ""

    @property
    def request_text(self) -> str:
        """Everything asked, joined."""
        return " ".join(line.text for line in self.lines if line.asks)

    def before(self, grid: Grid) -> list[Line]:
        """The paragraphs between a table and whatever table stands before it, nearest first."""
        position = next(number for number, block in enumerate(self.blocks) if block is grid)
        found: list[Line] = []
        for block in reversed(self.blocks[:position]):
            if isinstance(block, Line):
                found.append(block)
            elif block.origin is None or block.origin is not grid.origin or block.end <= grid.start:
                break
        return found

    def head(self, grid: Grid) -> list[str]:
        """The first lines of the sheet of a workbook on which a table stands below others."""
        on_sheet = [block for block in self.blocks if _sheet_of(block) == grid.sheet.name]
        lines = (
            list(takewhile(lambda block: isinstance(block, Line), on_sheet))
            if grid.sheet.kind == "table"
            else []
        )
        return [block.text for block in lines if isinstance(block, Line) and block.number is None][:4]

    def caption(self, grid: Grid) -> list[str]:
        """The line directly before a table, the one above it where that is only a number, the head of its sheet."""
        lines = [line for line in self.before(grid) if not line.asks]
        found = [grid.over] if grid.over else []
        if lines and len(lines[0].text) <= 500:
            found.append(lines[0].text)
            above = lines[1] if len(lines) > 1 and not lines[0].is_heading else None
            if (
                above is not None
                and above.zone != "head"
                and above.number == lines[0].number
                and len(lines[0].text) <= 25
                and len(above.text) <= 80
                and not _OWN_FIGURE.search(above.text)
            ):
                found.append(above.text)
        if grid.sheet.kind == "table":
            number = self.numbers.get(id(grid))
            sheet = [
                line
                for line in lines
                if line.sheet == grid.sheet.name and line.zone != "head" and line.number in (None, number)
            ]
            found += [line.text for line in sheet if line.text not in found][:4]
        return found


def page_of(sheets: Sequence[Sheet]) -> Page:
    """Bring running text and tables into one order and tell what is asked from what is answered."""
    blocks: list[Block] = []
    position = 0
    while position < len(sheets):
        sheet = sheets[position]
        position += 1
        tables: list[Sheet] = []
        if sheet.kind == "text":
            while (
                position < len(sheets)
                and sheets[position].kind == "table"
                and _belongs(sheets[position], sheet)
            ):
                tables.append(sheets[position])
                position += 1
        blocks += _merged(sheet, tables) if tables else _split(sheet, sheet.rows, 0)
    page = Page(unquoted(unstacked(blocks)), sheets)
    zones = mark_zones(page.blocks)
    page.numbers, page.questions, page.asked_tables = zones.numbers, zones.questions, zones.asked
    answers = [line for line in page.lines if not line.asks]
    asks = asks_by_mark(page.questions)
    if asks and number_by_mark(answers, asks):
        page.questions = asks
    return page


def _sheet_of(block: Block) -> str:
    return block.sheet if isinstance(block, Line) else block.sheet.name


def _belongs(table: Sheet, text: Sheet) -> bool:
    """Whether a table comes from the same document as the running text before it (attachments have a prefix)."""
    return table.name.rpartition(": ")[0] == text.name.rpartition(": ")[0]


def _split(sheet: Sheet, rows: list[list[Cell]], offset: int) -> list[Block]:
    """A sheet as tables and the paragraphs between them; ``rows`` are those from ``offset`` on."""
    blocks: list[Block] = []
    done = offset
    for grid in grids_of(sheet):
        if grid.start < offset or grid.end > offset + len(rows):
            continue
        start = grid.start - (
            grid.origin is not None and bool(grid.over)
        )  # captions side by side are no line
        blocks += paragraphs(sheet.rows[done:start], sheet.name, wraps=sheet.kind == "text")
        blocks.append(grid)
        done = max(done, grid.end)
    return [
        *blocks,
        *paragraphs(sheet.rows[done : offset + len(rows)], sheet.name, wraps=sheet.kind == "text"),
    ]


def _merged(text: Sheet, tables: list[Sheet]) -> list[Block]:
    """Running text with each table where it stands: after its caption, or where its own lines are repeated."""
    blocks: list[Block] = []
    done = 0
    for table in tables:
        at, repeated = _position(text, table, done)
        blocks += _split(text, text.rows[done:at], done)
        blocks += _split(table, table.rows, 0)
        rest = [row for number, row in enumerate(text.rows) if number >= at and number not in repeated]
        text = Sheet(text.name, "text", [*text.rows[:at], *rest], text.caption)
        done = at
    return [*blocks, *_split(text, text.rows[done:], done)]


def _position(text: Sheet, table: Sheet, done: int) -> tuple[int, set[int]]:
    """The text row at which a table stands, and the text rows that repeat it (a PDF's text holds its tables too)."""
    repeated = _repeated(text.rows, table, done)
    if repeated:
        return min(repeated), repeated
    if table.caption:
        for number in range(done, len(text.rows)):
            if any(same_text(cell.text, table.caption) for cell in text.rows[number]):
                return number + 1, set()
    return done, set()


def _repeated(rows: list[list[Cell]], table: Sheet, done: int) -> set[int]:
    """Text rows made of the words of consecutive table rows, from the row of its headings on."""
    pools = [Counter(_words(row)) for row in table.rows if filled(row)]
    found: set[int] = set()
    current = 0
    for number in range(done, len(rows)):
        words = Counter(_words(rows[number]))
        if not words or current >= len(pools):
            continue
        window = pools[current : current + 3] if found else pools[:1]
        if not words <= sum(window, Counter()):
            continue
        if not found and words != pools[0]:
            continue
        found.add(number)
        for index, pool in enumerate(window, current):
            taken = pool & words
            pools[index] = pool - taken
            words -= taken
        while current < len(pools) and not pools[current]:
            current += 1
    return found


def _words(row: Iterable[Cell]) -> list[str]:
    return [word for cell in row if not cell.is_continued for word in cell.text.split()]
