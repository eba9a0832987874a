"""`foi status`: what lies in the data folder, what was last published, and what its checks found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from orchestration import corpus
from orchestration.inbox import accepting
from orchestration.present import aligned, table
from orchestration.settings import Settings
from orchestration.warehouse import OPEN, Warehouse
from orchestration.words import number

# One figure may answer several parts, so figures are counted in the fact, not added up over the parts.
_COVERAGE = """
    with figures as (
        select request_id, count(*) as figures_disclosed
        from fct_disclosed_value
        inner join dim_disclosure using (disclosure_id)
        where row_no is not null
        group by request_id
    )

    select
        request_id as request,
        count(distinct force_id) filter (where status not in ('not_in_corpus', 'not_asked')) as forces_answering,
        count(distinct force_id) filter (where status in ('disclosed', 'partly_disclosed')) as forces_disclosing,
        count(distinct force_id) filter (where status in ('refused_cost', 'refused_exempt')) as forces_refusing,
        coalesce(any_value(figures_disclosed), 0) as figures_disclosed
    from cmp_coverage
    left join figures using (request_id)
    group by request_id
    order by request_id
"""
_FINDINGS = """
    select check_name, status, count(*) as findings
    from qa_findings
    where status in ('FAIL', 'WARN', 'WAIVED')
    group by all
    order by all
"""


def report(settings: Settings) -> Iterator[str]:
    """The lines to print: first what waits for a person, then what was published.

    Raises :class:`orchestration.warehouse.NotBuilt` before anything was published.
    """
    waiting = list(accepting.report(settings))
    yield from (*waiting, *([""] if waiting else []))
    with Warehouse(settings.published_db) as warehouse:
        yield from _overview(settings, warehouse)
        for heading, name, sql in (
            ("Coverage", "cmp_coverage", _COVERAGE),
            ("Findings", "qa_findings", _FINDINGS),
        ):
            if warehouse.count(name):
                answer = warehouse.query(sql)
                yield from ("", heading)
                yield from (f"  {line}" for line in table(answer.columns, answer.rows, answer.types))


def _overview(settings: Settings, warehouse: Warehouse) -> Iterator[str]:
    registry = corpus.load(settings)
    problems = registry.problems + [problem for entry in registry.entries for problem in entry.problems]
    lying = f"{number(len(registry.entries), 'disclosure')} of {number(len(registry.force_ids()), 'force')}"
    published = warehouse.select(
        "select count(*) as n, count(*) filter (where is_stale) as stale from dim_disclosure"
    )
    stale = f", {published[0]['stale']} from an earlier version" if published[0]["stale"] else ""
    yield from aligned(
        [
            ["data folder", str(settings.data_dir)],
            [
                "in the folder",
                f"{lying}, {number(len(registry.requests), 'request')}, {corpus.severities(problems)}",
            ],
            ["last build", _built(settings.published_db)],
            ["published", f"{number(published[0]['n'], 'disclosure')}{stale}"],
            ["values", f"{warehouse.count('fct_disclosed_value'):,}"],
            ["unmapped labels", f"{warehouse.count('qa_unmapped_labels'):,}"],
            ["findings", f"{warehouse.count('qa_findings', OPEN):,}"],
        ],
        [False, False],
    )


def _built(path: Path) -> str:
    when = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return f"{when:%Y-%m-%d %H:%M:%S} ({path})"
