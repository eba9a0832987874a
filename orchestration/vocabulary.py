"""The names and codes of the dbt project's seeds, in the form the drafter wants them. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.draft import Codes, Vocabulary
from orchestration.seeds import rows_of
from orchestration.settings import Settings

Row = dict[str, str]
_NO_FORCE = "central-fraud-body"
_REST = "other"  # 'Other' in a table is coded, and in a sentence no name of a platform


def vocabulary(settings: Settings, force: str | None) -> Vocabulary:
    """What labels are known, and which of them the mappings code already for this force."""
    seeds = settings.dbt_project_dir / "seeds"
    mappings, words = seeds / "mappings", seeds / "vocabulary"
    platforms = rows_of(mappings / "platform_mappings.csv")
    offences = rows_of(mappings / "offence_mappings.csv")
    outcomes = rows_of(mappings / "outcome_mappings.csv")
    classes = rows_of(words / "offence_classes.csv")
    codes = rows_of(words / "offence_codes.csv")
    titles = list(_titles(classes, codes))
    groups = _groups(classes)
    types = rows_of(words / "outcome_types.csv")
    known = {row["label_text"]: row["platform_id"] for row in platforms}
    return Vocabulary.of(
        forces={row["alias_text"]: row["force_id"] for row in rows_of(words / "force_aliases.csv")},
        platforms={label: platform for label, platform in known.items() if platform not in ("", _REST)},
        offences=dict(titles) | {row["label_text"]: row["offence_code"] for row in offences},
        outcomes={row["label_text"]: row["outcome_code"] for row in outcomes},
        pooled_platform=_pooled(known),
        areas=[row["area_text"] for row in rows_of(words / "force_areas.csv") if row["force_id"] == force],
        decided={"offence": _decided(offences, force), "outcome": _decided(outcomes, force)},
        codes=Codes(
            offences=(
                *titles,
                *((row["label_text"], row["offence_code"]) for row in offences if not row["force_id"]),
            ),
            outcomes=(
                *((row["title"], row["outcome_code"]) for row in types if row["outcome_kind"] != "legacy"),
                *((row["label_text"], row["outcome_code"]) for row in outcomes),
            ),
            titles=(
                *((row["title"], row["offence_code"]) for row in classes if not row["valid_to"]),
                *((group, next(iter(held))) for group, held in groups.items() if len(held) == 1),
            ),
            outcome_groups=_pools(types),
            groups=frozenset(group for group, held in groups.items() if len(held) > 1),
            classes={row["offence_code"]: row["class_code"] for row in codes},
        ),
        bodies=[row["force_id"] for row in rows_of(words / "forces.csv") if row["force_type"] == _NO_FORCE],
    )


def _titles(classes: Iterable[Row], codes: Iterable[Row]) -> Iterator[tuple[str, str]]:
    """Titles of the offences that are counted today, with their former ones."""
    for row in classes:
        if not row["valid_to"]:
            yield row["title"], row["offence_code"]
            if row["former_title"]:
                yield row["former_title"], row["offence_code"]
    for row in codes:
        for title in (row["title"], *row["other_titles"].split("|")):
            if title.strip():
                yield title.strip(), row["offence_code"]


def _groups(classes: Iterable[Row]) -> dict[str, set[str]]:
    """Groups and subgroups of offences -> the classes they hold."""
    found: dict[str, set[str]] = {}
    for row in classes:
        for name in ("offence_group", "offence_subgroup"):
            found.setdefault(row[name], set()).add(row["offence_code"])
    return found


def _pools(types: Iterable[Row]) -> dict[frozenset[str], str]:
    """Outcomes that are pooled -> their group, where just one group holds just these."""
    groups: dict[frozenset[str], list[str]] = {}
    for row in types:
        if row["outcome_kind"] == "group" and "|" in row["related_codes"]:
            groups.setdefault(frozenset(row["related_codes"].split("|")), []).append(row["outcome_code"])
    return {codes: found[0] for codes, found in groups.items() if len(found) == 1}


def _decided(rows: Iterable[Row], force: str | None) -> Iterator[str]:
    """The labels a mapping decides for a force, be it that they have no code."""
    return (row["label_text"] for row in rows if row["force_id"] in ("", force))


def _pooled(platforms: dict[str, str]) -> str | None:
    """The label of the mappings that stands for any of the platforms asked about, naming none."""
    names = {label.casefold() for label, known in platforms.items() if known not in ("", "any_listed")}
    pools = [label for label, known in platforms.items() if known == "any_listed"]
    return next((pool for pool in pools if not any(len(n) > 1 and n in pool.casefold() for n in names)), None)
