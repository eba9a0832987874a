"""`foi add`: from a document nobody has described to a disclosure that passes its check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import draft_score
from tests.conftest import ROOT, Ran

LETTER = """Kent Police (invented for a test)
Freedom of Information request 77/20

Please tell us the number of offences recorded in 2018 and 2019. The cost limit is 18 hours (\u00a3450). Call 101.

Offence\t2018\t2019
Harassment\t12\t15
Blackmail\t*\t3
Total\t14\t18
"""


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    (tmp_path / "data" / "disclosures").mkdir(parents=True)
    return tmp_path / "data"


def test_a_letter_becomes_a_disclosure_that_passes_its_check(
    tmp_path: Path, data_dir: Path, foi: Callable[..., Ran]
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER, encoding="utf-8")
    ran = foi("add", str(letter), "--force", "kent", "--reference", "77/20", data_dir=data_dir)
    assert (ran.exit_code, ran.err) == (0, "")
    assert ran.out.index("Understood") < ran.out.index("Not used")
    assert foi("check", "kent/77-20", data_dir=data_dir).exit_code == 0
    rows = foi("extract", "kent/77-20", "--format", "csv", data_dir=data_dir).out
    assert "Harassment" in rows
    for stray in (",450,", ",101,", ",18 hours,"):
        assert stray not in rows, "the cost limit and the telephone number are no figures"


def test_a_refused_file_leaves_nothing(tmp_path: Path, data_dir: Path, foi: Callable[..., Ran]) -> None:
    empty = tmp_path / "answer.csv"
    empty.write_bytes(b"")
    ran = foi("add", str(empty), "--force", "kent", "--reference", "1", data_dir=data_dir)
    assert ran.exit_code == 1
    assert "reject" in ran.out
    assert list(data_dir.rglob("*.csv")) == []


def test_wrong_use_is_one_line(tmp_path: Path, data_dir: Path, foi: Callable[..., Ran]) -> None:
    ran = foi("add", str(tmp_path / "none.pdf"), "--force", "kent", "--reference", "1", data_dir=data_dir)
    assert (ran.exit_code, ran.err.count("\n")) == (2, 1)
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER, encoding="utf-8")
    ran = foi("add", str(letter), "--force", "kentt", "--reference", "1", data_dir=data_dir)
    assert ran.exit_code == 2
    assert "kent" in ran.err


@pytest.mark.skipif(not draft_score.CORPUS.is_dir(), reason=f"no corpus at {draft_score.CORPUS}")
def test_no_draft_states_a_wrong_number(tmp_path: Path) -> None:
    """Missing is allowed, wrong is not: over the whole given corpus, drafted without a hand edit."""
    counts: Counter[str] = draft_score.totals(draft_score.CORPUS, tmp_path, ROOT / "dbt_project")
    assert counts["right"] > 0
    assert counts["wrong"] == 0
