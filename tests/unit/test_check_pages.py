"""docs/checks has one page per check that can stand in qa_findings, and none besides."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

from ingest.guard.verdict import RULES
from orchestration.quality.checks import by_name
from tests.conftest import ROOT

PAGES = ROOT / "docs" / "checks"
SEEDS = ROOT / "dbt_project" / "seeds"
_CODE = re.compile(r"[a-z]+(_[a-z]+)*")
_GUARD_ONLY = {"find", "Reason", "Refused"}  # codes of the guard all stand in its rules


def test_every_check_has_its_page() -> None:
    checks = _of_the_warehouse() | _of_extraction() | set(RULES)
    pages = {path.stem for path in PAGES.glob("*.md")}
    missing = [f"write docs/checks/{check}.md: what it means, what to do" for check in sorted(checks - pages)]
    assert missing == []
    assert pages - checks == set(), "pages of checks that no longer exist"


def test_a_page_says_what_the_check_means_and_what_to_do() -> None:
    for path in PAGES.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert re.fullmatch(
            rf"# {path.stem}\n\n\*\*What it means\.\*\* .{{20,}}\n\n\*\*What to do\.\*\* .{{5,}}\n",
            text,
            re.DOTALL,
        ), f"{path.name} is not of the form of the other pages"


def test_the_checks_are_found_where_they_are_written() -> None:
    """The lists above come from the sources: they must see what is known to be there."""
    assert {"reconciliation", "unmapped_label", "sums_as_reviewed"} <= _of_the_warehouse()
    assert {
        "wrong_hash",
        "bad_yaml",
        "not_a_number",
        "reading_never_used",
        "statement_ambiguous",
    } <= _of_extraction()


def _of_the_warehouse() -> set[str]:
    return set(by_name(SEEDS))


def _of_extraction() -> set[str]:
    """Every code with which extraction can describe a problem: constants passed where a parameter is called code."""
    modules = [
        ast.parse(path.read_text(encoding="utf-8"))
        for path in (ROOT / "ingest").rglob("*.py")
        if "draft" not in path.parts
    ]
    positions: dict[str, set[int]] = defaultdict(set)
    for module in modules:
        for name, position in _takers(module):
            positions[name].add(position)
    return {
        code
        for module in modules
        for call in ast.walk(module)
        if isinstance(call, ast.Call)
        for position in positions.get(_name(call), ())
        if position < len(call.args)
        for code in _constants(call.args[position])
    }


def _takers(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Functions with a parameter, and data classes with a field, called code: name and position."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg != "self"]
        elif isinstance(node, ast.ClassDef):
            names = [
                field.target.id
                for field in node.body
                if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
            ]
        else:
            continue
        if "code" in names and node.name not in _GUARD_ONLY and not node.name.startswith("__"):
            yield node.name, names.index("code")


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _constants(node: ast.expr) -> Iterator[str]:
    choices = [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
    for choice in choices:
        if (
            isinstance(choice, ast.Constant)
            and isinstance(choice.value, str)
            and _CODE.fullmatch(choice.value)
        ):
            yield choice.value
