"""Property sets of compound files: title, author, times, and the user's own ([MS-OLEPS])."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import olefile

from casegraph.read.charset import codec, decode

_OWN: Final = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")  # FMTID of the user's own properties
_CODE_PAGE, _DICTIONARY = 1, 0
_WIDE: Final = 1200  # code page of UTF-16
_MOST: Final = 2_000  # properties of a set
_EPOCH: Final = datetime(1601, 1, 1)  # noqa: DTZ001 - all times of the format are UTC
_DAYS: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - dates of VT_DATE have no zone
_NUMBERS: Final = {
    2: "<h", 3: "<i", 4: "<f", 5: "<d", 16: "<b", 17: "<B", 18: "<H", 19: "<I", 20: "<q", 21: "<Q", 22: "<i",
}  # fmt: skip
_STRING, _WIDE_STRING, _TIME, _DATE, _BOOLEAN = 30, 31, 64, 7, 11

_SUMMARY: Final[dict[int | str, str]] = {
    2: "title", 3: "subject", 4: "creator", 5: "keywords", 6: "description", 7: "template",
    8: "last_modified_by", 9: "revision", 11: "printed", 12: "created", 13: "modified", 18: "application",
}  # fmt: skip
_MORE: Final[dict[int | str, str]] = {2: "category", 14: "manager", 15: "company", 28: "language"}
_SETS: Final = (("\x05SummaryInformation", _SUMMARY), ("\x05DocumentSummaryInformation", _MORE))
_LARGEST: Final = 1 << 22  # bytes of a property set
_BROKEN: Final = (
    OSError, ValueError, IndexError, TypeError, KeyError, struct.error, RecursionError, AttributeError,
)  # fmt: skip

Value = str | int | float | bool | datetime


def compound_values(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield key and value of a compound file's properties; of broken ones what comes before.

    olefile's own reader of them follows a stated count of billions.
    """
    found: list[tuple[bytes, dict[int | str, str]]] = []
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as whole:
            for name, keys in _SETS:
                if whole.exists(name):
                    found.append((whole.openstream(name).read(_LARGEST), keys))
    except _BROKEN:
        pass
    for stream, keys in found:
        try:
            for number, value in properties(stream):
                key = keys.get(number) if isinstance(number, int) else f"custom_{number}"
                if key is not None and (shown := _shown(value)):
                    yield key, shown
        except struct.error:
            continue


def _shown(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{value.isoformat(timespec='seconds')}Z" if value.year > 1601 else ""
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def properties(stream: bytes) -> Iterator[tuple[int | str, Value]]:
    """Yield number, or name of a user's own property, and value. Raises struct.error where it is broken."""
    (count,) = struct.unpack_from("<I", stream, 24)
    for number in range(min(count, 2)):
        form = stream[28 + 20 * number :][:16]
        (place,) = struct.unpack_from("<I", stream, 44 + 20 * number)
        yield from _section(stream[place:], own=form == _OWN)


def _section(data: bytes, *, own: bool) -> Iterator[tuple[int | str, Value]]:
    (count,) = struct.unpack_from("<I", data, 4)
    places = [struct.unpack_from("<II", data, 8 + 8 * one) for one in range(min(count, _MOST))]
    page = next((_value(data, place, None) for number, place in places if number == _CODE_PAGE), None)
    code = page & 0xFFFF if isinstance(page, int) else None
    names = {}
    if own:
        names = next((_names(data, place, code) for number, place in places if number == _DICTIONARY), {})
    for number, place in places:
        if number > _CODE_PAGE and (not own or number in names):
            value = _value(data, place, code)
            if value is not None:
                yield names.get(number, number), value


def _names(data: bytes, place: int, code: int | None) -> dict[int, str]:
    (count,) = struct.unpack_from("<I", data, place)
    place += 4
    names: dict[int, str] = {}
    for _ in range(min(count, _MOST)):
        number, size = struct.unpack_from("<II", data, place)
        size = 2 * size + (-2 * size) % 4 if code == _WIDE else size
        names[number] = _text(data[place + 8 : place + 8 + size], code)
        place += 8 + size
    return names


def _text(data: bytes, code: int | None) -> str:
    """Return a string up to its end; some programs count the bytes behind it in."""
    if code == _WIDE:
        return data[: len(data) // 2 * 2].decode("utf-16-le", "replace").split("\0", 1)[0]
    data = data.split(b"\0", 1)[0]
    page = codec("utf-8" if code == 65001 else f"cp{code}") if code else None
    return decode(data, page).text if page else decode(data).text


def _value(data: bytes, place: int, code: int | None) -> Value | None:
    kind = struct.unpack_from("<H", data, place)[0]
    start = place + 4
    if kind in _NUMBERS:
        number: int | float = struct.unpack_from(_NUMBERS[kind], data, start)[0]
        return number
    if kind == _BOOLEAN:
        return data[start : start + 2] not in {b"", b"\0\0"}
    if kind in {_STRING, _WIDE_STRING}:
        (size,) = struct.unpack_from("<I", data, start)
        wide = kind == _WIDE_STRING
        return _text(data[start + 4 : start + 4 + size * (1 + wide)], _WIDE if wide else code)
    return _moment(data, start, kind)


def _moment(data: bytes, start: int, kind: int) -> datetime | None:
    try:
        if kind == _TIME:
            (ticks,) = struct.unpack_from("<Q", data, start)
            return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
        if kind == _DATE:
            return _DAYS + timedelta(days=struct.unpack_from("<d", data, start)[0])
    except (OverflowError, ValueError):
        pass
    return None
