"""One broken disclosure stops itself, and nothing else: everything wrong is named, with its remedy."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Ran

# What is broken -> what the message must hold: file, place, remedy.
BROKEN = {
    "durham/pa-2015-capitalfm": ("line 3 column 7", "Correct the YAML at this place."),
    "cambridgeshire/pa-2015-connectfm": (
        "force",
        "Correct it, or add the force to the vocabulary seed forces.csv.",
    ),
    "staffordshire/pa-2015-getsafeonline": ("documents.0.file", "Put it there or correct file."),
    "norfolk/foi-004600-17": ("tables.offences.find.header", "Nearest in the document, at line 50"),
    "lancashire/pa-2015-lancastercitizen": ("documents.0.sha256", "Restore the reviewed document"),
    "kent/never-built": ("counting.unit", "Correct the value."),
}
STALE = [disclosure_id for disclosure_id in BROKEN if disclosure_id != "kent/never-built"]


@pytest.fixture
def broken(copy_of_built: Path) -> Path:
    """The data folder of a good build in which six disclosures were then broken, each in another way."""
    folder = copy_of_built / "disclosures"
    _replace(folder / "durham/pa-2015-capitalfm/disclosure.yml", "force: durham", "force: durham\n  oops: [")
    _replace(
        folder / "cambridgeshire/pa-2015-connectfm/disclosure.yml", "force: cambridgeshire", "force: atlantis"
    )
    (folder / "staffordshire/pa-2015-getsafeonline/document.txt").unlink()
    _replace(
        folder / "norfolk/foi-004600-17/disclosure.yml",
        "[Financial Year, Crime Banding",
        "[Financial Year, Crime Branding",
    )
    _replace(folder / "lancashire/pa-2015-lancastercitizen/document.txt", "361", "362")
    shutil.copytree(folder / "essex/pub-1350-16347", folder / "kent/never-built")
    _replace(
        folder / "kent/never-built/disclosure.yml", "force: essex", "force: kent\ncounting: {unit: apples}"
    )
    return copy_of_built


def test_check_lists_every_problem_with_file_place_and_remedy(broken: Path, foi: Callable[..., Ran]) -> None:
    ran = foi("check", data_dir=broken)
    assert ran.exit_code == 1
    _names_all_problems(ran.out)


def test_the_build_goes_on_without_them(broken: Path, foi: Callable[..., Ran]) -> None:
    before = _values(broken)
    ran = foi("build", data_dir=broken)
    assert ran.exit_code == 0, ran.err
    _names_all_problems(ran.out + ran.err)
    assert _values(broken) == before, "the earlier good extraction stands in for each"
    with duckdb.connect(str(broken / "warehouse" / "foi.duckdb"), read_only=True) as connection:
        stale = connection.execute(
            "select disclosure_id from dim_disclosure where is_stale order by 1"
        ).fetchall()
        named = connection.execute(
            "select distinct disclosure_id from qa_findings where status = 'FAIL' order by 1"
        ).fetchall()
    assert stale == [(disclosure_id,) for disclosure_id in sorted(STALE)]
    assert named == [(disclosure_id,) for disclosure_id in sorted(BROKEN)]

    strict = foi("build", "--strict", data_dir=broken)
    assert strict.exit_code == 1
    _names_all_problems(strict.out + strict.err)


def _names_all_problems(said: str) -> None:
    for disclosure_id, (place, remedy) in BROKEN.items():
        lines = [line for line in said.splitlines() if f"disclosures/{disclosure_id}/disclosure.yml" in line]
        assert any(place in line and remedy in line for line in lines), f"{disclosure_id}: {lines}"


def _values(data_dir: Path) -> list[tuple[str, int]]:
    with duckdb.connect(str(data_dir / "warehouse" / "foi.duckdb"), read_only=True) as connection:
        sql = "select disclosure_id, count(*) from fct_disclosed_value group by 1 order by 1"
        return connection.execute(sql).fetchall()


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
