"""Compressed RTF, as Outlook keeps formatted bodies ([MS-OXRTFCP])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from casegraph.read.limits import MAX_UNPACKED

_PACKED: Final = 0x75465A4C
_PLAIN: Final = 0x414C454D
_WINDOW: Final = 4096
_HEAD: Final = 16
_FIRST: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def unpacked(data: bytes) -> bytes:
    """Return the RTF, b"" where the data are none; broken data as far as they go."""
    if len(data) < 16:
        return b""
    _, size, kind, _ = struct.unpack_from("<IIII", data)
    if kind == _PLAIN:
        return data[_HEAD : _HEAD + size]
    if kind != _PACKED:
        return b""
    return bytes(_unrolled(data, min(size, MAX_UNPACKED)))


def _unrolled(data: bytes, most: int) -> bytearray:
    """Return what the tokens behind the header stand for: bytes as they are, or places in the window."""
    window = bytearray(_FIRST.ljust(_WINDOW, b"\0"))
    place = len(_FIRST)
    out = bytearray()
    for token in _tokens(data):
        if isinstance(token, int):
            run = bytes([token])
        else:
            start, length = token
            if start == place:  # points at the end: nothing follows
                break
            run = b""
            for step in range(length):  # a run may reach into itself
                byte = window[(start + step) % _WINDOW]
                window[(place + step) % _WINDOW] = byte
                run += bytes([byte])
        for byte in run:
            window[place] = byte
            place = (place + 1) % _WINDOW
        out += run
        if len(out) >= most:
            break
    return out[:most]


def _tokens(data: bytes) -> Iterator[int | tuple[int, int]]:
    """Yield bytes, and start and length of runs; each byte of flags tells the kind of eight tokens."""
    at = _HEAD
    while at < len(data):
        flags, at = data[at], at + 1
        for bit in range(8):
            width = 2 if flags >> bit & 1 else 1
            if at + width > len(data):
                return
            if width == 1:
                yield data[at]
            else:
                token = data[at] << 8 | data[at + 1]
                yield token >> 4, (token & 15) + 2
            at += width
