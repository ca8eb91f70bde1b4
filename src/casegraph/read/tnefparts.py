"""Outlook's winmail.dat ([MS-OXTNEF]): its attributes and properties, and the message that they make."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from casegraph.read.charset import codec, decode
from casegraph.read.limits import MAX_PARTS
from casegraph.read.rebuilt import Attached, Mail, rebuild
from casegraph.read.rtfpacked import unpacked

_HEAD: Final = 6  # signature and key
_FROM, _SUBJECT, _BODY, _DATE, _IDENTIFIER = 0x8000, 0x8004, 0x800C, 0x8005, 0x8009
_PROPERTIES, _RECIPIENTS, _CODE_PAGE = 0x9003, 0x9004, 0x9007
_NEW_ATTACHMENT, _TITLE, _DATA, _ATTACHED = 0x9002, 0x8010, 0x800F, 0x9005
_FIXED: Final = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_WIDE, _OBJECT, _BINARY = 0x1F, 0xD, 0x102
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_KINDS: Final = {1: "To", 2: "Cc", 3: "Bcc"}
_MOST_VALUES: Final = 10_000
_MESSAGE_MARK: Final = 16  # bytes of the interface that an embedded message begins with

Values = dict[int, tuple[int, bytes]]


@dataclass(slots=True)
class _Parts:
    fields: dict[int, bytes] = field(default_factory=dict)
    recipients: list[Values] = field(default_factory=list)
    files: list[tuple[dict[int, bytes], Values]] = field(default_factory=list)


def message(data: bytes, depth: int = 0) -> tuple[Mail, bool]:
    """Return the message, and whether it ends too soon or breaks the format."""
    parts, broken = _Parts(), False
    try:
        for name, value in _attributes(data):
            _sort(parts, name, value)
    except (struct.error, ValueError):
        broken = True
    own, halved = _values(parts.fields.get(_PROPERTIES, b""))
    return _mail(parts, own, depth), broken or halved


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    place = _HEAD
    while place < len(data):
        _, name, size = struct.unpack_from("<BII", data, place)
        value = data[place + 9 : place + 9 + size]
        yield name & 0xFFFF, value
        place += 9 + size + 2
        if len(value) < size:
            raise ValueError("cut short")


def _sort(parts: _Parts, name: int, value: bytes) -> None:
    if name == _NEW_ATTACHMENT and len(parts.files) < MAX_PARTS:
        parts.files.append(({}, {}))
    elif name in {_TITLE, _DATA} and parts.files:
        parts.files[-1][0].setdefault(name, value)
    elif name == _ATTACHED and parts.files:
        parts.files[-1][1].update(_values(value)[0])
    elif name == _RECIPIENTS:
        (count,) = struct.unpack_from("<I", value)
        place = 4
        for _ in range(min(count, MAX_PARTS)):
            row, place = _row(value, place)
            parts.recipients.append(row)
    else:
        parts.fields.setdefault(name, value)


def _values(data: bytes) -> tuple[Values, bool]:
    """Return a list of properties by tag, with type and bytes, and whether it is broken."""
    found: Values = {}
    try:
        _fill(found, data, 0)
    except struct.error:
        return found, bool(data)
    return found, False


def _row(data: bytes, place: int) -> tuple[Values, int]:
    found: Values = {}
    return found, _fill(found, data, place)


def _fill(found: Values, data: bytes, place: int) -> int:
    (count,) = struct.unpack_from("<I", data, place)
    place += 4
    for _ in range(min(count, _MOST_VALUES)):
        kind, tag = struct.unpack_from("<HH", data, place)
        place += 4
        if tag >= 0x8000:
            place = _after_name(data, place)
        value, place = _value(data, place, kind)
        found.setdefault(tag, (kind & 0xFFF, value))
    return place


def _after_name(data: bytes, place: int) -> int:
    """Return the place behind the name of a named property: a number, or letters."""
    (kind,) = struct.unpack_from("<I", data, place + 16)
    (size,) = struct.unpack_from("<I", data, place + 20)
    return place + 24 + (_padded(size) if kind else 0)


def _padded(size: int) -> int:
    return size + -size % 4


def _value(data: bytes, place: int, kind: int) -> tuple[bytes, int]:
    """Return a property's first value and the place behind all of them."""
    wide = _FIXED.get(kind & 0xFFF)
    count = 1
    if kind & 0x1000 or wide is None:
        (count,) = struct.unpack_from("<I", data, place)
        place += 4
    first = b""
    for number in range(min(count, _MOST_VALUES)):
        size = wide
        if size is None:
            (size,) = struct.unpack_from("<I", data, place)
            place += 4
        if place + size > len(data):
            raise struct.error("cut short")
        if not number:
            first = data[place : place + size]
        place += _padded(size)
    return first, place


class _Words:
    """Texts of a message in its own code page."""

    def __init__(self, page: bytes) -> None:
        number = struct.unpack_from("<I", page)[0] if len(page) >= 4 else 0
        self._charset = codec({65001: "utf-8", 20866: "koi8-r"}.get(number, f"cp{number}"))

    def plain(self, data: bytes) -> str:
        """Return an attribute that is a text."""
        return decode(data.split(b"\0", 1)[0], self._charset).text

    def of(self, values: Values, *tags: int) -> str:
        """Return the first of some properties that says anything."""
        for tag in tags:
            kind, data = values.get(tag, (0, b""))
            text = data.decode("utf-16-le", "replace") if kind == _WIDE else decode(data, self._charset).text
            if text := text.rstrip("\0").strip():
                return text
        return ""


def _number(values: Values, tag: int) -> int:
    data = values.get(tag, (0, b""))[1]
    return struct.unpack_from("<i", data)[0] if len(data) >= 4 else 0


def _moment(data: bytes) -> datetime | None:
    if len(data) < 8:
        return None
    try:
        return _EPOCH + timedelta(microseconds=struct.unpack_from("<Q", data)[0] // 10)
    except OverflowError:
        return None


def _local(data: bytes) -> datetime | None:
    """Return a DTR structure: year, month, day, hour, minute, second."""
    try:
        return datetime(*struct.unpack_from("<6H", data))  # noqa: DTZ001 - the format keeps no zone
    except (struct.error, ValueError):
        return None


def _mail(parts: _Parts, own: Values, depth: int) -> Mail:
    words = _Words(parts.fields.get(_CODE_PAGE, b""))
    mail = Mail(
        header=words.of(own, 0x007D) or None,
        subject=words.of(own, 0x0037, 0x0E1D) or words.plain(parts.fields.get(_SUBJECT, b"")),
        sender=(words.of(own, 0x0042, 0x0C1A), words.of(own, 0x5D02, 0x5D01, 0x0065, 0x0C1F)),
        date=_moment(own.get(0x0039, (0, b""))[1]) or _local(parts.fields.get(_DATE, b"")),
        identifier=words.of(own, 0x1035) or words.plain(parts.fields.get(_IDENTIFIER, b"")),
        answers=words.of(own, 0x1042),
        references=words.of(own, 0x1039),
        text=words.of(own, 0x1000) or words.plain(parts.fields.get(_BODY, b"")),
        html=own.get(0x1013, (0, b""))[1],
    )
    if not any(mail.sender):
        mail.sender = _triple(parts.fields.get(_FROM, b""), words)
    for one in parts.recipients:
        kind = _KINDS.get(_number(one, 0x0C15) & 0xF, "To")
        mail.recipients.append((kind, words.of(one, 0x3001), words.of(one, 0x39FE, 0x3003)))
    mail.attached = [_attached(plain, values, words, depth) for plain, values in parts.files]
    rich = own.get(0x1009, (0, b""))[1]
    if rich and not mail.text.strip() and not mail.html.strip() and (body := unpacked(rich)):
        mail.attached.insert(0, Attached("body.rtf", body, "application/rtf"))
    return mail


def _triple(data: bytes, words: _Words) -> tuple[str, str]:
    """Return name and address of a TRP structure: "SMTP:address" stands behind the name."""
    if len(data) < 8:
        return "", ""
    _, _, name, address = struct.unpack_from("<4H", data)
    shown = words.plain(data[8 : 8 + name])
    return shown, words.plain(data[8 + name : 8 + name + address]).split(":", 1)[-1]


def _attached(plain: dict[int, bytes], values: Values, words: _Words, depth: int) -> Attached:
    name = words.of(values, 0x3707, 0x3704, 0x3001) or words.plain(plain.get(_TITLE, b"")) or "attachment"
    kind, inner = values.get(0x3701, (0, b""))
    body = inner[_MESSAGE_MARK:] if kind == _OBJECT else b""
    if body.startswith(b"\x78\x9f\x3e\x22") and depth < MAX_PARTS // 100:
        return Attached(f"{name}.eml", rebuild(message(body, depth + 1)[0]), "message/rfc822")
    data = plain.get(_DATA) or body or inner
    return Attached(name, data, words.of(values, 0x370E) or "application/octet-stream")
