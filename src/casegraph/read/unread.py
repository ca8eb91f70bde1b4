"""Names of file types that no reader reads (yet), by their first bytes."""

from __future__ import annotations

import functools
import io
import re
import struct
import zipfile
import zlib

from casegraph.model import Original
from casegraph.read.charset import is_text

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\xffWPC", "application/vnd.wordperfect"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"BM", "image/bmp"),
    (8, b"WEBP", "image/webp"),
    (0, b"AT&TFORM", "image/vnd.djvu"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypmsf1", "image/heic"),
    (0, b"II+\x00", "image/tiff"),
    (0, b"MM\x00+", "image/tiff"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/x-matroska"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (8, b"WAVE", "audio/wav"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (257, b"ustar", "application/x-tar"),
    (0, b"MSCF", "application/vnd.ms-cab-compressed"),
    (32769, b"CD001", "application/x-iso9660-image"),
    (0, b"070701", "application/x-cpio"),
    (0, b"!<arch>\n", "application/x-archive"),
    (2, b"-lh", "application/x-lha"),
    (0, b"!BDN", "application/vnd.ms-outlook-pst"),
    (0, b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (4, b"Standard Jet DB", "application/x-msaccess"),
    (4, b"Standard ACE DB", "application/x-msaccess"),
    (0, b"PAR1", "application/vnd.apache.parquet"),
    (0, b"MZ", "application/vnd.microsoft.portable-executable"),
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "application/x-ms-shortcut"),
)
ENCRYPTED = "application/x-encrypted-ooxml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", ENCRYPTED),
    ("HwpSummaryInformation", "application/x-hwp"),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__substg1.0_", "application/vnd.ms-outlook"),
)
_ZIP_PARTS = (
    (b"Index/CalculationEngine.iwa", "application/vnd.apple.numbers"),
    (b"Index/Slide", "application/vnd.apple.keynote"),
    (b"index.apxl", "application/vnd.apple.keynote"),
    (b"Index/Document.iwa", "application/vnd.apple.pages"),
    (b"Contents/content.hpf", "application/haansofthwpx"),
    (b"xl/workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
)
_HEAD = 4096
_ZIP = b"PK\x03\x04"
_STATED = re.compile(rb"mimetype=?(application/[a-z0-9.+-]{1,80}?)(?=PK|[^a-z0-9.+-])")


BROKEN_ZIP = (zipfile.BadZipFile, OSError, ValueError, struct.error, EOFError, NotImplementedError)
"""What zipfile raises for what it cannot open."""


def zip_parts(data: bytes) -> bytes:
    """Return the beginning of a zip file with the names in its directory: what is packed inside counts not.

    A file whose directory is lost is returned whole: names stand before each of its parts.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as whole:
            names = "\n".join(whole.namelist()).encode("utf-8", "replace")
            if "mimetype" in whole.namelist() and whole.getinfo("mimetype").file_size < _HEAD:
                names += b"\nmimetype=" + whole.read("mimetype").strip() + b"\n"  # OpenDocument, EPUB
    except (*BROKEN_ZIP, zlib.error, RuntimeError):
        return data
    return data[:_HEAD] + b"\n" + names


def unpacks_to(data: bytes) -> int:
    """Return how many bytes the parts of a zip package say that they unpack to, 0 if it cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as whole:
            return sum(entry.file_size for entry in whole.infolist())
    except BROKEN_ZIP:
        return 0


@functools.lru_cache(maxsize=1)  # several readers ask for the same original
def name_type(  # noqa: PLR0911 - a list of rules, the first that fits decides
    original: Original,
) -> str:
    """Return the media type that an original's first bytes tell; application/octet-stream if unknown."""
    data = original.data
    if not data:
        return "application/x-empty"
    for place, magic, media_type in _MAGIC:
        if data.startswith(magic, place):
            return media_type
    if data.startswith(_OLE):
        return _ole_type(data)
    if data.startswith(_ZIP):
        return _zip_type(data)
    if data.startswith(b"From ") and is_text(data[:_HEAD]):
        return "application/mbox"
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:5] == b"<?xml":
        return "application/x-fictionbook+xml" if b"<FictionBook" in data[:_HEAD] else "application/xml"
    return "text/plain" if is_text(data) else "application/octet-stream"


def _ole_type(data: bytes) -> str:
    for name, media_type in _OLE_STREAMS:
        if name.encode("utf-16-le") in data:
            return media_type
    return "application/x-ole-storage"


def _zip_type(data: bytes) -> str:
    parts = zip_parts(data)
    stated = _STATED.search(parts)
    if stated is not None:
        return stated[1].decode("ascii")
    return next((media_type for part, media_type in _ZIP_PARTS if part in parts), "application/zip")
