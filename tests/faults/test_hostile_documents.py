"""Files that hide, threaten or break: each ends as it must, says why, and leaves no trace of its content."""

from __future__ import annotations

import csv
import hashlib
import random
import resource
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.extract import extract
from ingest.registry import DataFolder, Entry, load
from ingest.workers import land_all
from tests.conftest import ROOT, Ran

TRAPS = ROOT.parent / "shared" / "disclosures" / "_traps"
needs_traps = pytest.mark.skipif(not TRAPS.is_dir(), reason=f"no folder of hostile files at {TRAPS}")
WORDS = {"quarantine": "quarantined: ", "reject": "rejected: "}
MUTANTS = 200


def _traps() -> list[dict[str, str]]:
    if not TRAPS.is_dir():
        return []
    with (TRAPS / "traps.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def trapped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every trap as a disclosure of its own."""
    data_dir = tmp_path_factory.mktemp("traps")
    for number, trap in enumerate(_traps()):
        _disclosure(data_dir, f"kent/trap-{number}", trap["file"], (TRAPS / trap["file"]).read_bytes())
    return data_dir


@needs_traps
@pytest.mark.parametrize("number", range(len(_traps())), ids=[trap["file"] for trap in _traps()])
def test_a_trap_ends_as_it_must(trapped: Path, foi: Callable[..., Ran], number: int) -> None:
    trap = _traps()[number]
    started = time.monotonic()
    ran = foi("check", f"kent/trap-{number}", data_dir=trapped)
    assert time.monotonic() - started < 20
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 2**20, "more than 1 GB"
    assert "Traceback" not in ran.out + ran.err
    decided = WORDS.get(trap["must_do"])
    if decided is None:
        assert ran.exit_code == 0, ran.out
        assert "warning: " in ran.out
        _shows_its_figures(trapped / "disclosures" / "kent" / f"trap-{number}" / trap["file"], trap)
    else:
        assert ran.exit_code == 1
        assert f"error: disclosures/kent/trap-{number}/{trap['file']}" in ran.out
        assert decided in ran.out


@needs_traps
def test_nothing_hidden_surfaces_anywhere(trapped: Path, foi: Callable[..., Ran]) -> None:
    data = DataFolder(trapped)
    landed = list(land_all(load(data).entries, data))
    said = foi("check", data_dir=trapped).out + "".join(str(result.problems) for result in landed)
    secrets = [secret for trap in _traps() for secret in trap["must_not_surface"].split("; ") if secret]
    assert len(secrets) >= 6
    written = [path for path in trapped.rglob("*") if path.is_file() and "disclosures" not in path.parts]
    assert written, "nothing was landed at all"
    for secret in secrets:
        if secret.isdigit():
            continue  # a bare number may stand in a digest or a size by chance
        assert secret not in said
        for path in written:
            assert secret.encode() not in path.read_bytes(), path


def test_mutated_documents_are_refused_in_words(tmp_path: Path, foi: Callable[..., Ran]) -> None:
    """Bytes flipped, cut off, spliced, re-encoded: whatever happens is one clear message per problem."""
    chance = random.Random(20170413)  # noqa: S311 - the same damage in every run
    sources = sorted((ROOT / "data" / "disclosures").glob("*/*/document.*"))
    for number in range(MUTANTS):
        source = sources[number % len(sources)]
        mutant = _mutated(source.read_bytes(), chance, number % 4)
        _disclosure(
            tmp_path, f"kent/mutant-{number}", source.name, mutant, source.with_name("disclosure.yml")
        )
    ran = foi("check", data_dir=tmp_path)
    assert ran.exit_code in (0, 1)
    assert "Traceback" not in ran.out + ran.err
    assert f"{MUTANTS} disclosures checked" in ran.out
    for line in ran.out.splitlines()[:-1]:
        assert line.startswith(("error: ", "warning: ")), line
        assert "the program failed on it" not in line, line


@pytest.mark.parametrize(
    "source", sorted((ROOT / "data" / "disclosures").glob("*/*/document.*")), ids=lambda p: p.parent.name
)
def test_a_cut_off_document_tells_nothing_new(tmp_path: Path, source: Path) -> None:
    """Whatever is cut off, no number comes out that the whole document does not hold."""
    data = source.read_bytes()
    shares = {"whole": 1.0, "cut-20": 0.2, "cut-50": 0.5, "cut-80": 0.8, "cut-97": 0.97}
    for name, share in shares.items():
        cut = data[: int(len(data) * share)]
        _disclosure(tmp_path, f"kent/{name}", source.name, cut, source.with_name("disclosure.yml"))
    found = {entry.disclosure_id: _figures(entry) for entry in load(DataFolder(tmp_path)).entries}
    for disclosure_id, figures in found.items():
        assert figures <= found["kent/whole"], f"{disclosure_id}: {figures - found['kent/whole']}"


def _figures(entry: Entry) -> Counter[tuple[Any, ...]]:
    """What would land: nothing when there is any error."""
    result = extract(entry)
    if result.has_errors:
        return Counter()
    texts = ("period_text", "platform_text", "offence_text", "outcome_text", "victim_text", "value_text")
    return Counter(tuple(row[text] for text in texts) for row in result.tables.get("disclosed_values", []))


def _disclosure(
    data_dir: Path, disclosure_id: str, name: str, data: bytes, described: Path | None = None
) -> None:
    """A disclosure of these bytes, described as the original was, or with a question whose answer was not looked at."""
    home = data_dir / "disclosures" / disclosure_id
    home.mkdir(parents=True)
    (home / name).write_bytes(data)
    (data_dir / "requests").mkdir(exist_ok=True)
    yml: dict[str, Any] = {
        "reference": "1", "title": "t", "kind": "foi_response", "fidelity": "transcript",
        "parts": [{"part": "all", "status": "unknown"}],
    }  # fmt: skip
    if described is not None:
        yml = yaml.safe_load(described.read_text(encoding="utf-8"))
    parts = [{"part": str(part["part"]), "asks": "a"} for part in yml.get("parts", ())]
    request = {"title": "t", "offence_scope": "all-crime", "parts": parts, "forces": "unknown"}
    request_id = disclosure_id.replace("/", "-")
    (data_dir / "requests" / f"{request_id}.yml").write_text(yaml.safe_dump(request), encoding="utf-8")
    documents = [{"file": name, "sha256": hashlib.sha256(data).hexdigest()}]
    changed = {"force": "kent", "request": request_id, "documents": documents}
    (home / "disclosure.yml").write_text(yaml.safe_dump(yml | changed), encoding="utf-8")


def _mutated(data: bytes, chance: random.Random, kind: int) -> bytes:
    if kind == 0:
        damaged = bytearray(data)
        for _ in range(max(1, len(data) // 500)):
            damaged[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        return bytes(damaged)
    if kind == 1:
        return data[: chance.randrange(1, len(data))]
    if kind == 2:
        start, end = sorted(chance.randrange(len(data)) for _ in range(2))
        return data[:end] + data[start:]
    return data.decode("utf-8", errors="replace").encode(
        chance.choice(["utf-16", "utf-7", "cp437", "utf-32"]), "replace"
    )


def _shows_its_figures(path: Path, trap: dict[str, str]) -> None:
    from ingest import guard
    from ingest.readers import read_bytes

    data = path.read_bytes()
    cells = {
        cell.text
        for sheet in read_bytes(data, f"document.{guard.inspect(data, path.name).read_as}")
        for cell in sheet.cells()
    }
    for figure in trap["visible_figures"].replace("total ", "").split("; "):
        assert figure in cells, f"{figure} of {path.name}"
