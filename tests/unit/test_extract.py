"""From disclosure.yml and a document to landing rows: through the front door, on small invented answers."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.extract import Extraction, extract
from ingest.landing import land, warehouse_tables
from ingest.registry import DataFolder, Known, load

LETTER = """Kent Police (invented for a test)
For 2014 and 2015 we hold the following.

Year\tOffence\tNumber
FACEBOOK
2014\tHarassment\t1,207
2015\tHarassment\tTwenty-three
Total\t\t1,230
TWITTER
NIL RETURN
End of table
In 2014 there were 12 reports over Kik and <5 over Yubo.
"""
COUNTS: dict[str, Any] = {
    "name": "counts",
    "layout": "counts",
    "find": {"header": ["Year", "Offence", "Number"], "until": "End of table"},
    "columns": {"Year": "period", "Offence": "offence", "Number": "value"},
    "sections": "platform",
    "nil": ["NIL RETURN"],
    "totals": ["Total"],
    "given": {"period": "2014 and 2015"},
}


def answer(folder: Path, document: str, *tables: dict[str, Any], **changes: Any) -> DataFolder:
    """A data folder with one invented disclosure, kent/test; a field changed to None is left out."""
    home = folder / "disclosures" / "kent" / "test"
    home.mkdir(parents=True)
    (folder / "requests").mkdir()
    request = {
        "title": "t",
        "offence_scope": "all-crime",
        "parts": [{"part": "all", "asks": "a"}],
        "forces": "unknown",
    }
    (folder / "requests" / "r.yml").write_text(yaml.safe_dump(request), encoding="utf-8")
    (home / "document.txt").write_text(document, encoding="utf-8")
    described = {
        "force": "kent", "reference": "1", "title": "t", "kind": "foi_response", "fidelity": "transcript",
        "request": "r",
        "counting": {"unit": "crime_reports", "method": "keyword"},
        "parts": [{"part": "all", "status": "disclosed"}],
        "documents": [{"file": "document.txt", "sha256": hashlib.sha256(document.encode()).hexdigest()}],
        "tables": list(tables),
    }  # fmt: skip
    written = {name: value for name, value in (described | changes).items() if value is not None}
    (home / "disclosure.yml").write_text(yaml.safe_dump(written), encoding="utf-8")
    return DataFolder(folder)


def extracted(folder: Path, *tables: dict[str, Any], document: str = LETTER, **changes: Any) -> Extraction:
    (entry,) = load(answer(folder, document, *tables, **changes), Known({"kent"}, {"encoding"})).entries
    return extract(entry)


def values(result: Extraction, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in result.tables["disclosed_values"]]


def test_counts_with_sections_totals_and_nil_returns(tmp_path: Path) -> None:
    result = extracted(tmp_path, COUNTS)
    assert result.problems == []
    assert values(
        result, "platform_text", "period_text", "offence_text", "value_text", "is_total", "locator"
    ) == [
        ("FACEBOOK", "2014", "Harassment", "1,207", False, "line 6"),
        ("FACEBOOK", "2015", "Harassment", "Twenty-three", False, "line 7"),
        ("FACEBOOK", "2014 and 2015", None, "1,230", True, "line 8"),
        ("TWITTER", "2014 and 2015", None, "NIL RETURN", False, "line 10"),
    ]
    assert result.tables["totals"] == [
        {
            "disclosure_id": "kent/test",
            "table_no": 1,
            "row_no": 3,
            "totalled_role": "period",
            "is_heading": False,
        }
    ]


def test_figures_in_a_sentence(tmp_path: Path) -> None:
    sentence = {
        "name": "sentence", "layout": "statement",
        "text": "In {period} there were {value1} reports over {platform1} and {value2} over {platform2}.",
    }  # fmt: skip
    result = extracted(tmp_path, sentence)
    assert values(result, "period_text", "platform_text", "value_text", "locator") == [
        ("2014", "Kik", "12", "line 12"), ("2014", "Yubo", "<5", "line 12"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "says"),
    [
        ({"find": {"header": ["Year", "Offense", "Number"]}}, "table_not_found", "Nearest in the document, at line 4"),
        ({"find": {"header": ["Year", "Offence", "Number"], "until": "Ende"}}, "end_not_found", "'Ende'"),
        ({"columns": {"Year": "period", "Number": "value"}}, "undeclared_column", "'Offence'"),
        ({"nil": []}, "section_without_rows", "NIL RETURN"),
        ({"sections": None, "nil": []}, "row_not_understood", "FACEBOOK"),
        (
            {"columns": {"Year": "value", "Offence": "offence", "Number": "period"}, "totals": []},
            "not_a_number", "'Total'",
        ),
        ({"given": {"period": "2016"}}, "given_not_printed", "'2016'"),
        ({"reads_as": [{"role": "period", "text": "last year", "means": "2014"}]}, "reading_never_used", "'last year'"),
        ({"sheet": "table 9"}, "sheet_not_found", "sheet"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_an_error_with_its_place(
    tmp_path: Path, change: dict[str, Any], code: str, says: str
) -> None:
    result = extracted(tmp_path, COUNTS | change)
    found = [problem for problem in result.problems if problem.code == code]
    assert result.has_errors
    assert found, result.problems
    assert any(says in str(problem) for problem in found)


def test_a_sentence_must_stand_exactly_once(tmp_path: Path) -> None:
    twice = {"name": "s", "layout": "statement", "text": "{value} reports"}
    result = extracted(tmp_path, twice, document="12 reports\n13 reports\n")
    assert [problem.code for problem in result.problems] == ["statement_ambiguous"]
    assert "line 1, line 2" in str(result.problems[0])


def test_a_correction_is_guarded_by_what_it_expects(tmp_path: Path) -> None:
    correction = {
        "locator": "line 6",
        "printed": "1,207",
        "corrected": "1,270",
        "reason": "misprint, per errata",
    }
    result = extracted(tmp_path / "fits", COUNTS | {"corrections": [correction]})
    assert values(result, "value_text")[0] == ("1,270",)
    result = extracted(tmp_path / "not", COUNTS | {"corrections": [correction | {"printed": "1,208"}]})
    assert [problem.code for problem in result.problems] == ["correction_no_longer_fits"]


def test_all_problems_of_the_yaml_are_listed(tmp_path: Path) -> None:
    result = extracted(tmp_path, COUNTS | {"layot": "x"}, force="atlantis", kind="letter", parts=[])
    places = {problem.place for problem in result.problems}
    assert {"kind", "parts"} <= places
    assert any("layot" in place for place in places)


@pytest.mark.parametrize(
    ("added", "place", "found"),
    [
        ("x: " + "[" * 3000, "line 2 column 52", "more than 50 levels of nesting"),
        ("x: " + "[" * 300_000, "line 2 column 52", "more than 50 levels of nesting"),
        ("x: " + "- " * 3000, "", "sequence entries are not allowed here"),
        ("force: kent", "line 2 column 1", "the key 'force' a second time, first in line 1"),
        ("x: {a: 1, b: {c: 1, c: 2}}", "line 2 column 21", "the key 'c' a second time, first in line 2"),
    ],
)
def test_yaml_that_says_two_things_or_never_ends_is_a_problem(
    tmp_path: Path, added: str, place: str, found: str
) -> None:
    data = answer(tmp_path, LETTER, COUNTS)
    home = data.disclosures_dir / "kent" / "test"
    for file in (home / "disclosure.yml", data.requests_dir / "r.yml"):
        file.write_text(f"force: kent\n{added}\n", encoding="utf-8")
    registry = load(data)
    problems = [*registry.entries[0].problems, *registry.problems]
    assert [problem.code for problem in problems] == ["bad_yaml", "bad_yaml"]
    assert all(place in problem.place and found in problem.found for problem in problems), problems


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"suppressed": {"*": [4, 1]}}, "suppressed says '*' is [4, 1]"),
        ({"suppressed": {"*": [-3, 1]}}, "suppressed says '*' is [-3, 1]"),
        ({"suppressed": {"*": [-3, None]}}, "suppressed says '*' is [-3, null]"),
        ({"suppressed": {"*": [2, 2], "x": [1, 1]}}, "'x' is [1, 1]"),
        ({"suppressed": {"X": [1, 4]}, "withheld": ["x "]}, "the marker 'x' is declared twice"),
        (
            {"reads_as": [{"role": "period", "text": "2014", "means": year} for year in ("2015", "2016")]},
            "reads_as reads period '2014' more than once",
        ),
    ],
)
def test_what_a_table_cannot_mean_is_a_problem(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    result = extracted(tmp_path, COUNTS | change)
    assert [problem.code for problem in result.problems] == ["invalid_field"]
    assert says in str(result.problems[0])


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"received": "2023-99"}, "'2023-99' is no date of the calendar"),
        ({"responded": "2017-13"}, "'2017-13' is no date of the calendar"),
        ({"responded": "2017-02-29"}, "'2017-02-29' is no date of the calendar"),
        (
            {"series_breaks": [{"since": "2022-13", "kind": "record_system", "reason": "a new system"}]},
            "series_breaks.0.since: found '2022-13'",
        ),
        (
            {"received": "2017-05-20", "responded": "2017-04"},
            "responded 2017-04 is before received 2017-05-20",
        ),
        (
            {
                "series_breaks": [
                    {"since": day, "kind": "record_system", "reason": "a new system"}
                    for day in ("2016", "2016-01-01")
                ]
            },
            "series_breaks names 2016-01-01 twice",
        ),
        ({"received": "2017-05-20", "responded": "2017-05"}, None),
        ({"received": "2016-02-29", "responded": "2016"}, None),
    ],
)
def test_dates_exist_and_stand_in_order(tmp_path: Path, changes: dict[str, Any], says: str | None) -> None:
    result = extracted(tmp_path, COUNTS, **changes)
    assert [says in str(problem) for problem in result.problems] == ([True] if says else [])


def test_names_that_lead_nowhere(tmp_path: Path) -> None:
    parts = [{"part": "nothing asked", "status": "disclosed"}]
    result = extracted(tmp_path, COUNTS | {"answers": ["all"]}, force="atlantis", request="none", parts=parts)
    assert {problem.code for problem in result.problems} == {
        "wrong_folder",
        "unknown_force",
        "unknown_request",
    }


@pytest.mark.parametrize(
    ("status", "measure", "twice", "found"),
    [
        ("disclosed", None, False, None),
        ("refused_cost", None, False, "figures for 'all', which is refused_cost"),
        ("not_held", None, False, "figures for 'all', which is not_held"),
        ("neither_confirm_nor_deny", "offences", False, "which is neither_confirm_nor_deny"),
        ("refused_cost", "search_hits", False, None),
        ("disclosed", None, True, "'all' again, not_held here and disclosed before"),
    ],
)
def test_parts_contradict_neither_each_other_nor_the_tables(
    tmp_path: Path, status: str, measure: str | None, twice: bool, found: str | None
) -> None:
    parts = [{"part": "all", "status": status}, *([{"part": "all", "status": "not_held"}] if twice else [])]
    table = COUNTS | {"answers": ["all"]} | ({"measure": measure} if measure else {})
    problems = extracted(tmp_path, table, parts=parts).problems
    assert [problem.code for problem in problems] == (["parts_contradict"] if found else [])
    assert found is None or found in str(problems[0])


@pytest.mark.parametrize(("name", "says"), [("encoding", None), ("encodnig", "Name encoding, or the check")])
def test_a_waiver_names_a_check_that_exists(tmp_path: Path, name: str, says: str | None) -> None:
    waiver = {"check_name": name, "reason": "looked at twice", "expires_on": "2030-01-01"}
    problems = extracted(tmp_path, COUNTS, waivers=[waiver]).problems
    assert [problem.code for problem in problems] == (["unknown_check"] if says else [])
    assert says is None or says in str(problems[0])


@pytest.mark.parametrize(
    ("kind", "request_name", "with_parts", "found"),
    [
        ("official_statistics", None, False, None),
        ("official_statistics", "r", True, None),
        ("foi_response", None, False, "has no request"),
        ("official_statistics", None, True, "has parts but no request"),
        ("foi_response", "r", False, "has a request but no parts"),
    ],
)
def test_only_official_statistics_have_no_request(
    tmp_path: Path, kind: str, request_name: str | None, with_parts: bool, found: str | None
) -> None:
    parts = [{"part": "all", "status": "disclosed"}] if with_parts else None
    result = extracted(tmp_path, COUNTS, kind=kind, request=request_name, parts=parts)
    problems = [problem.expected for problem in result.problems]
    assert (problems == []) if found is None else (len(problems) == 1 and found in problems[0])
    assert bool(result.tables.get("disclosed_values")) == (found is None)


def test_landing_is_named_by_content(tmp_path: Path) -> None:
    data = answer(tmp_path, LETTER, COUNTS)
    first = land(load(data).entries[0], data)
    again = land(load(data).entries[0], data)
    assert (first.state, again.state, first.folder) == ("extracted", "unchanged", again.folder)
    yml = data.disclosures_dir / "kent/test/disclosure.yml"
    yml.write_text(yml.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    changed = land(load(data).entries[0], data)
    assert changed.state == "extracted"
    assert changed.folder is not None
    assert [path.name for path in changed.folder.parent.iterdir()] == [changed.key], (
        "the old extraction is gone"
    )


def test_the_last_good_extraction_stands_in_and_says_so(tmp_path: Path) -> None:
    data = answer(tmp_path, LETTER, COUNTS)
    land(load(data).entries[0], data)
    (data.disclosures_dir / "kent/test/document.txt").write_text("changed", encoding="utf-8")
    registry = load(data)
    assert land(registry.entries[0], data).state == "stale"
    tables = warehouse_tables(registry, data)
    assert tables["disclosures"]["is_stale"].to_pylist() == [True]
    assert tables["disclosed_values"].num_rows == 4
    assert tables["extraction_issues"]["code"].to_pylist() == ["wrong_hash"]


def test_an_answer_whose_question_is_broken_waits_outside(tmp_path: Path) -> None:
    """Its last good extraction would name a request that is not there, and stop everything behind it."""
    data = answer(tmp_path, LETTER, COUNTS)
    land(load(data).entries[0], data)
    (data.requests_dir / "r.yml").write_text("title: [", encoding="utf-8")
    registry = load(data)
    assert land(registry.entries[0], data).state == "stale"
    tables = warehouse_tables(registry, data)
    assert tables["disclosures"].num_rows == 0
    assert {"bad_yaml", "unknown_request"} <= set(tables["extraction_issues"]["code"].to_pylist())
