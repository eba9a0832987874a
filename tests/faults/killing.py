"""Builds killed at random moments. Run it with `make faults`; the test suite runs a few of the same.

Every attempt builds a content that is not the published one, in a process of its own, and gets SIGKILL at a moment
drawn within a phase, in processor time of the build, so that a busy machine changes nothing. Half of the kills take the
process alone, half its whole group. After each kill the published file must hold, table by table, what an undisturbed
build of one of the two contents holds; after a chain of kills the next build must succeed by itself and hold exactly
what an undisturbed build holds. A build that fails without having been killed is an error at once.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orchestration.settings import Settings
from tests.faults.small import set_state, small_data, small_project
from tests.faults.stepping import in_child

PHASES = {
    "starting": "start",
    "reading": "ingest",
    "loading": "raw load",
    "running": "dbt",
    "checking": "audit",
    "publishing": "publish",
    "keeping": "release",
    "replacing": "swap",
}
_TICKS = os.sysconf("SC_CLK_TCK")
Digests = dict[str, Any]


@dataclass
class Attempt:
    """What became of one build. ``spent`` is processor time in seconds per phase."""

    published: bool = False
    killed_in: str | None = None
    failures: list[str] = field(default_factory=list)
    spent: dict[str, float] = field(default_factory=dict)


@dataclass
class Plan:
    """When to kill: so many seconds of processor time after a phase began."""

    phase: str
    after: float
    is_group: bool


def attempt(settings: Settings, plan: Plan | None = None) -> Attempt:
    """Build in a child process, and kill it as planned."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.setsid()
        _build_and_exit(settings, writing)
    os.close(writing)
    result, told, phase, began, last = Attempt(), b"", "start", 0.0, 0.0
    while True:
        ended, _ = os.waitpid(child, os.WNOHANG)
        ready, _, _ = select.select([reading], [], [], 0 if ended else 0.002)
        told += os.read(reading, 65536) if ready else b""
        *lines, told = told.split(b"\n")
        spent = last = _processor_time(child) if not ended else last
        for line in lines:
            name = PHASES.get(line.split(b" ")[0].decode(), phase)
            if name != phase:
                result.spent[phase] = result.spent.get(phase, 0.0) + spent - began
                phase, began = name, spent
            if line.startswith(b"failed: "):
                result.failures.append(line.decode())
            result.published |= line == b"published"
        if plan and not ended and phase == plan.phase and spent - began >= plan.after:
            (os.killpg if plan.is_group else os.kill)(child, signal.SIGKILL)
            os.waitpid(child, 0)
            result.killed_in = phase
        if ended or result.killed_in:
            result.spent[phase] = result.spent.get(phase, 0.0) + last - began
            os.close(reading)
            return result


def _build_and_exit(settings: Settings, writing: int) -> None:
    def tell(text: str) -> None:
        os.write(writing, f"{text}\n".encode())

    try:
        from orchestration.build import build

        tell("starting")
        result = build(settings, tell)
        for failure in result.failures:
            tell(f"failed: {failure}")
        tell("published" if result.published else "kept")
    except BaseException as error:  # noqa: BLE001 - the parent decides
        tell(f"failed: {type(error).__name__}: {error}")
    finally:
        os._exit(0)


def _processor_time(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def published(settings: Settings) -> Digests:
    """What the published file holds, table by table. It must be, byte by byte, one of the releases."""

    def read() -> Digests:
        from orchestration.publish.likeness import digests
        from orchestration.release import shelf

        current = shelf(settings).current()
        assert current is not None, "the published file is none of the releases"
        assert all(release.is_whole() for release in shelf(settings).releases()), "a release is damaged"
        return digests(settings.published_db)

    found: Digests = in_child(read)
    return found


@dataclass
class Experiment:
    """One data folder, the two contents it alternates between, and what an undisturbed build makes of each."""

    settings: Settings
    random: random.Random
    state: str = "A"
    undisturbed: dict[str, Digests] = field(default_factory=dict)
    spent: dict[str, float] = field(default_factory=dict)
    landed: Counter[str] = field(default_factory=Counter)

    def build(self) -> None:
        """Build without disturbance; it must publish, and leave nothing unfinished behind."""
        done = attempt(self.settings)
        assert done.published, done.failures or "the build ended without a word"
        assert done.failures == []
        left = [str(path) for path in self.settings.warehouse_dir.rglob(".new-*")]
        assert not left, left
        self.spent |= done.spent

    def calibrate(self) -> None:
        """Build both contents undisturbed; the second build is the one whose phases are timed."""
        for self.state in "AB":
            set_state(self.settings.data_dir, self.state)
            self.build()
            self.undisturbed[self.state] = published(self.settings)
        assert self.undisturbed["A"] != self.undisturbed["B"]

    def kill(self, phase: str) -> None:
        """Kill one build in this phase and look at what is published then."""
        before = published(self.settings)
        self.state = "A" if before == self.undisturbed["B"] else "B"
        set_state(self.settings.data_dir, self.state, sum(self.landed.values()) + 1)
        plan = Plan(phase, self.random.random() * self.spent.get(phase, 0.1), self.random.random() < 0.5)
        done = attempt(self.settings, plan)
        is_finished = done.published and not done.failures
        assert done.killed_in or is_finished, done.failures or "a build failed that was not killed"
        self.landed[done.killed_in or "missed"] += 1
        sys.stderr.write(f"{sum(self.landed.values())}: {done.killed_in or 'missed ' + phase}\n")
        after = published(self.settings)
        assert after in (before, self.undisturbed[self.state]), (
            "neither the old release nor the new one is published"
        )

    def recover(self) -> None:
        """The next build needs no help and makes what an undisturbed one makes."""
        self.build()
        assert published(self.settings) == self.undisturbed[self.state], (
            "the build after a kill made something else"
        )


def main(arguments: list[str] | None = None) -> int:
    """Run the experiment and print where the kills landed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--chain", type=int, default=1, help="kills before each build that is left alone")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="foi-kills-") as name:
        folder = Path(name)
        settings = Settings(small_data(folder / "data"), small_project(folder / "dbt_project"))
        os.environ.update(settings.variables())
        _import_what_a_build_needs()
        experiment = Experiment(settings, random.Random(chosen.seed))  # noqa: S311 - not for secrets
        experiment.calibrate()
        phases = [phase for phase in PHASES.values() if phase in experiment.spent]
        while sum(experiment.landed.values()) - experiment.landed["missed"] < chosen.kills:
            number = sum(experiment.landed.values())
            if number % len(phases) == 0:
                order = experiment.random.sample(phases, len(phases))  # every phase once, in whatever order
            experiment.kill(order[number % len(phases)])
            if (number + 1) % chosen.chain == 0:
                experiment.recover()
        experiment.recover()
    counted = ", ".join(f"{phase} {experiment.landed[phase]}" for phase in phases)
    sys.stdout.write(
        f"{chosen.kills} kills (seed {chosen.seed}), landed in: {counted}; missed {experiment.landed['missed']}; "
        f"{time.monotonic() - started:.0f} seconds\n"
    )
    return 0


def _import_what_a_build_needs() -> None:
    """Once, here: the attempts are forks of this process. Nothing of it opens a file or starts a thread."""
    import dagster_dbt
    import dbt.adapters.duckdb
    import dbt.cli.main
    import duckdb
    import pyarrow.parquet

    import ingest.preload
    import orchestration.build

    del dagster_dbt, dbt, duckdb, pyarrow, ingest, orchestration


if __name__ == "__main__":
    sys.exit(main())
