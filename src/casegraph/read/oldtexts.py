"""The running text of word processors and page makers of the 1980s and 1990s."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

_CHUNKS: Final = 0x18  # where the first list of chunks stands
_MOST_LISTS: Final = 1_000
_WRITE_TEXT: Final = 0x80
_WORKS_TEXT: Final = 0x100
_LONGEST_FUNCTION: Final = 1_024
_PRINTED: Final = 0.4  # of a WordPerfect 4 file's bytes, at least


def chunk_texts(data: bytes) -> Iterator[str]:
    """Yield the texts of a stream of chunks: Works 2000 to 9 (CHNKWKS) and Publisher's Quill (CHNKINK)."""
    place = _CHUNKS
    seen: set[int] = set()
    while place not in seen and len(seen) < _MOST_LISTS and place + 8 <= len(data):
        seen.add(place)
        _, count, following = struct.unpack_from("<HHI", data, place)
        for number in range(count):
            entry = data[place + 8 + 24 * number : place + 32 + 24 * number]
            if len(entry) == 24 and b"TEXT" in {entry[2:6], entry[12:16]}:
                start, size = struct.unpack_from("<II", entry, 16)
                yield data[start : start + size].decode("utf-16-le", "replace")
        place = following


def works_4(data: bytes) -> bytes:
    """Return the text of a document of Works 2 to 4: it stands from 0x100 to where the head says."""
    if len(data) < 0x2A:
        return b""
    (end,) = struct.unpack_from("<I", data, 0x26)
    return data[_WORKS_TEXT:end] if _WORKS_TEXT <= end <= len(data) else data[_WORKS_TEXT:]


def write_text(data: bytes) -> bytes:
    """Return the text of a Windows Write document."""
    (end,) = struct.unpack_from("<I", data, 0x0E) if len(data) >= 0x12 else (0,)
    return data[_WRITE_TEXT : max(end, _WRITE_TEXT)]


def word_2(data: bytes) -> bytes:
    """Return the text of a Word 2 document, as one whole; b"" where it is encrypted."""
    if len(data) < 0x20:
        return b""
    (flags,) = struct.unpack_from("<H", data, 0x0A)
    start, end = struct.unpack_from("<II", data, 0x18)
    return data[start:end] if not flags >> 8 & 1 and start < end else b""


def wordperfect_4(data: bytes) -> bytes | None:
    """Return the text of a WordPerfect 4 document, None where the data are none.

    It has no mark. Functions of one byte stand alone (0x80 to 0xBF); longer ones end with the byte with which
    they begin (0xC0 to 0xFE). A file that keeps to this to its end, and is words for the most part, is one.
    """
    out = bytearray()
    place = functions = 0
    while place < len(data):
        byte, place = data[place], place + 1
        if byte >= 0xC0:
            end = data.find(bytes([byte]), place, place + _LONGEST_FUNCTION)
            if end < 0 or byte == 0xFF:
                return None
            place, functions = end + 1, functions + 1
        elif byte >= 0x80:
            out += _SHORT.get(byte, b"")
        elif byte in _CONTROLS:
            out += _CONTROLS[byte]
        elif byte < 0x20 or byte == 0x7F:
            return None
        else:
            out.append(byte)
    return bytes(out) if functions and len(out) >= _PRINTED * len(data) else None


_CONTROLS: Final = {0x09: b"\t", 0x0A: b"\n", 0x0B: b" ", 0x0C: b"\n\n", 0x0D: b" "}
"""Tab, hard return, soft page, hard page, soft return."""
_SHORT: Final = {0x8C: b"\n\n", 0xA0: b" ", 0xA9: b"-", 0xAA: b"-", 0xAB: b"-"}
"""A hard return at a page's end, a hard space, hyphens."""
