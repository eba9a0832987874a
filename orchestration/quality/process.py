"""The validation as a process beside dbt: begun when everything has landed, waited for when its results are needed.

Results are named by what went into them, so a validation that was killed is simply run by whoever asks next, and
unchanged input is not validated again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.quality import docs_site, results
from orchestration.quality.results import CheckResult

if TYPE_CHECKING:
    import pyarrow as pa

    from orchestration.settings import Settings

TABLES = ("disclosures", "disclosed_values", "tables", "markers")
"""The raw tables that are validated."""


class ValidationFailed(Exception):
    """The validation itself could not be run; the message says why and where its log is."""


def begin(settings: Settings, tables: Mapping[str, pa.Table]) -> None:
    """Lay the landed tables out and start validating them, unless exactly these have been validated. Does not wait."""
    _lay_out(settings, tables)
    if not _results(settings).is_file():
        _start(settings)


def wait(settings: Settings) -> list[CheckResult]:
    """The results for what was laid out last, run now if nobody has. Raises :class:`ValidationFailed`."""
    if not (settings.validation_dir / "current").is_file():
        raise ValidationFailed("nothing has been loaded to validate; materialise the raw tables first")
    with _locked(settings.validation_dir / ".lock"):  # one that runs already ends first
        if not _results(settings).is_file() and _start(settings, is_turn_held=True).wait() != 0:
            log = settings.validation_dir / "validation.log"
            said = log.read_text(encoding="utf-8").strip().splitlines()
            raise ValidationFailed(
                f"Great Expectations could not be run: {said[-1] if said else 'no message'} ({log})"
            )
    return results.read(_results(settings))


def site(settings: Settings) -> Path:
    """The folder of the Data Docs."""
    return settings.validation_dir / "site"


def index(settings: Settings) -> Path:
    """The first page of the Data Docs."""
    return site(settings) / docs_site.HOME / "index.html"


def _lay_out(settings: Settings, tables: Mapping[str, pa.Table]) -> None:
    import pyarrow.parquet as pq

    folder = settings.validation_dir / "landed"
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(_rules(settings).encode())
    for name in TABLES:
        path = folder / f"{name}.parquet"
        scratch = path.with_suffix(".new")
        pq.write_table(tables[name], scratch)
        digest.update(scratch.read_bytes())
        scratch.replace(path)
    (settings.validation_dir / "current").write_text(digest.hexdigest()[:24], encoding="utf-8")


def _rules(settings: Settings) -> str:
    """A digest of what decides besides the tables: this package, the seeds it reads, the library."""
    seeds = settings.dbt_project_dir / "seeds"
    files = sorted(
        [*Path(__file__).parent.glob("*.py"), *seeds.glob("mappings/*.csv"), *seeds.glob("reviewed/*.csv")]
    )
    digests = [
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in [*files, seeds / "vocabulary" / "checks.csv"]
    ]
    return json.dumps([version("great-expectations"), *digests])


def _results(settings: Settings) -> Path:
    token = (settings.validation_dir / "current").read_text(encoding="utf-8")
    return settings.validation_dir / "results" / f"{token}.json"


def _start(settings: Settings, *, is_turn_held: bool = False) -> subprocess.Popen[bytes]:
    target = _results(settings)
    for old in target.parent.glob("*.json"):
        old.unlink()
    folder = settings.validation_dir
    command = [sys.executable, "-m", "orchestration.quality.process", str(folder / "landed")]
    command += [str(settings.dbt_project_dir / "seeds"), str(site(settings)), str(target)]
    command += [] if is_turn_held else [str(folder / ".lock")]
    with (folder / "validation.log").open("wb") as log:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def main(arguments: list[str]) -> int:
    """``process TABLES SEEDS SITE RESULTS [LOCK]``: validate, holding the lock, unless the results are there."""
    tables, seeds, docs, target = map(Path, arguments[:4])
    if len(arguments) > 4:
        with _locked(Path(arguments[4])):
            return main(arguments[:4])
    if target.is_file():
        return 0
    from orchestration.quality.validation import run

    run(tables, seeds, docs, target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
