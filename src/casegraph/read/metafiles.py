"""Words in drawings of Windows ([MS-EMF], [MS-WMF]) and of AutoCAD (DXF), in the order of the file."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

_PLACEABLE: Final = b"\xd7\xcd\xc6\x9a"
_MOST_RECORDS: Final = 1_000_000
_TEXT_A, _TEXT_W, _SMALL_TEXT, _COMMENT, _END = 83, 84, 108, 70, 14
_POLY: Final = {96: False, 97: True}  # EMR_POLYTEXTOUTA, EMR_POLYTEXTOUTW
_GLYPHS: Final = 0x10  # ETO_GLYPH_INDEX: numbers of glyphs, no letters
_NO_RECT, _SMALL_LETTERS = 0x100, 0x200
_TEXT_OUT, _EXTENDED = 0x0521, 0x0A32
_TEXTS: Final = frozenset({"TEXT", "MTEXT", "ATTRIB", "ATTDEF", "MULTILEADER", "DIMENSION", "ARCALIGNEDTEXT"})
_MARKUP: Final = re.compile(r"\\[ACFHQTWfp][^;\\{}]{0,200};|\\[LlOoKk]|[{}]")
_UNICODE: Final = re.compile(r"\\U\+([0-9A-Fa-f]{4})")


def emf_texts(data: bytes) -> Iterator[str]:
    """Yield the words of each text record of an enhanced metafile."""
    place = 0
    for _ in range(_MOST_RECORDS):
        if place + 8 > len(data):
            return
        kind, size = struct.unpack_from("<II", data, place)
        if size < 8 or kind == _END:
            return
        record = data[place : place + size]
        try:
            if kind in {_TEXT_A, _TEXT_W}:
                yield _emr_text(record, 36, wide=kind == _TEXT_W)
            elif kind in _POLY:
                (count,) = struct.unpack_from("<I", record, 32)
                for number in range(min(count, len(record) // 40)):
                    yield _emr_text(record, 36 + 40 * number, wide=_POLY[kind])
            elif kind == _SMALL_TEXT:
                yield _small(record)
        except struct.error:
            pass  # a record that ends too soon draws nothing
        place += size


def _emr_text(record: bytes, place: int, *, wide: bool) -> str:
    count, start, options = struct.unpack_from("<III", record, place + 8)
    if options & _GLYPHS:
        return ""
    raw = record[start : start + count * (2 if wide else 1)]
    return raw.decode("utf-16-le" if wide else "cp1252", "replace")


def _small(record: bytes) -> str:
    count, options = struct.unpack_from("<II", record, 16)
    if options & _GLYPHS:
        return ""
    start = 36 if options & _NO_RECT else 52
    narrow = bool(options & _SMALL_LETTERS)
    raw = record[start : start + count * (1 if narrow else 2)]
    return raw.decode("cp1252" if narrow else "utf-16-le", "replace")


def emf_title(data: bytes) -> list[str]:
    """Return what the head says: the program and the title of the drawing."""
    if len(data) < 68:
        return []
    count, place = struct.unpack_from("<II", data, 60)
    text = data[place : place + 2 * min(count, 1_000)].decode("utf-16-le", "replace")
    return [part for part in text.split("\0") if part.strip()]


def emf_comments(data: bytes) -> Iterator[bytes]:
    """Yield the private data in an enhanced metafile: some programs put a whole PDF there."""
    place = 0
    for _ in range(_MOST_RECORDS):
        if place + 16 > len(data):
            return
        kind, size, length = struct.unpack_from("<III", data, place)
        if size < 8 or kind == _END:
            return
        if kind == _COMMENT:
            yield data[place + 12 : place + 12 + min(length, size - 12)]
        place += size


def wmf_texts(data: bytes) -> Iterator[bytes]:
    """Yield the bytes of each text record of a metafile."""
    place = 22 if data.startswith(_PLACEABLE) else 0
    if place + 4 > len(data):
        return
    place += 2 * struct.unpack_from("<H", data, place + 2)[0]
    for _ in range(_MOST_RECORDS):
        if place + 6 > len(data):
            return
        words, kind = struct.unpack_from("<IH", data, place)
        if words < 3 or not kind:
            return
        record = data[place : place + 2 * words]
        if kind == _TEXT_OUT and len(record) >= 8:
            (count,) = struct.unpack_from("<H", record, 6)
            yield record[8 : 8 + count]
        elif kind == _EXTENDED and len(record) >= 14:
            count, options = struct.unpack_from("<HH", record, 10)
            start = 14 + (8 if options & 6 else 0)  # a rectangle to clip or to fill
            if not options & _GLYPHS:
                yield record[start : start + count]
        place += 2 * words


def dxf_texts(text: str) -> Iterator[tuple[str, str]]:
    """Yield layer and words of each text of a DXF file (group codes 3 and 1 below a text entity)."""
    lines = text.split("\n")
    kind, layer, parts = "", "", [""]
    for code, line in zip(lines[::2], lines[1::2], strict=False):
        number, value = code.strip(), line.strip("\r")
        if number == "0":
            if kind in _TEXTS and (words := _drawn("".join(parts))):
                yield layer, words
            kind, layer, parts = value.strip(), "", [""]
        elif number == "8":
            layer = value.strip()
        elif number in {"1", "3"} and kind in _TEXTS:
            parts.append(value)
    if kind in _TEXTS and (words := _drawn("".join(parts))):
        yield layer, words


def _drawn(text: str) -> str:
    """Return a text of AutoCAD without its codes for fonts, heights and signs."""
    text = _UNICODE.sub(lambda found: chr(int(found[1], 16)), text)
    text = (
        text.replace("\\P", "\n")
        .replace("\\~", " ")
        .replace("%%d", "°")
        .replace("%%p", "±")
        .replace("%%c", "⌀")
    )
    return _MARKUP.sub("", text).strip()


def dwg_properties(data: bytes) -> dict[str, str]:
    """Return the drawing properties that DWG of 2004 and after keeps open (title, author, comments ...)."""
    names = ("title", "subject", "creator", "keywords", "description", "last_modified_by", "revision", "link")
    if len(data) < 0x24 or data[:6] < b"AC1018":
        return {}
    (place,) = struct.unpack_from("<I", data, 0x20)
    wide = data[:6] >= b"AC1021"
    found: dict[str, str] = {}
    for name in names:
        if place + 2 > len(data):
            return found
        (count,) = struct.unpack_from("<H", data, place)
        size = count * (2 if wide else 1)
        raw = data[place + 2 : place + 2 + size]
        found[name] = raw.decode("utf-16-le" if wide else "cp1252", "replace").rstrip("\0")
        place += 2 + size
    return found
