"""YAML as this project writes it: no key twice, nothing nested without end. Says where, for whoever corrects it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

_DEEPEST = 50  # levels; disclosure.yml has six


class _Strict:
    """What both loaders refuse beside what YAML refuses. Goes before the loader among the bases."""

    _depth = 0

    def descend_resolver(self, parent: yaml.Node | None, _index: Any) -> None:
        """Called for every node on the way down; there are no resolvers of paths, for which it is meant."""
        self._depth += 1
        if self._depth > _DEEPEST:
            mark = parent.start_mark if parent else None
            raise yaml.MarkedYAMLError(problem=f"more than {_DEEPEST} levels of nesting", problem_mark=mark)

    def ascend_resolver(self) -> None:
        self._depth -= 1

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        lines: dict[tuple[str, str], int] = {}
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if (key.tag, key.value) in lines:
                said = f"the key {key.value!r} a second time, first in line {lines[key.tag, key.value]}"
                raise yaml.MarkedYAMLError(problem=said, problem_mark=key.start_mark)
            lines[key.tag, key.value] = key.start_mark.line + 1
        made: dict[Hashable, Any] = super().construct_mapping(node, deep)  # type: ignore[misc]
        return made


class _Plain(_Strict, yaml.SafeLoader):
    pass


class _Fast(_Strict, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    pass


def parse(content: bytes) -> Any:
    """The content, by libyaml where it is there, which is ten times as fast; what is wrong is said by Python's own.

    Raises yaml.YAMLError, where it can with the place as ``problem_mark``; ValueError for what is no text or no date.
    """
    try:
        return yaml.load(content, _Fast)  # noqa: S506 - both are safe loaders
    except (yaml.YAMLError, ValueError):
        return yaml.load(content, _Plain)  # noqa: S506
