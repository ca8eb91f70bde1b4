"""Files written as text or packed, and what is inside: uuencode, yEnc, BinHex, SZDD, Snappy, zlib."""

from __future__ import annotations

import binascii
import re
import struct
import zlib
from collections.abc import Iterator
from typing import Final

import pyarrow as pa

_BEGIN: Final = re.compile(rb"^begin(-base64)? [0-7]{3,4} ([^\r\n]{1,200})\r?$", re.MULTILINE)
_YENC: Final = re.compile(rb"^=ybegin [^\r\n]{0,120}?name=([^\r\n]{1,200})\r?$", re.MULTILINE)
_BINHEX: Final = b"!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr"
_SIX_BITS: Final = {letter: number for number, letter in enumerate(_BINHEX)}
_DLE: Final = 0x90
_WINDOW: Final = 4096
_BLOCK: Final = 1 << 16

File = tuple[str, bytes, bool]
"""Name, bytes, and whether they are broken."""


def uudecoded(data: bytes) -> Iterator[File]:
    """Yield the files in a text of uuencode (POSIX) or its form in base64."""
    for found in _BEGIN.finditer(data):
        lines = data[found.end() :].split(b"\n")
        name = found[2].decode("utf-8", "replace")
        if found[1]:
            body = b"".join(line.strip() for line in lines[: _ending(lines, b"====")])
            try:
                yield name, binascii.a2b_base64(body), False
            except binascii.Error:
                yield name, b"", True
        else:
            yield name, *_uu(lines[: _ending(lines, b"end")])


def _ending(lines: list[bytes], mark: bytes) -> int:
    return next((place for place, line in enumerate(lines) if line.strip() == mark), len(lines))


def _uu(lines: list[bytes]) -> tuple[bytes, bool]:
    parts, broken = [], False
    for raw in lines:
        line = raw.rstrip(b"\r\n")
        if not line:
            continue
        try:
            parts.append(binascii.a2b_uu(line))
        except binascii.Error:
            # Some encoders leave blanks at the end of a line away, others add a letter too many.
            size = ((line[0] - 32 & 63) * 4 + 5) // 3
            try:
                parts.append(binascii.a2b_uu(line[:size].ljust(size)))
            except binascii.Error:
                broken = True
    return b"".join(parts), broken


def yenc_decoded(data: bytes) -> Iterator[File]:
    """Yield the files in a text of yEnc 1.3."""
    for found in _YENC.finditer(data):
        end = data.find(b"\n=yend", found.end())
        body = data[found.end() : end if end >= 0 else len(data)]
        lines = (line for line in body.replace(b"\r", b"").split(b"\n") if not line.startswith(b"=ypart"))
        joined = re.sub(rb"=(.)", lambda one: bytes([one[1][0] - 64 & 255]), b"".join(lines), flags=re.DOTALL)
        yield found[1].decode("utf-8", "replace").strip(), bytes(byte - 42 & 255 for byte in joined), end < 0


def binhex_decoded(data: bytes) -> File:
    """Return the file in a text of BinHex 4.0 (RFC 1741)."""
    start = data.find(b":", data.find(b"BinHex"))
    letters = data[start + 1 :].split(b":", 1)[0].translate(None, b"\r\n\t ")
    bits = size = 0
    packed = bytearray()
    for letter in letters:
        if letter not in _SIX_BITS:
            break
        bits, size = (bits << 6 | _SIX_BITS[letter]) & 0xFFFF, size + 6
        if size >= 8:
            size -= 8
            packed.append(bits >> size & 255)
    body = _runs(bytes(packed))
    try:
        name = body[1 : 1 + body[0]].decode("mac-roman")
        (length,) = struct.unpack_from(">I", body, body[0] + 12)
    except (IndexError, struct.error):
        return "", b"", True
    start = body[0] + 22
    content = body[start : start + length]
    return name, content, len(content) < length


def _runs(packed: bytes) -> bytes:
    """Undo the runs of RFC 1741: a byte, 0x90 and how often it stands."""
    out = bytearray()
    place = 0
    while place < len(packed):
        byte = packed[place]
        count = packed[place + 1 : place + 2]
        if byte != _DLE or not count:
            out.append(byte)
        else:
            place += 1
            out += out[-1:] * (count[0] - 1) if count[0] else bytes([_DLE])
        place += 1
    return bytes(out)


def szdd_unpacked(data: bytes) -> Iterator[bytes]:
    """Yield what Microsoft's COMPRESS packed (SZDD), in blocks."""
    if len(data) >= 14:
        (size,) = struct.unpack_from("<I", data, 10)
        yield from lzss_unpacked(data[14:], 16, 0x20, size)


def lzss_unpacked(data: bytes, behind: int, fill: int, left: int) -> Iterator[bytes]:
    """Yield what LZSS packed with a window of 4,096 bytes, in blocks, at most `left` bytes of it.

    The window is filled with one byte and written from so many bytes before its end on.
    """
    window, at = bytearray([fill]) * _WINDOW, _WINDOW - behind
    place, block = 0, bytearray()
    while place < len(data) and left > 0:
        flags, place = data[place], place + 1
        for bit in range(8):
            width = 1 if flags >> bit & 1 else 2
            if place + width > len(data) or left <= 0:
                break
            if width == 1:
                run = data[place : place + 1]
            else:
                start = data[place] | (data[place + 1] & 0xF0) << 4
                run = _reach(window, start, at, (data[place + 1] & 15) + 3)
            place += width
            for byte in run[:left]:
                window[at] = byte
                at = (at + 1) % _WINDOW
            block += run[:left]
            left -= len(run[:left])
        if len(block) >= _BLOCK:
            yield bytes(block)
            block.clear()
    yield bytes(block)


def _reach(window: bytearray, start: int, at: int, length: int) -> bytes:
    """Return a run of the window, which may reach into what it writes itself."""
    run = bytearray()
    for step in range(length):
        source = (start + step) % _WINDOW
        ahead = (source - at) % _WINDOW
        run.append(run[ahead] if ahead < len(run) else window[source])
    return bytes(run)


def snappy_unpacked(data: bytes) -> Iterator[bytes]:
    """Yield the chunks of Snappy's framing format. Raises ValueError where one is broken."""
    codec = pa.Codec("snappy")
    place = 0
    while place + 4 <= len(data):
        kind, size = data[place], int.from_bytes(data[place + 1 : place + 4], "little")
        body = data[place + 8 : place + 4 + size]  # behind the checksum
        if kind == 0:
            length = _varint(body)
            if length > _BLOCK or place + 4 + size > len(data):
                raise ValueError("a chunk too large")
            try:
                yield bytes(codec.decompress(body, decompressed_size=length))
            except (pa.ArrowException, OSError) as error:
                raise ValueError("a broken chunk") from error
        elif kind == 1:
            yield body
        elif 2 <= kind < 0x80:
            raise ValueError("a chunk of an unknown kind")
        place += 4 + size


def _varint(data: bytes) -> int:
    number = 0
    for shift, byte in enumerate(data[:5]):
        number |= (byte & 0x7F) << 7 * shift
        if not byte & 0x80:
            return number
    return 1 << 32


def zlib_unpacked(data: bytes) -> Iterator[bytes]:
    """Yield a zlib stream (RFC 1950) in blocks. Raises ValueError where it is broken or cut."""
    unpacking = zlib.decompressobj()
    rest = data
    while rest and not unpacking.eof:
        try:
            block = unpacking.decompress(rest, _BLOCK)
        except zlib.error as error:
            raise ValueError("a broken stream") from error
        if block:
            yield block
        rest = unpacking.unconsumed_tail
        if not rest and not block:
            break
    if not unpacking.eof:
        raise ValueError("cut short")


def apple_forks(data: bytes) -> dict[int, bytes]:
    """Return the entries of an AppleSingle or AppleDouble file by their numbers (RFC 1740)."""
    found: dict[int, bytes] = {}
    if len(data) < 26:
        return found
    (count,) = struct.unpack_from(">H", data, 24)
    for number in range(count):
        if 26 + number * 12 + 12 > len(data):
            break
        kind, place, size = struct.unpack_from(">III", data, 26 + number * 12)
        found.setdefault(kind, data[place : place + size])
    return found
