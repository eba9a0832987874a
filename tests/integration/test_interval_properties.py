"""Interval arithmetic on random tables: the SQL that the build ran, on invented figures, many tables in one query."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Built

Bounds = tuple[int, int | None]
Settle = Callable[[list["Table"]], dict[tuple[str, str], "Settled"]]
TABLES = 60
MEMBERS = pa.schema(
    [
        (name, pa.string())
        for name in ("constraint_id", "family_id", "constraint_kind", "node_id", "figure_id")
    ]
    + [("is_total", pa.bool_()), ("disclosure_id", pa.string()), ("place", pa.string())]
    + [("low", pa.int64()), ("high", pa.int64())]
)


@dataclass(frozen=True)
class Settled:
    """Where the bounds of one figure came to rest."""

    low: int
    high: int | None
    is_void: bool


@dataclass
class Table:
    """One invented table: its true figures, what is printed of them, and which figures add up to which."""

    name: str
    truth: dict[str, int] = field(default_factory=dict)
    printed: dict[str, Bounds] = field(default_factory=dict)
    sums: dict[str, list[str]] = field(default_factory=dict)

    def members(self) -> Iterator[dict[str, object]]:
        for total, parts in self.sums.items():
            for node in [total, *parts]:
                low, high = self.printed[node]
                yield {
                    "constraint_id": f"{self.name}/{total}", "family_id": f"{self.name}/{total[0]}",
                    "constraint_kind": "printed_total", "node_id": f"{self.name}/{node}", "figure_id": node,
                    "is_total": node == total, "disclosure_id": self.name, "place": total, "low": low, "high": high,
                }  # fmt: skip


@pytest.fixture(scope="module")
def settle(built: Built) -> Iterator[Settle]:
    """Runs the compiled SQL of int_sum_bounds, as the build ran it, over invented tables."""
    compiled = (
        built.data_dir / "warehouse/dbt/run/compiled/foi_warehouse/models/comparison/int_sum_bounds.sql"
    )
    sql = compiled.read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as build")

        def run(tables: list[Table]) -> dict[tuple[str, str], Settled]:
            rows = [row for table in tables for row in table.members()]
            connection.register("invented", pa.Table.from_pylist(rows, schema=MEMBERS))
            connection.execute("create or replace table build.main.int_sum_members as select * from invented")
            columns = "select distinct node_id, settled_low, settled_high, is_void"
            found: dict[tuple[str, str], Settled] = {}
            for node, low, high, is_void in connection.execute(f"{columns} from ({sql})").fetchall():
                table, _, cell = node.partition("/")
                assert (table, cell) not in found, (
                    "a figure has one pair of bounds, whatever equations it is in"
                )
                found[table, cell] = Settled(low, high, is_void)
            return found

        yield run


def _hidden(draw: random.Random, value: int) -> Bounds:
    """A printed text that may stand for the value: itself, '<5', a band, a marker with no upper bound."""
    kind = draw.choice(("exact", "exact", "suppressed", "band", "open", "nothing"))
    if kind == "suppressed" and 1 <= value <= 4:
        return 1, 4
    if kind == "band":
        return max(value - draw.randint(0, 3), 0), value + draw.randint(0, 3)
    if kind == "open" and value >= 1:
        return 1, None
    return (0, None) if kind == "nothing" else (value, value)


def _one_way(draw: random.Random, number: int) -> Table:
    table = Table(f"one{number}")
    cells = [f"cell{n}" for n in range(draw.randint(1, 4))]
    table.truth = {cell: draw.randint(0, 6) for cell in cells}
    table.truth["total"] = sum(table.truth.values())
    table.printed = {cell: _hidden(draw, value) for cell, value in table.truth.items()}
    table.sums = {"total": cells}
    return table


def _two_way(draw: random.Random, number: int) -> Table:
    table = Table(f"two{number}")
    rows, columns = range(draw.randint(1, 4)), range(draw.randint(1, 4))
    table.truth = {f"cell{r}-{c}": draw.randint(0, 9) for r in rows for c in columns}
    table.sums = {f"row{r}": [f"cell{r}-{c}" for c in columns] for r in rows}
    table.sums |= {f"column{c}": [f"cell{r}-{c}" for r in rows] for c in columns}
    if draw.random() < 0.5:
        table.sums |= {"grand": [f"row{r}" for r in rows], "Grand": [f"column{c}" for c in columns]}
    for total, parts in table.sums.items():
        table.truth[total] = sum(table.truth[part] for part in parts)
    table.printed = {cell: _hidden(draw, value) for cell, value in table.truth.items()}
    return table


def _tightest(table: Table) -> dict[str, Bounds]:
    """By trying every way to fill a one-way table. An open figure is at most what the total can be."""
    cells = table.sums["total"]
    low, high = table.printed["total"]
    fits: dict[str, list[int]] = defaultdict(list)
    for filled in itertools.product(*(range(b[0], (b[1] if b[1] is not None else high) + 1)  # type: ignore[operator]
                                      for b in (table.printed[cell] for cell in cells))):  # fmt: skip
        if low <= sum(filled) <= high:  # type: ignore[operator]
            for cell, value in zip([*cells, "total"], [*filled, sum(filled)], strict=True):
                fits[cell].append(value)
    return {cell: (min(values), max(values)) for cell, values in fits.items()}


SEEDS = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SEEDS
@given(draw=st.randoms(use_true_random=True))
def test_the_truth_lies_inside_and_nothing_more_can_be_closed(settle: Settle, draw: random.Random) -> None:
    tables = [make(draw, n) for n in range(TABLES) for make in (_one_way, _two_way)]
    settled = settle(tables)
    again = []
    for table in tables:
        nodes = {cell: found for (name, cell), found in settled.items() if name == table.name}
        for cell, found in nodes.items():
            low, high = table.printed[cell]
            assert not found.is_void, (table, cell)
            assert low <= found.low <= table.truth[cell], (table, cell, found)
            assert found.high is None or table.truth[cell] <= found.high, (table, cell, found)
            assert high is None or (found.high is not None and found.high <= high), (table, cell, found)
        closed = {cell: (found.low, found.high) for cell, found in nodes.items()}
        again.append(Table(table.name, table.truth, table.printed | closed, table.sums))
    for node, found in settle(again).items():
        assert (found.low, found.high) == (settled[node].low, settled[node].high), (node, found)


@SEEDS
@given(draw=st.randoms(use_true_random=True))
def test_one_way_bounds_are_the_tightest_there_are(settle: Settle, draw: random.Random) -> None:
    tables = [_one_way(draw, n) for n in range(TABLES)]
    tables = [table for table in tables if table.printed["total"][1] is not None]
    settled = settle(tables)
    tried = 0
    for table in tables:
        for cell, bounds in _tightest(table).items():
            if (table.name, cell) in settled:  # a table with nothing hidden has nothing to close
                found = settled[table.name, cell]
                assert (found.low, found.high) == bounds, (table, cell)
                tried += 1
    assert tried > 0


@SEEDS
@given(draw=st.randoms(use_true_random=True))
def test_a_total_that_cannot_be_true_closes_nothing(settle: Settle, draw: random.Random) -> None:
    tables = []
    for number in range(TABLES):
        table = _one_way(draw, number)
        least = sum(table.printed[cell][0] for cell in table.sums["total"])
        if least > 0:
            table.printed["total"] = (least - 1, least - 1)
            tables.append(table)
    used = [node for node, found in settle(tables).items() if not found.is_void] if tables else []
    assert used == []


def test_a_loop_that_never_rests_is_given_up_and_said(settle: Settle) -> None:
    """Two sums, each one more than the other: their bounds would climb for ever."""
    loop = Table("loop", {}, {"a": (0, None), "b": (0, None), "one": (1, 1), "One": (1, 1)},
                 {"a": ["b", "one"], "b": ["a", "One"]})  # fmt: skip
    fine = Table("fine", {}, {"total": (5, 5), "x": (2, 2), "y": (1, None)}, {"total": ["x", "y"]})
    settled = settle([loop, fine])
    assert {cell for (name, cell), found in settled.items() if found.is_void} == {"a", "b", "one", "One"}
    assert settled["fine", "y"] == Settled(3, 3, is_void=False)
