"""One server and one Chromium for all browser tests. Playwright drives it, because it waits by itself for what a page
shows; it starts the system's Chromium, never one of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Built

SCREENSHOTS = ROOT / "tests" / "browser" / "screenshots"
LETTER = "Kent Police (invented for a test)\nReference: 11/20\n\nOffence\t2018\t2019\nHarassment\t12\t15\n"
_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
_UP_WITHIN = 150.0  # seconds


@dataclass(frozen=True)
class Served:
    """`foi up` over a finished build; a file was dropped into its inbox before it started."""

    data_dir: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, query: str) -> Any:
        """The answer of Dagster's GraphQL interface."""
        body = json.dumps({"query": query}).encode()
        request = urllib.request.Request(f"{self.url}/graphql", body, {"Content-Type": "application/json"})  # noqa: S310
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return json.load(answer)["data"]


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def served(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Started once, as a person starts it."""
    data_dir = Path(shutil.copytree(built.data_dir, tmp_path_factory.mktemp("served") / "data"))
    (data_dir / "inbox" / "kent").mkdir(parents=True)
    (data_dir / "inbox" / "kent" / "letter.txt").write_text(LETTER, encoding="utf-8")
    with started("up", data_dir) as running:
        yield running


@contextmanager
def started(command: str, data_dir: Path) -> Iterator[Served]:
    """`foi up` or `foi ui` as a process of its own, once it answers; ended by Ctrl-C's signal."""
    port, log = free_port(), data_dir.with_name(f"{command}.log")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("FOI_", "DAGSTER_"))}
    foi = str(Path(sys.executable).with_name("foi"))
    arguments = [foi, command, "--data-dir", str(data_dir), "--port", str(port)]
    with log.open("wb") as said:
        process = subprocess.Popen(arguments, cwd=ROOT, env=clean, stdout=said, stderr=said)
    try:
        running = Served(data_dir, port, process)
        _wait(running, log)
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def listening(port: int) -> list[str]:
    """The addresses on which anybody listens at this port."""
    shown = subprocess.run(["ss", "-Hltn", f"sport = :{port}"], capture_output=True, text=True, check=True)
    return [line.split()[3] for line in shown.stdout.splitlines()]


def _wait(running: Served, log: Path) -> None:
    until = time.monotonic() + _UP_WITHIN
    while time.monotonic() < until and running.process.poll() is None:
        try:
            running.ask("{ version }")
        except OSError:
            time.sleep(0.3)
        else:
            return
    pytest.fail(f"it does not answer:\n{log.read_text(encoding='utf-8')[-4000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless browser."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium is installed; .ci/system-packages installs one")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def page(chromium: Any) -> Iterator[Any]:
    """One window, wide enough that nothing is folded away."""
    opened = chromium.new_page(viewport={"width": 1600, "height": 2000})
    opened.set_default_timeout(45_000)
    yield opened
    opened.close()


@pytest.fixture
def photograph(page: Any, request: pytest.FixtureRequest) -> Iterator[None]:
    """A picture of what the test saw, also when it failed."""
    yield
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{request.node.name.removeprefix('test_')}.png")
