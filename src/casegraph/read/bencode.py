"""Bencoded data (BEP 3), as lists for file exchange are written."""

from __future__ import annotations

_DEEPEST = 50
_MOST = 1_000_000


def decoded(data: bytes) -> object:
    """Return numbers, bytes, lists and dictionaries by bytes. Raises ValueError where they are broken."""
    return _Reader(data).value(0)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data, self._place, self._count = data, 0, 0

    def value(self, depth: int) -> object:
        self._count += 1
        if depth > _DEEPEST or self._count > _MOST:
            raise ValueError("nested too deep")
        mark = self._data[self._place : self._place + 1]
        if mark == b"i":
            return self._number(b"e", 1)
        if mark in {b"l", b"d"}:
            self._place += 1
            found: list[object] = []
            while self._data[self._place : self._place + 1] != b"e":
                found.append(self.value(depth + 1))
            self._place += 1
            if mark == b"l":
                return found
            keys = (key if isinstance(key, bytes) else b"" for key in found[::2])
            return dict(zip(keys, found[1::2], strict=False))
        size = self._number(b":", 0)
        if size < 0 or self._place + size > len(self._data):
            raise ValueError("cut short")
        self._place += size
        return self._data[self._place - size : self._place]

    def _number(self, end: bytes, skip: int) -> int:
        stop = self._data.find(end, self._place, self._place + 22)
        if stop < 0:
            raise ValueError("no number")
        text = self._data[self._place + skip : stop]
        self._place = stop + 1
        return int(text)
