"""`foi add`: from a document nobody has described to a disclosure that passes its check."""

from __future__ import annotations

import zipfile
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


def test_what_is_there_is_not_overwritten(tmp_path: Path, data_dir: Path, foi: Callable[..., Ran]) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER, encoding="utf-8")
    told = ("add", str(letter), "--force", "kent", "--reference", "77/20")
    assert foi(*told, data_dir=data_dir).exit_code == 0
    written = data_dir / "disclosures" / "kent" / "77-20" / "disclosure.yml"
    written.write_text("# reviewed\n" + written.read_text(encoding="utf-8"), encoding="utf-8")
    again = foi(*told, data_dir=data_dir)
    assert (again.exit_code, again.err.count("\n")) == (2, 1)
    assert "--replace" in again.err
    assert written.read_text(encoding="utf-8").startswith("# reviewed")
    assert foi(*told, "--replace", data_dir=data_dir).exit_code == 0
    assert not written.read_text(encoding="utf-8").startswith("# reviewed")


def test_each_attachment_of_an_archive_gives_its_figures(
    tmp_path: Path, data_dir: Path, foi: Callable[..., Ran]
) -> None:
    archive = tmp_path / "answer.zip"
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("letter.txt", LETTER)
        package.writestr("more.csv", "Blackmail offences by site,\nSite,2020\nFacebook,41\nKik,3\n")
    assert (
        foi("add", str(archive), "--force", "kent", "--reference", "78/20", data_dir=data_dir).exit_code == 0
    )
    rows = foi("extract", "kent/78-20", "--format", "csv", data_dir=data_dir).out
    assert "Harassment" in rows
    assert "Kik" in rows


def test_the_force_may_be_left_out_where_the_document_names_its_forces(
    tmp_path: Path, data_dir: Path, foi: Callable[..., Ran]
) -> None:
    table = tmp_path / "round.csv"
    table.write_text(
        "Stalking offences recorded,,\nForce,2018,2019\nKent,12,15\nEssex,9,4\n", encoding="utf-8"
    )
    ran = foi("add", str(table), "--reference", "round 1", data_dir=data_dir)
    assert ran.exit_code == 0, ran.out + ran.err
    assert foi("check", "multi-force/round-1", data_dir=data_dir).exit_code == 0


# right, partial, missed, wrong over tests/corpus/invented: a change of the drafter shows here
INVENTED = {"right": 176, "partial": 1, "missed": 2}


def test_no_draft_states_a_wrong_number(tmp_path: Path) -> None:
    """Missing is allowed, wrong is not: over the invented documents and, where it is there, the given corpus."""
    corpora = [draft_score.INVENTED, *([draft_score.CORPUS] if draft_score.CORPUS.is_dir() else [])]
    scores = draft_score.scored(corpora, tmp_path, ROOT / "dbt_project")
    invented, given = Counter[str](), Counter[str]()
    for folder, (counts, notes) in scores.items():
        assert counts["wrong"] == 0, f"{folder}: {notes}"
        own = invented if draft_score.INVENTED in folder.parents else given
        own.update({kind: count for kind, count in counts.items() if kind != "numbers" and count})
    assert invented == INVENTED
    assert given["right"] >= 447 or not given
