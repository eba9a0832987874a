"""The guard on zip files, plain and inside office packages: escapes, lies and expansion; and on what names promise."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zipfile

import pytest

from ingest import guard
from ingest.guard import Limits
from tests.unit import guarded
from tests.unit.guarded import LINES, decided, pdf, workbook, zipped

TABLE = b"Year,Offences\n2021,31\n"


def entry(name: str, mode: int = 0o100644) -> bytes:
    """An archive of a harmless member and one of this name."""
    written = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # of equal names
        archive.writestr("figures.csv", TABLE)
        info = zipfile.ZipInfo("placeholder")
        info.filename, info.external_attr = name, mode << 16
        archive.writestr(info, TABLE)
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (entry("../figures.csv"), "escapes_folder"),
        (entry("folder/../../figures.csv"), "escapes_folder"),
        (entry("/tmp/figures.csv"), "escapes_folder"),  # noqa: S108
        (entry("..\\figures.csv"), "escapes_folder"),
        (entry("C:\\figures.csv"), "escapes_folder"),
        (entry("link.csv", mode=0o120777), "escapes_folder"),
        (entry("figures.csv"), "dishonest_archive"),
        (entry("FIGURES.csv"), "dishonest_archive"),
        (entry("start.exe"), "program"),
        (zipped({}), "empty"),
        (zipped({"a.png": b"\x89PNG\r\n"}), "unsupported"),
        (zipped({"a.csv": TABLE})[:-10], "truncated"),
    ],
)
def test_hostile_archives_are_rejected_as_a_whole(data: bytes, code: str) -> None:
    decision, codes = decided(data, "a.zip")
    assert (decision, codes[0]) == ("reject", code)


@pytest.mark.parametrize(
    "name", ["folder/figures 2.csv", "a..b.csv", "folder\\b.csv", "__MACOSX/._figures.csv"]
)
def test_harmless_archives_are_accepted(name: str) -> None:
    assert decided(entry(name), "a.zip") == ("accept", [])


def test_every_bad_entry_is_named_by_its_position() -> None:
    verdict = guard.inspect(zipped({"../A Person.csv": TABLE, "b.csv": TABLE, "/c.csv": TABLE}), "a.zip")
    assert [reason.place for reason in verdict.reasons] == ["member 1", "member 3"]
    assert "Person" not in str(verdict)


def test_a_bad_entry_in_an_office_package_rejects_it() -> None:
    data = zipped(guarded.parts_of(workbook()) | {"../x.xml": b"<x/>"})
    assert decided(data, "a.xlsx") == ("reject", ["escapes_folder"])


def test_members_with_a_password_are_quarantined() -> None:
    data = bytearray(zipped({"a.csv": TABLE}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert decided(bytes(data), "a.zip") == ("quarantine", ["encrypted"])


SMALL = Limits(part_bytes=2**20, expanded_bytes=3 * 2**20, ratio=50, ratio_from=2**19)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Limits(), "accept"),
        (Limits(part_bytes=2**20), "accept"),
        (Limits(part_bytes=2**20 - 1), "reject"),
        (Limits(expanded_bytes=3 * 2**20), "accept"),
        (Limits(expanded_bytes=3 * 2**20 - 1), "reject"),
        (Limits(ratio=50, ratio_from=2**20), "reject"),
        (Limits(ratio=5000, ratio_from=2**20), "accept"),
        (Limits(ratio=50, ratio_from=3 * 2**20), "accept"),
    ],
)
def test_expansion_is_limited_by_part_sum_and_ratio(limits: Limits, expected: str) -> None:
    data = zipped({f"{number}.csv": b"1,2\n" * 2**18 for number in range(3)})
    assert decided(data, "a.zip", limits) == (expected, ["expands"] if expected == "reject" else [])


def test_nested_archives_share_one_limit_and_end_somewhere() -> None:
    inner = zipped({"a.csv": b"1,2\n" * 2**17})
    assert decided(zipped({"a.zip": inner}), "a.zip") == ("accept", [])
    assert decided(zipped({f"{number}.zip": inner for number in range(9)}), "a.zip", SMALL) == (
        "reject",
        ["expands"],
    )
    for _ in range(5):
        inner = zipped({"a.zip": inner})
    assert decided(inner, "a.zip") == ("reject", ["expands"])


def test_a_member_that_is_larger_than_it_says_is_not_believed() -> None:
    data = bytearray(zipped({"a.csv": bytes(9 * 2**20)}))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        struct.pack_into("<I", data, data.index(mark) + offset, 40)
    assert decided(bytes(data), "a.zip") == ("reject", ["dishonest_archive"])


def test_a_name_that_differs_between_header_and_directory_is_not_believed() -> None:
    data = zipped({"a.csv": TABLE}).replace(b"a.csv", b"b.csv", 1)
    assert decided(data, "a.zip") == ("reject", ["dishonest_archive"])


def test_a_wrong_checksum_is_damage() -> None:
    data = bytearray(zipped({"a.csv": TABLE}))
    data[data.rindex(b"PK\x01\x02") + 16] ^= 1
    assert decided(bytes(data), "a.zip") == ("reject", ["damaged"])


def test_too_many_members_are_refused() -> None:
    data = zipped({f"{number}.csv": b"1,2\n" for number in range(9)})
    assert decided(data, "a.zip", Limits(members=9)) == ("accept", [])
    assert decided(data, "a.zip", Limits(members=8)) == ("reject", ["expands"])


@pytest.mark.parametrize(
    "part",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>',
        '<!DOCTYPE x SYSTEM "http://host.invalid/x"><worksheet/>',
        "<worksheet>" + "<a>" * 3000 + "</a>" * 3000 + "</worksheet>",
        "<worksheet " + "a" * (18 * 2**20) + "/>",
    ],
    ids=["entities", "a document type elsewhere", "nested without end", "a tag without end"],
)
def test_xml_that_no_program_writes_is_refused(part: str) -> None:
    data = guarded.with_parts(
        workbook(), xl__worksheets__sheet1_xml=part, xl__calcChain_xml=random_text(part)
    )
    decision, [code] = decided(data, "a.xlsx")
    assert (decision, code) == ("reject", "dangerous_xml")


def random_text(part: str) -> bytes:
    """As much as keeps the package from being steep."""
    return random.Random(1).randbytes(len(part) // 200)  # noqa: S311


@pytest.mark.parametrize(
    ("data", "name", "decision", "read_as"),
    [
        (workbook(), "a.xlsx", "accept", "xlsx"),
        (workbook(), "a.xlsm", "accept", "xlsm"),
        (workbook(), "a.xls", "accept_with_warnings", "xlsx"),
        (workbook(), "a.docx", "accept_with_warnings", "xlsx"),
        (workbook(), "a", "accept_with_warnings", "xlsx"),
        (pdf(LINES), "a.xlsx", "accept_with_warnings", "pdf"),
        (b"<table><tr><td>31</td></tr></table>", "a.xls", "accept_with_warnings", "html"),
        (b"<table><tr><td>31</td></tr></table>", "a.csv", "accept_with_warnings", "html"),
        (TABLE, "a.xls", "accept_with_warnings", "csv"),
        (TABLE, "a.xlsx", "accept_with_warnings", "csv"),
        (TABLE, "a.htm", "accept", "htm"),
        (TABLE, "A.CSV", "accept", "csv"),
        (b"31 offences\n", "a.log", "accept_with_warnings", "txt"),
        (b"Subject: offences\n\n31\n", "a.txt", "accept", "txt"),
        (b"P", "a.xlsx", "reject", ""),
        (TABLE, "a.pdf", "reject", ""),
        (TABLE, "a.docx", "reject", ""),
        (b"MZ\0\0" + bytes(90), "a.csv", "reject", ""),
        (b"\x89PNG\r\n" + bytes(90), "a.png", "quarantine", ""),
        (b"{\\rtf1 31}", "a.rtf", "reject", ""),
        (b"Rar!\x1a\x07\0" + bytes(90), "a.zip", "reject", ""),
        (b"<?xml version='1.0'?><W xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "a.xls", "reject", ""),
    ],
)  # fmt: skip
def test_a_file_is_what_its_bytes_say(data: bytes, name: str, decision: str, read_as: str) -> None:
    verdict = guard.inspect(data, name)
    assert (verdict.decision, verdict.read_as) == (decision, read_as)


def test_an_ending_that_may_be_a_name_is_not_repeated() -> None:
    assert "Person" not in str(guard.inspect(TABLE, "reply to A.Person"))


def test_a_package_that_is_two_documents_is_refused() -> None:
    both = guarded.parts_of(workbook()) | {"word/document.xml": b"<x/>"}
    assert decided(zipped(both), "a.xlsx") == ("reject", ["two_formats"])
    hidden = guarded.parts_of(workbook()) | {"content.xml": b"<x/>", "mimetype": b"x"}
    assert decided(zipped(hidden), "a.xlsx") == ("reject", ["two_formats"])
    second = guarded.changed(workbook(), "_rels/.rels", "xl/workbook.xml", "xl/other.xml")
    second = guarded.with_parts(second, xl__other_xml="<workbook/>")
    assert decided(second, "a.xlsx") == ("reject", ["two_formats"])
