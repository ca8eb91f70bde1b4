"""What a binary workbook holds beside its cells: notes, text boxes, running heads, links ([MS-XLS])."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from casegraph.model import BlockRole
from casegraph.read.charset import decode
from casegraph.read.cleaning import clean
from casegraph.read.pieces import Piece

_BOF, _EOF, _SHEET = 0x809, 0x0A, 0x85
_HEADER, _FOOTER, _BOX, _CONTINUE, _CHART_TEXT, _LINK = 0x14, 0x15, 0x1B6, 0x3C, 0x100D, 0x1B8
_NOTE = 0x1C
_DRAWINGS = 0xEB
_ENCRYPTED = 0x2F
_STREAMS = ("workbook", "book")
_MOST = 1 << 26  # bytes of the stream
_BROKEN = (OSError, ValueError, IndexError, TypeError, struct.error, RecursionError, AttributeError)
_RUNNING: dict[int, BlockRole] = {_HEADER: "header", _FOOTER: "footer"}
_CODES = re.compile(r"&(?:\"[^\"]*\"|K[0-9A-Fa-f]{6}|\d+|[A-Za-z])")


@dataclass(slots=True)
class Beside:
    """What stands beside the cells of each sheet, by its number from 0, and the links of all."""

    pieces: dict[int, list[Piece]] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)


def stream_of(data: bytes) -> bytes:
    """Return the workbook's stream, whatever the case of its name; empty where there is none."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as whole:
            for path in whole.listdir():
                if len(path) == 1 and path[0].lower() in _STREAMS:
                    found: bytes = whole.openstream(path).read(_MOST)
                    return found
    except _BROKEN:
        pass
    return b""


def beside(stream: bytes) -> Beside:
    """Return what a workbook's stream holds beside its cells; what is broken ends it."""
    found = Beside()
    sheet, depth, wide = -1, 0, True
    box = 0  # characters that a text box still waits for
    for kind, body in _records(stream):
        if kind == _ENCRYPTED:
            break
        if kind == _BOF:
            depth += 1
            wide = body[:2] == b"\x00\x06"
            sheet += depth == 1
        elif kind == _EOF:
            depth -= 1
        elif kind == _BOX and wide and len(body) >= 12:
            (box,) = struct.unpack_from("<H", body, 10)
        elif kind == _CONTINUE and box:
            _add(found, sheet - 1, _letters(body[1:], box, wide=bool(body[:1] and body[0] & 1)), "note")
            box = 0
        elif kind == _LINK:
            found.links += filter(None, [_address(body)])
        else:
            _add(found, sheet - 1, *_words(kind, body, wide=wide))
    return found


def drawings(stream: bytes) -> bytes:
    """Return the records of all drawings (MsoDrawingGroup), put together from their parts."""
    parts: list[bytes] = []
    goes_on = False
    for kind, body in _records(stream):
        goes_on = kind == _DRAWINGS or (goes_on and kind == _CONTINUE)
        if goes_on:
            parts.append(body)
    return b"".join(parts)


def _words(kind: int, body: bytes, *, wide: bool) -> tuple[str, BlockRole]:
    """Return the words of a running head, a chart's title or an old note, and what they are."""
    if kind in _RUNNING and body:
        return running_text(_string(body, wide=wide)), _RUNNING[kind]
    if kind == _CHART_TEXT and len(body) > 4:
        return _letters(body[4:], body[2], wide=bool(body[3] & 1)), "caption"
    if kind == _NOTE and not wide and len(body) > 6:
        return decode(body[6:]).text, "note"
    return "", "note"


def running_text(written: str) -> str:
    """Return a running head's words without the codes for fonts, page numbers and dates."""
    return " ".join(_CODES.sub(" ", written.replace("&&", "\0")).replace("\0", "&").split())


def _add(found: Beside, sheet: int, text: str, role: BlockRole) -> None:
    text = clean(text).strip() if text else ""
    own = found.pieces.setdefault(max(sheet, 0), [])
    if text and all(piece.text != text for piece in own[-50:]):
        own.append(Piece(text, role))


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of the records of a workbook's stream."""
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size


def _string(body: bytes, *, wide: bool) -> str:
    """Return a Unicode string with a length of 16 bits (BIFF8), or a byte string with one of 8 bits."""
    if not wide:
        return decode(body[1 : 1 + body[0]]).text
    if len(body) < 3:
        return ""
    (count,) = struct.unpack_from("<H", body)
    return _letters(body[3:], count, wide=bool(body[2] & 1))


def _letters(body: bytes, count: int, *, wide: bool) -> str:
    if wide:
        return body[: count * 2].decode("utf-16-le", "replace")
    return body[:count].decode("latin-1")


def _address(body: bytes) -> str | None:
    """Return the web address of a hyperlink record (URL moniker, [MS-OSHARED] 2.3.7.6)."""
    mark = b"\xe0\xc9\xea\x79\xf9\xba\xce\x11\x8c\x82\x00\xaa\x00\x4b\xa9\x0b"
    place = body.find(mark)
    if place < 0 or place + 20 > len(body):
        return None
    (size,) = struct.unpack_from("<I", body, place + 16)
    text = body[place + 20 : place + 20 + min(size, 8_000)].decode("utf-16-le", "replace")
    return text.split("\0", 1)[0] or None
