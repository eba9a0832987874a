"""`foi unmapped`: the labels that wait for a code, and the mapping rows that decide nothing or contradict others."""

from __future__ import annotations

from collections.abc import Iterator

from orchestration import present
from orchestration.warehouse import Warehouse
from orchestration.words import number

_QUEUE = "select * from qa_unmapped_labels order by seed_file, label_text, force_id"
_MAPPINGS = """
    select * from qa_mapping_usage where usage <> 'used' order by usage, seed_file, label_text, force_id, valid_from
"""
_QUEUE_IN_SHORT = """
    select
        seed_file,
        seed_line,
        array_to_string(
            list_filter(
                [
                    suggested_code || ' ' || round(suggestion_score, 2),
                    second_code || ' ' || round(second_score, 2),
                    third_code || ' ' || round(third_score, 2)
                ],
                lambda told : told is not null
            ), ', '
        ) as suggestions,
        rule,
        rows_affected
    from qa_unmapped_labels
    order by rows_affected desc, seed_file, label_text, force_id
"""
_MAPPINGS_IN_SHORT = """
    select
        seed_file,
        label_text,
        force_id,
        coalesce(code, 'no code') as code,
        case when usage = 'contradicted' then 'contradicts ' || array_to_string(contradicting_codes, ', ')
            else 'decides nothing' end as usage
    from qa_mapping_usage
    where usage <> 'used'
    order by usage, seed_file, label_text, force_id
"""


def report(warehouse: Warehouse, output: str, *, mappings: bool = False) -> Iterator[str]:
    """The lines to print.

    As a table for a person: the queue, each row the line to complete and paste, then the mapping rows. In the other
    formats one of the two with all its columns: the queue, or with ``mappings`` the mapping rows.
    """
    if output != "table":
        answer = warehouse.query(_MAPPINGS if mappings else _QUEUE)
        yield from present.lines(output, answer.columns, answer.rows, answer.types)
        return
    if not mappings:
        yield from _section(
            warehouse, "waiting for a code", _QUEUE_IN_SHORT, "label", "qa_unmapped_labels", "true"
        )
        yield ""
    yield from _section(
        warehouse,
        "that decide nothing in this corpus or contradict each other",
        _MAPPINGS_IN_SHORT,
        "mapping row",
        "qa_mapping_usage",
        "usage <> 'used'",
    )


def _section(
    warehouse: Warehouse, told: str, sql: str, noun: str, table: str, condition: str
) -> Iterator[str]:
    found = warehouse.count(table, condition)
    yield f"{number(found, noun)} {told}"
    if found:
        answer = warehouse.query(sql)
        yield from (f"  {line}" for line in present.table(answer.columns, answer.rows, answer.types))
