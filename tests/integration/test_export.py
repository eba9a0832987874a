"""`foi export`: the published tables as CSV and Parquet, described, whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.publish.export import export
from tests.conftest import Built, Ran


@pytest.fixture(scope="module")
def folder(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(built.path, tmp_path_factory.mktemp("exports") / "all").folder


def test_the_package_describes_what_lies_beside_it(built: Built, folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert {"fct_disclosed_value", "cmp_platform", "qa_findings"} <= resources.keys()
    for name, resource in resources.items():
        data = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["description"], name
        assert all(field["description"] for field in resource["schema"]["fields"]), name
        rows = list(csv.reader(data.decode().splitlines(keepends=True)))
        assert rows[0] == [field["name"] for field in resource["schema"]["fields"]]
        assert len(rows) - 1 == built.value(f'select count(*) from "{name}"')


def test_parquet_holds_every_value_unchanged(built: Built, folder: Path) -> None:
    kept = duckdb.sql(f"select * from '{folder}/parquet/fct_disclosed_value.parquet' order by 1").fetchall()
    assert kept == built.rows("select * from fct_disclosed_value order by 1")


def test_no_text_is_a_formula_in_a_spreadsheet(tmp_path: Path) -> None:
    database = tmp_path / "small.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create table t as select * from (values ('=1+1'), ('-'), ('-3'), ('@x'), ('-x'),"
            " ('-2+3'), ('-2-3'), ('--'), ('-1,234.5')) as v(a)"
        )
    export(database, tmp_path / "out")
    cells = (tmp_path / "out" / "csv" / "t.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert sorted(cells) == sorted(["'=1+1", "-", "-3", "'@x", "'-x", "'-2+3", "'-2-3", "--", '"-1,234.5"'])


def test_a_folder_with_other_files_is_left_alone(
    built: Built, tmp_path: Path, foi: Callable[..., Ran]
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    ran = foi("export", str(tmp_path), data_dir=built.data_dir)
    assert (ran.exit_code, ran.err.count("\n")) == (2, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    ran = foi("export", str(tmp_path / "some"), "--table", "cmp_platform", data_dir=built.data_dir)
    assert ran.exit_code == 0
    assert [path.name for path in (tmp_path / "some" / "csv").iterdir()] == ["cmp_platform.csv"]
    again = foi("export", str(tmp_path / "some"), "--table", "cmp_outcome", data_dir=built.data_dir)
    assert again.exit_code == 0, "an earlier export is replaced"
    assert [path.name for path in (tmp_path / "some" / "csv").iterdir()] == ["cmp_outcome.csv"]
