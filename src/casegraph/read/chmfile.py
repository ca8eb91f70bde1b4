"""Compiled HTML help (CHM): its directory, and its pages unpacked.

After the description of the format by Matthew Russotto, and [MS-PATCH] 2 (LZX). Libarchive undoes LZX: each
run of frames that starts anew in a CHM is what a folder of a cabinet ([MS-CAB]) is, and is given as one.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Final

_FRAME: Final = 0x8000
_LARGEST_FRAME: Final = _FRAME + 6_144
_MOST_ENTRIES: Final = 100_000
_FOLDERS: Final = 2_000  # of one cabinet
_STORE: Final = "::DataSpace/Storage/MSCompressed"
_RESETS: Final = "/Transform/{7FC28940-9D31-11D0-9B27-00A0C91E9C7C}/InstanceData/ResetTable"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the help: whether it is packed, where it begins in its section, and how long it is."""

    name: str
    packed: bool
    place: int
    size: int


class Help:
    """The files of a compiled help. Raises ValueError where its head or directory is broken."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            version, place, size = struct.unpack_from("<I", data, 4)[0], *struct.unpack_from("<QQ", data, 72)
            self._content = struct.unpack_from("<Q", data, 88)[0] if version >= 3 else place + size
            self.entries = {entry.name: entry for entry in _directory(data, place)}
        except struct.error as error:
            raise ValueError("a broken directory") from error
        if not self.entries:
            raise ValueError("an empty directory")
        self._unpacked: bytes | None = None

    @property
    def size(self) -> int:
        """How many bytes the packed pages say that they unpack to."""
        table = self.plain(_STORE + _RESETS)
        return struct.unpack_from("<Q", table, 16)[0] if len(table) >= 24 else 0

    def plain(self, name: str) -> bytes:
        """Return a file that is not packed, empty where there is none."""
        entry = self.entries.get(name)
        if entry is None or entry.packed:
            return b""
        return self._data[self._content + entry.place : self._content + entry.place + entry.size]

    def file(self, entry: Entry) -> bytes:
        """Return a file's bytes. Raises ValueError where they cannot be had, OSError without libarchive."""
        if not entry.packed:
            return self.plain(entry.name)
        if self._unpacked is None:
            try:
                self._unpacked = b"".join(self._sections())
            except struct.error as error:  # the table of resets points behind its own end
                raise ValueError("no way to unpack") from error
        found = self._unpacked[entry.place : entry.place + entry.size]
        if len(found) < entry.size:
            raise ValueError("cut short")
        return found

    def _sections(self) -> Iterator[bytes]:
        """Yield the packed section, unpacked as far as it goes."""
        control, table = self.plain(f"{_STORE}/ControlData"), self.plain(_STORE + _RESETS)
        packed = self.plain(f"{_STORE}/Content")
        if len(control) < 24 or len(table) < 40:
            raise ValueError("no way to unpack")
        version, interval, window = struct.unpack_from("<III", control, 8)
        unit = _FRAME if version == 2 else 1
        count, _, head = struct.unpack_from("<III", table, 4)
        count = min(count, (len(table) - head) // 8)
        places = [*struct.unpack_from(f"<{count}Q", table, head), len(packed)]
        frames = [packed[start:end] for start, end in itertools.pairwise(places)]
        each = max(1, min(interval * unit // _FRAME, 1 << 16))
        bits = (window * unit).bit_length() - 1
        if not 15 <= bits <= 21 or any(not 0 < len(frame) <= _LARGEST_FRAME for frame in frames):
            raise ValueError("no frames")
        folders = [frames[place : place + each] for place in range(0, len(frames), each)]
        left = self.size
        for place in range(0, len(folders), _FOLDERS):
            part = folders[place : place + _FOLDERS]
            long = sum(map(len, part)) * _FRAME
            yield from _from_cabinet(_cabinet(part, bits, min(long, left)))
            left -= min(long, left)


def _directory(data: bytes, place: int) -> Iterator[Entry]:
    if data[place : place + 4] != b"ITSP":
        raise ValueError("no directory")
    head, size = struct.unpack_from("<I4xI", data, place + 8)
    first, last = struct.unpack_from("<II", data, place + 32)
    count = 0
    for number in range(first, min(last, first + _MOST_ENTRIES) + 1):
        start = place + head + number * size
        block = data[start : start + size]
        if block[:4] != b"PMGL":
            continue
        (free,) = struct.unpack_from("<I", block, 4)
        at, end = 20, len(block) - min(free, len(block))
        while at < end and count < _MOST_ENTRIES:
            entry, at = _entry(block, at)
            count += 1
            yield entry


def _entry(block: bytes, at: int) -> tuple[Entry, int]:
    length, at = _number(block, at)
    name = block[at : at + length].decode("utf-8", "replace")
    section, at = _number(block, at + length)
    place, at = _number(block, at)
    size, at = _number(block, at)
    return Entry(name, bool(section), place, size), at


def _number(block: bytes, at: int) -> tuple[int, int]:
    number = 0
    for byte in block[at : at + 10]:
        number, at = number << 7 | byte & 0x7F, at + 1
        if byte < 0x80:
            return number, at
    raise ValueError("a number without an end")


def _cabinet(folders: list[list[bytes]], bits: int, size: int) -> bytes:
    """Return a cabinet with a folder and a file for each run of frames; `size` is that of all unpacked."""
    head = 36 + 8 * len(folders)
    files, data, places = bytearray(), bytearray(), []
    for number, frames in enumerate(folders):
        long = min(len(frames) * _FRAME, size)
        size -= long
        name = f"{number:06}".encode() + b"\0"
        files += struct.pack("<IIHHHH", long, 0, number, 0, 0, 0) + name
        places.append(len(data))
        for frame in frames:
            part = min(_FRAME, long)
            long -= part
            data += struct.pack("<IHH", 0, len(frame), part) + frame
    body = head + len(files)
    listed = b"".join(
        struct.pack("<IHH", body + place, len(frames), 3 | bits << 8)
        for place, frames in zip(places, folders, strict=True)
    )
    start = struct.pack(
        "<4sIIIIIBBHHHHH", b"MSCF", 0, body + len(data), 0, head, 0, 3, 1, len(folders), len(folders), 0, 0, 0
    )
    return start + listed + bytes(files) + bytes(data)


def _from_cabinet(cabinet: bytes) -> Iterator[bytes]:
    try:
        library = import_module("libarchive")
    except (ImportError, TypeError, AttributeError) as error:  # each where the system's library is missing
        raise OSError("no libarchive") from error
    try:
        with library.memory_reader(cabinet, "cab") as archive:
            for entry in archive:
                yield from entry.get_blocks(1 << 16)
    except library.ArchiveError as error:
        raise ValueError("frames that cannot be unpacked") from error
