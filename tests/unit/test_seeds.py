"""No row of a vocabulary, a mapping or the catalogue vanishes unnoticed."""

from __future__ import annotations

import pytest

from tests import seed_rows

KNOWN = sorted(path.stem for path in seed_rows.ROWS.glob("*.csv"))


def test_no_seed_vanishes() -> None:
    assert KNOWN
    assert set(KNOWN) <= {path.stem for path in seed_rows.seeds()}


@pytest.mark.parametrize("name", KNOWN)
def test_no_row_vanishes(name: str) -> None:
    (seed,) = [path for path in seed_rows.seeds() if path.stem == name]
    known = seed_rows.rows_of(seed_rows.ROWS / seed.name)
    there = {tuple(row.values()) for row in seed_rows.rows_of(seed, tuple(known[0]))}
    lost = [row for row in known if tuple(row.values()) not in there]
    assert lost == [], "if this is meant, run `python -m tests.seed_rows` and say why in the commit"
