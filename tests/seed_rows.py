"""The rows that every seed is known to need: `tests/corpus/seed_rows/<seed>.csv`, by the columns that decide.

A row that vanishes, and a mapping that changes its code, fails `tests/unit/test_seeds.py`; a row that is added does
not. After a change that is meant, `python -m tests.seed_rows` writes the files anew, and the commit says why.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "dbt_project" / "seeds"
ROWS = Path(__file__).parent / "corpus" / "seed_rows"

_MAPPING = ("label_text", "force_id", "equivalence", "mapping_status", "valid_from", "valid_to")
DECISIVE = {
    "age_populations": ("pfa_code", "mid_year", "sex", "age_low", "age_high"),
    "catalogued_responses": ("force_id", "reference", "request_id", "status"),
    "force_aliases": ("alias_text", "force_id"),
    "number_words": ("number_word", "number_value"),
    "offence_changes": ("offence_code", "changed_on", "change"),
    "offence_mappings": ("offence_code", *_MAPPING),
    "outcome_mappings": ("outcome_code", *_MAPPING),
    "platform_mappings": ("platform_id", *_MAPPING),
    "populations": ("pfa_code", "mid_year", "age_low", "age_high"),
}


def seeds() -> list[Path]:
    """The seed files whose rows are judgements and vocabulary."""
    return sorted(
        path for folder in ("catalogue", "mappings", "vocabulary") for path in SEEDS.glob(f"{folder}/*.csv")
    )


def rows_of(path: Path, columns: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """The rows of a CSV file, cut down to some columns; all columns when none is named."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            {name: row[name] for name in columns} if columns else dict(row) for row in csv.DictReader(lines)
        ]


def main() -> int:
    """Write the files anew: the decisive columns of each seed, else its first column."""
    ROWS.mkdir(exist_ok=True)
    for old in ROWS.glob("*.csv"):
        old.unlink()
    for seed in seeds():
        names = DECISIVE.get(seed.stem) or (next(iter(rows_of(seed)[0])),)
        with (ROWS / seed.name).open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows_of(seed, names))
    return 0


if __name__ == "__main__":
    sys.exit(main())
