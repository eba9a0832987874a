"""The whole document: pages read, furniture set aside, tables found page by page and joined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.cells import Sheet
from ingest.readers import Unreadable
from ingest.readers.pdf.aligned import find_blocks
from ingest.readers.pdf.block import Block
from ingest.readers.pdf.blockrows import table_parts
from ingest.readers.pdf.fringe import take_in
from ingest.readers.pdf.furniture import find_furniture
from ingest.readers.pdf.joining import Table
from ingest.readers.pdf.lines import Line, make_lines, set_beside
from ingest.readers.pdf.opened import opened
from ingest.readers.pdf.parts import Part
from ingest.readers.pdf.ruled import find_ruled
from ingest.readers.pdf.rules import Rule, read_rules
from ingest.readers.pdf.sheets import table_sheets, text_sheet
from ingest.readers.pdf.shelves import set_on_shelves
from ingest.readers.pdf.view import View
from ingest.readers.pdf.words import PageText

if TYPE_CHECKING:
    import pypdfium2

_EDGE = 0.08  # of a page's height: what stands alone there is no text between two parts of a table
_ALONE = 2.0  # of the line height
_TYPED_RULE = re.compile(r"(?:[-=_–—]{4,} ?)+")  # a rule set as text: it stands between rows and is none


@dataclass
class Page:
    """What one page holds."""

    number: int
    height: float
    lines: list[Line]  # all of them
    separators: list[Rule]
    ruled: list[Part]
    free: list[Line]  # lines outside of ruled tables


def read_sheets(data: bytes) -> list[Sheet]:
    """See ``ingest.readers.pdf.read``."""
    pages = _read_pages(data)
    furniture = find_furniture([page.free for page in pages], [page.height for page in pages])
    for page in pages:
        free = set_beside([line for line in page.free if id(line) not in furniture])
        page.free = set_on_shelves(free, page.separators)
    tables = _find_tables(pages)
    return [text_sheet([page.lines for page in pages]), *table_sheets(tables, [page.free for page in pages])]


def _read_pages(data: bytes) -> list[Page]:
    import pypdfium2

    with opened(data) as pdf:
        pages = []
        for index in range(len(pdf.document)):
            try:
                with pdf.page(index) as page:
                    pages.append(_read_page(page, index + 1))
            except pypdfium2.PdfiumError as error:
                raise Unreadable(
                    f"page {index + 1} of the PDF is damaged; ask the force for the file again"
                ) from error
        return pages


def _read_page(page: pypdfium2.PdfPage, number: int) -> Page:
    text = PageText(page)
    try:
        view = View(page, text.rotation())
        rules = read_rules(page, view)
        lines = [
            line
            for line in make_lines(text.words(view, rules.upright), number)
            if not _TYPED_RULE.fullmatch(line.text)
        ]
    finally:
        text.close()
    ruled, outside = find_ruled(lines, rules)
    free = make_lines(outside, number) if ruled else lines
    for part in ruled:
        taken = set(map(id, take_in(part, free)))
        free = [line for line in free if id(line) not in taken]
    return Page(number, view.height, lines, [*rules.level, *rules.bands], ruled, free)


def _find_tables(pages: list[Page]) -> list[Table]:
    """All tables in reading order; those that run over pages are one."""
    separators = {page.number: page.separators for page in pages}
    tables: list[Table] = []
    blocks: list[Block] = []
    going_on: Block | None = None
    last: Page | None = None
    for page in pages:
        _join_ruled(tables, page, last)
        found = find_blocks(page.free, going_on, page.ruled, _left_over(last, blocks))
        blocks += [block for block in found if block is not going_on]
        going_on = _open_at_the_end(found, page)
        last = page
    tables += [Table.of(table_parts(block, separators)) for block in blocks]
    return sorted(tables, key=lambda table: (table.parts[0].page, table.parts[0].top, table.parts[0].left))


def _join_ruled(tables: list[Table], page: Page, last: Page | None) -> None:
    """Make tables of the ruled parts of a page, or go on with the table that ends the page before."""
    parts = sorted(page.ruled, key=lambda part: (part.top, part.left))
    if parts and tables and last and _is_last(tables[-1].parts[-1], last) and _is_first(parts[0], page):
        more = tables[-1].fitted(parts[0])
        if more is not None:
            tables[-1].append(more)
            del parts[0]
    tables += [Table.of([part]) for part in parts]


def _is_first(part: Part, page: Page) -> bool:
    """Whether no text stands above a ruled part, but for a line alone at the edge of the page."""
    return not any(
        line.bottom < part.top + 2
        and not (line.bottom < _EDGE * page.height and part.top - line.bottom > _ALONE * line.height)
        for line in page.free
    )


def _is_last(part: Part, page: Page) -> bool:
    """Whether a ruled part stands on this page and no text below it, but for a line alone at the edge."""
    return part.page == page.number and not any(
        line.top > part.bottom - 2
        and not (line.top > (1 - _EDGE) * page.height and line.top - part.bottom > _ALONE * line.height)
        for line in page.free
    )


def _left_over(page: Page | None, blocks: list[Block]) -> list[Line]:
    """The lines at the end of a page that are in no table."""
    if page is None:
        return []
    bottom = max([part.bottom for part in page.ruled], default=0.0)
    used = max(
        (number for number, line in enumerate(page.free) if blocks and line is blocks[-1].last), default=-1
    )
    return [line for line in page.free[used + 1 :] if line.top > bottom]


def _open_at_the_end(blocks: list[Block], page: Page) -> Block | None:
    """The unruled table that the last line of a page belongs to."""
    if not blocks or not page.free or page.free[-1] is not (blocks[-1].pending or blocks[-1].lines)[-1]:
        return None
    if any(part.bottom > blocks[-1].last.bottom for part in page.ruled):
        return None
    return blocks[-1]
