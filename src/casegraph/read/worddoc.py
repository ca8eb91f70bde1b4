"""The characters of a binary Word document by story, and what it hides ([MS-DOC]; Word 6 and 95)."""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import olefile

from casegraph.read.charset import decode, detect
from casegraph.read.sectors import word_place
from casegraph.read.wordfields import shown

_BROKEN: Final = (
    OSError, ValueError, IndexError, TypeError, struct.error, RecursionError, AttributeError,
)  # fmt: skip
_WORD97, _WORD6 = 0xA5EC, 0xA5DC
_MAGIC: Final = (b"\xec\xa5", b"\xdc\xa5")
_FIRST97: Final = 0xC1  # nFib of Word 97; below it text is in a code page and tables stand in the same stream
_MOST: Final = 1 << 28  # bytes of a stream
_TABLE, _COMPLEX, _ENCRYPTED = 0x200, 0x4, 0x100  # flags at 0x0A
_CLX, _CHPX = 33, 12  # places in the list of what the table stream holds
_DELETED, _HIDDEN = 0x0800, 0x083C  # sprmCFRMarkDel, sprmCFVanish
_OPERANDS: Final = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_STORIES: Final = ("text", "note", "header", "", "comment", "note", "box", "box")
_PAGE: Final = 512
_PAGES: Final = {
    0x19: "cp1251", 0x22: "cp1251", 0x23: "cp1251", 0x02: "cp1251", 0x2F: "cp1251", 0x05: "cp1250",
    0x0E: "cp1250", 0x15: "cp1250", 0x18: "cp1250", 0x1B: "cp1250", 0x24: "cp1250", 0x08: "cp1253",
    0x1F: "cp1254", 0x0D: "cp1255", 0x01: "cp1256", 0x29: "cp1256", 0x25: "cp1257", 0x26: "cp1257",
    0x27: "cp1257", 0x1E: "cp874", 0x11: "cp932", 0x12: "cp949", 0x04: "gbk",
}  # fmt: skip
"""Code pages of primary languages; those that are not here have windows-1252."""
_TAIWAN: Final = frozenset({0x404, 0xC04, 0x1404})
_CYRILLIC: Final = frozenset({"cp1251", "koi8-r", "koi8-u", "cp866", "mac-cyrillic", "cp1125"})


class _Piece(NamedTuple):
    place: int  # in the stream
    size: int  # characters
    step: int  # bytes of a character


@dataclass(slots=True)
class Written:
    """What a document's streams hold. Stories have the marks of paragraphs, cells and fields in them."""

    stories: list[tuple[str, str]] = field(default_factory=list)  # "text", "note", "header", "comment", "box"
    deleted: list[str] = field(default_factory=list)  # with changes tracked
    hidden: list[str] = field(default_factory=list)
    encoding: str = "utf-16-le"  # or the code page of Word 6 and 95
    whole: bool = False  # the pieces of its text were found

    def of(self, *kinds: str) -> Iterator[str]:
        """Yield the stories of some kinds."""
        yield from (text for kind, text in self.stories if kind in kinds)


def written(data: bytes) -> Written | None:
    """Return what a compound file's document holds; None if it is none, encrypted or too broken."""
    try:
        stream, tables = _streams(data)
        magic, version = struct.unpack_from("<HH", stream)
        flags = struct.unpack_from("<H", stream, 0xA)[0]
        if magic not in {_WORD97, _WORD6} or flags & _ENCRYPTED:
            return None
        table = tables.get("1table" if flags & _TABLE else "0table", b"")
        return _new(stream, table) if version >= _FIRST97 else _old(stream, flags)
    except _BROKEN:
        return None


def _streams(data: bytes) -> tuple[bytes, dict[str, bytes]]:
    """Return the document's stream and its tables; of a broken file what follows its beginning."""
    found: dict[str, bytes] = {}
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as whole:
            for path in whole.listdir():
                if len(path) == 1 and path[0].lower() in {"worddocument", "0table", "1table"}:
                    found[path[0].lower()] = whole.openstream(path).read(_MOST)
    except _BROKEN:
        pass
    stream, place = found.get("worddocument", b""), word_place(data)
    if not stream.startswith(_MAGIC) and place > 0:
        stream = data[place:]
    return stream, found


def _new(stream: bytes, table: bytes) -> Written:
    (words,) = struct.unpack_from("<H", stream, 32)
    place = 34 + 2 * words
    (longs,) = struct.unpack_from("<H", stream, place)
    counts = struct.unpack_from("<8I", stream, place + 2 + 4 * 3)
    place += 2 + 4 * longs + 2
    pieces = list(_pieces(_part(stream, place, table, _CLX)))
    found = Written(whole=bool(pieces))
    if not pieces:
        pieces = _guessed(stream, counts[0])
    text = "".join(_characters(stream, piece) for piece in pieces)
    found.stories = list(_stories(text, counts))
    last = 0
    for deleted, start, end in _marked(stream, _part(stream, place, table, _CHPX)):
        kept = found.deleted if deleted else found.hidden
        if start != last:
            kept.append("\r")
        kept.extend(shown(_joined(part)) for part in _between(stream, pieces, start, end))
        last = end
    return found


def _part(stream: bytes, place: int, table: bytes, number: int) -> bytes:
    start, size = struct.unpack_from("<II", stream, place + 8 * number)
    return table[start : start + size]


def _pieces(clx: bytes) -> Iterator[_Piece]:
    """Yield the pieces of a piece table ([MS-DOC] 2.9.38 Clx)."""
    place = 0
    while place + 3 <= len(clx) and clx[place] == 1:
        place += 3 + struct.unpack_from("<H", clx, place + 1)[0]
    if clx[place : place + 1] != b"\x02":
        return
    plc = clx[place + 5 : place + 5 + struct.unpack_from("<I", clx, place + 1)[0]]
    count = (len(plc) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", plc)
    for number in range(count):
        (where,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)
        size = max(0, ends[number + 1] - ends[number])
        packed = where & 0x40000000
        yield _Piece((where & 0x3FFFFFFF) // (2 if packed else 1), size, 1 if packed else 2)


def _guessed(stream: bytes, count: int) -> list[_Piece]:
    """Return the text as one piece, as Word saves it where nothing was saved fast, by how it looks."""
    (place,) = struct.unpack_from("<I", stream, 0x18)
    sample = stream[place : place + 2_000]
    if not sample or not 0 < place < len(stream):
        return []
    wide = detect(sample[: len(sample) // 2 * 2]) == "utf-16-le"
    return [_Piece(place, count, 2 if wide else 1)]


def _characters(stream: bytes, piece: _Piece) -> str:
    """Return a piece's characters, one for each unit of UTF-16."""
    data = stream[piece.place : piece.place + piece.size * piece.step]
    if piece.step == 1:
        return data.decode("cp1252", "replace")
    return "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])))


def _joined(text: str) -> str:
    """Return units of UTF-16 as characters."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _stories(text: str, counts: tuple[int, ...]) -> Iterator[tuple[str, str]]:
    place = 0
    for kind, count in zip(_STORIES, counts, strict=True):
        part = text[place : place + count]
        place += count
        if kind and part.strip("\r\0"):
            yield kind, _joined(part)


def _marked(stream: bytes, plc: bytes) -> Iterator[tuple[bool, int, int]]:
    """Yield where runs of deleted (True) or hidden text begin and end in the stream ([MS-DOC] 2.9.33)."""
    count = max(0, (len(plc) - 4) // 8)
    for number in struct.unpack_from(f"<{count}I", plc, 4 * (count + 1)) if count else ():
        page = stream[(number & 0x3FFFFF) * _PAGE :][:_PAGE]
        if len(page) < _PAGE:
            continue
        runs = page[-1]
        places = struct.unpack_from(f"<{runs + 1}I", page)
        for run in range(runs):
            offset = 2 * page[4 * (runs + 1) + run]
            changes = set(_set(page[offset + 1 : offset + 1 + page[offset]])) if offset else set()
            if changes & {_DELETED, _HIDDEN}:
                yield _DELETED in changes, places[run], places[run + 1]


def _set(changes: bytes) -> Iterator[int]:
    """Yield the properties that a list of changes sets on."""
    place = 0
    while place + 3 <= len(changes):
        (code,) = struct.unpack_from("<H", changes, place)
        kind = code >> 13
        size = _OPERANDS.get(kind, 1 + changes[place + 2])
        if kind == 0 and changes[place + 2]:
            yield code
        place += 2 + size


def _between(stream: bytes, pieces: list[_Piece], start: int, end: int) -> Iterator[str]:
    """Yield the characters of the pieces between two places of the stream."""
    ordered = sorted(pieces)
    first = max(0, bisect_right(ordered, start, key=lambda piece: piece.place) - 1)
    for piece in ordered[first:]:
        if piece.place >= end:
            return
        begins = max(start - piece.place, 0) // piece.step
        ends = min(end - piece.place, piece.size * piece.step) // piece.step
        if begins < ends:
            yield _characters(stream, _Piece(piece.place + begins * piece.step, ends - begins, piece.step))


def _old(stream: bytes, flags: int) -> Written:
    """Return the stories of Word 6 or 95: bytes in the code page of the document's language."""
    (language,) = struct.unpack_from("<H", stream, 6)
    begin, end = struct.unpack_from("<II", stream, 0x18)
    counts = struct.unpack_from("<8I", stream, 0x34)
    data = stream[begin:end]
    if flags & _COMPLEX:
        start, size = struct.unpack_from("<II", stream, 0x160)
        pieces = _pieces(stream[start : start + size])
        data = b"".join(stream[one.place : one.place + one.size] for one in pieces) or data
    page = "big5" if language in _TAIWAN else _PAGES.get(language & 0x3FF)
    if page is None:  # Word of the West wrote in other alphabets too
        page = told if (told := detect(data)) in _CYRILLIC else "cp1252"
    found = Written(encoding=page, whole=bool(data.strip(b"\0\r")))
    place = 0
    for kind, count in zip(_STORIES, counts, strict=True):
        part = decode(data[place : place + count], page).text
        place += count
        if kind and part.strip("\r\0"):
            found.stories.append((kind, part))
    return found
