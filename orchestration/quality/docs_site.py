"""Data Docs that can be read without a network: Great Expectations' own pages take styles, scripts and a counting image
from a dozen addresses, and their front page shows nothing without them.

Its pages stay, without whatever they would fetch or run, in a style of their own; the front page is written here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

HOME = Path("gx", "uncommitted", "data_docs", "local_site")
"""Where Great Expectations puts the pages of a project."""

_FETCHED = re.compile(
    r"<(script|style|footer)\b.*?</\1>|<link\b[^>]*>|<img\b[^>]*>",
    re.DOTALL,
)
_POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)
_STYLE = """<style>
body { font: 15px/1.45 sans-serif; margin: 1.5rem auto; max-width: 90rem; padding: 0 1rem; color: #222; }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; }
td, th { border: 1px solid #ccc; padding: .25rem .6rem; text-align: left; vertical-align: top; }
.badge { background: #eee; padding: 0 .2rem; word-break: break-all; font-family: monospace; }
.alert { background: #eef2f7; padding: .4rem .6rem; }
.fa-check-circle::before { content: "met"; color: #17692d; }
.fa-times::before { content: "not met"; color: #a4161a; font-weight: bold; }
.modal, .card:has(.btn-group-toggle) { display: none; }
</style>"""


@dataclass(frozen=True)
class Expectation:
    """One expectation of a suite, by the check it stands for."""

    check_name: str
    kind: str
    is_met: bool
    unexpected: int
    """Rows it was not met by."""


@dataclass(frozen=True)
class Suite:
    """One suite with what its validation came to."""

    name: str
    expectations: Sequence[Expectation]

    @property
    def met(self) -> int:
        """How many expectations were met."""
        return sum(expectation.is_met for expectation in self.expectations)


def stand_alone(home: Path, suites: Sequence[Suite]) -> None:
    """Make the pages below ``home`` fetch nothing, and write the front page."""
    for page in home.rglob("*.html"):
        text = _FETCHED.sub("", page.read_text(encoding="utf-8"))
        page.write_text(text.replace("<head>", f"<head>{_POLICY}{_STYLE}", 1), encoding="utf-8")
    sections = "".join(_section(home, suite) for suite in suites)
    title = "What landed from extraction, validated"
    (home / "index.html").write_text(
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">{_POLICY}{_STYLE}<title>{title}</title></head>\n'
        f"<body><h1>{title}</h1>\n{sections}</body></html>\n",
        encoding="utf-8",
    )


def _section(home: Path, suite: Suite) -> str:
    rows = "".join(
        f'<tr><td><i class="{"fa-check-circle" if found.is_met else "fa-times"}"></i></td>'
        f"<td>{escape(found.check_name)}</td><td>{escape(found.kind)}</td><td>{found.unexpected:,}</td></tr>\n"
        for found in suite.expectations
    )
    pages = [(f"expectations/{suite.name}.html", "the suite")]
    pages += [
        (path.relative_to(home).as_posix(), "its validation")
        for path in sorted((home / "validations" / suite.name).rglob("*.html"))
    ]
    links = ", ".join(f'<a href="{escape(address)}">{said}</a>' for address, said in pages)
    return (
        f"<h2>{escape(suite.name)}: {suite.met} of {len(suite.expectations)} expectations met</h2>\n<p>{links}</p>\n"
        "<table><thead><tr><th>Result</th><th>Check</th><th>Expectation</th><th>Unexpected rows</th></tr></thead>\n"
        f"<tbody>{rows}</tbody></table>\n"
    )
