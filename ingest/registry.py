"""Finds, validates and lists what lies in the data folder: disclosures and requests. Opens no document."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ingest import strict_yaml
from ingest.disclosure import Disclosure, Request
from ingest.problems import Problem
from ingest.tables import Table

SEVERAL_FORCES = "multi-force"  # folder of publications that name several forces
REVIEW = "review"  # folder of drafts below a data folder
OTHER_INFORMATION = "other_information"  # the part every letter may answer without having been asked
WHOLE_REQUEST = "whole_request"  # a decision on the request as a whole, beside those on its parts
_WITHOUT_FIGURES = {"refused_cost", "refused_exempt", "neither_confirm_nor_deny", "not_held"}

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True)
class DataFolder:
    """Where everything the project reads and writes stands."""

    path: Path

    @property
    def disclosures_dir(self) -> Path:
        return self.path / "disclosures"

    @property
    def requests_dir(self) -> Path:
        return self.path / "requests"

    @property
    def requests_dirs(self) -> list[Path]:
        """Every folder of requests an answer here may name: a review folder's drafts may also name reviewed ones."""
        above = [self.path.parent / "requests"] if self.path.name == REVIEW else []
        return [*above, self.requests_dir]

    @property
    def review_dir(self) -> Path:
        """A data folder of its own for drafts nobody has reviewed: no build of this folder ever looks there."""
        return self.path / REVIEW

    @property
    def inbox_dir(self) -> Path:
        return self.path / "inbox"

    @property
    def landing_dir(self) -> Path:
        return self.path / "landing"

    @property
    def warehouse_dir(self) -> Path:
        return self.path / "warehouse"

    def relative(self, path: Path) -> str:
        """A path as shown to people and stored: relative to the data folder."""
        return path.relative_to(self.path).as_posix()


@dataclass
class Entry:
    """One disclosure folder. ``disclosure`` is None when its YAML cannot be used; ``problems`` says why."""

    disclosure_id: str
    force_id: str
    folder: Path
    yaml_bytes: bytes
    disclosure: Disclosure | None
    problems: list[Problem] = field(default_factory=list)

    @property
    def file(self) -> str:
        """disclosure.yml relative to the data folder."""
        return f"disclosures/{self.disclosure_id}/disclosure.yml"

    def problem(
        self, code: str, place: str, found: str, expected: str, remedy: str, *, file: str | None = None
    ) -> Problem:
        """An error of this disclosure, by default in its disclosure.yml."""
        return Problem(self.disclosure_id, code, file or self.file, place, found, expected, remedy)


@dataclass
class Registry:
    """Everything found, usable or not."""

    entries: list[Entry]
    requests: dict[str, Request]
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return {entry.disclosure_id: entry for entry in self.entries}

    def entry(self, disclosure_id: str) -> Entry:
        """The entry with this id; KeyError when there is none."""
        return self._by_id[disclosure_id]

    def force_ids(self) -> list[str]:
        """The folders that hold disclosures, in order; one Dagster asset each."""
        return sorted({entry.force_id for entry in self.entries})


@dataclass(frozen=True)
class Known:
    """Vocabularies of the warehouse that names in YAML are held against; one that is None is not."""

    forces: Collection[str] | None = None
    checks: Collection[str] | None = None
    """Checks and codes that a waiver may name."""


_NOTHING = Known()


def load(data: DataFolder, known: Known = _NOTHING) -> Registry:
    """Read every request and disclosure file. Never raises for their content: problems are collected."""
    requests, problems = _load_requests(data, known.forces)
    broken = {problem.disclosure_id for problem in problems}
    paths = sorted(data.disclosures_dir.glob("*/*/disclosure.yml")) if data.disclosures_dir.is_dir() else []
    entries = [_load_entry(path) for path in paths]
    for entry in entries:
        if entry.disclosure is not None:
            entry.problems += _check_against(entry, entry.disclosure, requests, broken, known)
    return Registry(entries, requests, problems)


def _load_requests(
    data: DataFolder, known_forces: Collection[str] | None
) -> tuple[dict[str, Request], list[Problem]]:
    requests: dict[str, Request] = {}
    problems: list[Problem] = []
    for path in (path for folder in data.requests_dirs for path in sorted(folder.glob("*.yml"))):
        file = f"requests/{path.name}"
        request, found = _validated(Request, path.read_bytes(), path.stem, file)
        problems += found
        if request is None:
            continue
        requests[path.stem] = request
        listed = request.forces if isinstance(request.forces, list) else []
        problems += [
            Problem(path.stem, "unknown_force", file, "forces", repr(force), "a force id of the vocabulary",
                    "Correct it, or add the force to the vocabulary seed forces.csv.")
            for force in listed
            if known_forces is not None and force not in known_forces
        ]  # fmt: skip
    return requests, problems


def _load_entry(path: Path) -> Entry:
    folder = path.parent
    disclosure_id = f"{folder.parent.name}/{folder.name}"
    file = f"disclosures/{disclosure_id}/disclosure.yml"
    try:
        content = path.read_bytes()
    except OSError as error:
        problem = Problem(
            disclosure_id,
            "unreadable_yaml",
            file,
            "",
            str(error.strerror),
            "a readable file",
            "Restore the file.",
        )
        return Entry(disclosure_id, folder.parent.name, folder, b"", None, [problem])
    disclosure, problems = _validated(Disclosure, content, disclosure_id, file)
    return Entry(disclosure_id, folder.parent.name, folder, content, disclosure, problems)


def _validated(
    model: type[_Model], content: bytes, disclosure_id: str, file: str
) -> tuple[_Model | None, list[Problem]]:
    try:
        raw = strict_yaml.parse(content)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1} column {mark.column + 1}" if mark else ""
        found = str(getattr(error, "problem", None) or error).splitlines()[0]
        return None, [
            Problem(
                disclosure_id, "bad_yaml", file, place, found, "valid YAML", "Correct the YAML at this place."
            )
        ]
    if not isinstance(raw, dict):
        return None, [
            Problem(disclosure_id, "bad_yaml", file, "line 1", f"a {type(raw).__name__}", "a mapping of fields",
                    "Write one field per line, as in the other disclosures.")
        ]  # fmt: skip
    try:
        return model.model_validate(raw), []
    except ValidationError as error:
        return None, [_schema_problem(detail, disclosure_id, file) for detail in error.errors()]


def _schema_problem(detail: Any, disclosure_id: str, file: str) -> Problem:
    place = ".".join(str(step) for step in detail["loc"]) or "top level"
    if detail["type"] == "extra_forbidden":
        found, expected, remedy = (
            "an unknown field",
            "a field of the schema",
            "Remove it or correct its spelling.",
        )
    elif detail["type"] == "missing":
        found, expected, remedy = "nothing", "this field", "Add it; the schema describes every field."
    else:
        found = repr(detail["input"])[:80]
        expected = detail["msg"].removeprefix("Value error, ")
        remedy = "Correct the value."
    return Problem(disclosure_id, "invalid_field", file, place, found, expected, remedy)


def _check_against(
    entry: Entry,
    disclosure: Disclosure,
    requests: dict[str, Request],
    broken_requests: set[str],
    known: Known,
) -> Iterator[Problem]:
    """What the schema alone cannot know: the folder, the vocabulary of forces and of checks, the request."""
    home = disclosure.force or SEVERAL_FORCES
    if home != entry.force_id:
        remedy = f"Move the folder below disclosures/{home}/ or correct force."
        expected = f"the folder name {entry.force_id!r}"
        yield entry.problem("wrong_folder", "force", repr(disclosure.force), expected, remedy)
    if disclosure.force and known.forces is not None and disclosure.force not in known.forces:
        remedy = "Correct it, or add the force to the vocabulary seed forces.csv."
        expected = "a force id of the vocabulary"
        yield entry.problem("unknown_force", "force", repr(disclosure.force), expected, remedy)
    for number, waiver in enumerate(disclosure.waivers):
        if known.checks is not None and waiver.check_name not in known.checks:
            place, found = f"waivers.{number}.check_name", repr(waiver.check_name)
            near = difflib.get_close_matches(waiver.check_name, sorted(known.checks), n=1)
            remedy = f"Name {near[0]}, or" if near else "Name"
            remedy += " the check as qa_findings.check_name has it; docs/checks has a page on each."
            yield entry.problem("unknown_check", place, found, "a check of the vocabulary", remedy)
    if disclosure.request is None:
        return
    request = requests.get(disclosure.request)
    if request is None:
        state = "a file with errors of its own" if disclosure.request in broken_requests else "no such file"
        remedy = "Write or correct the request file, or name another request."
        found, expected = (
            f"{disclosure.request!r}: {state}",
            f"a valid file requests/{disclosure.request}.yml",
        )
        yield entry.problem("unknown_request", "request", found, expected, remedy)
        return
    yield from _check_parts(entry, disclosure, request)


def _check_parts(entry: Entry, disclosure: Disclosure, request: Request) -> Iterator[Problem]:
    """Whether the parts of the answer are those of the request, each decided once, and its tables agree with them."""
    file = f"requests/{disclosure.request}.yml"
    asked = {part.part for part in request.parts} | {OTHER_INFORMATION, WHOLE_REQUEST}
    statuses: dict[str, str] = {}
    for number, part in enumerate(disclosure.parts):
        place = f"parts.{number}.part"
        if part.part not in asked:
            remedy = f"Use a part of {file} or add it there."
            yield entry.problem("unknown_part", place, repr(part.part), f"one of {sorted(asked)}", remedy)
        if part.part in statuses:
            found = f"{part.part!r} again, {part.status} here and {statuses[part.part]} before"
            remedy = "Keep one, partly_disclosed where only some of it was refused."
            yield entry.problem("parts_contradict", place, found, "each part once", remedy)
        statuses.setdefault(part.part, part.status)
    for table in disclosure.tables:
        place = f"tables.{table.name}.answers"
        for name in table.answers:
            if name not in statuses:
                remedy = "Name a part listed under parts."
                yield entry.problem("unknown_part", place, repr(name), f"one of {sorted(statuses)}", remedy)
            elif statuses[name] in _WITHOUT_FIGURES and _counts_what_was_asked(disclosure, table):
                found = f"figures for {name!r}, which is {statuses[name]}"
                remedy = "Correct the status or answers; the size of a search is measure: search_hits."
                yield entry.problem("parts_contradict", place, found, "figures of parts disclosed", remedy)


def _counts_what_was_asked(disclosure: Disclosure, table: Table) -> bool:
    """Refusals give figures too: of the records a search found, which would have to be read one by one."""
    measure = table.measure or (disclosure.counting.unit if disclosure.counting else None)
    return table.layout != "legend" and measure != "search_hits"
