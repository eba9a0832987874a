"""What the README shows is what the command prints."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

from tests.conftest import ROOT, Built, Ran


def test_the_comparison_in_the_readme_is_real(built: Built, foi: Callable[..., Ran]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(
        r"<!-- compare:begin -->\n```\n\$ foi (.*?)```\n<!-- compare:end -->", readme, re.DOTALL
    )
    command, _, shown = block.partition("\n")
    ran = foi(*shlex.split(command), data_dir=built.data_dir)
    assert ran.exit_code == 0
    assert ran.out == shown


def test_the_queries_in_the_readme_run(built: Built, foi: Callable[..., Ran]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    queries = re.findall(r'foi query "(.*?)"', readme)
    assert queries
    for query in queries:
        assert foi("query", query, data_dir=built.data_dir).exit_code == 0
