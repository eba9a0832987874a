"""The parsed dbt project: made once per content of the project, found again by every process after that."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from orchestration import lock
from orchestration.settings import Settings

_READ_BY_DBT = {".sql", ".yml", ".yaml", ".csv", ".md", ".py"}
_MADE_BY_DBT = {"target", "logs", "dbt_packages"}
RUN = "run"  # the artifacts of the last dbt run stand beside the parsed projects
_CLOCK = re.compile(r"^\d\d:\d\d:\d\d\s+")
_KEPT = 2  # parsed projects kept: this one, and the one a running process may still read


class ManifestError(Exception):
    """dbt could not parse the project; the message is what dbt said, in one line."""


def dbt_executable() -> str:
    """The dbt of this environment, whether or not the environment is activated."""
    beside = Path(sys.executable).with_name("dbt")
    return str(beside) if beside.exists() else "dbt"


def stamp(settings: Settings) -> str:
    """Names the project's content: files, place (parsed seeds hold absolute paths) and dbt version."""
    digest = hashlib.sha256(f"{settings.dbt_project_dir} {version('dbt-core')}".encode())
    for path in sorted(settings.dbt_project_dir.rglob("*")):
        relative = path.relative_to(settings.dbt_project_dir)
        if path.suffix in _READ_BY_DBT and relative.parts[0] not in _MADE_BY_DBT and path.is_file():
            digest.update(f"\0{relative.as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def ensure(settings: Settings) -> Path:
    """The folder with ``manifest.json`` for the project as it is now, parsing it only if it changed.

    The folder is named by the project's content and appears whole, so a reader never meets a half-written
    manifest. Raises :class:`ManifestError`.
    """
    folder = settings.dbt_dir / stamp(settings)
    if (folder / "manifest.json").exists():
        return folder
    with lock.waiting(settings.dbt_dir / ".parse.lock"):
        if not (folder / "manifest.json").exists():
            _parse(settings, folder)
            _forget_older(settings, folder)
    return folder


def _parse(settings: Settings, folder: Path) -> None:
    scratch = folder.with_suffix(".tmp")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    for earlier in _parsed(settings)[:1]:  # lets dbt read only what changed
        shutil.copy2(earlier / "partial_parse.msgpack", scratch)
    command = [dbt_executable(), "--quiet", "parse", "--project-dir", str(settings.dbt_project_dir)]
    command += ["--profiles-dir", str(settings.dbt_project_dir)]
    command += ["--target-path", str(scratch), "--log-path", str(scratch)]
    environment = {**os.environ, **settings.variables()}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0 or not (scratch / "manifest.json").exists():
        raise ManifestError(
            _said(done.stdout + done.stderr) or f"dbt parse ended with exit code {done.returncode}"
        )
    scratch.rename(folder)


def _said(output: str) -> str:
    """dbt's message in one line, without its clock."""
    lines = [_CLOCK.sub("", line).strip() for line in output.splitlines()]
    return " ".join(line for line in lines if line and line != "Encountered an error:")


def _parsed(settings: Settings) -> list[Path]:
    found = [path.parent for path in settings.dbt_dir.glob("*/partial_parse.msgpack")]
    found = [folder for folder in found if not folder.suffix and folder.name != RUN]
    return sorted(found, key=lambda folder: folder.stat().st_mtime, reverse=True)


def _forget_older(settings: Settings, folder: Path) -> None:
    others = [other for other in _parsed(settings) if other != folder]
    for other in others[_KEPT - 1 :]:
        shutil.rmtree(other, ignore_errors=True)
