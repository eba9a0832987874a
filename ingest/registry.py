"""Finds, validates and lists what lies in the data folder: disclosures and requests. Opens no document."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ingest import strict_yaml
from ingest.disclosure import Disclosure, Request
from ingest.problems import Problem

SEVERAL_FORCES = "multi-force"  # folder of publications that name several forces
REVIEW = "review"  # folder of drafts below a data folder
OTHER_INFORMATION = "other_information"  # the part every letter may answer without having been asked
WHOLE_REQUEST = "whole_request"  # a decision on the request as a whole, beside those on its parts

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
        self, code: str, place: str, *, found: str, expected: str, remedy: str, file: str | None = None
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


def load(data: DataFolder, known_forces: Collection[str] | None = None) -> Registry:
    """Read every request and disclosure file. Never raises for their content: problems are collected.

    ``known_forces`` is the vocabulary of force ids; without it force ids are not checked.
    """
    requests, problems = _load_requests(data, known_forces)
    broken = {problem.disclosure_id for problem in problems}
    paths = sorted(data.disclosures_dir.glob("*/*/disclosure.yml")) if data.disclosures_dir.is_dir() else []
    entries = [_load_entry(path) for path in paths]
    for entry in entries:
        if entry.disclosure is not None:
            entry.problems += _check_against(entry, entry.disclosure, requests, broken, known_forces)
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
    known_forces: Collection[str] | None,
) -> list[Problem]:
    """What the schema alone cannot know: the folder, the force vocabulary, the request."""
    problems: list[Problem] = []

    def wrong(code: str, place: str, found: str, expected: str, remedy: str) -> None:
        problems.append(entry.problem(code, place, found=found, expected=expected, remedy=remedy))

    home = disclosure.force or SEVERAL_FORCES
    if home != entry.force_id:
        remedy = f"Move the folder below disclosures/{home}/ or correct force."
        wrong("wrong_folder", "force", repr(disclosure.force), f"the folder name {entry.force_id!r}", remedy)
    if disclosure.force and known_forces is not None and disclosure.force not in known_forces:
        remedy = "Correct it, or add the force to the vocabulary seed forces.csv."
        wrong("unknown_force", "force", repr(disclosure.force), "a force id of the vocabulary", remedy)
    if disclosure.request is not None:
        problems += _check_parts(entry, disclosure, requests, broken_requests)
    return problems


def _check_parts(
    entry: Entry, disclosure: Disclosure, requests: dict[str, Request], broken_requests: set[str]
) -> list[Problem]:
    """Whether the request is there, and the parts and tables of the answer are of it."""
    problems: list[Problem] = []

    def wrong(code: str, place: str, found: str, expected: str, remedy: str) -> None:
        problems.append(entry.problem(code, place, found=found, expected=expected, remedy=remedy))

    file = f"requests/{disclosure.request}.yml"
    request = requests.get(disclosure.request or "")
    if request is None:
        state = "a file with errors of its own" if disclosure.request in broken_requests else "no such file"
        remedy = "Write or correct the request file, or name another request."
        wrong(
            "unknown_request", "request", f"{disclosure.request!r}: {state}", f"a valid file {file}", remedy
        )
        return problems
    asked = {part.part for part in request.parts} | {OTHER_INFORMATION, WHOLE_REQUEST}
    answered = {part.part for part in disclosure.parts}
    for number, part in enumerate(disclosure.parts):
        if part.part not in asked:
            remedy = f"Use a part of {file} or add it there."
            wrong("unknown_part", f"parts.{number}.part", repr(part.part), f"one of {sorted(asked)}", remedy)
    for table in disclosure.tables:
        for name in table.answers:
            if name not in answered:
                place = f"tables.{table.name}.answers"
                wrong(
                    "unknown_part",
                    place,
                    repr(name),
                    f"one of {sorted(answered)}",
                    "Name a part listed under parts.",
                )
    return problems
