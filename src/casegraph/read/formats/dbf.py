"""dBase tables (DBF): fields typed, the code page by the header's language byte, deleted rows told."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from casegraph.model import Original
from casegraph.read.base import Reader, Reading
from casegraph.read.charset import codec, detect
from casegraph.read.draft import Draft
from casegraph.read.grid import Raw, raw, tables
from casegraph.read.limits import MAX_CHARACTERS

_TYPE = "application/x-dbf"
_VERSIONS = frozenset(
    {
        0x02,
        0x03,
        0x04,
        0x05,
        0x30,
        0x31,
        0x32,
        0x43,
        0x63,
        0x7B,
        0x83,
        0x87,
        0x8B,
        0x8C,
        0xCB,
        0xE5,
        0xF5,
        0xFB,
    }
)
_KINDS = frozenset(b"CDFNLMBGPTIYOV@+W0Q")
_MEMOS = frozenset("MBGP")
_PAGES = {
    # Language driver ids (FoxPro, dBase IV) and the code pages that they stand for.
    0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x04: "mac-roman", 0x08: "cp865", 0x09: "cp437",
    0x0A: "cp850", 0x0B: "cp437", 0x0D: "cp437", 0x0E: "cp850", 0x0F: "cp437", 0x10: "cp850", 0x11: "cp437",
    0x12: "cp850", 0x13: "cp932", 0x14: "cp850", 0x15: "cp437", 0x16: "cp850", 0x17: "cp865", 0x18: "cp437",
    0x19: "cp437", 0x1A: "cp850", 0x1B: "cp437", 0x1C: "cp863", 0x1D: "cp850", 0x1F: "cp852", 0x22: "cp852",
    0x23: "cp852", 0x24: "cp860", 0x25: "cp850", 0x26: "cp866", 0x37: "cp850", 0x40: "cp852", 0x4D: "gb18030",
    0x4E: "cp949", 0x4F: "big5hkscs", 0x50: "cp874", 0x57: "cp1252", 0x58: "cp1252", 0x59: "cp1252",
    0x64: "cp852", 0x65: "cp866", 0x66: "cp865", 0x67: "cp861", 0x6A: "cp737", 0x6B: "cp857", 0x6C: "cp863",
    0x78: "big5hkscs", 0x79: "cp949", 0x7A: "gb18030", 0x7B: "cp932", 0x7C: "cp874", 0x7D: "cp1255",
    0x7E: "cp1256", 0x86: "cp737", 0x87: "cp852", 0x88: "cp857", 0x96: "mac-cyrillic", 0xC8: "cp1250",
    0xC9: "cp1251", 0xCA: "cp1254", 0xCB: "cp1253", 0xCC: "cp1257",
}  # fmt: skip
_SAMPLE = 200_000
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_JULIAN = 1_721_426  # of 1 January of the year 1
_HEAD = 32


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name, its type's letter, and where its bytes stand in a record."""

    name: bytes
    kind: str
    start: int
    size: int


def fields_of(data: bytes) -> list[Field]:
    """Return the fields that a header describes, none where it is none."""
    if len(data) < 2 * _HEAD + 1 or data[0] not in _VERSIONS:
        return []
    head, size = struct.unpack_from("<HH", data, 8)
    month, day = data[2], data[3]
    if head < 65 or size < 2 or month > 12 or day > 31:
        return []
    wide = (
        data[0] in {0x04, 0x8C} and data[68:69] != b"\r" and data[_HEAD + 32 : _HEAD + 33] not in _letters()
    )
    step, name, place = (48, 32, 68) if wide else (32, 11, 32)
    found: list[Field] = []
    start = 1
    while place + step <= min(head, len(data)) + step and data[place : place + 1] not in {b"\r", b"\0", b""}:
        entry = data[place : place + step]
        kind, length = (entry[32:33], entry[33:34]) if wide else (entry[11:12], entry[16:17])
        if len(entry) < step or kind not in _letters() or not length or not length[0]:
            return []
        found.append(Field(entry[:name].split(b"\0", 1)[0], kind.decode("ascii"), start, length[0]))
        start += length[0]
        place += step
    return found if found and start <= size else []


def _letters() -> frozenset[bytes]:
    return frozenset(bytes([letter]) for letter in _KINDS)


def _recognise(original: Original) -> str | None:
    return _TYPE if fields_of(original.data) else None


def read(original: Original, media_type: str) -> Reading:
    """Yield the rows as one table under the fields' names.

    Problems: `truncated`, `memo-absent`, `deleted-rows`, `undecodable`, `cut`.
    """
    draft = Draft(original, media_type, "dbf 1")
    data = original.data
    fields = fields_of(data)
    (count,) = struct.unpack_from("<I", data, 4)
    head, size = struct.unpack_from("<HH", data, 8)
    encoding = _encoding(data, fields)
    draft.value("encoding", encoding)
    draft.value(
        "modified", f"{1900 + data[1] if data[1] >= 80 else 2000 + data[1]}-{data[2]:02}-{data[3]:02}"
    )
    names = [raw(field.name.decode(encoding, "replace")) for field in fields]
    rows = Rows(data[head:], fields, size, count, encoding)
    for piece in tables([names, *rows]):
        draft.page([piece])
    rows.tell(draft)
    yield from draft.finish()


def _encoding(data: bytes, fields: list[Field]) -> str:
    """Return the code page that the header names; where it names none, the one that the text is in."""
    head, size = struct.unpack_from("<HH", data, 8)
    sample = b"\n".join(
        data[place + field.start : place + field.start + field.size].rstrip(b" \0")
        for place in range(head, min(len(data), head + _SAMPLE), size)
        for field in fields
        if field.kind == "C"
    )
    stated = codec(_PAGES.get(data[29], ""))
    found = detect(sample, stated)
    return found if found == "utf-8" and not sample.isascii() else stated or found


class Rows:
    """The rows of a table, read once, with what is to be told of them."""

    def __init__(self, data: bytes, fields: list[Field], size: int, count: int, encoding: str) -> None:
        self._data, self._fields, self._size, self._count = data, fields, size, count
        self._encoding = encoding
        self._read = self._deleted = self._broken = self._letters = 0
        self._memos = 0

    def __iter__(self) -> Iterator[list[Raw]]:
        """Yield each row, those marked as deleted too: a program that shows none still keeps them."""
        for number in range(self._count):
            record = self._data[number * self._size : (number + 1) * self._size]
            if len(record) < self._size - 1 or record[:1] == b"\x1a" or self._letters > MAX_CHARACTERS:
                return
            self._read += 1
            self._deleted += record[:1] == b"*"
            row = [self._cell(record[one.start : one.start + one.size], one.kind) for one in self._fields]
            self._letters += sum(len(cell.text) for cell in row)
            yield row

    def tell(self, draft: Draft) -> None:
        """Say what is missing or was marked."""
        if self._letters > MAX_CHARACTERS:
            draft.cut()
        elif self._read < self._count:
            draft.problem(
                "truncated", f"{self._read} of the {self._count} rows that the header states are there"
            )
        if self._memos:
            draft.problem(
                "memo-absent", f"{self._memos} cells refer to a memo file, which is not in this file"
            )
        if self._deleted:
            draft.problem("deleted-rows", f"{self._deleted} rows are marked as deleted; they were read")
        if self._broken:
            draft.problem("undecodable", f"{self._broken} cells are not valid {self._encoding}")

    def _cell(self, data: bytes, kind: str) -> Raw:
        if kind in _MEMOS and (kind != "B" or len(data) != 8):
            self._memos += bool(data.strip(b" \0"))
            return Raw()
        if kind in "IYTB@+O" and len(data) in {4, 8}:
            return _binary(data, kind)
        text = data.split(b"\0", 1)[0].decode(self._encoding, "replace").strip()
        self._broken += "\ufffd" in text
        if kind in "NF" and _NUMBER.fullmatch(text):
            return Raw(text, "number", text.lstrip("+"))
        if kind == "D" and re.fullmatch(r"\d{8}", text):
            day = f"{text[:4]}-{text[4:6]}-{text[6:]}"
            return Raw(day, "date", day)
        if kind == "L":
            value = {"T": "true", "Y": "true", "F": "false", "N": "false"}.get(text.upper())
            return Raw(text, "boolean", value) if value else Raw()
        return raw(text)


def _binary(data: bytes, kind: str) -> Raw:
    """Return a binary field of FoxPro: an integer, money in ten-thousandths, a moment, a double."""
    if kind in "I+" and len(data) == 4:
        value = str(int.from_bytes(data, "little", signed=True))
    elif kind == "Y" and len(data) == 8:
        whole, part = divmod(abs(int.from_bytes(data, "little", signed=True)), 10_000)
        sign = "-" if data[7] & 0x80 else ""
        return Raw(f"{sign}{whole}.{part:04}", "money", f"{sign}{whole}.{part:04}")
    elif kind in "T@" and len(data) == 8:
        return _moment(data)
    elif len(data) == 8:
        (number,) = struct.unpack("<d", data)
        value = repr(number)
    else:
        return Raw()
    return Raw(value, "number", value)


def _moment(data: bytes) -> Raw:
    day, thousandths = struct.unpack("<II", data)
    try:
        moment = datetime(1, 1, 1) + timedelta(days=day - _JULIAN, milliseconds=thousandths)  # noqa: DTZ001 - no zone
    except OverflowError:
        return Raw()
    text = moment.isoformat(sep=" ", timespec="seconds")
    return Raw(text, "date", text.replace(" ", "T")) if day else Raw()


READER = Reader(name="dbf", version=1, media_types=(_TYPE,), recognise=_recognise, read=read)
