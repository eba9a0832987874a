"""Telling people what went wrong: the webhook against a real server on this machine, and the sensor that uses it."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from orchestration import reports
from orchestration.defs.automation import reports as sensor_module
from orchestration.defs.automation.housekeeping import housekeeping
from orchestration.defs.automation.reports import failures
from orchestration.settings import DATA_DIR


class Server(ThreadingHTTPServer):
    """Answers with the codes it is given, one after the other, then 200; remembers what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.codes: list[int] = []
        self.got: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.drips = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?secret=1"


class _Handler(BaseHTTPRequestHandler):
    server: Server  # type: ignore[assignment]

    def do_POST(self) -> None:
        self.server.paths.append(self.path)
        self.server.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        if self.server.drips:
            for _ in range(40):
                self.wfile.write(b"HTTP")
                time.sleep(0.1)
            return
        self.send_response(self.server.codes.pop(0) if self.server.codes else 200)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    do_GET = do_POST  # noqa: N815 - the name the standard library looks for

    def log_message(self, *_: Any) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.mark.parametrize(
    ("code", "outcome"),
    [(200, "delivered"), (204, "delivered"), (302, "refused"), (400, "refused"), (404, "refused"),
     (429, "again"), (500, "again"), (503, "again")],
)  # fmt: skip
def test_only_what_may_pass_is_tried_again(server: Server, code: int, outcome: str) -> None:
    server.codes = [code]
    assert reports.post(server.url, {"text": "a test"}) == (outcome, f"HTTP {code}")
    assert server.got == [{"text": "a test"}]
    assert server.paths == ["/hook?secret=1"], "a redirect is not followed"


def test_a_server_that_is_silent_or_absent_costs_no_more_than_its_time(server: Server) -> None:
    server.drips = True
    started = time.monotonic()
    assert reports.post(server.url, {}, seconds=0.5)[0] == "again"
    assert time.monotonic() - started < 2
    server.server_close()
    outcome, why = reports.post(server.url, {}, seconds=0.5)
    assert (outcome, "secret" in why) == ("again", False)


@pytest.mark.parametrize("url", ["no address", "file:///etc/hostname", "http://"])
def test_what_is_no_address_is_refused(url: str) -> None:
    assert reports.post(url, {}, seconds=1)[0] in ("refused", "again")
    if url.startswith("file"):
        assert reports.post(url, {}, seconds=1) == ("refused", "FOI_WEBHOOK_URL is no http or https address")


@dg.asset(
    check_specs=[dg.AssetCheckSpec("is_whole", asset="thing"), dg.AssetCheckSpec("is_blue", asset="thing")]
)
def thing(context: dg.AssetExecutionContext) -> Iterator[Any]:
    """Its check `is_whole` passes, `is_blue` warns; with the tag `break` it fails."""
    yield dg.MaterializeResult()
    yield dg.AssetCheckResult(check_name="is_whole", passed=True)
    yield dg.AssetCheckResult(
        check_name="is_blue", passed=False, severity=dg.AssetCheckSeverity.WARN, description="it is red"
    )
    if "break" in context.run.tags:
        raise RuntimeError("it broke")


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    monkeypatch.setenv(DATA_DIR, str(tmp_path))
    monkeypatch.delenv(reports.WEBHOOK, raising=False)
    with dg.instance_for_test(temp_dir=str(tmp_path)) as made:
        yield made


def _look(instance: dg.DagsterInstance, cursor: str | None) -> str:
    with dg.build_sensor_context(instance=instance, cursor=cursor) as context:
        result = failures(context)
    assert isinstance(result, dg.SensorResult)
    assert result.cursor is not None
    return result.cursor


def _written(tmp_path: Path) -> list[dict[str, Any]]:
    log = tmp_path / "dagster" / "reports.log"
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []


def test_failed_runs_and_checks_are_reported_once_and_delivered_in_the_end(
    instance: dg.DagsterInstance, tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    dg.materialize([thing], instance=instance, raise_on_error=False, tags={"break": "yes"})
    cursor = _look(instance, None)
    assert _written(tmp_path) == [], "the first look begins with what happens from now on"

    dg.materialize([thing], instance=instance)
    dg.materialize([thing], instance=instance, raise_on_error=False, tags={"break": "yes"})
    monkeypatch.setenv(reports.WEBHOOK, server.url)
    server.codes = [503, 400]
    cursor = _look(instance, cursor)
    failed, warned = _written(tmp_path)[:2]
    assert (failed["status"], failed["failures"]) == ("FAILURE", ["step thing: RuntimeError: it broke"])
    assert warned["status"] == "SUCCESS"
    assert warned["failed_checks"] == [
        {"asset": "thing", "check": "is_blue", "severity": "WARN", "description": "it is red"}
    ]
    assert "did not take the report" in _written(tmp_path)[2]["text"], (
        "400 is not tried again, and that is said"
    )
    assert server.url not in (tmp_path / "dagster" / "reports.log").read_text(encoding="utf-8")
    assert len(server.got) == 2

    cursor = _look(instance, cursor)
    assert len(server.got) == 2, "503 is tried again, but not at once"
    monkeypatch.setattr(sensor_module.time, "time", lambda real=time.time: real() + 3600)
    cursor = _look(instance, cursor)
    assert server.got[2] == failed
    _look(instance, cursor)
    assert (len(server.got), len(_written(tmp_path))) == (3, 3)


def test_a_webhook_that_never_answers_is_given_up(
    instance: dg.DagsterInstance, tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [time.time()]
    monkeypatch.setattr(sensor_module.time, "time", lambda: clock[0])
    monkeypatch.setenv(reports.WEBHOOK, server.url)
    server.codes = [500] * 100
    cursor = _look(instance, None)
    dg.materialize([thing], instance=instance)
    waited = []
    for _ in range(20):
        before, clock[0] = len(server.got), clock[0] + 60
        cursor = _look(instance, cursor)
        waited.append(len(server.got) > before)
        clock[0] += 3600
    assert waited == [True] * 8 + [False] * 12
    assert "did not take the report" in _written(tmp_path)[-1]["text"]


def test_housekeeping_forgets_old_runs_but_not_what_made_the_newest(instance: dg.DagsterInstance) -> None:
    runs = [dg.materialize([thing], instance=instance).run_id for _ in range(3)]
    config = {"ops": {"forget_old_runs": {"config": {"keep_days": 1}}}}
    assert housekeeping.execute_in_process(instance=instance, run_config=config).success
    assert len(instance.get_runs()) == 4, "all of them are young"
    config["ops"]["forget_old_runs"]["config"]["keep_days"] = 0
    assert housekeeping.execute_in_process(instance=instance, run_config=config).success
    left = {run.run_id for run in instance.get_runs() if run.job_name != "housekeeping"}
    assert left == {runs[-1]}
    assert instance.get_latest_materialization_event(dg.AssetKey("thing")) is not None
