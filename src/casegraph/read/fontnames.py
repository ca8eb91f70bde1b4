"""The names in TrueType and OpenType fonts (ISO 14496-22, `name`)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

_NAMES: Final = {
    0: "rights", 1: "family", 2: "style", 4: "title", 5: "version", 7: "trademark", 8: "publisher",
    9: "creator", 10: "description", 11: "vendor_address", 13: "licence",
}  # fmt: skip
_MOST: Final = 2_000


def names(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield names and values; of a collection, those of its first fonts. Raises struct.error if broken."""
    starts = (0,)
    if data[:4] == b"ttcf":
        (count,) = struct.unpack_from(">I", data, 8)
        starts = struct.unpack_from(f">{min(count, 20)}I", data, 12)
    for start in starts:
        (tables,) = struct.unpack_from(">H", data, start + 4)
        for number in range(min(tables, 100)):
            tag, _, place, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * number)
            if tag == b"name":
                yield from _table(data, place)


def _table(data: bytes, place: int) -> Iterator[tuple[str, str]]:
    _, count, storage = struct.unpack_from(">HHH", data, place)
    for number in range(min(count, _MOST)):
        platform, _, _, name, size, at = struct.unpack_from(">6H", data, place + 6 + 12 * number)
        raw = data[place + storage + at : place + storage + at + size]
        if name in _NAMES:
            yield _NAMES[name], raw.decode("mac-roman" if platform == 1 else "utf-16-be", "replace")
