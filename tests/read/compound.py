"""Compound files ([MS-CFB] version 3) made for the tests."""

from __future__ import annotations

import struct

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_STORAGE, _STREAM, _ROOT = 1, 2, 5

Tree = dict[str, "bytes | Tree"]


class _Entry:
    def __init__(self, name: str, kind: int, data: bytes = b"") -> None:
        self.name, self.kind, self.data = name, kind, data
        self.left = self.right = self.child = _FREE
        self.start, self.size = (_END, len(data)) if kind != _STORAGE else (0, 0)

    def pack(self) -> bytes:
        name = (self.name + "\0").encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII16sIQQIQ", name, len(name), self.kind, 1, self.left, self.right, self.child,
            bytes(16), 0, 0, 0, self.start, self.size,
        )  # fmt: skip


def _add(entries: list[_Entry], parent: int, tree: Tree) -> None:
    numbers = []
    for name, value in sorted(tree.items(), key=lambda item: (len(item[0]), item[0].upper())):
        kind = _STORAGE if isinstance(value, dict) else _STREAM
        numbers.append(len(entries))
        entries.append(_Entry(name, kind, b"" if isinstance(value, dict) else value))
        if isinstance(value, dict):
            _add(entries, numbers[-1], value)
    entries[parent].child = _balanced(entries, numbers)


def _balanced(entries: list[_Entry], numbers: list[int]) -> int:
    if not numbers:
        return _FREE
    middle = len(numbers) // 2
    root = entries[numbers[middle]]
    root.left = _balanced(entries, numbers[:middle])
    root.right = _balanced(entries, numbers[middle + 1 :])
    return numbers[middle]


def _chain(table: list[int], data: bytes, size: int) -> int:
    """Append the chain of a stream's sectors to an allocation table; return its first sector."""
    count = -(-len(data) // size)
    if not count:
        return _END
    start = len(table)
    table.extend([*range(start + 1, start + count), _END])
    return start


def _padded(data: bytes, size: int) -> bytes:
    return data + bytes(-len(data) % size)


def compound(tree: Tree) -> bytes:
    """Return a compound file with these streams and storages."""
    entries = [_Entry("Root Entry", _ROOT)]
    _add(entries, 0, tree)
    fat: list[int] = []
    mini_fat: list[int] = []
    body = mini = b""
    for entry in entries[1:]:
        if entry.kind == _STREAM and 0 < len(entry.data) < _CUTOFF:
            entry.start = _chain(mini_fat, entry.data, _MINI)
            mini += _padded(entry.data, _MINI)
        elif entry.kind == _STREAM:
            entry.start = _chain(fat, entry.data, _SECTOR)
            body += _padded(entry.data, _SECTOR)
    entries[0].start, entries[0].size = _chain(fat, mini, _SECTOR), len(mini)
    body += _padded(mini, _SECTOR)
    table = _padded(struct.pack(f"<{len(mini_fat)}I", *mini_fat), _SECTOR) if mini_fat else b""
    table = table[: len(mini_fat) * 4] + b"\xff" * (len(table) - len(mini_fat) * 4)
    first_mini = _chain(fat, table, _SECTOR)
    directory = b"".join(entry.pack() for entry in entries)
    directory = _padded(directory, _SECTOR)
    first_directory = _chain(fat, directory, _SECTOR)
    body += table + directory
    sectors = 1
    while len(fat) + sectors > sectors * (_SECTOR // 4):
        sectors += 1
    assert sectors <= 109, "no room for a longer allocation table"
    first_fat = len(fat)
    fat += [_FAT] * sectors
    fat += [_FREE] * (sectors * (_SECTOR // 4) - len(fat))
    difat = [*range(first_fat, first_fat + sectors), *[_FREE] * (109 - sectors)]
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
        bytes(6), 0, sectors, first_directory, 0, _CUTOFF, first_mini, len(table) // _SECTOR, _END, 0,
    )  # fmt: skip
    return header + struct.pack("<109I", *difat) + body + struct.pack(f"<{len(fat)}I", *fat)
