"""Answering `foi compare`: which rows of a comparison table are asked for, and the findings that touch them.

What may be ranked is decided in the warehouse (cmp_* tables); this module only selects. ``side_by_side`` prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orchestration import present, side_by_side
from orchestration.words import WrongUse, unknown

if TYPE_CHECKING:
    from orchestration.warehouse import Warehouse

Row = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """What was asked on the command line."""

    family: str
    dimension: str
    forces: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dimension:
    """A comparison table: its key column, and how its rows get a title a person reads."""

    table: str
    key: str
    title: str
    join: str = ""
    order: str = "title"


DIMENSIONS = {
    "platform": Dimension(
        "cmp_platform",
        "platform_id",
        "coalesce(dim_platform.platform_name, compared.platform_id)",
        "left join dim_platform on compared.platform_id = dim_platform.platform_id",
        "coalesce(dim_platform.is_pooled, false), title",
    ),
    "outcome": Dimension(
        "cmp_outcome",
        "outcome_code",
        "case when compared.outcome_code not like '%:%' then compared.outcome_code || ' ' else '' end "
        "|| compared.outcome_title",
        "left join dim_outcome on compared.outcome_code = dim_outcome.outcome_code",
        "dim_outcome.order_no nulls last, title",
    ),
    "offence": Dimension(
        "cmp_offence",
        "offence_code",
        "case when compared.offence_code not like '%:%' then compared.offence_code || ' ' else '' end "
        "|| compared.offence_title",
        order="compared.offence_code like '%:%', compared.offence_code nulls last, title",
    ),
    "victim": Dimension(
        "cmp_victim",
        "victim_code",
        "'Victims: ' || compared.victim_group",
        order="compared.victim_sex nulls last, compared.victim_age_low nulls first, "
        "compared.victim_age_high nulls last, title",
    ),
}


def answer(warehouse: Warehouse, question: Question, output: str) -> Iterable[str]:
    """The lines to print. Raises :class:`WrongUse` for a family, force, period or table that does not exist."""
    dimension = _dimension(warehouse, question)
    _known_family(warehouse, question)
    rows = _rows(warehouse, question, dimension)
    if output != "table":
        columns = [column for column in (rows[0] if rows else {}) if column not in {"title", "force_name"}]
        return present.lines(output, columns, ([row[column] for column in columns] for row in rows))
    shown = {name for row in rows for name in row["disclosure_ids"] or []}
    findings = _findings(warehouse, shown, question.periods)
    breaks = _breaks(warehouse, question, {row["force_id"] for row in rows})
    return side_by_side.report(rows, findings, dimension.key, question.family, question.dimension, breaks)


def _dimension(warehouse: Warehouse, question: Question) -> Dimension:
    dimension = DIMENSIONS.get(question.dimension)
    if dimension is not None and warehouse.has(dimension.table):
        return dimension
    there = [name for name, other in DIMENSIONS.items() if warehouse.has(other.table)]
    raise WrongUse(
        f"the published warehouse has no table cmp_{question.dimension}; "
        f"it can compare by {' or '.join(there) if there else 'nothing yet: run foi build'}"
    )


def _known_family(warehouse: Warehouse, question: Question) -> None:
    families = [row["request_id"] for row in warehouse.select("select request_id from dim_request")]
    if question.family not in families:
        raise unknown("request family", question.family, families)


def _rows(warehouse: Warehouse, question: Question, dimension: Dimension) -> list[Row]:
    # The names put into the statement are this module's own constants.
    sql = f"""
        select compared.*, {dimension.title} as title, coalesce(dim_force.force_name, compared.force_id) as force_name
        from {dimension.table} as compared
        left join dim_force on compared.force_id = dim_force.force_id
        {dimension.join}
        where compared.request_id = ?
        order by {dimension.order}, compared.period_start_on, compared.period_end_on, force_name, compared.measure
    """
    rows = warehouse.select(sql, [question.family])
    _known_forces(warehouse, question, rows)
    rows = [row for row in rows if not question.forces or row["force_id"] in question.forces]
    labels = {str(row["period_label"]) for row in rows}
    for period in question.periods:
        if period not in labels:
            raise unknown("period in these figures", period, labels)
    return [row for row in rows if not question.periods or str(row["period_label"]) in question.periods]


def _known_forces(warehouse: Warehouse, question: Question, rows: list[Row]) -> None:
    every = {row["force_id"] for row in warehouse.select("select force_id from dim_force")}
    answered = {row["force_id"] for row in rows}
    for force in question.forces:
        if force not in every | answered:
            raise unknown("police force", force, every)
        if force not in answered:
            there = ", ".join(sorted(answered)) or "none"
            raise WrongUse(
                f"{force} gave no figures for this request by {question.dimension}; there are {there}"
            )


def _breaks(warehouse: Warehouse, question: Question, forces: set[str]) -> Iterator[Row]:
    """Days across which the figures shown are not one series, with the evidence."""
    if not warehouse.has("int_series_breaks"):
        return
    sql = """
        select distinct found.force_id, coalesce(dim_force.force_name, found.force_id) as force_name,
            found.dimension_code, found.break_on, found.evidence
        from int_series_breaks as found left join dim_force on found.force_id = dim_force.force_id
        where found.request_id = ? and coalesce(found.dimension, ?) = ?
        order by force_name, found.break_on, found.dimension_code, found.evidence
    """
    for row in warehouse.select(sql, [question.family, question.dimension, question.dimension]):
        if row["force_id"] in forces:
            yield row


def _findings(warehouse: Warehouse, disclosures: set[str], periods: tuple[str, ...]) -> Iterator[Row]:
    """Figures that contradict each other, where one of the two stands in what is shown.

    Of ``periods``, where some are asked for; findings that name no period in their place are of all of them.
    """
    if not warehouse.has("qa_reconciliations"):
        return
    others = (
        {row["period_label"] for row in warehouse.select("select period_label from dim_period")}
        if periods
        else set()
    )
    others -= set(periods)
    names = "select force_id, force_name from dim_force"
    sql = f"""
        select found.*, coalesce(forces.force_name, found.force_id) as force_name
        from qa_reconciliations as found left join ({names}) as forces on found.force_id = forces.force_id
        where found.status = 'differs'
        order by force_name, found.check_name, found.disclosure_id, found.place, found.left_label, found.right_label
    """
    for row in warehouse.select(sql):
        named = set(str(row["place"] or "").split(", "))
        if disclosures & {row["disclosure_id"], row["other_disclosure_id"]} and not named & others:
            yield row
