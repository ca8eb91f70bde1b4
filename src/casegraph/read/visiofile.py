"""Visio drawings of before 2013 (VSD, versions 5 to 11): the texts of their shapes.

There is no published specification. Streams, pointers and chunks are as vsdump and Apache POI found them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from casegraph.read.wrappings import lzss_unpacked

_TRAILER: Final = 0x24  # where the first pointer stands
_TEXT: Final = 0x0E
_TEXT_HEAD: Final = 8  # bytes before a text in its chunk
_TRAILING: Final = frozenset({0x2C, 0x65, 0x66, 0x69, 0x6A, 0x6B, 0x70, 0x71})
_NOT_DIVIDED: Final = frozenset({0x1F, 0xC9})
_MOST_STREAMS, _MOST_CHUNKS, _DEEPEST, _LARGEST = 50_000, 200_000, 20, 64 << 20


@dataclass(frozen=True, slots=True)
class _Pointer:
    kind: int
    form: int
    place: int
    size: int


class Drawing:
    """The streams of a drawing."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.version = data[0x1A] if len(data) > 0x1A else 0
        self._left = _MOST_STREAMS
        self.broken = False

    def texts(self) -> Iterator[list[str]]:
        """Yield the texts of each stream that has any: mostly, one stream is one page."""
        if self.version < 5:
            self.broken = True
            return
        yield from self._below(self._pointer(self._data, _TRAILER), 0, set())

    def _pointer(self, data: bytes, place: int) -> _Pointer | None:
        form = "<IIIIH" if self.version >= 6 else "<HHIII"
        if place + struct.calcsize(form) > len(data):
            return None
        read = struct.unpack_from(form, data, place)
        if self.version >= 6:
            return _Pointer(read[0], read[4], read[2], read[3])
        return _Pointer(read[0], read[1], read[3], read[4])

    def _below(self, pointer: _Pointer | None, depth: int, seen: set[int]) -> Iterator[list[str]]:
        if pointer is None or depth > _DEEPEST or self._left <= 0 or pointer.place in seen:
            self.broken = self.broken or pointer is None
            return
        self._left -= 1
        if pointer.place:
            seen.add(pointer.place)
        kind = pointer.form >> 4
        if pointer.kind == 0x14 or kind == 5 or pointer.form in {0x1D, 0x1E}:
            content = self._content(pointer)
            for inner in self._pointers(pointer, content):
                yield from self._below(inner, depth + 1, seen)
        elif kind == 0xD or (self.version == 5 and pointer.kind in {0x15, 0x18}):
            texts = list(self._chunks(self._content(pointer)))
            yield from [texts] if texts else ()

    def _content(self, pointer: _Pointer) -> bytes:
        raw = self._data[pointer.place : pointer.place + pointer.size]
        if not pointer.form & 2:
            return raw
        return b"".join(lzss_unpacked(raw, 18, 0, min(_LARGEST, 20 * len(raw))))[4:]

    def _pointers(self, pointer: _Pointer, content: bytes) -> Iterator[_Pointer | None]:
        try:
            if self.version >= 6:
                (place,) = struct.unpack_from("<I", content)
                (count,) = struct.unpack_from("<I", content, place)
                place, each = place + 8, 18
            else:
                place = {0x1D: 30, 0x4E: 30, 0x1E: 54, 0x14: 130}.get(pointer.kind, 10)
                (count,) = struct.unpack_from("<H", content, place)
                place, each = place + 2, 16
        except struct.error:
            self.broken = True
            return
        for number in range(min(count, _MOST_STREAMS, (len(content) - place) // each + 1)):
            yield self._pointer(content, place + number * each)

    def _chunks(self, content: bytes) -> Iterator[str]:
        place = 0
        head = 19 if self.version >= 6 else 12
        for _ in range(_MOST_CHUNKS):
            if place + head > len(content):
                return
            if self.version >= 6:
                kind, _, flag, size, level, mark = struct.unpack_from("<IIIIHB", content, place)
            else:
                kind, _, level, mark, flag, size = struct.unpack_from("<HHBBHI", content, place)
            body = content[place + head : place + head + size]
            if kind == _TEXT and (text := self._text(body)):
                yield text
            place += head + size + self._behind(kind, flag, level, mark)

    def _behind(self, kind: int, flag: int, level: int, mark: int) -> int:
        """Return how many bytes stand between a chunk and the next."""
        if self.version < 6:
            return 0
        trailing = 8 if flag or kind in _TRAILING else 0
        if self.version == 6 or kind in _NOT_DIVIDED:
            return trailing
        divided = (
            trailing
            or (level == 2 and mark == 0x55)
            or (level == 2 and mark == 0x54 and kind == 0xAA)
            or (level == 3 and mark != 0x50)
            or kind == 0x69
        )
        return trailing + (4 if divided else 0)

    def _text(self, body: bytes) -> str:
        raw = body[_TEXT_HEAD:]
        text = raw.decode("utf-16-le" if self.version > 6 else "cp1252", "replace")
        return text.split("\0", 1)[0].replace("\x1e", "").replace("\ufffc", "").strip()
