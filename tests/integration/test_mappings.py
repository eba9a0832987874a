"""Mappings in the built warehouse: what they decide, what they leave open, and how good the suggestions are."""

from __future__ import annotations

import csv
import functools

import pytest

from tests import mapping_score
from tests.conftest import ROOT, Built

ROLES = ("offence", "outcome", "platform")


@functools.cache
def _guesses() -> list[mapping_score.Guess]:
    return mapping_score.measure(mapping_score.read(mapping_score.LABELS), mapping_score.compiled())


@pytest.mark.parametrize("role", ["offence", "outcome"])
def test_the_right_code_is_among_the_suggestions_while_a_force_is_held_out(role: str) -> None:
    labels, first, three = mapping_score.shares(guess for guess in _guesses() if guess.label.role == role)
    assert labels >= 64
    assert first >= 0.85 * labels
    assert three >= 0.95 * labels


def test_scores_say_how_sure_a_suggestion_is() -> None:
    """Right first suggestions score higher than wrong ones, best first, all between 0 and 1, no code twice."""
    right, wrong = [], []
    for guess in _guesses():
        scores = [score for _, score in guess.suggested]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)
        assert scores, guess.label
        assert len({code for code, _ in guess.suggested}) == len(scores) <= 3
        (right if guess.rank == 1 else wrong).extend(scores[:1])
    assert sum(right) / len(right) > sum(wrong) / len(wrong) + 0.05


def test_every_label_is_mapped_or_waits_with_a_suggestion(built: Built) -> None:
    waiting = {
        (role, label)
        for role in ROLES
        for (label,) in built.rows(
            f"select {role}_label from coding.int_{role}s "
            f"where {role}_rule in ('unmapped', 'printed_code_contradicted')"
        )
    }
    queued = built.rows(
        "select regexp_extract(seed_file, '(\\w+)_mappings', 1), label_text, suggested_code from qa_unmapped_labels"
    )
    assert {(role, label) for role, label, _ in queued} == waiting
    assert [label for _, label, code in queued if code is None] == []


def test_held_out_labels_have_the_code_of_the_seed() -> None:
    """The measure and the seed are one judgement: a change of the one is a change of the other."""
    differing = []
    for label in mapping_score.read(mapping_score.LABELS):
        rows = [
            row
            for row in _seed(label.role)
            if _same(row["label_text"]) == _same(label.text) and row["force_id"] in ("", label.force_id)
        ]
        codes = {row[mapping_score.CODES[label.role]] for row in rows}
        if codes != {label.code}:
            differing.append((label, codes))
    assert differing == []


def test_every_mapping_row_has_its_usage(built: Built) -> None:
    rows = built.rows("select seed_file, label_text, coalesce(force_id, '') from qa_mapping_usage")
    wanted = [
        (f"seeds/mappings/{role}_mappings.csv", row["label_text"], row["force_id"])
        for role in ROLES
        for row in _seed(role)
    ]
    assert sorted(rows) == sorted(wanted)
    assert built.value("select count(*) from qa_mapping_usage where usage = 'contradicted'") == 0


@pytest.mark.parametrize("role", ROLES)
def test_usage_counts_the_figures_each_cascade_decided(built: Built, role: str) -> None:
    decided = (
        built.value(
            f"select count(*) from coding.int_label_uses as uses inner join coding.int_{role}s as coded "
            f"on uses.{role}_label = coded.{role}_label and uses.force_id is not distinct from coded.force_id "
            "and uses.period_start_on is not distinct from coded.period_start_on "
            f"where coded.{role}_rule like '%_label%'"
        )
        if role != "platform"
        else built.value("select count(*) from coding.int_label_uses where platform_label is not null")
    )
    counted = built.value(
        "select sum(figures_decided) from qa_mapping_usage where seed_file like ?", f"%/{role}_mappings.csv"
    )
    assert counted == decided > 0


@pytest.mark.parametrize("role", ROLES)
def test_a_seed_line_has_the_columns_of_the_seed(role: str) -> None:
    """The line that qa_unmapped_labels gives (see its unit test) fits under the seed's header."""
    header = list(_seed(role)[0])
    line = next(csv.reader(['"Say ""hi"", all",kent,,,approved,,,,,,"kent/1, kent/2"']))
    assert dict(zip(header, line, strict=True)) == {
        **dict.fromkeys(header, ""),
        "label_text": 'Say "hi", all',
        "force_id": "kent",
        "mapping_status": "approved",
        "source": "kent/1, kent/2",
    }


def _seed(role: str) -> list[dict[str, str]]:
    path = ROOT / "dbt_project" / "seeds" / "mappings" / f"{role}_mappings.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _same(text: str) -> str:
    return " ".join(text.lower().replace("–", "-").split()).strip(" .")
