"""The guard as a whole: traps, given documents, texts, limits, and any bytes at all without a traceback."""

from __future__ import annotations

import csv
import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import guard
from ingest.guard import Limits, Verdict
from ingest.guard.verdict import RULES
from ingest.readers import known_endings
from tests.unit.guarded import LINES, decided, ods, ods_cell, pdf, workbook, xlsb, xlsb_row, zipped

SHARED = Path(__file__).parents[3] / "shared"
TRAPS = SHARED / "disclosures" / "_traps"
needs_shared = pytest.mark.skipif(
    not TRAPS.is_dir(), reason="the shared folder of third-party documents is not there"
)
WARNED = "accept_with_warnings"

TRAP_CODES = {
    "hidden_sheet_records.xlsx": "hidden_sheet",
    "very_hidden_sheet.xlsx": "hidden_sheet",
    "hidden_rows_columns.xlsx": "hidden_rows_columns",
    "pivot_cache_records.xlsx": "pivot_cache",
    "password_protected.xlsx": "encrypted",
    "truncated.pdf": "truncated",
    "empty.csv": "empty",
    "html_saved_as.xls": "name_disagrees",
    "expanding.xlsx": "expands",
    "formula_injection.csv": "formula_like_cells",
    "path_traversal.zip": "escapes_folder",
    "scanned_letter.pdf": "image_only",
    "utf16.csv": "encoding",
    "mojibake.csv": "mojibake",
    "tracked_changes_comments.docx": "tracked_changes",
}


@needs_shared
@pytest.mark.parametrize(("file", "code"), TRAP_CODES.items())
def test_every_trap_ends_as_it_must(file: str, code: str) -> None:
    with (TRAPS / "traps.csv").open(encoding="utf-8") as listed:
        [trap] = [row for row in csv.DictReader(listed) if row["file"] == file]
    started = time.monotonic()
    verdict = guard.inspect_path(TRAPS / file)
    assert time.monotonic() - started < 20
    assert verdict.decision == trap["must_do"].replace("accept-with-warning", WARNED)
    assert verdict.reasons[0].code == code
    said = repr(verdict) + "".join(map(str, verdict.reasons))
    assert not any(marker.strip() in said for marker in trap["must_not_surface"].split(";") if marker.strip())


@needs_shared
def test_every_listed_trap_is_tested() -> None:
    with (TRAPS / "traps.csv").open(encoding="utf-8") as listed:
        assert {row["file"] for row in csv.DictReader(listed)} == set(TRAP_CODES)


@needs_shared
def test_given_documents_are_accepted() -> None:
    documents = [*SHARED.glob("disclosures/[a-z]*/*/document.*"), *SHARED.glob("samples/*.[pxc][dls]*")]
    verdicts = {path: guard.inspect_path(path) for path in documents}
    assert {
        path: verdict for path, verdict in verdicts.items() if not verdict.decision.startswith("accept")
    } == {}
    assert all(verdict.read_as == path.suffix[1:] for path, verdict in verdicts.items())


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "a.csv", ("reject", ["empty"])),
        (b" \r\n\t", "a.csv", ("reject", ["empty"])),
        (b"Year,Offences\n2021,31\n", "a.csv", ("accept", [])),
        ("Year\tOffences\n2021\t31\n".encode("utf-16"), "a.csv", (WARNED, ["encoding", "delimiter"])),
        ("Year,Offences\n2021,31\n".encode("utf-16-le"), "a.csv", (WARNED, ["encoding"])),
        ("Year,Offences – all\n2021,31\n".encode("cp1252"), "a.csv", (WARNED, ["encoding"])),
        ("Year,Offences – all\n2021,31\n".encode(), "a.csv", ("accept", [])),
        ("Year,Offences – all\n2021,31\n".encode("utf-8-sig"), "a.csv", ("accept", [])),
        (b"Year;Offences\n2021;31\n", "a.csv", (WARNED, ["delimiter"])),
        (b"Year\tOffences\n2021\t31\n", "a.tsv", ("accept", [])),
        ("Charge â€“ summons,5\nSuspectâ€™s,3\n".encode(), "a.csv", (WARNED, ["mojibake"])),
        ("Café, naïve, £5, Â, É–É\n".encode(), "a.csv", ("accept", [])),
        (b'Offence,Number\n"=HYPERLINK(""x"")",14\n', "a.csv", (WARNED, ["formula_like_cells"])),
        (b"Offence,Number\n+cmd|' /C calc'!A0,9\n", "a.csv", (WARNED, ["formula_like_cells"])),
        (b"Offence,Number\n-2+3,6\n", "a.csv", (WARNED, ["formula_like_cells"])),
        (b"Offence,Number\nTotal,\t=1+1\n", "a.csv", (WARNED, ["formula_like_cells"])),
        (b"Offence,Number\n@SUM(1),6\n", "a.csv", (WARNED, ["formula_like_cells"])),
        (b"Offence,Number\nx,-\ny,-5\nz,+12\n- none,=\n", "a.csv", ("accept", [])),
        ("Offence,Number\nx,\u202e13\u202c\n".encode(), "a.csv", (WARNED, ["text_direction"])),
        (b"Offence,Number\nx,31", "a.csv", (WARNED, ["no_final_line_end"])),
        (b'Offence,Number\nx,"31\n', "a.csv", (WARNED, ["no_final_line_end"])),
        (b"31 offences\n", "a.txt", ("accept", [])),
        (b"31 offences\x0c", "a.txt", ("accept", [])),
        (bytes(range(1, 32)) * 9, "a.txt", ("reject", ["damaged"])),
    ],
)
def test_texts(data: bytes, name: str, expected: tuple[str, list[str]]) -> None:
    assert decided(data, name) == expected


def test_a_line_that_may_be_cut_off_is_named() -> None:
    (reason,) = guard.inspect(b"Offence,Number\nx,4\ny,31", "a.csv").reasons
    assert (reason.code, reason.place) == ("no_final_line_end", "line 3")


def test_sizes_are_limited(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"1,2\n" * 100)
    assert guard.inspect_path(path).decision == "accept"
    small = Limits(file_bytes=300)
    assert [reason.code for reason in guard.inspect_path(path, small).reasons] == ["too_large"]
    assert decided(path.read_bytes(), "a.csv", small) == ("reject", ["too_large"])
    assert decided(path.read_bytes(), "a.csv", Limits(text_bytes=300)) == ("reject", ["too_large"])


@pytest.mark.parametrize("ending", ["xlsx", "pdf", "zip"])
def test_time_is_limited(ending: str) -> None:
    assert decided(SOUND[ending], f"a.{ending}", Limits(seconds=0)) == ("reject", ["too_slow"])


def test_the_gravest_finding_decides_and_stands_first() -> None:
    def fill(book: object) -> None:
        book.active.row_dimensions[2].hidden = True  # type: ignore[attr-defined]

    verdict = guard.inspect(workbook(fill), "a.xls")
    assert verdict.decision == "quarantine"
    assert [reason.code for reason in verdict.reasons] == ["hidden_rows_columns", "name_disagrees"]
    said = "sheet 1: 1 hidden rows and 0 hidden columns hold content (hidden_rows_columns). Do not"
    assert str(verdict.reasons[0]).startswith(said)


def test_repeated_findings_are_shown_up_to_a_number() -> None:
    data = zipped({f"{number}.csv": b"1;2\n" for number in range(60)})
    verdict = guard.inspect(data, "a.zip")
    assert (verdict.decision, len(verdict.reasons)) == (WARNED, 25)


def test_every_rule_says_what_to_do() -> None:
    assert all(rule.remedy.endswith(".") for rule in RULES.values())


SOUND = {
    "xlsx": workbook(),
    "ods": ods(f"<table:table><table:table-row>{ods_cell('31')}</table:table-row></table:table>"),
    "xlsb": xlsb(xlsb_row(1, 0, 1)),
    "pdf": pdf(LINES),
    "zip": zipped({"a.csv": b"Year,Offences\n2021,31\n"}),
    "html": b"<html><table><tr hidden><td>31</td></tr></table></html>",
    "eml": b"From: a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n31 offences\n--b--\n",
    "csv": "Year,Offences – all\n2021,31\n".encode("utf-16"),
}
STARTS = [b"", *(data[:9] for data in SOUND.values())]


def sound(verdict: Verdict) -> bool:
    known = all(reason.code in RULES for reason in verdict.reasons)
    return known and verdict.decision in ("accept", WARNED, "quarantine", "reject")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(known_endings()), st.sampled_from(STARTS), st.binary(max_size=400))
def test_any_bytes_under_any_name_are_judged(ending: str, start: bytes, rest: bytes) -> None:
    assert sound(guard.inspect(start + rest, f"a.{ending}"))


def mutated(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    place = chance.randrange(len(changed))
    match chance.choice(["flip", "cut", "splice", "zero", "repeat"]):
        case "flip":
            changed[place] ^= 1 << chance.randrange(8)
        case "cut":
            del changed[place:]
        case "splice":
            other = chance.choice(list(SOUND.values()))
            changed[place:place] = other[: chance.randrange(1, len(other))]
        case "zero":
            changed[place : place + 40] = bytes(40)
        case "repeat":
            changed[place:place] = changed[place : place + 400] * 3
    return bytes(changed)


@pytest.mark.parametrize("ending", SOUND)
def test_mutated_documents_are_judged(ending: str) -> None:
    chance = random.Random(f"guard {ending}")  # noqa: S311
    for _ in range(60):
        name = f"a.{chance.choice([ending, ending, *SOUND])}"
        assert sound(guard.inspect(mutated(SOUND[ending], chance), name))


@pytest.mark.parametrize("ending", ["xlsx", "xlsb", "ods", "pdf", "zip", "eml"])
def test_a_document_cut_off_anywhere_is_never_accepted(ending: str) -> None:
    data = SOUND[ending].rstrip(b"\n")
    for length in range(1, len(data), max(1, len(data) // 60)):
        assert guard.inspect(data[:length], f"a.{ending}").decision == "reject", length


@needs_shared
def test_mutated_given_documents_are_judged() -> None:
    chance = random.Random("given")  # noqa: S311
    paths = [path for path in sorted(SHARED.glob("disclosures/*/**/*.*")) if 0 < path.stat().st_size < 10**5]
    documents = [path for path in paths if path.suffix != ".json" and path.name != "expected.csv"]
    for _ in range(200):
        path = chance.choice(documents)
        assert sound(guard.inspect(mutated(path.read_bytes(), chance), path.name))
