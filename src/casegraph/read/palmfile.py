"""Databases of Palm and Mobipocket: their records, and the text of books in them.

After the descriptions of PDB, PalmDOC and MOBI by MobileRead, with the packings PalmDOC (LZ77) and HUFF/CDIC.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

from casegraph.read.limits import MAX_CHARACTERS

_RECORD: Final = 4096
_MOST_RECORDS: Final = 65_535
_DEEPEST: Final = 32
_PLAIN, _PALMDOC, _HUFFMAN = 1, 2, 17_480


@dataclass(slots=True)
class Book:
    """A book's text as bytes, and what it says of itself by EXTH number."""

    text: bytes = b""
    encoding: str | None = None
    markup: bool = False
    encrypted: bool = False
    broken: bool = False
    title: bytes = b""
    says: dict[int, list[bytes]] = field(default_factory=dict)
    first_image: int = 0


def records(data: bytes) -> list[bytes]:
    """Return the records of a database; those that the file has lost are left out."""
    if len(data) < 78:
        return []
    (count,) = struct.unpack_from(">H", data, 76)
    places = [
        struct.unpack_from(">I", data, 78 + 8 * number)[0]
        for number in range(min(count, _MOST_RECORDS))
        if 78 + 8 * number + 4 <= len(data)
    ]
    ends = [*places[1:], len(data)]
    return [data[start:end] for start, end in zip(places, ends, strict=True)]


def book(found: list[bytes]) -> Book:
    """Return the book in some records. Raises ValueError where the first one is no book's."""
    head = found[0] if found else b""
    if len(head) < 16:
        raise ValueError("no head")
    packing, length, count, _, locked = struct.unpack_from(">HxxIHHH", head)
    made = Book(encrypted=bool(locked))
    trailing = huffman = 0
    if head[16:20] == b"MOBI" and len(head) >= 132:
        trailing, huffman = _mobi(made, head)
    if made.encrypted:
        return made
    unpack = _Huffman(found, huffman, head) if packing == _HUFFMAN else None
    parts: list[bytes] = []
    size = 0
    for record in found[1 : count + 1]:
        body = record[: len(record) - _trailing(record, trailing)]
        try:
            part = body if packing == _PLAIN else unpack.record(body) if unpack else palmdoc(body)
        except (ValueError, IndexError, struct.error):
            made.broken = True
            continue
        parts.append(part)
        size += len(part)
        if size > 4 * MAX_CHARACTERS:
            break
    made.text = b"".join(parts)[: max(length, 0) or None]
    made.broken = made.broken or len(found) <= count
    return made


def _mobi(made: Book, head: bytes) -> tuple[int, int]:
    """Fill in what a MOBI head says; return its flags of trailing data and the place of its tables."""
    size, _, coding = struct.unpack_from(">III", head, 20)
    made.encoding = {65_001: "utf-8", 1252: "cp1252"}.get(coding)
    made.markup = True
    start, length = struct.unpack_from(">II", head, 84)
    made.title = head[start : start + length]
    (made.first_image,) = struct.unpack_from(">I", head, 108)
    if struct.unpack_from(">I", head, 128)[0] & 0x40:
        _exth(made, head[16 + size :])
    trailing = struct.unpack_from(">H", head, 242)[0] if size >= 228 and len(head) >= 244 else 0
    huffman = struct.unpack_from(">I", head, 112)[0]
    return trailing, huffman


def _exth(made: Book, data: bytes) -> None:
    if data[:4] != b"EXTH" or len(data) < 12:
        return
    (count,) = struct.unpack_from(">I", data, 8)
    place = 12
    for _ in range(min(count, 10_000)):
        if place + 8 > len(data):
            return
        kind, size = struct.unpack_from(">II", data, place)
        made.says.setdefault(kind, []).append(data[place + 8 : place + size])
        place += max(size, 8)


def _trailing(record: bytes, flags: int) -> int:
    """Return how many bytes behind the text of a record are none of it."""
    size = 0
    for _ in range((flags >> 1).bit_count()):
        end = len(record) - size
        number = 0
        for shift, byte in enumerate(reversed(record[max(0, end - 4) : end])):
            number |= (byte & 0x7F) << 7 * shift
            if byte & 0x80:
                break
        size += number
    if flags & 1 and size < len(record):
        size += (record[len(record) - size - 1] & 3) + 1
    return min(size, len(record))


def palmdoc(packed: bytes) -> bytes:
    """Return a record that PalmDOC packed. Raises ValueError where a run reaches before its beginning."""
    out = bytearray()
    place = 0
    while place < len(packed):
        byte, place = packed[place], place + 1
        if 1 <= byte <= 8:
            out += packed[place : place + byte]
            place += byte
        elif byte < 0x80:
            out.append(byte)
        elif byte >= 0xC0:
            out += bytes((0x20, byte ^ 0x80))
        elif place < len(packed):
            pair = (byte << 8 | packed[place]) & 0x3FFF
            place += 1
            back = pair >> 3
            if not 0 < back <= len(out):
                raise ValueError("a run before the beginning")
            for _ in range((pair & 7) + 3):
                out.append(out[-back])
    return bytes(out)


class _Huffman:
    """The packing HUFF/CDIC: a code table, and a dictionary whose phrases may themselves be packed."""

    def __init__(self, found: list[bytes], place: int, head: bytes) -> None:
        count = struct.unpack_from(">I", head, 116)[0] if len(head) >= 120 else 0
        tables = found[place : place + min(count, 1_000)]
        if not tables or tables[0][:4] != b"HUFF" or len(tables[0]) < 16:
            raise ValueError("no code table")
        short, long = struct.unpack_from(">II", tables[0], 8)
        try:
            self._short = struct.unpack_from(">256I", tables[0], short)
            pairs = struct.unpack_from(">64I", tables[0], long)
            self._least = [0, *pairs[::2]]
            self._most = [0, *pairs[1::2]]
            self._phrases = [phrase for one in tables[1:] for phrase in _phrases(one)]
        except struct.error as error:
            raise ValueError("a broken code table") from error
        self._known: dict[int, bytes] = {}

    def record(self, packed: bytes, depth: int = 0) -> bytes:
        """Return a record unpacked. Raises ValueError for a code that is none, or one that holds itself."""
        if depth > _DEEPEST:
            raise ValueError("nested too deep")
        out = bytearray()
        left = len(packed) * 8
        number = int.from_bytes(packed, "big")
        while left > 0:
            code = (number << 32 >> left) & 0xFFFFFFFF if left < 32 else number >> left - 32 & 0xFFFFFFFF
            entry = self._short[code >> 24]
            length, last = entry & 0x1F, ((entry >> 8) + 1 << 32 - (entry & 0x1F)) - 1
            if not entry & 0x80:
                length = max(length, 1)
                while length <= 32 and code < self._least[length] << 32 - length:
                    length += 1
                if length > 32:
                    raise ValueError("no code")
                last = (self._most[length] + 1 << 32 - length) - 1
            if not length:
                raise ValueError("no code")
            left -= length
            if left < 0:
                break
            out += self._phrase(last - code >> 32 - length, depth)
            if len(out) > 16 * _RECORD:
                raise ValueError("a record too long")
        return bytes(out)

    def _phrase(self, index: int, depth: int) -> bytes:
        if index in self._known:
            return self._known[index]
        if not 0 <= index < len(self._phrases):
            raise ValueError("no phrase")
        phrase, whole = self._phrases[index]
        if not whole:
            phrase = self.record(phrase, depth + 1)
        self._known[index] = phrase
        return phrase


def _phrases(table: bytes) -> list[tuple[bytes, bool]]:
    """Return the phrases of one CDIC record, and whether each stands as it is."""
    if table[:4] != b"CDIC" or len(table) < 16:
        raise ValueError("no dictionary")
    total, bits = struct.unpack_from(">II", table, 8)
    count = min(1 << min(bits, 16), total, (len(table) - 16) // 2)
    found = []
    for place in struct.unpack_from(f">{count}H", table, 16):
        (size,) = struct.unpack_from(">H", table, 16 + place)
        found.append((table[18 + place : 18 + place + (size & 0x7FFF)], bool(size & 0x8000)))
    return found
