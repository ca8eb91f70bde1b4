"""A corpus of files made to hurt, each with the problem codes that it must give. Sizes on disk are small."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator

from tests.read.compound import compound
from tests.read.made import pdf, word
from tests.read.test_sheet import biff, record, workbook
from tests.read.test_xmltext import LAUGHS

ZEROS = bytes(1 << 20)
LETTERS = b"A" * (1 << 20)


def zipped(*files: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def packed(mebibytes: int) -> tuple[bytes, int, int]:
    """Return one letter again and again packed raw, their size, and their checksum, never held."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    parts: list[bytes] = []
    check = 0
    for _ in range(mebibytes):
        parts.append(squeeze.compress(LETTERS))
        check = zlib.crc32(LETTERS, check)
    return b"".join([*parts, squeeze.flush()]), mebibytes << 20, check


def sparse_zip(gibibytes: int) -> bytes:
    """Return a ZIP whose one file says that it is so large, and is: runs of one packed mebibyte of zeros.

    A deflate stream flushed fully can be repeated; the checksum is not right, which comes too late to matter.
    """
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    squeeze.compress(ZEROS)
    squeeze.flush(zlib.Z_FULL_FLUSH)
    block = squeeze.compress(ZEROS) + squeeze.flush(zlib.Z_FULL_FLUSH)
    data = block * (gibibytes << 10) + zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    size = gibibytes << 30
    name = b"zeros.bin"
    extra = struct.pack("<HHQQ", 1, 16, size, len(data))
    local = struct.pack(
        "<4s5HIIIHH", b"PK\3\4", 45, 0, 8, 0, 33, 0, 0xFFFFFFFF, 0xFFFFFFFF, len(name), len(extra)
    )
    body = local + name + extra + data
    central = struct.pack(
        "<4s6HIIIHHHHHII", b"PK\1\2", 45, 45, 0, 8, 0, 33, 0, 0xFFFFFFFF, 0xFFFFFFFF, len(name), len(extra),
        0, 0, 0, 0, 0,
    )  # fmt: skip
    directory = central + name + extra
    end = struct.pack("<4s4HIIH", b"PK\5\6", 0, 0, 1, 1, len(directory), len(body), 0)
    return body + directory + end


def overlapping() -> bytes:
    """Return a ZIP in whose directory two hundred entries name the same packed bytes (Fifield, 2019)."""
    data, size, check = packed(8)
    name = b"a"
    local = struct.pack("<4s5HIIIHH", b"PK\3\4", 20, 0, 8, 0, 33, check, len(data), size, 1, 0) + name + data
    entry = struct.pack(
        "<4s6HIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 33, check, len(data), size, 1, 0, 0, 0, 0, 0, 0
    )
    directory = (entry + name) * 200
    return (
        local + directory + struct.pack("<4s4HIIH", b"PK\5\6", 0, 0, 200, 200, len(directory), len(local), 0)
    )


def nested(depth: int) -> bytes:
    data = b"the words at the bottom"
    for number in range(depth):
        data = zipped((f"{number}.zip" if number else "words.txt", data))
    return data


def quine() -> bytes:
    """Return a gzip file that unpacks to itself (after Russ Cox, 2010): literals that copy what was read."""
    return gzip.compress(gzip.compress(gzip.compress(b"again", mtime=0), mtime=0), mtime=0)


def tarred() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, kind, goal in (
            ("soft", tarfile.SYMTYPE, "/etc/passwd"), ("hard", tarfile.LNKTYPE, "../../etc/shadow"),
            ("pipe", tarfile.FIFOTYPE, ""), ("device", tarfile.CHRTYPE, ""),
        ):  # fmt: skip
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, goal
            archive.addfile(entry)
        entry = tarfile.TarInfo("../../escape.txt")
        entry.size = 5
        archive.addfile(entry, io.BytesIO(b"words"))
    return made.getvalue()


def circle() -> bytes:
    """Return a compound file whose directory's chain of sectors is a circle."""
    data = bytearray(biff(record(0x203, struct.pack("<HHHd", 0, 0, 0, 7.5))))
    (table,) = struct.unpack_from("<I", data, 76)
    (directory,) = struct.unpack_from("<I", data, 48)
    struct.pack_into("<I", data, (table + 1) * 512 + directory * 4, directory)
    return bytes(data)


XXE = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">'
    '<!ENTITY y SYSTEM "http://x.example/">]>'
)

HOSTILE: dict[str, tuple[Callable[[], bytes], frozenset[str]]] = {
    "a zip of 10 GB of zeros": (lambda: sparse_zip(10), frozenset({"too-large", "bomb"})),
    "a gzip of more letters than any file may have": (
        lambda: b"\x1f\x8b\x08\0\0\0\0\0\0\3" + packed(80)[0] + bytes(8), frozenset({"bomb"})
    ),
    "a zip whose files overlap": (overlapping, frozenset({"bomb"})),
    "zips in zips": (lambda: nested(60), frozenset({"too-deep"})),
    "gzip in gzip in gzip": (quine, frozenset()),
    "paths that lead out": (
        lambda: zipped(("../../../etc/cron.d/x", b"words"), ("/etc/keys", b"w"), ("C:\\x\\..\\y", b"w")),
        frozenset({"unsafe-path"}),
    ),
    "links and devices in a tar": (tarred, frozenset({"special-member", "unsafe-path"})),
    "outside entities": ((XXE + "<a>&x;&y; words</a>").encode, frozenset({"external-entity"})),
    "outside entities in a Word document": (
        lambda: zipped(("word/document.xml", (XXE + "<a>&x;").encode())), frozenset({"damaged", "no-text"})
    ),
    "a billion laughs": (LAUGHS.encode, frozenset({"bomb"})),
    "10,000 nested tags of XML": (
        lambda: b"<?xml version='1.0'?>" + b"<a>" * 10_000 + b"words", frozenset({"nested-too-deep"})
    ),
    "10,000 nested tags of HTML": (
        lambda: b"<html><body>" + b"<div>" * 10_000 + b"words", frozenset({"nested-too-deep"})
    ),
    "nested JSON": (lambda: b'{"a":' * 10_000 + b"1", frozenset({"nested-too-deep"})),
    "formulas in a text table": (
        lambda: b"name,sum,note\na,1,=cmd|'/c calc'!A0\nb,2,\"=HYPERLINK(\"\"http://x.example\"\")\"\nc,3,z\n",
        frozenset({"formula-payload"}),
    ),
    "formulas in a workbook": (
        lambda: workbook(S=[["=cmd|'/c calc'!A0", '=WEBSERVICE("http://x.example")', "words"]]),
        frozenset({"formula-payload"}),
    ),
    "a workbook with a part of zeros": (
        lambda: zipped(("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", ZEROS * 80)),
        frozenset({"bomb"}),
    ),
    "a Word document with a part of zeros": (
        lambda: zipped(("word/document.xml", ZEROS * 64)), frozenset({"bomb", "no-text"})
    ),
    "sectors in a circle": (circle, frozenset({"damaged", "damaged-part"})),
    "a compound file of one sector": (
        lambda: compound({"Workbook": b""})[:600], frozenset({"damaged", "no-text", "unread-type"})
    ),
    "an image larger than life": (
        lambda: b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 99_999, 99_999, 8, 0, 0, 0, 0)
        + struct.pack(">I", zlib.crc32(struct.pack(">4sIIBBBBB", b"IHDR", 99_999, 99_999, 8, 0, 0, 0, 0)))
        + struct.pack(">I4s", 0, b"IDAT") + struct.pack(">I", zlib.crc32(b"IDAT")),
        frozenset({"bomb"}),
    ),
    "a PDF whose pages are their own parents": (
        lambda: pdf("words").replace(b"/Kids [8 0 R]", b"/Kids [2 0 R]"),
        frozenset({"damaged", "page-damaged"}),
    ),
    "a mail of nothing but boundaries": (
        lambda: b'From: a\nTo: b\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
        + b"--b\n" * 50_000,
        frozenset({"cut", "damaged-part"}),
    ),
    "one line of 20 million quotation marks": (lambda: b'a,b,c\n"' + b'"' * 20_000_000, frozenset()),
    "a table of a million columns": (lambda: (b"a," * 1_000_000 + b"\n") * 3, frozenset()),
    "cards that never end": (lambda: b"BEGIN:VCARD\n" * 50_000, frozenset({"truncated", "no-text"})),
    "RTF of a hundred thousand braces": (lambda: b"{\\rtf1 " + b"{" * 100_000, frozenset()),
    "a Word document of dead ends": (
        lambda: word("<w:p>" + "<w:r>" * 5_000), frozenset({"damaged"})
    ),
}  # fmt: skip
"""Name, maker, and the codes (without `read.`) of which at least one must be given; none where any do."""


def corpus() -> Iterator[tuple[str, bytes, frozenset[str]]]:
    """Yield name, bytes and codes of every file."""
    for name, (make, codes) in HOSTILE.items():
        yield name, make(), codes
