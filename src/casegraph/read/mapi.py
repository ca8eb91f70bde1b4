"""The properties of an Outlook message ([MS-OXMSG], [MS-OXPROPS]) and the message that they make."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import olefile

from casegraph.read.charset import codec, decode
from casegraph.read.limits import MAX_PARTS
from casegraph.read.mapiitems import items, named
from casegraph.read.rebuilt import Attached, Mail, rebuild
from casegraph.read.rtfpacked import unpacked

_TEXT, _TEXT8, _BINARY, _TIME, _LONG, _OBJECT = 0x1F, 0x1E, 0x102, 0x40, 0x3, 0xD
_KINDS: Final = {1: "To", 2: "Cc", 3: "Bcc"}
_METHOD_MESSAGE: Final = 5
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_NAMED: Final = ("__nameid_version1.0",)
_DEEPEST: Final = 20  # messages in messages

Path = tuple[str, ...]


class Properties:
    """The properties below one storage of a compound file."""

    def __init__(self, whole: olefile.OleFileIO, where: Path, head: int) -> None:
        self._whole = whole
        self._where = where
        self._fixed: dict[tuple[int, int], bytes] = {}
        data = self._stream("__properties_version1.0") or b""
        for place in range(head, len(data) - 15, 16):
            kind, tag = struct.unpack_from("<HH", data, place)
            self._fixed[tag, kind] = data[place + 8 : place + 16]

    def _stream(self, name: str) -> bytes | None:
        path = [*self._where, name]
        if not self._whole.exists(path) or self._whole.get_type(path) != olefile.STGTY_STREAM:
            return None
        data: bytes = self._whole.openstream(path).read()
        return data

    def binary(self, tag: int) -> bytes:
        """Return a binary property, b"" where there is none."""
        return self._stream(f"__substg1.0_{tag:04X}{_BINARY:04X}") or b""

    def number(self, tag: int) -> int | None:
        """Return a 32-bit number."""
        data = self._fixed.get((tag, _LONG))
        return struct.unpack("<i4x", data)[0] if data else None

    def moment(self, tag: int) -> datetime | None:
        """Return a point in time, in UTC as the format keeps it."""
        data = self._fixed.get((tag, _TIME))
        ticks = struct.unpack("<Q", data)[0] if data else 0
        try:
            return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None

    def text(self, *tags: int) -> str:
        """Return the first of some text properties that says anything."""
        for tag in tags:
            data = self._stream(f"__substg1.0_{tag:04X}{_TEXT:04X}")
            if data is not None and (text := data.decode("utf-16-le", "replace").rstrip("\0")).strip():
                return text
            data = self._stream(f"__substg1.0_{tag:04X}{_TEXT8:04X}")
            if data is not None and (text := decode(data.rstrip(b"\0"), self._charset()).text).strip():
                return text
        return ""

    def _charset(self) -> str | None:
        page = self.number(0x3FFD) or self.number(0x3FDE)
        return codec(_code_page(page)) if page else None


def _code_page(page: int) -> str:
    return {65001: "utf-8", 20866: "koi8-r", 21866: "koi8-u", 936: "gbk", 54936: "gb18030"}.get(
        page, f"cp{page}"
    )


def message(whole: olefile.OleFileIO, where: Path = (), depth: int = 0) -> bytes:
    """Return the message of a compound file, or of a storage in it, as RFC 5322."""
    own = Properties(whole, where, 32 if not where else 24)
    mail = Mail(
        header=own.text(0x007D) or None,
        subject=own.text(0x0037, 0x0E1D),
        sender=(own.text(0x0042, 0x0C1A), _address(own, (0x5D02, 0x5D01, 0x0065, 0x0C1F))),
        date=own.moment(0x0039) or own.moment(0x0E06),
        identifier=own.text(0x1035),
        answers=own.text(0x1042),
        references=own.text(0x1039),
        text=own.text(0x1000),
    )
    mail.html = own.binary(0x1013) or own.text(0x1013).encode("utf-8")
    page = own.number(0x3FDE)
    if own.binary(0x1013) and page:
        mail.html_charset = _code_page(page)
    storages = _storages(whole, where)
    for storage in storages("__recip_version1.0_"):
        one = Properties(whole, storage, 8)
        kind = _KINDS.get((one.number(0x0C15) or 1) & 0xF, "To")
        mail.recipients.append((kind, one.text(0x3001), _address(one, (0x39FE, 0x3003))))
    for storage in storages("__attach_version1.0_"):
        mail.attached.append(_attached(whole, storage, depth))
    names = Properties(whole, _NAMED, 0)
    tags = named(names.binary(2), names.binary(3))
    mail.attached.extend(items(own.text(0x001A), own.text, own.moment, tags))
    rich = own.binary(0x1009)
    if rich and not mail.text.strip() and not mail.html.strip() and (body := unpacked(rich)):
        mail.attached.insert(0, Attached("body.rtf", body, "application/rtf"))
    return rebuild(mail)


def _storages(whole: olefile.OleFileIO, where: Path) -> Callable[[str], list[Path]]:
    found = sorted(
        {
            tuple(path[: len(where) + 1])
            for path in whole.listdir(streams=True, storages=True)
            if tuple(path[: len(where)]) == where and len(path) > len(where)
        }
    )
    return lambda prefix: [path for path in found if path[-1].startswith(prefix)][:MAX_PARTS]


def _address(own: Properties, tags: tuple[int, ...]) -> str:
    """Return the first address that the net knows, else the first at all."""
    found = [text for tag in tags if (text := own.text(tag).strip())]
    return next((text for text in found if "@" in text), found[0] if found else "")


def _attached(whole: olefile.OleFileIO, storage: Path, depth: int) -> Attached:
    own = Properties(whole, storage, 8)
    name = own.text(0x3707, 0x3704, 0x3001)
    inner = (*storage, f"__substg1.0_3701{_OBJECT:04X}")
    if own.number(0x3705) == _METHOD_MESSAGE and whole.exists(list(inner)) and depth < _DEEPEST:
        return Attached(f"{name or 'message'}.eml", message(whole, inner, depth + 1), "message/rfc822")
    return Attached(name or "attachment", own.binary(0x3701), own.text(0x370E) or "application/octet-stream")
