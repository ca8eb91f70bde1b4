"""Cells of a binary workbook that no parser of whole ones opens, past its broken places ([MS-XLS])."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from casegraph.read.charset import decode
from casegraph.read.grid import Raw, raw

_BOF, _SHEET, _STRINGS, _CONTINUE = 0x809, 0x85, 0xFC, 0x3C
_LABEL, _RICH, _SHARED, _NUMBER, _RK, _RKS, _FORMULA, _RESULT = (
    0x204, 0xD6, 0xFD, 0x203, 0x27E, 0xBD, 0x06, 0x207,
)  # fmt: skip
_CELLS: Final = 0x10  # kind of a stream of cells
_WIDE, _RUNS, _EXTRA = 1, 8, 4  # flags of a string
_LARGEST: Final = 8_224  # bytes of a record
_CHAIN: Final = 5
_MOST: Final = 2_000_000  # cells
_LONGEST: Final = 32_767  # characters of a cell


def _sound(stream: bytes, place: int, chain: int) -> bool:
    """Tell whether as many records as `chain` seem to follow one another from a place on."""
    for _ in range(chain):
        if place + 4 > len(stream):
            return place <= len(stream)
        kind, size = struct.unpack_from("<HH", stream, place)
        if size > _LARGEST or not (0 < kind < 0x900 or 0x1000 < kind < 0x1100):
            return False
        place += 4 + size
    return True


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a stream; where one is broken, go on where a chain of sound ones begins."""
    place = 0
    while place + 4 <= len(stream):
        if _sound(stream, place, 2):
            kind, size = struct.unpack_from("<HH", stream, place)
            yield kind, stream[place + 4 : place + 4 + size]
            place += 4 + size
        else:
            place += 1
            while place + 4 <= len(stream) and not _sound(stream, place, _CHAIN):
                place += 1


class Salvaged:
    """What is left of a workbook: names of sheets, and their cells without the formats that tell dates."""

    def __init__(self, stream: bytes) -> None:
        self.names: list[str] = []
        self.hidden: set[str] = set()
        self._sheets: list[dict[tuple[int, int], Raw]] = []
        self._strings: list[str] = []
        self._at: tuple[int, int] | None = None  # of a formula whose text follows
        self._new = True
        self._count = 0
        shared: list[bytes] = []
        for kind, body in _records(stream):
            if kind == _STRINGS or (kind == _CONTINUE and shared and not self._strings):
                shared.append(body)
                continue
            if shared and not self._strings:
                self._strings = list(_strings(shared))
            self._take(kind, body)
        while len(self.names) < len(self._sheets):
            self.names.append(f"Sheet{len(self.names) + 1}")

    @property
    def filled(self) -> bool:
        """Whether there is any cell."""
        return self._count > 0

    def rows(self, name: str) -> Iterable[Sequence[Raw]]:
        """Yield the rows of a sheet that hold anything: a broken number would make thousands of blanks."""
        number = self.names.index(name)
        cells = self._sheets[number] if number < len(self._sheets) else {}
        rows: dict[int, dict[int, Raw]] = {}
        for (row, column), cell in cells.items():
            rows.setdefault(row, {})[column] = cell
        for _, own in sorted(rows.items()):
            yield [own.get(column, Raw()) for column in range(max(own) + 1)]

    def _take(self, kind: int, body: bytes) -> None:
        if kind == _BOF and len(body) >= 4:
            version, what = struct.unpack_from("<HH", body)
            self._new = version == 0x600
            if what == _CELLS:
                self._sheets.append({})
        elif kind == _SHEET and len(body) > 8:
            name = (
                _letters(body[8:], body[6], wide=bool(body[7] & _WIDE))
                if self._new
                else decode(body[7:]).text
            )
            self.names.append(name if name not in self.names and name else f"Sheet{len(self.names) + 1}")
        elif self._sheets and self._count < _MOST:
            self._cells(kind, body)

    def _cells(self, kind: int, body: bytes) -> None:
        if kind == _RESULT and self._at is not None:
            self._put(*self._at, raw(_string(body, new=self._new)))
            self._at = None
        if len(body) < 8 or kind not in {_LABEL, _RICH, _SHARED, _NUMBER, _RK, _RKS, _FORMULA}:
            return
        row, column = struct.unpack_from("<HH", body)
        if kind == _SHARED and len(body) >= 10:
            (number,) = struct.unpack_from("<I", body, 6)
            self._put(row, column, raw(self._strings[number] if number < len(self._strings) else ""))
        elif kind in {_LABEL, _RICH}:
            self._put(row, column, raw(_string(body[6:], new=self._new)))
        elif kind == _RKS:
            for place in range(6, len(body) - 5, 6):
                self._put(row, column + (place - 6) // 6, _shown(_packed(body[place : place + 4])))
        elif kind == _RK and len(body) >= 10:
            self._put(row, column, _shown(_packed(body[6:10])))
        elif len(body) >= 14:
            if kind == _FORMULA and body[12:14] == b"\xff\xff":
                self._at = (row, column) if body[6] == 0 else None
            else:
                self._put(row, column, _shown(struct.unpack_from("<d", body, 6)[0]))

    def _put(self, row: int, column: int, cell: Raw) -> None:
        if cell.text and column < 256:
            self._sheets[-1][row, column] = cell
            self._count += 1


def _packed(data: bytes) -> float:
    """Return an RK number: an integer of 30 bits or the upper half of a double, perhaps a hundredth."""
    (value,) = struct.unpack("<i", data)
    half = struct.pack("<i", value & ~3)
    number = float(value >> 2) if value & 2 else struct.unpack("<d", bytes(4) + half)[0]
    return number / 100 if value & 1 else number


def _shown(value: float) -> Raw:
    if not math.isfinite(value):
        return Raw()
    text = repr(int(value)) if value == int(value) and abs(value) < 1 << 53 else repr(value)
    return Raw(text, "number", text)


def _letters(data: bytes, count: int, *, wide: bool) -> str:
    if wide:
        return data[: 2 * count].decode("utf-16-le", "replace")
    return data[:count].decode("latin-1")


def _string(body: bytes, *, new: bool) -> str:
    """Return a string with a length of 16 bits: with flags (BIFF8), or in a code page."""
    if len(body) < 3:
        return ""
    (count,) = struct.unpack_from("<H", body)
    if not new:
        return decode(body[2 : 2 + count]).text
    return _letters(body[3:], min(count, _LONGEST), wide=bool(body[2] & _WIDE))


def _strings(parts: list[bytes]) -> Iterator[str]:
    """Yield the shared strings ([MS-XLS] 2.5.293); one that goes on in the next part has flags there."""
    part, place = 0, 8
    while part < len(parts):
        data = parts[part]
        if place + 3 > len(data):
            part, place = part + 1, max(0, place - len(data))
            continue
        count, flags = struct.unpack_from("<HB", data, place)
        place += 3
        runs = extra = 0
        if flags & _RUNS and place + 2 <= len(data):
            runs, place = struct.unpack_from("<H", data, place)[0], place + 2
        if flags & _EXTRA and place + 4 <= len(data):
            extra, place = struct.unpack_from("<I", data, place)[0], place + 4
        text = ""
        while True:
            size = 1 + (flags & _WIDE)
            piece = _letters(
                data[place:], min(count - len(text), (len(data) - place) // size), wide=size == 2
            )
            text += piece
            place += size * len(piece)
            if len(text) >= count or part + 1 >= len(parts):
                break
            part, place = part + 1, 1
            data = parts[part]
            flags = data[0] if data else 0
        yield text
        place += 4 * runs + extra
