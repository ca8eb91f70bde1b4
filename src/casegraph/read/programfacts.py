"""What programs and PostScript say of themselves: version blocks of Windows, heads of ELF, DSC comments."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from casegraph.read.charset import decode

Facts = Iterator[tuple[str, str]]

_MACHINES: Final = {
    0x14C: "x86",
    0x8664: "x86-64",
    0x1C0: "ARM",
    0x1C4: "ARM",
    0xAA64: "ARM64",
    0x200: "IA-64",
}
_ELF_MACHINES: Final = {
    2: "SPARC", 3: "x86", 8: "MIPS", 20: "PowerPC", 21: "PowerPC 64", 22: "S390", 40: "ARM", 43: "SPARC 64",
    50: "IA-64", 62: "x86-64", 183: "ARM64", 243: "RISC-V",
}  # fmt: skip
_ELF_KINDS: Final = {1: "object file", 2: "program", 3: "shared library or program", 4: "memory of a crash"}
_SYSTEMS: Final = {0: "Unix", 2: "NetBSD", 3: "Linux", 6: "Solaris", 9: "FreeBSD", 12: "OpenBSD"}
_OLD: Final = "MS-DOS, Windows 3 or OS/2"
_VERSION: Final = {
    "CompanyName": "company", "ProductName": "title", "FileDescription": "description",
    "FileVersion": "version", "LegalCopyright": "rights", "OriginalFilename": "original_name",
    "InternalName": "internal_name", "Comments": "comment",
}  # fmt: skip
_LONGEST: Final = 1_000  # bytes of one value
_COMMENT: Final = re.compile(
    rb"^%%(Title|Creator|For|CreationDate|Pages|Copyright):[ \t]*([^\r\n]{1,400})", re.MULTILINE
)
_COMMENTS: Final = {
    b"Title": "title", b"Creator": "application", b"For": "creator", b"CreationDate": "created",
    b"Pages": "pages", b"Copyright": "rights",
}  # fmt: skip


def windows_program(data: bytes) -> Facts:
    """Yield the machine, the time of linking and the version block ([PE format], VS_VERSIONINFO)."""
    (place,) = struct.unpack_from("<I", data, 0x3C)
    if data[place : place + 4] == b"PE\0\0":
        machine, _, linked = struct.unpack_from("<HHI", data, place + 4)
        yield "machine", _MACHINES.get(machine, f"{machine:#x}")
        if 0 < linked < 1 << 31:
            yield "linked", datetime.fromtimestamp(linked, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    else:
        yield "machine", _OLD
    block = data.find("StringFileInfo".encode("utf-16-le"))
    for name, key in _VERSION.items() if block >= 0 else ():
        at = data.find(f"\0{name}\0".encode("utf-16-le"), block, block + 65_536)
        if at >= 0:
            start = at + 2 * len(name) + 4
            raw = data[start : start + _LONGEST]
            yield key, raw[len(raw) % 2 :].decode("utf-16-le", "replace").lstrip("\0").split("\0", 1)[0]


def unix_program(data: bytes) -> Facts:
    """Yield what an ELF head says: bits, system, machine, kind."""
    order = ">" if data[5] == 2 else "<"
    kind, machine = struct.unpack_from(f"{order}HH", data, 16)
    yield "bits", "64" if data[4] == 2 else "32"
    yield "system", _SYSTEMS.get(data[7], "")
    yield "machine", _ELF_MACHINES.get(machine, str(machine))
    yield "kind", _ELF_KINDS.get(kind, "")


def postscript(data: bytes) -> Facts:
    """Yield the structuring comments (DSC) of PostScript, also within the DOS wrapping of an EPS."""
    start = struct.unpack_from("<I", data, 4)[0] if data.startswith(b"\xc5\xd0\xd3\xc6") else 0
    for found in _COMMENT.finditer(data[start : start + 65_536]):
        value = decode(found[2]).text.strip()
        yield _COMMENTS[found[1]], value.removeprefix("(").removesuffix(")")
