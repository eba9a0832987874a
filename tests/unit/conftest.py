"""Files in formats no library here can write, built byte by byte."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Any

import pytest

Tree = Mapping[str, "bytes | Tree"]

_FREE, _END_OF_CHAIN, _FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _MINI_SECTOR, _MINI_CUTOFF = 512, 64, 4096


def _padded(content: bytes, size: int) -> bytes:
    return content + b"\0" * (-len(content) % size)


class _CompoundFile:
    """An Office container: large streams in sectors, small ones in the mini stream, names in a directory."""

    def __init__(self, tree: Tree) -> None:
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.mini = b""
        self.mini_fat: list[int] = []
        self.directory: list[list[Any]] = [["Root Entry", 5, _FREE, _FREE, 0, 0]]
        self.directory[0][3] = self._add_children(tree)

    def _add_children(self, tree: Tree) -> int:
        """Add the entries of one storage, each the right-hand neighbour of the one before."""
        first, previous = _FREE, None
        for name in sorted(tree, key=lambda name: (len(name), name.upper())):
            node, number = tree[name], len(self.directory)
            self.directory.append([name, 2 if isinstance(node, bytes) else 1, _FREE, _FREE, 0, 0])
            if isinstance(node, bytes):
                self.directory[number][4:6] = [self._store(node), len(node)]
            else:
                self.directory[number][3] = self._add_children(node)
            if previous is None:
                first = number
            else:
                self.directory[previous][2] = number
            previous = number
        return first

    def _store(self, content: bytes) -> int:
        if len(content) >= _MINI_CUTOFF:
            return self._store_in_sectors(content)
        start, count = len(self.mini_fat), -(-len(content) // _MINI_SECTOR)
        self.mini += _padded(content, _MINI_SECTOR)
        self.mini_fat += [*range(start + 1, start + count), _END_OF_CHAIN] if count else []
        return start if count else _END_OF_CHAIN

    def _store_in_sectors(self, content: bytes) -> int:
        start, padded = len(self.sectors), _padded(content, _SECTOR)
        self.sectors += [padded[at : at + _SECTOR] for at in range(0, len(padded), _SECTOR)]
        self.fat += [*range(start + 1, len(self.sectors)), _END_OF_CHAIN]
        return start

    def bytes(self) -> bytes:
        if self.mini:
            self.directory[0][4:6] = [self._store_in_sectors(self.mini), len(self.mini)]
        mini_fat = b"".join(struct.pack("<I", one) for one in self.mini_fat)
        mini_fat += b"\xff" * (-len(mini_fat) % _SECTOR)
        mini_fat_start = self._store_in_sectors(mini_fat) if mini_fat else _END_OF_CHAIN
        entries = b"".join(self._entry(*entry) for entry in self.directory)
        directory_start = self._store_in_sectors(
            entries + self._entry("", 0, _FREE, _FREE, 0, 0) * (-len(self.directory) % 4)
        )
        fat_sectors = 1
        while (len(self.fat) + fat_sectors) * 4 > fat_sectors * _SECTOR:
            fat_sectors += 1
        fat_start = len(self.sectors)
        fat = self.fat + [_FAT_SECTOR] * fat_sectors
        fat += [_FREE] * (fat_sectors * _SECTOR // 4 - len(fat))
        head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
        head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
        head += struct.pack(
            "<9I",
            0,
            fat_sectors,
            directory_start,
            0,
            _MINI_CUTOFF,
            mini_fat_start,
            len(mini_fat) // _SECTOR,
            _END_OF_CHAIN,
            0,
        )
        head += b"".join(
            struct.pack("<I", fat_start + one if one < fat_sectors else _FREE) for one in range(109)
        )
        return head + b"".join(self.sectors) + struct.pack(f"<{len(fat)}I", *fat)

    @staticmethod
    def _entry(*fields: Any) -> bytes:
        name, kind, right, child, start, size = fields
        encoded = name.encode("utf-16-le")
        head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded) + 2 if name else 0, kind, 1)
        return head + struct.pack("<3I", _FREE, right, child) + b"\0" * 36 + struct.pack("<IQ", start, size)


@pytest.fixture(scope="session")
def compound_file() -> Callable[[Tree], bytes]:
    """Name -> content, or a folder of such -> the bytes of an Office container (xls, msg)."""
    return lambda tree: _CompoundFile(tree).bytes()
