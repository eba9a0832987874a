"""What became of every request: answers of the corpus first, then what the catalogue of responses knows of others."""

from __future__ import annotations

from tests.conftest import Built


def test_every_catalogued_response_is_in_the_corpus_or_in_the_coverage(built: Built) -> None:
    """43 responses: 14 lie in data/disclosures; of the others each address stands beside its force and request, unless
    an answer of that force to that request is in the corpus."""
    assert built.rows("select count(*), count(disclosure_id) from catalogue.catalogued_responses") == [
        (43, 14)
    ]
    lost = built.rows("""
        select force_id, reference from catalogue.catalogued_responses as catalogued
        where not exists (from dim_disclosure as d where d.disclosure_id = catalogued.disclosure_id)
            and not exists (
                from cmp_coverage as coverage
                where coverage.force_id = catalogued.force_id and coverage.request_id = catalogued.request_id
                    and (coverage.source = 'disclosure' or list_contains(coverage.catalogue_urls, catalogued.url))
            )
    """)
    assert lost == []


def test_a_catalogued_refusal_covers_every_part_and_a_catalogued_answer_none(built: Built) -> None:
    """North Yorkshire refused the whole (one part over the limit); Warwickshire's answer was read in part."""
    sql = (
        "select part, status, sections from cmp_coverage "
        "where force_id = ? and request_id = ? and source = 'catalogue' order by part"
    )
    refused = built.rows(sql, "north-yorkshire", "child-sexual-exploitation-flag-2020-2024")
    assert len(refused) == 6
    assert {tuple(map(str, row[1:])) for row in refused} == {("refused_cost", "['12(1)']")}
    answered = built.rows(sql, "warwickshire", "sexual-communication-with-a-child-71-17")
    assert {part: status for part, status, _ in answered} == {
        "offences": "unknown",
        "victims": "unknown",
        "youngest_victim": "unknown",
        "further_questions": "unknown",
        "whole_request": "disclosed",
    }


def test_what_the_catalogue_knows_never_counts_as_figures(built: Built) -> None:
    assert (
        built.value(
            "select coalesce(sum(values_disclosed), 0) from cmp_coverage where source <> 'disclosure'"
        )
        == 0
    )
    assert (
        built.value("select count(*) from cmp_coverage where source = 'none' and len(disclosure_ids) > 0")
        == 0
    )
