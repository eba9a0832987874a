"""The columns of every table of the warehouse's raw schema, in one place."""

from __future__ import annotations

from functools import cache

import pyarrow as pa

_TEXT, _WHOLE, _FLAG = pa.string(), pa.int64(), pa.bool_()
_TEXTS = pa.list_(_TEXT)
_DIMS = pa.map_(_TEXT, _TEXT)


def _columns(text: str, **others: pa.DataType) -> list[tuple[str, pa.DataType]]:
    """Text columns by name, except those named with a type; the order is that of ``text``."""
    return [(name, others.get(name, _TEXT)) for name in text.split()]


_LANDED = {
    "disclosed_values": _columns(
        "disclosure_id table_name table_no row_no locator document_sha256 force_text period_text platform_text "
        "offence_text outcome_text victim_text victim_sex_text victim_age_text measure_text other_dims value_text "
        "is_total is_record layout",
        table_no=_WHOLE, row_no=_WHOLE, other_dims=_DIMS, is_total=_FLAG, is_record=_FLAG,
    ),
    "disclosures": _columns(
        "disclosure_id force_id reference title kind fidelity request_id url received_text responded_text "
        "counting_unit counting_method counting_searched victim_scope across_platforms date_basis caveat notes",
    ),
    "documents": _columns("disclosure_id document_no file sha256 size_bytes", document_no=_WHOLE, size_bytes=_WHOLE),
    "disclosure_parts": _columns("disclosure_id part_no part status sections note", part_no=_WHOLE, sections=_TEXTS),
    "legends": _columns(
        "disclosure_id table_name table_no row_no locator role code_text label_text", table_no=_WHOLE, row_no=_WHOLE
    ),
    "extraction_issues": _columns("disclosure_id code file place found expected remedy severity"),
    "tables": _columns(
        "disclosure_id table_no table_name layout measure period_basis blank_means absent_means is_partial locator "
        "given answers",
        table_no=_WHOLE, is_partial=_FLAG, given=_DIMS, answers=_TEXTS,
    ),
    "markers": _columns(
        "disclosure_id table_no marker_text value_low value_high value_status",
        table_no=_WHOLE, value_low=_WHOLE, value_high=_WHOLE,
    ),
    "readings": _columns("disclosure_id table_no role text row_no means reason", table_no=_WHOLE, row_no=_WHOLE),
    "totals": _columns(
        "disclosure_id table_no row_no totalled_role is_heading", table_no=_WHOLE, row_no=_WHOLE, is_heading=_FLAG
    ),
    "series_breaks": _columns("disclosure_id break_no since_text kind reason", break_no=_WHOLE),
    "waivers": _columns("disclosure_id check_name place reason expires_on"),
    "reconciliations": _columns(
        "disclosure_id reconciliation_no left_table right_table on_roles reason",
        reconciliation_no=_WHOLE, on_roles=_TEXTS,
    ),
}  # fmt: skip

_REQUESTS = {
    "requests": _columns("request_id title asked_by scope offence_scope asked_forces notes"),
    "request_parts": _columns("request_id part_no part asks", part_no=_WHOLE),
    "request_forces": _columns("request_id force_id"),
    "request_periods": _columns("request_id period_no period_text period_basis", period_no=_WHOLE),
    "request_platforms": _columns("request_id platform_no platform_text", platform_no=_WHOLE),
}

# Empty when a build is loaded: filled once everything has been checked.
_CHECK_RESULTS = _columns("check_name check_kind disclosure_id status place message")


@cache
def landed() -> dict[str, pa.Schema]:
    """The tables one extraction writes as Parquet."""
    return {name: pa.schema(columns) for name, columns in _LANDED.items()}


@cache
def loaded() -> dict[str, pa.Schema]:
    """The tables of the raw schema: the landed ones, the requests, and what is known only when loading or later."""
    schemas = landed() | {name: pa.schema(columns) for name, columns in _REQUESTS.items()}
    disclosures = schemas["disclosures"].append(pa.field("is_stale", _FLAG))
    return schemas | {"disclosures": disclosures, "check_results": pa.schema(_CHECK_RESULTS)}
