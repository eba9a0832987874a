"""The dictionary in the published file, and the pages of docs that send people to its tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, Built

DOCS = sorted((ROOT / "docs").rglob("*.md"))


def test_every_table_and_column_carries_its_description(built: Built) -> None:
    assert built.rows("select schema_name, view_name from duckdb_views() where not internal") == []
    bare = "not internal and coalesce(trim(comment), '') = ''"
    assert built.rows(f"select schema_name, table_name from duckdb_tables() where {bare}") == []
    assert built.rows(f"select schema_name, table_name, column_name from duckdb_columns() where {bare}") == []


@pytest.mark.parametrize(
    ("table", "warning"),
    [
        ("fct_disclosed_value", "overlapping counts"),
        ("fct_disclosed_value", "press-reported"),
        ("cmp_platform", "not additive across platforms"),
        ("cmp_platform", "press-reported"),
        ("cmp_outcome", "need not add to offences"),
        ("cmp_coverage", "does not mean not asked"),
        ("populations", "two bases"),
        ("catalogued_responses", "read in part"),
    ],
)
def test_a_table_says_in_its_comment_what_its_user_has_to_mind(
    built: Built, table: str, warning: str
) -> None:
    comment = built.value("select comment from duckdb_tables() where table_name = ?", table)
    assert warning in comment.partition(" Mind: ")[2]


def test_every_table_of_comparable_figures_warns(built: Built) -> None:
    silent = built.rows(
        "select table_name from duckdb_tables() where schema_name = 'main' "
        "and (table_name like 'cmp\\_%' escape '\\' or table_name like 'fct\\_%' escape '\\') "
        "and comment not like '% Mind: %'"
    )
    assert silent == [], "say under config.meta.usage_warnings what a user has to mind"


def test_the_queries_of_the_docs_run(built: Built) -> None:
    for path, query in _queries():
        rows = built.rows(query)
        if "qa_unmapped_labels" not in query and "dbt_test" not in query:
            assert rows, f"{path.name}: no rows: {query}"


def test_the_docs_send_to_every_table_that_people_query(built: Built) -> None:
    told = (ROOT / "docs" / "which-table.md").read_text(encoding="utf-8")
    tables = built.rows(
        "select table_name from duckdb_tables() where schema_name = 'main' and not starts_with(table_name, 'int_')"
    )
    assert [name for (name,) in tables if f"`{name}`" not in told] == []


def test_every_check_in_the_findings_is_explained(built: Built) -> None:
    """By a page of its own, or for the tests of dbt by the kind its name begins with or the table it names."""
    pages = {path.stem for path in (ROOT / "docs" / "checks").glob("*.md")}
    kinds = re.findall(
        r"^\| `(\w+_)` \|", (ROOT / "docs" / "dbt-tests.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    tables = [name.removeprefix("int_") for (name,) in built.rows("select table_name from duckdb_tables()")]
    unexplained = [
        (name, kind)
        for name, kind in built.rows("select distinct check_name, check_kind from qa_findings")
        if not (
            name.removeprefix("int_").startswith((*kinds, *tables)) if kind == "dbt_test" else name in pages
        )
    ]
    assert len(kinds) >= 5
    assert unexplained == []


def test_links_of_the_docs_lead_somewhere() -> None:
    broken = [
        (path.name, target)
        for path in [*DOCS, ROOT / "README.md"]
        for target in re.findall(r"\]\((?!http)([^)#]+)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []


def _queries() -> list[tuple[Path, str]]:
    found = [
        (path, query)
        for path in DOCS
        for query in re.findall(r"```sql\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    ]
    assert len(found) >= 15
    return found
