"""SIGKILL: at every step of publishing, and at random moments of whole builds (`make faults` kills 60)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

SEED = (
    224  # its first four kills fall into reading, dbt, keeping the release, and replacing the published file
)

# Publishes a second content over and over, each time killed one step later: before or after every call that changes
# files, and in the middle of every copy. After each kill it looks at what is published, then publishes without help.
STEPS = """
import json, os, shutil, sys
from pathlib import Path
import duckdb
from orchestration.publish import disk
from orchestration.publish.likeness import digests
from orchestration.publish.releases import PUBLISHED, Shelf
from tests.faults.stepping import in_child, killed_at

folder = Path(sys.argv[1])
shelf = Shelf(folder / "releases", folder / "foi.duckdb")

def make(rows):
    (folder / "build.duckdb").unlink(missing_ok=True)
    with duckdb.connect(str(folder / "build.duckdb")) as connection:
        connection.execute(f"create table fct_value as select * from range({rows})")

def publish():
    shelf.remove_unfinished()
    shelf.publish(shelf.add(folder / "build.duckdb", ["main.fct_value"], {}), PUBLISHED)
    shelf.prune(2)

def look():
    assert shelf.current() is not None, "what is published is no release"
    assert all(release.is_whole() for release in shelf.releases()), "a release is damaged"
    return digests(folder / "foi.duckdb")["main.fct_value"][0]

def counted(steps):
    def in_halves(source, target):
        content = Path(source).read_bytes()
        with open(target, "wb") as file:
            file.write(content[: len(content) // 2])
            file.flush()
            steps.take()
            file.write(content[len(content) // 2 :])
        return target
    shutil.copyfile = in_halves
    steps.count(shutil, "copyfile", "rmtree")
    steps.count(Path, "replace", "rename", "mkdir", "chmod", "unlink", "write_text")
    steps.count(os, "fsync")
    publish()

in_child(lambda: (make(1), publish()))
step, found = 0, []
while True:
    step += 1
    in_child(lambda: make(step + 1))
    before = in_child(look)
    was_killed = killed_at(step, counted)
    after = in_child(look)
    assert after in (before, step + 1), (step, before, after)
    found.append(after == step + 1)
    if not was_killed:
        break
    in_child(publish)
    assert in_child(look) == step + 1
    left = [str(path) for path in folder.rglob(".new-*")]
    assert not left, left
print(json.dumps({"steps": step - 1, "new": sum(found) - 1}))
"""


def test_killed_at_every_step_of_publishing_the_file_is_whole(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STEPS, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["steps"] >= 30, "every step is one that a kill was tried at"
    assert 0 < found["new"] < found["steps"], "some kills came before the swap, some after it"


def test_builds_killed_at_random_moments_leave_the_old_release_or_the_new_one() -> None:
    program = [
        sys.executable,
        "-m",
        "tests.faults.killing",
        "--kills",
        "4",
        "--chain",
        "4",
        "--seed",
        str(SEED),
    ]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"4 kills (seed {SEED}), landed in: "), done.stdout
