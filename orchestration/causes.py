"""Why a number differs between two releases: which of the inputs recorded in their manifests can have changed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import duckdb

_MAPPING_SUFFIX = "_mappings"


class Causes:
    """Compares two manifests once, then explains number after number.

    ``connection`` has the two files attached as ``older`` and ``newer``.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, older: Mapping[str, Any], newer: Mapping[str, Any]
    ) -> None:
        self._older, self._newer = older, newer
        self._seeds = self._changed("seeds")
        self._rules = self._changed("rules")
        self._requests = self._changed("requests")
        self._tools = self._changed("tools")
        self._labels = {stem: _changed_labels(connection, stem) for stem in self._mappings()}
        self._request_of = _requests(connection)

    def of(self, number: Mapping[str, Any], fields: list[str]) -> list[str]:
        """The reasons, nearest first. ``fields`` are the columns that differ; none when it stands on one side only.

        Inputs are asked in the order in which they can reach the number; the first ones that changed are the reason.
        """
        disclosure_id = str(number["disclosure_id"])
        own = list(self._own(disclosure_id))
        is_printed = not fields or "value_text" in fields
        mapped = list(self._mapped(number, fields))
        rules = [f"rule changed: {name}" for name in self._rules if name.endswith(".sql")]
        vocabulary = [
            f"vocabulary changed: {name}" for name in self._seeds if _stem(name) not in self._labels
        ]
        around = [*self._asked(disclosure_id), *self._code()]
        tiers = (
            [own, around, mapped, [*rules, *vocabulary]]
            if is_printed
            else [mapped, [*rules, *vocabulary], own, around]
        )
        tools = [f"{name} changed: {self._pair('tools', name)}" for name in self._tools]
        tiers += [[f"mapping changed: {name}" for name in self._seeds if _stem(name) in self._labels], tools]
        return next((tier for tier in tiers if tier), ["no recorded input differs"])

    def _own(self, disclosure_id: str) -> Iterator[str]:
        """What changed in the folder of the disclosure."""
        before = self._older["inputs"]["disclosures"].get(disclosure_id)
        after = self._newer["inputs"]["disclosures"].get(disclosure_id)
        if before is None or after is None:
            yield "disclosure added" if before is None else "disclosure removed"
            return
        files = sorted(before["documents"].keys() | after["documents"].keys())
        yield from (
            f"document changed: {file}"
            for file in files
            if before["documents"].get(file) != after["documents"].get(file)
        )
        if before["disclosure_yml"] != after["disclosure_yml"]:
            yield "disclosure.yml changed"
        states = [
            manifest["states"].get(disclosure_id, "left out") for manifest in (self._older, self._newer)
        ]
        if states[0] != states[1]:
            yield f"disclosure was {states[0]}, is {states[1]}"

    def _mapped(self, number: Mapping[str, Any], fields: list[str]) -> Iterator[str]:
        """The mappings whose line for a label of this number changed."""
        for name in self._seeds:
            stem = _stem(name)
            about = stem.removesuffix(_MAPPING_SUFFIX)
            concerns = not fields or any(field.startswith(about) for field in fields)
            label = number.get(f"{about}_text")
            if concerns and label is not None and _plain(str(label)) in self._labels.get(stem, ()):
                yield f"mapping changed: {name}"

    def _asked(self, disclosure_id: str) -> Iterator[str]:
        request = f"{self._request_of.get(disclosure_id)}.yml"
        if request in self._requests:
            yield f"request changed: requests/{request}"

    def _code(self) -> Iterator[str]:
        if self._older["inputs"]["readers"] != self._newer["inputs"]["readers"]:
            yield "the program that reads documents changed"

    def _changed(self, group: str) -> list[str]:
        before, after = self._older["inputs"][group], self._newer["inputs"][group]
        return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))

    def _mappings(self) -> list[str]:
        return [_stem(name) for name in self._seeds if _stem(name).endswith(_MAPPING_SUFFIX)]

    def _pair(self, group: str, name: str) -> str:
        return " -> ".join(str(side["inputs"][group].get(name)) for side in (self._older, self._newer))


def _changed_labels(connection: duckdb.DuckDBPyConnection, stem: str) -> set[str]:
    """The labels whose lines differ between the two releases' own copies of a mapping seed."""
    sides = [f'from {side}.mappings."{stem}"' for side in ("older", "newer")]
    labels: set[str] = set()
    for one, other in (sides, sides[::-1]):
        try:
            rows = connection.execute(f"select label_text from ({one} except all {other})").fetchall()
        except duckdb.Error:  # the seed, or a column of it, is new: then every label of it is
            rows = connection.execute(f"select label_text {sides[1]}").fetchall()
        labels |= {_plain(str(label)) for (label,) in rows}
    return labels


def _requests(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    found: dict[str, str] = {}
    for side in ("older", "newer"):
        rows = connection.execute(
            f"select disclosure_id, request_id from {side}.main.dim_disclosure"
        ).fetchall()
        found |= {str(disclosure_id): str(request_id) for disclosure_id, request_id in rows}
    return found


def _plain(label: str) -> str:
    """A label without case, spaces and punctuation: coding forgives at most that much."""
    return "".join(filter(str.isalnum, label.casefold()))


def _stem(name: str) -> str:
    return PurePosixPath(name).stem
