"""What runs it on somebody's machine: the unit as systemd reads it and the kernel enforces it, and the image."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from orchestration import cli
from tests.conftest import ROOT
from tests.faults.small import small_data, small_project

DEPLOY = ROOT / "orchestration" / "deploy"
UNIT = DEPLOY / "foi-warehouse.service"


@pytest.fixture
def unit() -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read(UNIT)
    return parsed


def _instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, each with what it is given."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1].strip()) for line in lines]


def test_the_unit_and_the_container_start_a_command_that_exists(unit: configparser.ConfigParser) -> None:
    program, command = unit["Service"]["ExecStart"].split()
    assert Path(program).name == "foi"
    assert unit["Service"]["ReadWritePaths"] == f"{unit['Service']['WorkingDirectory']}/data"
    assert _instructions()[-1] == ("CMD", f'["foi", "{command}"]')
    assert command in {made.__name__ for made in cli.COMMANDS}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
@pytest.mark.parametrize(
    ("wrong", "said"), [("", ""), ("KilMode=mixed", "Unknown key"), ("Restart=on-fail", "Failed")]
)
def test_systemd_understands_every_line_of_the_unit(tmp_path: Path, wrong: str, said: str) -> None:
    """As `systemd-analyze verify` says it, over a copy whose paths are those of this repository."""
    text = UNIT.read_text(encoding="utf-8").replace(
        "/srv/foi-warehouse/.venv/bin", str(Path(sys.executable).parent)
    )
    copy = tmp_path / UNIT.name
    copy.write_text(text.replace("/srv/foi-warehouse", str(ROOT)).replace("[Service]", f"[Service]\n{wrong}"))
    done = subprocess.run(
        ["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False
    )
    lines = [line for line in done.stderr.splitlines() if UNIT.stem in line]
    assert said in "".join(lines)
    assert bool(said) == bool(lines), lines
    assert done.returncode == 0


# The file system as ProtectSystem=strict, PrivateTmp=yes and ReadWritePaths= leave it: everything is read-only but the
# data folder and a folder for temporary files.
STRICT = """
mount --make-rprivate / && mount --bind "$1" "$1" && mount --bind "$2" "$2" && mount -o remount,bind,ro / || exit 77
touch /strict 2>/dev/null && exit 78
shift 2; exec "$@"
"""


def test_a_build_writes_nowhere_but_into_the_data_folder(
    tmp_path: Path, unit: configparser.ConfigParser
) -> None:
    protected = {"ProtectSystem": "strict", "PrivateTmp": "yes"}
    assert {name: unit["Service"][name] for name in protected} == protected
    data, project = small_data(tmp_path / "data"), small_project(tmp_path / "dbt_project")
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    foi = str(Path(sys.executable).with_name("foi"))
    command = ["unshare", "--mount", "sh", "-c", STRICT, "sh", str(data), str(scratch)]
    command += ["env", f"TMPDIR={scratch}", f"FOI_DBT_PROJECT_DIR={project}", f"HOME={tmp_path / 'nobody'}"]
    done = subprocess.run(
        [*command, foi, "build", "--data-dir", str(data)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode in (1, 77) and ("unshare" in done.stderr or done.returncode == 77):
        pytest.skip("a mount namespace can be made by root only")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (data / "warehouse" / "foi.duckdb").is_file()
    assert list(scratch.iterdir()) == []


def test_the_image_has_a_python_that_is_allowed_and_everything_it_copies(
    unit: configparser.ConfigParser,
) -> None:
    steps = _instructions()
    assert {name for name, _ in steps} <= {"FROM", "RUN", "WORKDIR", "COPY", "USER", "VOLUME", "CMD"}
    found = re.fullmatch(r"python:3\.(\d+)-slim", dict(steps)["FROM"])
    allowed = re.search(r'requires-python = ">=3\.(\d+),<3\.(\d+)"', (ROOT / "pyproject.toml").read_text())
    assert found
    assert allowed
    assert int(allowed[1]) <= int(found[1]) < int(allowed[2])
    copied = [given.split()[0] for name, given in steps if name == "COPY"]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    folder = dict(steps)["WORKDIR"]
    assert folder == unit["Service"]["WorkingDirectory"]
    assert dict(steps)["VOLUME"] == f"{folder}/data"
    order = [name for name, _ in steps]
    assert order.index("USER") > max(at for at, name in enumerate(order) if name in {"RUN", "COPY"}), (
        "not as root"
    )
    owned = [
        given for name, given in steps if name == "RUN" and f"chown -R {dict(steps)['USER']} data" in given
    ]
    assert owned, "a new volume takes over the owner"


def test_the_image_holds_nothing_that_was_built_and_everything_that_is_needed() -> None:
    left_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    made = {"dagster", "inbox", "landing", "review", "warehouse"}
    assert {f"data/{name}" for name in made} <= set(left_out)
    for needed in (
        "data/disclosures",
        "data/requests",
        "dbt_project",
        "dagster.yaml",
        "pyproject.toml",
        "README.md",
    ):
        assert (ROOT / needed).exists()
        assert needed not in left_out
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "\nhatchling==" in locked, "the project itself is built without an environment of its own"


def test_the_postgres_variant_changes_the_storage_and_nothing_else() -> None:
    assert set(yaml.safe_load((DEPLOY / "dagster-postgres.yaml").read_text(encoding="utf-8"))) == {"storage"}
