"""Access databases (Jet 3 and 4, ACE): tables, columns and rows, as mdbtools and Jackcess found them."""

from __future__ import annotations

import struct
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

_KEY: Final = b"\xc7\xda\x39\x6b"
_DATA, _DEFINITION, _MAP = 1, 2, 5
_OBJECTS: Final = 2  # the page that defines the list of all objects
_TABLE: Final = 1  # a kind of object
_SYSTEM: Final = 0x80000002
_DELETED, _ELSEWHERE, _PLACE = 0x4000, 0x8000, 0x1FFF
_BOOLEAN, _MONEY, _DATE, _TEXT, _OLE, _MEMO, _GUID, _NUMERIC, _COMPLEX = 1, 5, 8, 10, 11, 12, 15, 16, 18
_FORMS: Final = {2: "<B", 3: "<h", 4: "<i", 6: "<f", 7: "<d", 0x12: "<i", 0x13: "<q"}
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - the format keeps no zone
_MOST_CHAIN: Final = 10_000

Value = str | int | float | bool | Decimal | datetime | bytes | None


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where things stand, by the version of the format."""

    page: int
    rows: int  # of a data page: the number of rows
    count: int  # bytes of the number of columns in a row
    columns: int  # of a table's definition: the number of columns
    variable: int
    indices: int
    usage: int
    start: int  # the first index
    index: int  # bytes of an index
    column: tuple[int, int, int, int, int, int]  # number, variable number, flags, place, size; bytes of all
    name: int  # bytes of the length of a name


_JET3: Final = _Layout(2048, 8, 1, 25, 23, 31, 35, 43, 8, (1, 3, 13, 14, 16, 18), 1)
_JET4: Final = _Layout(4096, 12, 2, 45, 43, 51, 55, 63, 12, (5, 7, 15, 21, 23, 25), 2)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type and how its values are kept."""

    name: str
    kind: int
    number: int
    variable: int
    fixed: bool
    place: int
    size: int
    scale: int


class Database:
    """A database. `encrypted` tells that it needs a password. Raises ValueError where it is broken."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 3 * 2048:
            raise ValueError("too short")
        self._data = data
        self._layout = _JET4 if data[0x14] else _JET3
        head = _rc4(_KEY, data[0x18 : 0x18 + 128])
        (page,) = struct.unpack_from("<H", head, 0x3C - 0x18)
        self._charset = f"cp{page}" if page else "cp1252"
        self._key = head[0x3E - 0x18 : 0x42 - 0x18] if data[0x14] <= 1 else bytes(4)
        self.encrypted = self.page(_OBJECTS)[:1] != bytes([_DEFINITION])

    def page(self, number: int) -> bytes:
        """Return a page, empty where there is none."""
        size = self._layout.page
        raw = self._data[number * size : (number + 1) * size]
        if not any(self._key) or not number:
            return raw
        return _rc4(bytes(a ^ b for a, b in zip(self._key, struct.pack("<I", number), strict=True)), raw)

    def tables(self) -> Iterator[tuple[str, int]]:
        """Yield names of the user's tables, and the pages that define them."""
        objects = Table(self, _OBJECTS)
        names = [column.name for column in objects.columns]
        for row in objects.rows():
            found = dict(zip(names, row, strict=True))
            kind, flags, place = found.get("Type"), found.get("Flags"), found.get("Id")
            if not (isinstance(kind, int) and isinstance(flags, int) and isinstance(place, int)):
                continue
            if kind & 0x7F == _TABLE and not flags & 0xFFFFFFFF & _SYSTEM:
                yield str(found.get("Name")), place & 0xFFFFFF

    def pages(self) -> int:
        """Return how many pages the file has."""
        return len(self._data) // self._layout.page

    @property
    def layout(self) -> _Layout:
        """Where things stand."""
        return self._layout

    def row(self, pointer: int) -> bytes:
        """Return the row that a pointer names: the page, and the number on it in the lowest byte."""
        page, number = self.page(pointer >> 8), pointer & 0xFF
        place = self._layout.rows + 2 + 2 * number
        if place + 2 > len(page):
            return b""
        start = struct.unpack_from("<H", page, place)[0] & _PLACE
        end = struct.unpack_from("<H", page, place - 2)[0] & _PLACE if number else self._layout.page
        return page[start:end]

    def text(self, raw: bytes) -> str:
        """Return a text. Jet 4 packs Latin ones: after FF FE, with zero bytes to change between both ways."""
        if self._layout is _JET3:
            return raw.decode(self._charset, "replace")
        if raw[:2] != b"\xff\xfe":
            return raw.decode("utf-16-le", "replace")
        parts, packed, place = [], True, 2
        while place < len(raw):
            end = raw.find(b"\0", place) if packed else place
            if packed:
                end = end if end >= 0 else len(raw)
                parts.append(raw[place:end].decode("latin-1"))
            else:
                while end < len(raw) and raw[end]:
                    end += 2
                parts.append(raw[place:end].decode("utf-16-le", "replace"))
            place, packed = end + 1, not packed
        return "".join(parts)

    def long(self, raw: bytes) -> bytes:
        """Return a long value: it stands in the row, on another page, or on a chain of them."""
        if len(raw) < 12:
            return b""
        size, pointer = struct.unpack_from("<II", raw)
        kind, size = size >> 24, size & 0xFFFFFF
        if kind & 0x80:
            return raw[12 : 12 + size]
        if kind & 0x40:
            return self.row(pointer)[:size]
        parts: list[bytes] = []
        got = 0
        for _ in range(_MOST_CHAIN):
            part = self.row(pointer)
            if not pointer or len(part) < 4 or got >= size:
                break
            parts.append(part[4:])
            got += len(part) - 4
            (pointer,) = struct.unpack_from("<I", part)
        return b"".join(parts)[:size]


class Table:
    """One table. Raises ValueError where its definition is broken."""

    def __init__(self, base: Database, page: int) -> None:
        self._base, self._page = base, page
        layout = base.layout
        parts: list[bytes] = []
        place = page
        while place and len(parts) < _MOST_CHAIN:
            raw = base.page(place)
            if raw[:1] != bytes([_DEFINITION]) or len(raw) < layout.page:
                break
            parts.append(raw if not parts else raw[8:])
            (place,) = struct.unpack_from("<I", raw, 4)
        self._raw = b"".join(parts)
        if not self._raw:
            raise ValueError("no definition")
        try:
            (count,) = struct.unpack_from("<H", self._raw, layout.columns)
            (self._variable,) = struct.unpack_from("<H", self._raw, layout.variable)
            (indices,) = struct.unpack_from("<I", self._raw, layout.indices)
            self.columns = sorted(self._columns(count, indices), key=lambda column: column.number)
        except (struct.error, IndexError) as error:
            raise ValueError("a broken definition") from error

    def _columns(self, count: int, indices: int) -> Iterator[Column]:
        layout = self._base.layout
        number, variable, flags, fixed, size, each = layout.column
        place = layout.start + indices * layout.index
        names = place + count * each
        for _ in range(count):
            raw = self._raw[place : place + each]
            (length,) = struct.unpack_from("<H" if layout.name == 2 else "<B", self._raw, names)
            names += layout.name
            yield Column(
                name=self._base.text(self._raw[names : names + length]),
                kind=raw[0],
                number=struct.unpack_from("<H", raw, number)[0],
                variable=struct.unpack_from("<H", raw, variable)[0],
                fixed=bool(raw[flags] & 1),
                place=struct.unpack_from("<H", raw, fixed)[0],
                size=struct.unpack_from("<H", raw, size)[0],
                scale=raw[12],
            )
            names += length
            place += each

    def _pages(self) -> Iterator[int]:
        """Yield the table's data pages by its usage map; all that name it as theirs, where that is broken."""
        (pointer,) = struct.unpack_from("<I", self._raw, self._base.layout.usage)
        usage = self._base.row(pointer)
        found = list(self._mapped(usage)) if len(usage) >= 5 else []
        for number in found or range(1, self._base.pages()):
            page = self._base.page(number)
            if page[:1] == bytes([_DATA]) and page[4:8] == struct.pack("<I", self._page):
                yield number

    def _mapped(self, usage: bytes) -> Iterator[int]:
        if usage[0] == 0:
            (start,) = struct.unpack_from("<I", usage, 1)
            yield from (start + bit for bit in _bits(usage[5:]))
        elif usage[0] == 1:
            each = (self._base.layout.page - 4) * 8
            for number, (pointer,) in enumerate(
                struct.iter_unpack("<I", usage[1 : len(usage) - (len(usage) - 1) % 4])
            ):
                page = self._base.page(pointer) if pointer else b""
                if page[:1] == bytes([_MAP]):
                    yield from (number * each + bit for bit in _bits(page[4:]))

    def rows(self) -> Iterator[list[Value]]:
        """Yield the rows that are not deleted, in the order of the columns; what is broken in one is None."""
        layout = self._base.layout
        for number in self._pages():
            page = self._base.page(number)
            (count,) = struct.unpack_from("<H", page, layout.rows)
            end = layout.page
            for one in range(min(count, (layout.page - layout.rows - 2) // 2)):
                (place,) = struct.unpack_from("<H", page, layout.rows + 2 + 2 * one)
                start = place & _PLACE
                if not place & _DELETED and start < end:
                    raw = page[start:end]
                    if place & _ELSEWHERE:
                        raw = self._base.row(struct.unpack_from("<I", raw)[0]) if len(raw) >= 4 else b""
                    yield self._row(raw)
                end = start

    def _row(self, raw: bytes) -> list[Value]:
        try:
            return self._values(raw)
        except (struct.error, IndexError):
            return [None] * len(self.columns)

    def _values(self, raw: bytes) -> list[Value]:
        layout = self._base.layout
        count = struct.unpack_from("<H" if layout.count == 2 else "<B", raw)[0]
        mask_size = (count + 7) // 8
        mask = raw[len(raw) - mask_size :]
        places = self._places(raw, mask_size) if self._variable else []
        values: list[Value] = []
        for column in self.columns:
            there = column.number < count and bool(mask[column.number // 8] >> column.number % 8 & 1)
            if column.kind == _BOOLEAN:
                values.append(there)
            elif not there:
                values.append(None)
            elif column.fixed:
                start = layout.count + column.place
                values.append(self._value(column, raw[start : start + column.size]))
            elif column.variable + 1 < len(places):
                values.append(self._value(column, raw[places[column.variable] : places[column.variable + 1]]))
            else:
                values.append(None)
        return values

    def _places(self, raw: bytes, mask: int) -> list[int]:
        """Return where the values of changing length begin in a row, and the last ends."""
        last = len(raw) - 1
        if self._base.layout is _JET4:
            (count,) = struct.unpack_from("<H", raw, last - mask - 1)
            return [struct.unpack_from("<H", raw, last - mask - 3 - 2 * one)[0] for one in range(count + 1)]
        count = raw[last - mask]
        jumps = (len(raw) - 1) // 256
        pointer = last - mask - jumps - 1
        if (pointer - count) // 256 < jumps:
            jumps -= 1
        places, used = [], 0
        for one in range(count + 1):
            while used < jumps and one == raw[last - mask - used - 1]:
                used += 1
            places.append(raw[pointer - one] + used * 256)
        return places

    def _value(self, column: Column, raw: bytes) -> Value:
        kind = column.kind
        if kind in {_TEXT, _MEMO}:
            return self._base.text(raw if kind == _TEXT else self._base.long(raw))
        if kind == _OLE:
            return self._base.long(raw)
        if kind in _FORMS:
            number: int | float = struct.unpack_from(_FORMS[kind], raw)[0]
            return number
        made = _MADE.get(kind)
        return made(raw, column.scale) if made is not None else raw


def _bits(raw: bytes) -> Iterator[int]:
    for place, byte in enumerate(raw):
        for bit in range(8) if byte else ():
            if byte >> bit & 1:
                yield place * 8 + bit


def _date(raw: bytes, _: int) -> datetime | float:
    """Return a date; the hour of one before 1900 counts forward from the day."""
    days: float = struct.unpack_from("<d", raw)[0]
    try:
        whole = int(days)
        return _EPOCH + timedelta(days=whole, seconds=round(abs(days - whole) * 86_400))
    except (OverflowError, ValueError):
        return days


def _numeric(raw: bytes, scale: int) -> Decimal:
    if len(raw) < 17:
        raise struct.error("cut short")
    whole = int.from_bytes(b"".join(raw[place : place + 4] for place in (13, 9, 5, 1)), "little")
    return Decimal(-whole if raw[0] & 0x80 else whole).scaleb(-min(scale, 28))


def _money(raw: bytes, _: int) -> Decimal:
    return Decimal(struct.unpack_from("<q", raw)[0]).scaleb(-4)


def _guid(raw: bytes, _: int) -> str:
    return str(uuid.UUID(bytes_le=raw))


_MADE: Final[dict[int, Callable[[bytes, int], Value]]] = {
    _DATE: _date, _MONEY: _money, _NUMERIC: _numeric, _GUID: _guid,
}  # fmt: skip


def _rc4(key: bytes, data: bytes) -> bytes:
    """Return data with RC4 undone: an encoding of the format, whose key stands in the file."""
    state, other = list(range(256)), 0
    for place in range(256):
        other = (other + state[place] + key[place % len(key)]) & 255
        state[place], state[other] = state[other], state[place]
    out, one, other = bytearray(), 0, 0
    for byte in data:
        one = (one + 1) & 255
        other = (other + state[one]) & 255
        state[one], state[other] = state[other], state[one]
        out.append(byte ^ state[(state[one] + state[other]) & 255])
    return bytes(out)


def holds_attachments(table: Table) -> bool:
    """Tell whether a table has a column of attachments or of several values."""
    return any(column.kind == _COMPLEX for column in table.columns)
