"""Windows shortcuts ([MS-SHLLINK]): what they point to, on which disk and computer, and when it was used."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from casegraph.read.charset import decode

_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_DRIVES: Final = {2: "removable", 3: "fixed", 4: "network", 5: "optical", 6: "memory"}
_TRACKER: Final = 0xA0000003
_STRINGS: Final = (
    (0x4, "description"), (0x8, "relative_path"), (0x10, "working_folder"), (0x20, "arguments"),
    (0x40, "icon"),
)  # fmt: skip
_WIDE, _IDS, _INFO = 0x80, 0x1, 0x2


def facts(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield names and values of what a shortcut says. Raises struct.error where it ends too soon."""
    (flags,) = struct.unpack_from("<I", data, 20)
    for place, name in ((28, "target_created"), (36, "target_accessed"), (44, "target_modified")):
        if when := _moment(struct.unpack_from("<Q", data, place)[0]):
            yield name, when
    yield "target_size", str(struct.unpack_from("<I", data, 52)[0])
    place = 76
    if flags & _IDS:
        place += 2 + struct.unpack_from("<H", data, place)[0]
    if flags & _INFO:
        (size,) = struct.unpack_from("<I", data, place)
        yield from _info(data[place : place + size])
        place += size
    for flag, name in _STRINGS:
        if flags & flag:
            (count,) = struct.unpack_from("<H", data, place)
            size = count * (2 if flags & _WIDE else 1)
            raw = data[place + 2 : place + 2 + size]
            yield name, raw.decode("utf-16-le", "replace") if flags & _WIDE else decode(raw).text
            place += 2 + size
    yield from _extra(data, place)


def _moment(ticks: int) -> str:
    try:
        when = _EPOCH + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return ""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ") if ticks else ""


def _info(info: bytes) -> Iterator[tuple[str, str]]:
    """Yield the path and the disk of a LinkInfo structure."""
    head, flags, volume, local, share, suffix = struct.unpack_from("<6I", info, 4)
    path = ""
    if flags & 1:
        kind, serial, label = struct.unpack_from("<III", info, volume + 4)
        yield "disk", _DRIVES.get(kind, "unknown")
        yield "disk_serial", f"{serial >> 16:04X}-{serial & 0xFFFF:04X}"
        yield "disk_label", _ended(info, volume + label) if label != 0x14 else ""
        path = _ended(info, local)
        if head >= 0x24:
            path = _wide(info, struct.unpack_from("<I", info, 28)[0]) or path
    if flags & 2:
        path = _ended(info, share + struct.unpack_from("<I", info, share + 8)[0]) + "\\"
    yield "target", path + (_ended(info, suffix) if suffix else "")


def _ended(data: bytes, place: int) -> str:
    return decode(data[place : place + 1_000].split(b"\0", 1)[0]).text


def _wide(data: bytes, place: int) -> str:
    return data[place : place + 2_000].decode("utf-16-le", "replace").split("\0", 1)[0] if place else ""


def _extra(data: bytes, place: int) -> Iterator[tuple[str, str]]:
    """Yield the computer that the shortcut was made on, of the data blocks behind the strings."""
    for _ in range(100):
        if place + 8 > len(data):
            return
        size, mark = struct.unpack_from("<II", data, place)
        if size < 8:
            return
        if mark == _TRACKER:
            yield "computer", _ended(data[: place + 32], place + 16)
            node = data[place + size - 6 : place + size]  # the last part of a GUID made from the network card
            yield "network_card", ":".join(f"{byte:02X}" for byte in node)
        place += size
