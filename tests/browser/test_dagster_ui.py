"""What the operator sees on Monday morning: the graph, checks, columns, schedules and sensors of the project."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Served, listening, started
from tests.conftest import Built


@pytest.mark.usefixtures("photograph")
def test_the_asset_graph_shows_every_room(served: Served, page: Any) -> None:
    page.goto(f"{served.url}/asset-groups")
    for room in ("forces", "raw", "staging", "coding", "core", "comparison", "quality", "published", "inbox"):
        page.get_by_text(room, exact=True).first.wait_for()


@pytest.mark.usefixtures("photograph")
def test_a_force_shows_its_documents_and_addresses(served: Served, page: Any) -> None:
    page.goto(f"{served.url}/assets/responses/norfolk?view=overview")
    page.get_by_text("published_at").first.wait_for()
    page.get_by_text("first_rows").first.wait_for()


@pytest.mark.usefixtures("photograph")
def test_an_assets_checks_are_listed_with_their_result(served: Served, page: Any) -> None:
    page.goto(f"{served.url}/assets/cmp_platform?view=checks")
    page.get_by_text(re.compile("not_null|unique|relationships|accepted")).first.wait_for()
    page.get_by_text(re.compile("Passed", re.IGNORECASE)).first.wait_for()


@pytest.mark.usefixtures("photograph")
def test_a_column_leads_to_the_columns_it_is_made_from(served: Served, page: Any) -> None:
    page.goto(f"{served.url}/assets/cmp_platform?view=overview")
    made_from = page.get_by_role("row").filter(has_text="columns_made_from").first
    made_from.get_by_role("row").filter(has_text="platform_id").get_by_text(
        "int_comparisons.dimension_code"
    ).wait_for()
    made_from.scroll_into_view_if_needed()


@pytest.mark.usefixtures("photograph")
def test_the_schedule_and_the_sensors_are_on(served: Served, page: Any) -> None:
    page.goto(f"{served.url}/automation")
    for name in ("weekly_refresh", "weekly_housekeeping", "inbox", "reports"):
        page.get_by_text(name, exact=True).first.wait_for()
    page.get_by_text(re.compile("05:30")).first.wait_for()


def test_the_server_listens_on_this_machine_only(served: Served) -> None:
    assert listening(served.port) == [f"127.0.0.1:{served.port}"]


def test_the_development_server_listens_on_this_machine_only(built: Built, tmp_path: Path) -> None:
    """`make ui`, over a data folder without a warehouse: only the parsed dbt project is taken over."""
    for name in ("disclosures", "requests", "warehouse/dbt"):
        shutil.copytree(built.data_dir / name, tmp_path / name)
    with started("ui", tmp_path) as running:
        assert listening(running.port) == [f"127.0.0.1:{running.port}"]


def test_the_daemon_takes_what_was_dropped(served: Served) -> None:
    """The sensor as the daemon runs it: the file becomes a draft, and nothing of it enters the corpus."""
    review = served.data_dir / "review" / "disclosures"
    until = time.monotonic() + 90
    while not list(review.glob("kent/11-20-*")) and time.monotonic() < until:
        time.sleep(0.5)
    assert len(list(review.glob("kent/11-20-*/disclosure.yml"))) == 1
    assert not (served.data_dir / "disclosures" / "kent").exists()
    while (served.data_dir / "inbox" / "kent" / "letter.txt").exists() and time.monotonic() < until:
        time.sleep(0.2)
    assert not (served.data_dir / "inbox" / "kent" / "letter.txt").exists()


def test_the_daemon_is_healthy(served: Served) -> None:
    health = "{ instance { daemonHealth { allDaemonStatuses { daemonType healthy required } } } }"
    wanted = {"SENSOR", "SCHEDULER", "QUEUED_RUN_COORDINATOR", "MONITORING", "FRESHNESS_DAEMON"}
    until = time.monotonic() + 60
    while True:
        statuses = served.ask(health)["instance"]["daemonHealth"]["allDaemonStatuses"]
        healthy = {status["daemonType"] for status in statuses if status["healthy"] and status["required"]}
        if wanted <= healthy or time.monotonic() > until:
            break
        time.sleep(0.5)
    assert wanted <= healthy
