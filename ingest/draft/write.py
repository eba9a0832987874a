"""A draft -> the text of disclosure.yml and, where needed, of a request file, with a comment on every guess."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString
from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from ingest.cells import squeeze
from ingest.draft.model import Asked, Draft, DraftPart, DraftTable
from ingest.registry import OTHER_INFORMATION

_WIDTH = 118
_TEXT = "tag:yaml.org,2002:str"
_ORDER = (
    "layout", "sheet", "answers", "measure", "text", "find", "columns", "row_headings", "column_headings", "skip",
    "item", "separator", "sections", "role", "given", "period_basis", "value_written", "blank_means", "suppressed",
    "withheld", "not_held", "nil", "totals", "total_figures", "plays", "partial", "reads_as",
)  # fmt: skip
_HEAD = """Drafted from {file}. Every comment gives the reason of a guess; CHECK marks a doubt.
Read it beside the document, correct what is wrong, then delete the comments."""


def disclosure_yaml(draft: Draft, asked: Asked, file: str, sha256: str, request: str) -> str:
    """The text of disclosure.yml."""
    top = CommentedMap()
    _put(top, "force", draft.force, draft.force_why)
    _put(top, "reference", asked.reference, asked.reference_why)
    _put(top, "title", draft.title, "the heading of the document")
    _put(top, "kind", draft.kind, draft.kind_why)
    _put(top, "fidelity", draft.fidelity, draft.fidelity_why)
    _put(
        top,
        "request",
        request,
        "as given" if asked.request else "drafted with this file: name it, or use the request it belongs to",
    )
    for name in ("received", "responded"):
        if value := getattr(draft, name):
            _put(top, name, value, getattr(draft, f"{name}_why"))
    if draft.unit is not None:
        top["counting"] = _counting(draft)
    top["parts"] = CommentedSeq(_part(part) for part in draft.parts)
    for part, entry in zip(draft.parts, top["parts"], strict=True):
        _comment(entry, "status", part.why)
    top["documents"] = [{"file": file, "sha256": sha256}]
    if draft.tables:
        top["tables"] = CommentedSeq(_table(table, draft) for table in draft.tables)
    top.yaml_set_start_comment(_HEAD.format(file=file))
    return "# yaml-language-server: $schema=../../../disclosure.schema.json\n" + _dump(top)


def request_yaml(draft: Draft, asked: Asked, name: str) -> str:
    """The text of the request file of this name, from what the document prints of the request."""
    top = CommentedMap()
    _put(top, "title", draft.title, "CHECK: the heading of the answer; say what was asked")
    _put(
        top,
        "offence_scope",
        f"scope-of-{name}",
        "CHECK: the same word for the same offences in every request, e.g. all-crime",
    )
    asked_parts = [part for part in draft.parts if part.part != OTHER_INFORMATION] or draft.parts
    top["parts"] = CommentedSeq({"part": part.part, "asks": part.asks} for part in asked_parts)
    _put(top, "forces", [asked.force] if asked.force else "unknown", "CHECK: who else was asked")
    if draft.periods:
        top["periods"] = [{"period": text, "basis": basis} for text, basis in dict.fromkeys(draft.periods)]
    if draft.platforms:
        _put(top, "platforms", draft.platforms, "as the request spells them")
    top.yaml_set_start_comment(
        "Drafted from the answer. If a request file exists for this question, name it in "
        "disclosure.yml and delete this one."
    )
    return _dump(top)


def _counting(draft: Draft) -> CommentedMap:
    counting = CommentedMap()
    _put(counting, "unit", draft.unit, "what most of the tables count")
    _put(
        counting,
        "method",
        draft.method,
        draft.method_why or "CHECK: the document does not say how the records were found",
    )
    return counting


def _part(part: DraftPart) -> CommentedMap:
    entry = CommentedMap({"part": part.part, "status": part.status})
    if part.sections:
        entry["sections"] = list(part.sections)
    return entry


def _table(table: DraftTable, draft: Draft) -> CommentedMap:
    fields = dict(table.fields)
    if fields["layout"] != "legend" and (answers := _answers(table, draft)):
        fields["answers"] = answers
    entry = CommentedMap({"name": table.name})
    for name in sorted(fields, key=_ORDER.index):
        value = fields[name]
        entry[name] = _mapping(value, name, table.why) if isinstance(value, dict) else _plain(value)
        _comment(entry, name, table.why.get(name, ""))
    if table.checks:
        checks = "\n".join(f"CHECK {squeeze(check)}" for check in dict.fromkeys(table.checks))
        entry.yaml_set_comment_before_after_key("layout", before=checks, indent=4)
    return entry


def _answers(table: DraftTable, draft: Draft) -> list[str]:
    """The part it answers, where just one was found to be answered by it."""
    return [
        part.part
        for part in draft.parts
        if f"answered by {table.name}" in part.why or f", {table.name}" in part.why
    ]


def _mapping(value: Mapping[Any, Any], name: str, why: Mapping[str, str]) -> CommentedMap:
    entry = CommentedMap({_quoted(key): _plain(inner) for key, inner in value.items()})
    for key in value:
        _comment(entry, key, why.get(f"{name}.{key}", ""))
    return entry


def _plain(value: Any) -> Any:
    """Short lists of words on one line, everything else as it is."""
    if isinstance(value, list | tuple) and all(not isinstance(item, dict) for item in value):
        sequence = CommentedSeq([_quoted(item) for item in value])
        sequence.fa.set_flow_style()
        return sequence
    if isinstance(value, dict):
        return {_quoted(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return _quoted(value)


def _quoted(value: Any) -> Any:
    """A text that would be read as something else without quotes - 'No', '12:30', '2019' - with them."""
    if isinstance(value, str) and Resolver().resolve(ScalarNode, value, (True, False)) != _TEXT:  # type: ignore[no-untyped-call]
        return DoubleQuotedScalarString(value)
    return value


def _put(entry: CommentedMap, name: str, value: Any, why: str) -> None:
    entry[name] = _plain(value)
    _comment(entry, name, why)


def _comment(entry: CommentedMap, key: Any, why: str) -> None:
    text = squeeze(why)
    if text:
        entry.yaml_add_eol_comment(text[:160], key)


def _dump(top: CommentedMap) -> str:
    yaml = YAML()
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    stream = io.StringIO()
    yaml.dump(top, stream)
    return stream.getvalue()


def listed(texts: Sequence[str]) -> str:
    """Texts in a row, for comments."""
    return ", ".join(texts)
