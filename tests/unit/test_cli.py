"""The command line: light to ask for help, one clear line for every wrong use, exact output."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from orchestration import cli, summary
from orchestration.build import BuildResult
from orchestration.settings import Settings

HEAVY = {"dagster", "dagster_dbt", "dbt", "pandas", "great_expectations", "pyarrow", "duckdb"}


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a very small published warehouse. The command line may set the environment in here."""
    settings = Settings(tmp_path)
    for name in settings.variables():
        monkeypatch.delenv(name, raising=False)
    settings.warehouse_dir.mkdir()
    with duckdb.connect(str(settings.published_db)) as connection:
        connection.execute("create table fct_disclosed_value as select 1 as value_low, 'a=b' as value_text")
        connection.execute("create table dim_request as select 'some-family' as request_id")
        connection.execute("create table dim_force as select 'norfolk' as force_id, 'Norfolk' as force_name")
        connection.execute(
            "create table dim_platform (platform_id varchar, platform_name varchar, is_pooled boolean)"
        )
        connection.execute("create table qa_unmapped_labels (seed_file varchar, label_text varchar)")
        connection.execute(
            "create table cmp_platform (request_id varchar, measure varchar, period_start_on date, "
            "period_end_on date, period_label varchar, platform_id varchar, force_id varchar)"
        )
    settings.published_db.chmod(0o444)
    return tmp_path


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["compare", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys; from orchestration.cli import main; code = main(sys.argv[1:]); "
        "print('IMPORTED', *sorted({name.partition('.')[0] for name in sys.modules})); sys.exit(code)"
    )
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
    )
    seconds = time.monotonic() - started
    shown, _, imported = done.stdout.partition("IMPORTED")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage: foi" in shown
    assert not HEAVY & set(imported.split())
    assert seconds < 5, "a second on a quiet machine; this bound only catches a heavy import on a busy one"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no-such-command"], "No such command 'no-such-command'."),
        (["buidl"], "Did you mean 'build'?"),
        (["build", "--strct"], "--strict"),
        (["query"], "Missing argument 'SQL'"),
        (["query", "select 1", "select 2"], "unexpected extra argument"),
        (["query", "select 1", "--format", "xml"], "'xml' is not one of 'table', 'csv', 'json', 'markdown'"),
        (["query", "selec 1"], 'syntax error at or near "selec"'),
        (["query", "select * from fct_disclosed_valu"], 'Did you mean "fct_disclosed_value"?'),
        (["query", "select cast('x' as integer)"], "Could not convert string 'x' to INT32"),
        (["query", ""], "expected one SQL statement, found none"),
        (["query", "select 1; select 2"], "expected one SQL statement, found 2"),
        (["query", "drop table fct_disclosed_value"], "this is a DROP statement"),
        (["query", "copy fct_disclosed_value to 'out.csv'"], "this is a COPY statement"),
        (["query", "attach 'other.duckdb'"], "this is a ATTACH statement"),
        (["query", "set enable_external_access = true"], "this is a SET statement"),
        (["query", "select * from read_text('/etc/hostname')"], "disabled by configuration"),
        (["query", "from 'other.csv'"], "disabled by configuration"),
        (["check", "norfolk/no-such"], "no such disclosure: norfolk/no-such"),
        (["extract", "no-such-file.pdf"], "no such disclosure or file: no-such-file.pdf"),
        (
            ["compare", "some-famly", "--by", "platform"],
            "no such request family: some-famly; did you mean some-family?",
        ),
        (["compare", "some-family", "--by", "colour"], "'colour' is not one of"),
        (["compare", "some-family", "--by", "offence"], "no table cmp_offence; it can compare by platform"),
        (
            ["compare", "some-family", "--by", "platform", "--force", "norflk"],
            "police force: norflk; did you mean norfolk?",
        ),
        (["compare", "some-family", "--by", "platform", "--force", "norfolk"], "norfolk gave no figures"),
        (["compare", "some-family", "--by", "platform", "--period", "2014"], "no such period"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(
    data_dir: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    folder = ["--data-dir", str(data_dir)] if arguments[0] in {"check", "extract", "query", "compare"} else []
    code = cli.main([arguments[0], *folder, *arguments[1:]])
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert err.startswith("foi: ")


@pytest.mark.parametrize(
    "arguments",
    [["query", "select 1"], ["compare", "some-family", "--by", "platform"], ["unmapped"], ["status"]],
)
def test_without_a_published_warehouse_the_line_says_what_to_type(
    data_dir: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    Settings(data_dir).published_db.unlink()
    assert cli.main([*arguments, "--data-dir", str(data_dir)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "run `foi build` first" in err


def test_a_data_folder_that_does_not_exist_is_wrong_use(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["status", "--data-dir", str(data_dir / "nowhere")]) == 2
    assert capsys.readouterr().err.startswith("foi: no such data folder")


def test_the_data_folder_may_come_from_the_environment(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOI_DATA_DIR", str(data_dir))
    assert cli.main(["query", "select value_text from fct_disclosed_value", "--format", "csv"]) == 0
    assert capsys.readouterr().out == "value_text\na=b\n"


def test_query_prints_json_that_programs_can_read(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sql = "select date '2014-04-01' as on_day, [1, 2] as items, map {'ward': 'A'} as dims, null as none, 1.5 as rate"
    assert cli.main(["query", sql, "--format", "json", "--data-dir", str(data_dir)]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"on_day": "2014-04-01", "items": [1, 2], "dims": {"ward": "A"}, "none": None, "rate": 1.5}
    ]


def test_query_answers_with_every_row(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for output in ("table", "csv", "markdown", "json"):
        arguments = ["query", "from range(25000)", "--format", output, "--data-dir", str(data_dir)]
        assert cli.main(arguments) == 0
        assert capsys.readouterr().out.count("\n") >= 25_000


def test_a_reader_that_has_enough_is_no_error(data_dir: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "orchestration.cli",
        "query",
        "from range(1000000)",
        "--data-dir",
        str(data_dir),
    ]
    process = subprocess.Popen(
        [*command, "--format", "csv"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == "range\n"
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr.read() == ""
    process.stderr.close()


@pytest.mark.parametrize(("failed", "strict", "code"), [(0, True, 0), (2, True, 1), (2, False, 0)])
def test_strict_is_not_content_with_failed_findings(
    failed: int,
    strict: bool,
    code: int,
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings = Settings(data_dir)
    built = BuildResult(settings.published_db, published=True, failed_findings=failed)
    monkeypatch.setattr(summary, "build", lambda *_, **__: built)
    assert summary.run(settings, strict=strict, force=False, wait=None) == code
    assert ("--strict: no problems, 2 findings with status FAIL" in capsys.readouterr().err) == bool(code)


@pytest.mark.parametrize("named", ["README.md", "README.md/below"])
def test_an_export_into_a_file_says_what_to_do(
    data_dir: Path, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (data_dir / "README.md").write_text("mine", encoding="utf-8")
    assert cli.main(["export", str(data_dir / named), "--data-dir", str(data_dir)]) == 2
    err = capsys.readouterr().err
    assert "README.md" in err
    assert "name a" in err
    assert "Errno" not in err
