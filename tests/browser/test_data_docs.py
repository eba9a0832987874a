"""Great Expectations' Data Docs as a person opens them: suites with their results, without a network."""

from __future__ import annotations

import re
from typing import Any

import pytest

from orchestration.quality import process
from orchestration.quality.suites import SUITES
from orchestration.settings import Settings
from tests.browser.conftest import Served
from tests.conftest import Built


@pytest.fixture
def front_page(built: Built, page: Any) -> list[str]:
    """The front page opened, and every address that is asked for from then on."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(process.index(Settings(built.data_dir)).as_uri())
    return asked


@pytest.mark.usefixtures("photograph")
def test_the_front_page_shows_every_suite_with_its_results(front_page: list[str], page: Any) -> None:
    for name, suite in SUITES.items():
        heading = page.get_by_role(
            "heading", name=re.compile(rf"^{name}: \d+ of {len(suite)} expectations met$")
        )
        heading.wait_for()
        rows = heading.locator("xpath=following-sibling::table[1]").get_by_role("row")
        assert rows.count() == 1 + len(suite)
        for expected in suite:
            assert rows.filter(has_text=expected.check_name).count() >= 1
    assert page.locator("i.fa-check-circle").count() > 10
    assert all(address.startswith("file:") for address in front_page)


@pytest.mark.usefixtures("photograph")
def test_a_validation_shows_what_was_expected_and_found(front_page: list[str], page: Any) -> None:
    page.get_by_role("link", name="its validation").first.click()
    page.get_by_text("Evaluated Expectations").first.wait_for()
    page.get_by_text("Expectation Suite: values").first.wait_for()
    page.get_by_text("values must match this regular expression").first.wait_for()
    page.get_by_role("link", name="Home").click()
    page.get_by_role("heading", name="What landed from extraction, validated").wait_for()
    page.get_by_role("link", name="the suite").first.click()
    page.get_by_text("must always be equal").first.wait_for()
    assert all(address.startswith("file:") for address in front_page)


@pytest.mark.usefixtures("photograph")
def test_a_check_names_the_data_docs(served: Served, page: Any) -> None:
    page.goto(f"{served.url}/assets/raw/disclosed_values?view=checks&checkDetail=value_shapes")
    page.get_by_text("data_docs").first.wait_for()
    page.get_by_text(re.compile(r"^file://.*/local_site/index\.html$")).first.wait_for()
