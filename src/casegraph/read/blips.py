"""Pictures in the drawings of binary office files ([MS-ODRAW] 2.2.22 to 2.2.31)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from casegraph.read.limits import MAX_CHILD

_CONTAINER: Final = 0xF
_ENTRY: Final = 0xF007  # what the store says of a picture; the picture itself may follow in it
_ENTRY_HEAD: Final = 36
_RASTER: Final = {
    0xF01D: "jpeg", 0xF01E: "png", 0xF01F: "dib", 0xF029: "tiff", 0xF02A: "jpeg",
}  # fmt: skip
_DRAWN: Final = {0xF01A: "emf", 0xF01B: "wmf", 0xF01C: "pict"}
_TWICE: Final = frozenset({0x46B, 0x6E1, 0x6E3, 0x6E5, 0x6E7, 0x7A9, 0x3D5, 0x217, 0x543})
"""Instances of pictures that have a second checksum before them."""
_DRAWN_HEAD: Final = 34
_DEEPEST: Final = 10
_PDF: Final = b"%PDF-"


def blips(data: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield ending and bytes of the pictures in a run of records; of broken ones as far as they go."""
    place = 0
    while place + 8 <= len(data):
        version, kind, size = struct.unpack_from("<HHI", data, place)
        body = data[place + 8 : place + 8 + size]
        place += 8 + size
        if kind == _ENTRY:
            name = body[33] if len(body) > _ENTRY_HEAD else 0  # bytes of a name behind the head
            yield from blips(body[_ENTRY_HEAD + name :], depth + 1)
        elif version & 0xF == _CONTAINER and depth < _DEEPEST:
            yield from blips(body, depth + 1)
        elif kind in _RASTER:
            start = 17 + (16 if version >> 4 in _TWICE else 0)
            yield _RASTER[kind], body[start:]
        elif kind in _DRAWN:
            start = _DRAWN_HEAD + 16 + (16 if version >> 4 in _TWICE else 0)
            yield from _drawn(_DRAWN[kind], body, start)


def _drawn(ending: str, body: bytes, start: int) -> Iterator[tuple[str, bytes]]:
    """Yield a metafile, which is packed mostly; of one that holds a PDF (Mac OS) the PDF."""
    packed = body[start - 2 : start - 1] == b"\0"
    content = body[start:]
    if packed:
        unpacking = zlib.decompressobj()
        try:
            content = unpacking.decompress(content, MAX_CHILD)
        except zlib.error:
            return
    pdf = content.find(_PDF)
    if pdf >= 0:
        yield "pdf", content[pdf:]
    elif content:
        yield ending, content
