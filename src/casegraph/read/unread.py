"""Names of file types that no reader reads (yet), by their first bytes."""

from __future__ import annotations

import functools
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator

import olefile

from casegraph.model import Original
from casegraph.read.charset import is_text
from casegraph.read.magic import BRANDS, PARTS, STREAMS, SURE
from casegraph.read.package import opened
from casegraph.read.raremagic import EARLY, ENDS, FORMS, RARE
from casegraph.read.sectors import show_place, word_place
from casegraph.read.textmagic import TEXTS
from casegraph.read.typelabels import LABELS

ENCRYPTED = "application/x-encrypted-ooxml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXCEL = b"\x09\x08"  # how the first stream of a workbook begins, where the list of its streams is lost
_SHORT = 4  # letters of a mark that may begin a text as well
_HEAD = 4096
_MOST_TABLES = 100  # of a font
_ZIP = b"PK\x03\x04"
_WORDPERFECT = {
    b"\x16": "image/x-wpg", b"\x0f": "application/vnd.corel-presentations",
    b"\x0b": "application/x-quattro-pro",
}  # fmt: skip
"""File types in the prefix of Corel's files, other than documents."""
_PART = struct.Struct("<6xH10xI4xHH")  # flags, packed size, lengths of name and extra field
_MOST_PARTS = 20_000
_DWG = re.compile(rb"AC1[0-9.]{3}|AC[1-2]\.[0-9]{2}|MC0\.0")
_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]{1,60})-----")
_BINARY = tuple((re.compile(form, re.DOTALL), media_type) for form, media_type, _ in FORMS)
_TEXTS = tuple((re.compile(form, re.IGNORECASE), media_type) for form, media_type, _ in TEXTS)
_ANY_TEXT = re.compile(b"|".join(form for form, _, _ in TEXTS), re.IGNORECASE)  # most texts are none of them


def _by_first(marks: Iterable[tuple[int, bytes, str]]) -> list[list[tuple[int, bytes, str]]]:
    """Return the marks that a file may bear whose first byte is a number: one in four need be looked at."""
    rows = list(marks)
    return [[row for row in rows if row[0] or row[1][0] == first] for first in range(256)]


_SURE, _EARLY, _RARE = (
    _by_first(SURE),
    _by_first(row[:3] for row in EARLY),
    _by_first(row[:3] for row in RARE),
)
_NAMED = {
    **{row[-2]: row[-1] for table in (TEXTS, FORMS, ENDS, RARE, EARLY) for row in table},
    **LABELS,
}
_OWNER_SIZES = (162, 165)  # of the marks that Word, and Excel and PowerPoint, leave beside an open file
_STATED = re.compile(rb"mimetype=?(application/[a-z0-9.+-]{1,80}?)(?=PK|[^a-z0-9.+-])")


BROKEN_ZIP = (zipfile.BadZipFile, OSError, ValueError, struct.error, EOFError, NotImplementedError)
"""What zipfile raises for what it cannot open."""


def zip_parts(data: bytes) -> bytes:
    """Return the beginning of a zip file with the names in its directory: what is packed inside counts not.

    Of a file whose directory is lost the names that stand before its parts are taken.
    """
    try:
        with opened(data) as whole:
            names = "\n".join(whole.namelist()).encode("utf-8", "replace")
            if "mimetype" in whole.namelist() and whole.getinfo("mimetype").file_size < _HEAD:
                names += b"\nmimetype=" + whole.read("mimetype").strip() + b"\n"  # OpenDocument, EPUB
    except (*BROKEN_ZIP, zlib.error, RuntimeError):
        names = b"\n".join(_names_before_parts(data))
    return data[:_HEAD] + b"\n" + names


def _names_before_parts(data: bytes) -> Iterator[bytes]:
    """Yield the names in the headers of a zip file's parts, not of zip files that lie in it."""
    place = data.find(_ZIP)
    for _ in range(_MOST_PARTS):
        if not 0 <= place <= len(data) - _PART.size:
            return
        flags, size, name, more = _PART.unpack_from(data, place)
        start = place + _PART.size
        yield data[start : start + name]
        unknown = flags & 8  # its size stands behind it
        place = data.find(_ZIP, start + name + more + (0 if unknown else size))


def unpacks_to(data: bytes) -> int:
    """Return how many bytes the parts of a zip package say that they unpack to, 0 if it cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as whole:
            return sum(entry.file_size for entry in whole.infolist())
    except BROKEN_ZIP:
        return 0


@functools.lru_cache(maxsize=1)  # several readers ask for the same original
def name_type(original: Original) -> str:
    """Return the media type that an original's content tells; application/octet-stream if unknown."""
    data = original.data
    if not data:
        return "application/x-empty"
    found = _marked_type(data)
    if found is not None:
        return found
    if data.startswith(_OLE):
        return _ole_type(data)
    if data.startswith(_ZIP) or (data[:2] == b"PK" and zipfile.is_zipfile(io.BytesIO(data))):
        return _zip_type(data)
    text = is_text(data)
    return _rare_type(data, text=text) or (_text_type(data) if text else _binary_type(data))


def label(media_type: str) -> str:
    """Return a type's name with what a person calls it, where that says more."""
    return f"{media_type} ({_NAMED[media_type]})" if media_type in _NAMED else media_type


def labels() -> dict[str, str]:
    """Return every type that content tells, with what a person calls it ("" where its name says it)."""
    told = [kind for _, _, kind in SURE] + [kind for _, kind in (*STREAMS, *PARTS)] + [*BRANDS.values()]
    return {**dict.fromkeys(told, ""), **_NAMED}


def _marked_type(data: bytes) -> str | None:
    """Return the type that marks at fixed places tell, None where there are none."""
    for place, mark, media_type in _EARLY[data[0]]:
        if data.startswith(mark, place):
            return media_type
    for place, mark, media_type in _SURE[data[0]]:
        if data.startswith(mark, place) and not (_is_short(mark) and place < 8 and is_text(data)):
            if media_type == "font/ttf" and not _is_font(data):
                continue
            return _refined(data, media_type)
    if data[4:8] == b"ftyp":
        return BRANDS.get(data[8:12]) or BRANDS.get(data[8:11], "video/mp4")
    if _DWG.match(data) and b"\0" in data[:64]:
        return "image/vnd.dwg"
    if data.startswith(b"\xca\xfe\xba\xbe"):
        return "application/java-vm" if int.from_bytes(data[4:8], "big") >= 45 else "application/x-mach-o"
    return None


def _is_font(data: bytes) -> bool:
    """Tell whether a TrueType font follows its mark, a small number: it says how many tables it has."""
    tables, search = int.from_bytes(data[4:6], "big"), int.from_bytes(data[6:8], "big")
    counted = tables > 0 and search == 16 << tables.bit_length() - 1
    return data[:1] == b"t" or counted or (0 < tables <= _MOST_TABLES and is_text(data[12:16]))


def _is_short(mark: bytes) -> bool:
    """Tell whether a mark is a few letters, which a text may begin with as well."""
    return len(mark) <= _SHORT and mark.isascii() and mark.decode("ascii").isprintable()


def _refined(data: bytes, media_type: str) -> str:
    """Return the kind within a family that shares its mark."""
    if media_type == "application/vnd.wordperfect":
        return _WORDPERFECT.get(data[9:10], media_type)
    if media_type == "video/x-matroska" and b"webm" in data[:64]:
        return "video/webm"
    return media_type


def _rare_type(data: bytes, *, text: bool) -> str | None:
    """Return the type that the marks of rarer formats tell."""
    for place, mark, media_type in _RARE[data[0]]:
        if data.startswith(mark, place) and not (text and _is_short(mark)):
            return media_type
    for place, mark, media_type, _ in ENDS:
        if data.startswith(mark, max(0, len(data) - place)) and len(data) > place:
            return media_type
    return None


def _binary_type(data: bytes) -> str:
    """Return the type of data that is no text and has no sure mark."""
    for form, media_type in _BINARY:
        if form.match(data) and (media_type != "application/x-ms-owner" or len(data) in _OWNER_SIZES):
            return media_type
    if _is_tar(data):
        return "application/x-tar"
    if _is_zlib(data):
        return "application/zlib"
    return "application/octet-stream"


def _text_type(data: bytes) -> str:
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \r\n\t")
    if data.startswith(b"From ") and is_text(data[:_HEAD]):
        return "application/mbox"
    for mark, media_type in ((b"{\\rtf", "application/rtf"), (b"%!PS", "application/postscript")):
        if head.startswith(mark):
            return media_type
    if (stated := _PEM.match(head)) is not None and stated[1] != b"PGP SIGNED MESSAGE":
        kind = stated[1]
        if kind.startswith(b"PGP"):
            return "application/pgp-keys" if kind.endswith(b"BLOCK") else "application/pgp-encrypted"
        return "application/pkcs7-mime" if kind in {b"PKCS7", b"CMS"} else "application/x-pem-file"
    if head[:5] == b"<?xml":
        return "application/x-fictionbook+xml" if b"<FictionBook" in data[:_HEAD] else "application/xml"
    forms = _TEXTS if _ANY_TEXT.match(head) else ()
    return next((media_type for form, media_type in forms if form.match(head)), "text/plain")


def _is_zlib(data: bytes) -> bool:
    """Tell whether a zlib stream begins (RFC 1950): its header's sum is right, and its first bytes unpack."""
    if data[:1] != b"\x78" or int.from_bytes(data[:2], "big") % 31:
        return False
    try:
        return bool(zlib.decompressobj().decompress(data[:_HEAD], _HEAD)) or len(data) < _HEAD
    except zlib.error:
        return False


def _is_tar(data: bytes) -> bool:
    """Tell whether a file begins with the header of a tar without a mark (V7): its checksum is right."""
    stated = data[148:156].strip(b"\0 ")
    if len(data) < 512 or not stated.isdigit() or not data[:1].strip(b"\0"):
        return False
    try:
        return int(stated, 8) == sum(data[:148]) + 8 * 32 + sum(data[156:512])
    except ValueError:
        return False


def _ole_type(data: bytes) -> str:
    """Return the type of a compound file by the streams at its top; by names in its bytes if it is broken."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as whole:
            top = {path[0].lower() for path in whole.listdir(streams=True, storages=True)}
    except (OSError, ValueError, IndexError, TypeError, struct.error, RecursionError, AttributeError):
        # olefile meets broken sector chains and directories with whatever Python raises there.
        top = set()
    for name, media_type in STREAMS:
        if name in top:
            return media_type
    if not top:
        if data[512:514] == _EXCEL:
            return "application/vnd.ms-excel"
        if word_place(data) > 0 or show_place(data) > 0:
            return "application/msword" if word_place(data) > 0 else "application/vnd.ms-powerpoint"
        lower = data.lower()
        for name, media_type in STREAMS:
            if len(name) > 8 and name.encode("utf-16-le") in lower:
                return media_type
        if b"w\0o\0r\0k\0b\0o\0o\0k\0" in lower:
            return "application/vnd.ms-excel"
    return "application/x-ole-storage"


def _zip_type(data: bytes) -> str:
    parts = zip_parts(data)
    stated = _STATED.search(parts)
    if stated is not None:
        return stated[1].decode("ascii")
    return next((media_type for part, media_type in PARTS if part in parts), "application/zip")
