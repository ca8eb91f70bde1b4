"""Cells of old workbooks: Lotus 1-2-3 (WK1 to WK4), Quattro Pro (WQ1); exchange formats DIF and SYLK."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

Cell = tuple[int, int, int, str | float]
"""Sheet, row and column from 0, and what stands there."""

_MOST_RECORDS: Final = 2_000_000
_SMALL: Final = (5000.0, 500.0, 0.05, 0.005, 0.0005, 0.00005, 0.0625, 0.015625)
_FIELD: Final = re.compile(r";(?!;)")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?$")
_ALIGNED: Final = b"'\"^\\|"


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    for _ in range(_MOST_RECORDS):
        if place + 4 > len(data):
            return
        kind, size = struct.unpack_from("<HH", data, place)
        yield kind, data[place + 4 : place + 4 + size]
        place += 4 + size


def lotus_cells(data: bytes) -> Iterator[tuple[int, int, int, bytes | float]]:
    """Yield the cells of a workbook of 1-2-3 or Quattro Pro for DOS; words as bytes."""
    late = data[4:6] >= b"\0\x10" and data[:3] == b"\0\0\x1a"
    pending: tuple[int, int, int] | None = None
    for kind, body in _records(data):
        try:
            if late:
                yield from _late(kind, body)
                continue
            place = struct.unpack_from("<HH", body, 1) if kind in {0x0D, 0x0E, 0x0F, 0x10} else (0, 0)
            if kind == 0x0D:
                yield 0, place[1], place[0], float(struct.unpack_from("<h", body, 5)[0])
            elif kind in {0x0E, 0x10}:
                pending = (0, place[1], place[0])
                number = struct.unpack_from("<d", body, 5)[0]
                if number == number:  # noqa: PLR0124 - not a number: a formula whose value is words
                    yield *pending, number
            elif kind == 0x0F:
                yield 0, place[1], place[0], _label(body[5:])
            elif kind == 0x33 and pending is not None:
                yield *pending, _label(body[5:])
        except struct.error:
            continue


def _late(kind: int, body: bytes) -> Iterator[tuple[int, int, int, bytes | float]]:
    """Yield the cell of a record of 1-2-3 from release 3 on."""
    if kind not in {0x16, 0x17, 0x18, 0x19, 0x1A, 0x25, 0x26, 0x27, 0x28}:
        return
    row, sheet, column = struct.unpack_from("<HBB", body)
    if kind in {0x16, 0x1A}:
        yield sheet, row, column, _label(body[4:])
    elif kind in {0x17, 0x19}:
        yield sheet, row, column, _wide(body[4:14])
    elif kind == 0x18:
        (small,) = struct.unpack_from("<h", body, 4)
        yield sheet, row, column, (small >> 4) * _SMALL[small >> 1 & 7] if small & 1 else float(small >> 1)
    elif kind == 0x25:
        (packed,) = struct.unpack_from("<I", body, 4)
        number = float(packed >> 6)
        number = number / 10 ** (packed & 15) if packed & 0x10 else number * 10 ** (packed & 15)
        yield sheet, row, column, -number if packed & 0x20 else number
    elif kind in {0x27, 0x28}:
        yield sheet, row, column, struct.unpack_from("<d", body, 4)[0]


def _wide(raw: bytes) -> float:
    """Return a number of 80 bits (IEEE 754 extended)."""
    mantissa, exponent = struct.unpack("<QH", raw)
    value: float = mantissa / (1 << 63)
    power = (exponent & 0x7FFF) - 16_383
    if not -1_000 < power < 1_000:
        return 0.0
    return (-value if exponent & 0x8000 else value) * float(2**power if power >= 0 else 1 / 2**-power)


def _label(raw: bytes) -> bytes:
    text = raw.split(b"\0", 1)[0]
    return text[1:] if text[:1] and text[0] in _ALIGNED else text


def sylk_cells(text: str) -> Iterator[Cell]:
    """Yield the cells of a SYLK file. A row or column that is not said is that of the cell before."""
    row = column = 0
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        kind, *fields = _FIELD.split(line.replace(";;", "\x00"))
        if kind not in {"C", "F"}:
            continue
        value: str | float | None = None
        for field in fields:
            name, rest = field[:1], field[1:].replace("\x00", ";")
            if name == "Y" and rest.isdecimal():
                row = int(rest) - 1
            elif name == "X" and rest.isdecimal():
                column = int(rest) - 1
            elif name == "K" and kind == "C":
                quoted = rest[:1] == '"'
                value = rest.strip('"') if quoted or not _NUMBER.match(rest) else float(rest)
        if value is not None:
            yield 0, row, column, value


def dif_cells(text: str) -> Iterator[Cell]:
    """Yield the cells of a DIF file: pairs of lines, of which -1 begins a row."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = next((place for place, line in enumerate(lines) if line.strip() == "DATA"), len(lines))
    row, column = -1, 0
    for head, shown in zip(lines[start + 3 :: 2], lines[start + 4 :: 2], strict=False):
        kind, _, number = head.partition(",")
        if kind == "-1":
            if shown.strip() == "EOD":
                return
            row, column = row + 1, 0
        elif row >= 0:
            if kind == "0" and _NUMBER.match(number.strip()):
                yield 0, row, column, float(number)
            elif kind == "1":
                yield 0, row, column, shown.strip().strip('"').replace('""', '"')
            column += 1
