"""`foi up`: the user interface and the daemon, over one code server, until a signal ends them all. And `foi ui`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import NoReturn

from orchestration import home
from orchestration.settings import ROOT, Settings

HOST = "127.0.0.1"
_LOADED_WITHIN = 180.0  # seconds until the code server must have loaded the definitions
_ENDED_WITHIN = 30.0
_LOOK = 0.2


class _Stopped(Exception):
    """A signal asked for the end."""


def up(settings: Settings, port: int, say: Callable[[str], None]) -> int:
    """Run until SIGINT or SIGTERM, then end everything and return 0; 1 when one of the processes ends by itself.

    The definitions are loaded once, by a code server that both others ask through a socket only this user can open.
    """
    home.prepare(settings)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    children: dict[str, subprocess.Popen[bytes]] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="foi-up-")))
        stack.callback(_end, children)
        try:
            code = folder / "code.sock"
            children["code server"] = _start(
                settings, "dagster", "code-server", "start", "-s", str(code), "-m", "orchestration.definitions",
                "--location-name", "foi",
            )  # fmt: skip
            _wait_for(code, children)
            workspace = folder / "workspace.yaml"
            workspace.write_text(f"load_from: [{{grpc_server: {{socket: {code}, location_name: foi}}}}]\n")
            children["daemon"] = _start(settings, "dagster-daemon", "run", "-w", str(workspace))
            children["user interface"] = _start(
                settings, "dagster-webserver", "-h", HOST, "-p", str(port), "-w", str(workspace)
            )
            say(f"http://{HOST}:{port} - Ctrl-C ends it")
            while not (ended := _ended(children)):
                time.sleep(_LOOK)
        except _Stopped:
            return 0
    say(f"the {ended} ended by itself; everything else has been stopped")
    return 1


def ui(settings: Settings, port: int) -> NoReturn:
    """Become Dagster's server for development, which loads the definitions anew when asked."""
    home.prepare(settings)
    dagster = str(Path(sys.executable).with_name("dagster"))
    os.chdir(ROOT)  # its pyproject.toml says where the definitions are
    # A background shell ignores SIGINT, and Dagster stops by nothing else.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    arguments = [dagster, "dev", "-h", HOST, "-p", str(port)]
    os.execve(dagster, arguments, {**os.environ, **settings.variables()})  # noqa: S606 - this process becomes it


def _start(settings: Settings, program: str, *arguments: str) -> subprocess.Popen[bytes]:
    # In sessions of their own: Ctrl-C reaches this process alone, which ends the others in order.
    return subprocess.Popen(
        [str(Path(sys.executable).with_name(program)), *arguments],
        cwd=ROOT, env={**os.environ, **settings.variables()}, start_new_session=True,
    )  # fmt: skip


def _wait_for(socket: Path, children: dict[str, subprocess.Popen[bytes]]) -> None:
    """The socket is there once the definitions are loaded."""
    until = time.monotonic() + _LOADED_WITHIN
    while not socket.exists() and not _ended(children) and time.monotonic() < until:
        time.sleep(_LOOK)


def _ended(children: dict[str, subprocess.Popen[bytes]]) -> str | None:
    return next((name for name, child in children.items() if child.poll() is not None), None)


def _end(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask the youngest first; whoever does not listen is killed with everything it has started."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    for child in reversed(children.values()):
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + _ENDED_WITHIN
    for child in reversed(children.values()):
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _stop(number: int, frame: FrameType | None) -> None:
    del number, frame
    raise _Stopped
