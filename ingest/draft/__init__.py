"""An unseen document -> a first disclosure.yml. The story of a drafting, in the order in which it happens:

1. ``page``: cells become paragraphs and tables in reading order; ``zones`` tells what is asked from what is answered.
2. ``context``: what holds without being repeated - captions, questions, the title, the dates of the document.
3. ``listings``, ``series``, ``statements``, ``nils``: lists of a label and a number, names with a figure each, figures
   in sentences, sentences that say none.
   ``plain`` and ``questions`` leave out what a word nobody knows, or the question, may narrow.
4. ``tables``: ``surroundings`` may refuse a table; ``shapes`` and ``headings`` give its columns roles; ``fill`` and
   ``table_periods`` add what the table does not print; ``codes`` codes labels that leave one answer.
5. ``sums``: which figures total others. ``decisions``: what became of each question.
6. ``verify``: the draft read back with the project's own layouts; what does not come out as meant is taken out again.
7. ``unused``: every place with a number that became no value, and why. ``write`` and ``preview`` show it all.

Guesses are written down with their reasons, never asked. What is not certain is left out and said to be. Names (forces,
platforms, offences, outcomes) come from the caller; nothing here depends on a force, a publisher or a file's name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.cells import Cell, Sheet
from ingest.draft.caveats import without_search_results
from ingest.draft.codes import Codes
from ingest.draft.context import Context, context_of
from ingest.draft.dates import dates_of
from ingest.draft.decisions import parts_of
from ingest.draft.grid import Grid
from ingest.draft.legends import read_legends
from ingest.draft.lines import Line
from ingest.draft.listings import read_lists
from ingest.draft.model import Asked, Draft, DraftTable, Left, Vocabulary
from ingest.draft.nils import read_nils
from ingest.draft.page import page_of
from ingest.draft.periods import named_periods
from ingest.draft.relative import told_year
from ingest.draft.statements import read_statements
from ingest.draft.sums import mark_totals
from ingest.draft.tables import draft_grid
from ingest.draft.unused import columns_left, unused
from ingest.draft.verify import read_back

__all__ = ["Asked", "Codes", "Draft", "Vocabulary", "draft"]

_FOI = re.compile(
    (
        r"\bfreedom of information|\bfoi[ /a]|\byour request\b|\bdisclosure log\b|\bsection "
        r"\d{2}\b|\byou asked\b|\bdate of request\b"
    ),
    re.IGNORECASE,
)
_PRESS = re.compile(r"\b(?:the press|press report|newspapers?|news release)\b", re.IGNORECASE)
_TRANSCRIPT = re.compile(r"^\[.*(?:not transcribed|not seen|not supplied|omitted).*\]$", re.IGNORECASE)
_KEYWORD = re.compile(
    (
        r"\b(?:mention\w*|keywords?|key (?:word|term)s?|containing|description holds|filtered on"
        r"|appears within|word search)\b"
    ),
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\b(?:HO|home office|offence|recording) (?:\w+ )?codes?\b|\bcrime types?\b", re.IGNORECASE
)


def draft(sheets: Sequence[Sheet], vocabulary: Vocabulary, asked: Asked) -> Draft:
    """Understand a document as far as is certain. Pure: reads nothing but the cells given."""
    page = page_of(sheets)
    dates = dates_of([line.text for line in page.lines])
    if dates.answered is None:
        dates = replace(dates, told_year=told_year(line.text for line in page.lines if not line.asks))
    context = context_of(page, vocabulary, dates, asked)
    tables, figures_left, reasons = _tables(context)
    left: list[Left] = []
    force, force_why, failed = _force(context, tables)
    tables = [table for table in tables if table not in failed]
    left += [
        Left(table.locator, "", "the document does not say which force these figures are of")
        for table in failed
    ]
    tables, failed, said = without_search_results(tables, page)
    left += [Left(table.locator, "", f"the document says '{said}': results of a search") for table in failed]
    mark_totals(tables)
    _name(tables)
    kept, dropped = read_back(tables, sheets)
    for table, reason in dropped:
        reasons |= {
            id(grid): reason
            for grid in context.page.blocks
            if isinstance(grid, Grid) and _is_from(table, grid)
        }
        left.append(Left(table.locator, table.name, f"could not be read back as meant: {reason}"))
    result = _described(context, force, force_why)
    result.tables = kept
    result.unit = _unit(kept)
    result.parts = parts_of(context, kept)
    for grid in page.blocks:
        if isinstance(grid, Grid):
            left += columns_left(grid, [table for table in kept if _is_from(table, grid)])
    result.left = unused(page, kept, left, reasons, figures_left)
    return result


def _tables(context: Context) -> tuple[list[DraftTable], dict[tuple[int, int], str], dict[int, str]]:
    """Everything that could become a table, in reading order; why figures and grids are left out."""
    page = context.page
    answer = [line for line in page.lines if not line.asks and line.zone == "answer"]
    legends, in_legends = read_legends(answer)
    lists, in_lists = read_lists([line for line in answer if id(line) not in in_legends], context)
    skip = in_legends | in_lists
    statements = read_statements(answer, context, skip)
    rest = [line for line in answer if id(line) not in skip and not line.is_heading]
    tables = [*legends, *lists, *statements.tables, *read_nils(rest, context)]
    reasons: dict[int, str] = {}
    for block in page.blocks:
        if not isinstance(block, Grid):
            continue
        found, reason = draft_grid(block, context)
        found = [table for table in found if "measure" in table.fields]
        tables += found
        if not found:
            reasons[id(block)] = reason or "nothing says what its numbers count"
    order = {cell.locator: number for number, cell in enumerate(_cells(context))}
    return sorted(tables, key=lambda table: order.get(table.locator, 0)), statements.reasons, reasons


def _cells(context: Context) -> list[Cell]:
    found: list[Cell] = []
    for block in context.page.blocks:
        found += block.cells if isinstance(block, Line) else block.cells()
    return found


def _is_from(table: DraftTable, grid: Grid) -> bool:
    return any(id(cell) in table.used for cell in grid.cells())


def _force(context: Context, tables: list[DraftTable]) -> tuple[str | None, str, list[DraftTable]]:
    """The force of the document, and tables that need one it does not give."""
    if context.asked.force:
        return context.asked.force, "as given", []
    unnamed = [table for table in tables if table.fields["layout"] != "legend" and not _names_force(table)]
    if len(unnamed) < len([table for table in tables if table.fields["layout"] != "legend"]):
        return None, "each row or sentence names its own force", unnamed
    named = {name.id for line in context.page.lines for name in context.names.forces(line.text)}
    named -= context.vocabulary.bodies
    known = set(context.vocabulary.forces.values())
    if len(named) == 1 and named <= known:
        return named.pop(), "CHECK: the only force the document names", []
    return None, "CHECK: no force was given and the document does not name one for its figures", unnamed


def _names_force(table: DraftTable) -> bool:
    fields = table.fields
    roles = [
        *fields.get("columns", {}).values(),
        *fields.get("row_headings", []),
        *fields.get("column_headings", []),
        *fields.get("item", []),
    ]
    return (
        "force" in (*roles, fields.get("sections"))
        or "force" in fields.get("given", {})
        or "{force" in fields.get("text", "")
    )


def _name(tables: Sequence[DraftTable]) -> None:
    """Give every table a name of its own."""
    seen: Counter[str] = Counter()
    for table in tables:
        seen[table.name] += 1
        if seen[table.name] > 1:
            table.name = f"{table.name}_{seen[table.name]}"


def _unit(tables: Sequence[DraftTable]) -> str | None:
    units = Counter(table.fields["measure"] for table in tables if "measure" in table.fields)
    return units.most_common(1)[0][0] if units else None


def _described(context: Context, force: str | None, force_why: str) -> Draft:
    page, dates = context.page, context.dates
    text = " ".join(line.text for line in page.lines)
    is_foi = bool(page.questions) or (bool(_FOI.search(text)) and not _PRESS.search(text))
    transcript = next((line.text for line in page.lines if _TRANSCRIPT.match(line.text.strip())), None)
    method, method_why = _method(context)
    return Draft(
        title=page.title or f"Answer {context.asked.reference}".strip(),
        kind="foi_response" if is_foi else "press_report",
        kind_why="it answers a request" if is_foi else "CHECK: no request and no answer to one is printed",
        fidelity="transcript" if transcript else "original",
        fidelity_why=f"it says '{transcript[:50]}'" if transcript else "as received",
        force=force,
        force_why=force_why,
        received=dates.received,
        received_why=dates.received_why,
        responded=dates.answered if is_foi else None,
        responded_why=dates.answered_why if is_foi else "",
        method=method,
        method_why=method_why,
        periods=[
            (period.text, period.basis or "") for period in named_periods(page.request_text) if period.basis
        ],
        platforms=list(
            dict.fromkeys(
                name.text for name in context.names.platforms(page.request_text) if not name.is_generic
            )
        ),
    )


def _method(context: Context) -> tuple[str, str]:
    for cue, method in ((_KEYWORD, "keyword"), (_CODE, "offence_code")):
        for line in context.page.lines:
            if not line.asks and line.zone != "head" and (match := cue.search(line.text)):
                return method, f"'{match[0]}' at {line.locator}"
    return "unknown", ""
