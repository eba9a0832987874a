"""`foi add --replace` killed at every step: the corpus holds the old answer or the new one, and nothing half-placed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration import placing
from orchestration.settings import Settings
from tests.conftest import ROOT

# Replaces an answer over and over, each time killed one step later: before or after every call that changes files. Then
# the corpus is read, or half of the time that is killed as well, at a step of its own, and read again.
STEPS = """
import json, os, shutil, sys, tempfile
from pathlib import Path
import ingest.draft.preview, ingest.draft.references, ingest.draft.write, ingest.extract, ingest.guard, ingest.readers
from orchestration import corpus, vocabulary
from orchestration.add import add
from orchestration.settings import Settings
from tests.faults.stepping import in_child, killed_at

settings, letter = Settings(Path(sys.argv[1]) / "data"), Path(sys.argv[1]) / "letter.txt"
is_new = sys.argv[2] == "new"

def write(number):
    letter.write_text(f"Kent Police (invented)\\n\\nOffence\\t2018\\t2019\\nHarassment\\t12\\t{number}\\n")

def place():
    add(settings, letter, force="kent", reference="77/20", replace=True)

def files():
    found = {}
    for folder in ("disclosures", "requests"):
        for path in sorted((settings.data_dir / folder).rglob("*")):
            if path.is_file():
                found[str(path.relative_to(settings.data_dir))] = path.read_text()
    return found

def counting(work):
    def done(steps):
        steps.count(Path, "replace", "rename", "mkdir", "unlink", "write_text", "write_bytes")
        steps.count(tempfile, "mkdtemp")
        steps.count(os, "unlink", "rmdir", "fsync")
        work()
    return done

for folder in ("disclosures", "requests"):
    (settings.data_dir / folder).mkdir(parents=True)
write(0)
if not is_new:
    in_child(place)
step, found, healed = 0, [], 0
while True:
    step += 1
    before = files()
    write(step)
    was_killed = killed_at(step, counting(place))
    if step % 2:
        healed += killed_at(1 + step % 7, counting(lambda: corpus.load(settings)))
    registry = in_child(lambda: [len(corpus.load(settings).entries), list(map(str, corpus.load(settings).problems))])
    after = files()
    is_placed = any(f"\\t{step}\\n" in text for text in after.values())
    assert is_placed or after == before, (step, after.keys() ^ before.keys())
    assert registry == [len(after) // 3, []] and len(after) in (0, 3), (step, registry, list(after))
    left = [str(path) for path in settings.data_dir.rglob("*") if path.name.startswith((".adding-", ".new-"))]
    assert not left, (step, left)
    found.append(is_placed)
    if not was_killed:
        break
    if is_new:
        shutil.rmtree(settings.data_dir / "disclosures" / "kent", ignore_errors=True)
        for path in (settings.data_dir / "requests").iterdir():
            path.unlink()
    else:
        in_child(place)
        assert any(f"\\t{step}\\n" in text for text in files().values())
print(json.dumps({"steps": step - 1, "new": sum(found) - 1, "healed": healed}))
"""


@pytest.mark.parametrize("what", ["replaced", "new"])
def test_killed_at_every_step_an_answer_is_the_old_one_or_the_new_one(tmp_path: Path, what: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STEPS, str(tmp_path), what],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["steps"] >= 25, "every step is one that a kill was tried at"
    assert 0 < found["new"] < found["steps"], "some kills came before the answer was placed, some after it"
    assert found["healed"] >= 5, "what puts things back was killed as well"


def test_what_is_being_placed_just_now_is_left_alone(tmp_path: Path) -> None:
    """Reading the corpus beside a living `foi add` undoes nothing; once that has ended, a leftover goes."""
    settings = Settings(tmp_path)
    left = tmp_path / ".adding-left" / "old" / "disclosures" / "kent" / "77-20"
    left.mkdir(parents=True)
    (tmp_path / ".adding-left" / "new" / "disclosures" / "kent" / "77-20").mkdir(parents=True)
    with placing.staging(settings) as folder:
        placing.answer(folder, "kent/1-20")
        placing.heal(settings)
        assert (folder / "new").is_dir()
        assert left.is_dir()
    placing.heal(settings)
    assert not list(tmp_path.glob(".adding-*"))
    assert (tmp_path / "disclosures" / "kent" / "77-20").is_dir()


def test_an_error_while_placing_puts_the_old_answer_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(tmp_path)
    (tmp_path / "disclosures" / "kent" / "77-20").mkdir(parents=True)
    (tmp_path / "disclosures" / "kent" / "77-20" / "document.txt").write_text("old")
    (tmp_path / "requests").mkdir()
    (tmp_path / "requests" / "a.yml").write_text("old")
    real = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if "new" in path.parts:
            raise OSError(28, "No space left on device")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="No space left"):
        _replace(settings)
    assert (tmp_path / "disclosures" / "kent" / "77-20" / "document.txt").read_text() == "old"
    assert (tmp_path / "requests" / "a.yml").read_text() == "old"
    assert not list(tmp_path.glob(".adding-*"))


def _replace(settings: Settings) -> None:
    with placing.staging(settings) as folder:
        (placing.answer(folder, "kent/77-20") / "document.txt").write_text("new")
        placing.place(settings, folder, "kent/77-20", ("a.yml", "new"))
