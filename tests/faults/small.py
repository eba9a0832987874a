"""The whole pipeline made small: three of the project's own answers, and dbt's tests of the core tables only."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from tests.conftest import ROOT

DISCLOSURES = ("norfolk/foi-004600-17", "durham/pa-2015-capitalfm", "northumbria/240-17")
_STATED = "norfolk/foi-004600-17"


def small_data(target: Path) -> Path:
    """A data folder with three answers and every request."""
    for name in DISCLOSURES:
        shutil.copytree(ROOT / "data" / "disclosures" / name, target / "disclosures" / name)
    shutil.copytree(ROOT / "data" / "requests", target / "requests")
    return target


def small_project(target: Path) -> Path:
    """The dbt project with all its models, without the tests outside ``core``."""
    shutil.copytree(ROOT / "dbt_project", target, ignore=shutil.ignore_patterns("target", "logs"))
    file = target / "dbt_project.yml"
    described = yaml.safe_load(file.read_text(encoding="utf-8"))
    kept = {"+enabled": False, "core": {"+enabled": True}}
    described["data_tests"] = {described["name"]: kept}
    file.write_text(yaml.safe_dump(described), encoding="utf-8")
    return target


def set_state(data: Path, state: str, attempt: int = 0) -> None:
    """Give the folder one of several contents: another title of a request.

    Another ``attempt`` at the same content has a disclosure.yml that is to be read again.
    """
    described = data / "disclosures" / _STATED / "disclosure.yml"
    lines = [
        line for line in described.read_text(encoding="utf-8").splitlines() if not line.startswith("# state")
    ]
    described.write_text("\n".join([*lines, f"# state {state} {attempt}", ""]), encoding="utf-8")
    request = data / "requests" / f"{yaml.safe_load(described.read_text(encoding='utf-8'))['request']}.yml"
    asked = yaml.safe_load(request.read_text(encoding="utf-8"))
    asked["title"] = f"{asked['title'].partition(' (state ')[0]} (state {state})"
    request.write_text(yaml.safe_dump(asked, sort_keys=False, allow_unicode=True), encoding="utf-8")
