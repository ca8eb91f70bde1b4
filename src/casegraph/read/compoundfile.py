"""Compound files ([MS-CFB]) written: what a storage inside one holds becomes a file of its own.

Versions 3 and 4: sectors of 512 bytes, and of 4,096 for what is larger than 6 MiB.
"""

from __future__ import annotations

import struct

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALL, _LARGE, _MINI, _CUTOFF = 512, 4_096, 64, 4_096
_MOST_SMALL = 6 << 20  # bytes; 109 sectors of a table of 512 bytes each hold 7 MB
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_LISTED = 109  # sectors of the table that a header lists

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


def _chain(table: list[int], data: bytes | bytearray, size: int) -> int:
    """Append the chain of a stream's sectors to an allocation table; return its first sector."""
    count = -(-len(data) // size)
    if not count:
        return _END
    start = len(table)
    table.extend([*range(start + 1, start + count), _END])
    return start


def _padded(data: bytes | bytearray, size: int) -> bytes:
    return bytes(data) + bytes(-len(data) % size)


def size_of(tree: Tree) -> int:
    """Return how many bytes the streams of a tree have."""
    return sum(size_of(value) if isinstance(value, dict) else len(value) for value in tree.values())


def compound(tree: Tree) -> bytes:
    """Return a compound file with these streams and storages. Raises ValueError beyond 400 MiB."""
    sector = _SMALL if size_of(tree) <= _MOST_SMALL else _LARGE
    entries = [_Entry("Root Entry", _ROOT)]
    _add(entries, 0, tree)
    fat: list[int] = []
    mini_fat: list[int] = []
    body, mini = bytearray(), bytearray()
    for entry in entries[1:]:
        if entry.kind == _STREAM and 0 < len(entry.data) < _CUTOFF:
            entry.start = _chain(mini_fat, entry.data, _MINI)
            mini += _padded(entry.data, _MINI)
        elif entry.kind == _STREAM:
            entry.start = _chain(fat, entry.data, sector)
            body += _padded(entry.data, sector)
    entries[0].start, entries[0].size = _chain(fat, mini, sector), len(mini)
    body += _padded(mini, sector)
    table = _padded(struct.pack(f"<{len(mini_fat)}I", *mini_fat), sector) if mini_fat else b""
    table = table[: len(mini_fat) * 4] + b"\xff" * (len(table) - len(mini_fat) * 4)
    first_mini = _chain(fat, table, sector)
    directory = _padded(b"".join(entry.pack() for entry in entries), sector)
    first_directory = _chain(fat, directory, sector)
    body += table + directory
    tables = 1
    while len(fat) + tables > tables * (sector // 4):
        tables += 1
    if tables > _LISTED:
        raise ValueError("too large for one header")
    first_fat = len(fat)
    fat += [_FAT] * tables
    fat += [_FREE] * (tables * (sector // 4) - len(fat))
    difat = [*range(first_fat, first_fat + tables), *[_FREE] * (_LISTED - tables)]
    version, shift, listed = (3, 9, 0) if sector == _SMALL else (4, 12, len(directory) // sector)
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, version, 0xFFFE,
        shift, 6, bytes(6), listed, tables, first_directory, 0, _CUTOFF, first_mini,
        len(table) // sector, _END, 0,
    )  # fmt: skip
    head = _padded(header + struct.pack(f"<{_LISTED}I", *difat), sector)
    return b"".join((head, body, struct.pack(f"<{len(fat)}I", *fat)))
