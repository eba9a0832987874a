"""Zip archives: every member read in memory by its own reader, and hostile archives refused as a whole."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import openpyxl
import pytest

from ingest.readers import Unreadable, archive, nested

SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared folder of third-party documents is not there"
)

CSV = b"Year,Offences\n2021,12\n"


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return written.getvalue()


def workbook() -> bytes:
    written, book = io.BytesIO(), openpyxl.Workbook()
    book.active["C7"] = 5
    book.save(written)
    return written.getvalue()


def test_members_are_read_in_order_with_their_name_in_every_locator() -> None:
    data = zipped(
        ("letter.txt", b"Dear requester"),
        ("__MACOSX/._letter.txt", b"\0"),
        ("b/", b""),
        ("b/data.xlsx", workbook()),
    )
    text, sheet = archive.read(data)
    assert (text.name, text.kind) == ("attachment letter.txt: text", "text")
    assert text.rows[0][0].locator == "attachment letter.txt: line 1"
    assert (sheet.name, sheet.rows[0][0].locator) == (
        "attachment b/data.xlsx: Sheet",
        "attachment b/data.xlsx: Sheet!C7",
    )


def test_members_without_a_reader_are_named_not_dropped() -> None:
    sheets = archive.read(zipped(("a.csv", CSV), ("photo.heic", b"...")))
    assert [cell.text for cell in sheets[0].cells()] == [
        "[attachment photo.heic was not read: no reader for this kind of file]"
    ]
    with pytest.raises(Unreadable, match="no document that can be read"):
        archive.read(zipped(("photo.heic", b"...")))


def test_an_archive_in_an_archive_is_read() -> None:
    [sheet] = archive.read(zipped(("inner.zip", zipped(("a.csv", CSV)))))
    assert sheet.rows[1][1].locator == "attachment inner.zip: attachment a.csv: line 2"


def test_one_unreadable_member_refuses_the_archive_and_is_named() -> None:
    with pytest.raises(Unreadable, match=r"attachment bad\.xlsx: .*not a complete zip package"):
        archive.read(zipped(("a.csv", CSV), ("bad.xlsx", b"PK\x03\x04 cut off")))


@pytest.mark.parametrize(
    "name",
    ["../out.csv", "a/../../out.csv", "/etc/out.csv", "..\\out.csv", "C:/out.csv", "\\\\server\\out.csv"],
)
def test_names_that_leave_the_folder_refuse_the_archive(name: str) -> None:
    with pytest.raises(Unreadable, match="outside the archive's folder"):
        archive.read(zipped(("fine.csv", CSV), (name, CSV)))


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(Unreadable, match=r"\.\./a\.csv.*\.\./b\.csv"):
        archive.read(zipped(("../a.csv", CSV), ("../b.csv", CSV)))


def test_links_and_equal_names_are_refused() -> None:
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(Unreadable, match="link to another file"):
        archive.read(zipped((link, b"/etc/passwd")))
    with pytest.raises(Unreadable, match="same name"), pytest.warns(UserWarning, match="Duplicate name"):
        archive.read(zipped(("a.csv", CSV), ("a.csv", CSV)))


def test_encrypted_members_are_refused() -> None:
    data = bytearray(zipped(("a.csv", CSV)))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Unreadable, match="encrypted"):
        archive.read(bytes(data))


def test_archives_that_expand_without_bound_are_refused_before_reading() -> None:
    with pytest.raises(Unreadable, match="expands without bound"):
        archive.read(zipped(("big.csv", b"0" * 20 * 2**20)))
    with pytest.raises(Unreadable, match="members, 1000 are allowed"):
        archive.read(zipped(*((f"{number}.csv", CSV) for number in range(1001))))


def test_a_member_larger_than_declared_is_refused() -> None:
    data = bytearray(zipped(("a.csv", CSV * 50)))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (30).to_bytes(4, "little")
    with pytest.raises(Unreadable):
        archive.read(bytes(data))


def test_nesting_and_the_sum_of_inner_documents_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped(("a.csv", CSV))
    for _ in range(nested.MAX_DEPTH):
        data = zipped(("inner.zip", data))
    with pytest.raises(Unreadable, match="nested more than"):
        archive.read(data)
    monkeypatch.setattr(nested, "MAX_BYTES", 40)
    archive.read(zipped(("a.csv", CSV)))
    with pytest.raises(Unreadable, match="attachments expand"):
        archive.read(zipped(("a.csv", CSV), ("b.csv", CSV)))
    archive.read(zipped(("a.csv", CSV)))  # every document starts with a fresh allowance


def test_damage_is_refused() -> None:
    whole = zipped(("a.csv", CSV * 100))
    for data in (whole[:-30], b"", b"PK\x03\x04"):
        with pytest.raises(Unreadable, match="not a complete zip file"):
            archive.read(data)
    damaged = bytearray(whole)
    damaged[40] ^= 0xFF
    with pytest.raises(Unreadable):
        archive.read(bytes(damaged))


@needs_shared
def test_the_given_hostile_archive_is_refused_with_its_harmless_member() -> None:
    with pytest.raises(Unreadable, match="outside the archive's folder") as refused:
        archive.read((SHARED / "disclosures/_traps/path_traversal.zip").read_bytes())
    assert "9999" not in str(refused.value)
