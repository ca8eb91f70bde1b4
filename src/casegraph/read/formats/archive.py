"""Archives: ZIP by the standard library, all others by libarchive (7z, RAR, TAR, CAB, ISO, gzip, xz ...)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Container, Iterator
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from types import ModuleType

from casegraph.model import DEEPEST, Original, Unpacked
from casegraph.read.base import Reader, Reading
from casegraph.read.charset import decode
from casegraph.read.draft import Draft
from casegraph.read.pieces import Piece
from casegraph.read.unpacking import ZIP_ERRORS, Budget
from casegraph.read.unread import name_type

_ZIP = "application/zip"
_STREAMS = {
    "application/gzip": ".gz",
    "application/x-bzip2": ".bz2",
    "application/x-xz": ".xz",
    "application/zstd": ".zst",
}
_TYPES = (
    _ZIP, "application/vnd.rar", "application/x-7z-compressed", "application/x-tar",
    "application/vnd.ms-cab-compressed", "application/x-iso9660-image", "application/x-cpio",
    "application/x-archive", "application/x-lha", *_STREAMS,
)  # fmt: skip
_BLOCK = 1 << 20
_UTF8_NAME = 0x800  # flag of the ZIP specification, 4.4.4, bit 11
_ENCRYPTED = 0x1


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    return media_type if media_type in _TYPES else None


def read(original: Original, media_type: str) -> Reading:
    """Yield each file of the archive, then a page that lists them (no claim rests on a list of names)."""
    draft = Draft(original, media_type, "archive 1")
    if original.depth >= DEEPEST:
        draft.problem("too-deep", f"{DEEPEST} containers lie around this one; it was not opened")
        yield from draft.finish()
        return
    lines: list[str] = []
    unpack = _zip if media_type == _ZIP else _library
    try:
        for child in unpack(draft, Budget(draft)):
            lines.append(f"{child.child.name}\t{child.child.size}\t{child.child.modified or ''}".rstrip())
            yield child
    except Budget.SpentError:
        pass  # the draft says why; what came before stays
    draft.page([Piece("\n".join(lines), "table")] if lines else [])
    yield from draft.finish()


# -- ZIP --------------------------------------------------------------------------------------------------


def _zip(draft: Draft, budget: Budget) -> Iterator[Unpacked]:
    try:
        whole = zipfile.ZipFile(io.BytesIO(draft.original.data))
        entries = whole.infolist()
    except (*ZIP_ERRORS, NotImplementedError):
        draft.problem("damaged-part", "the archive's directory is broken; it was read from the beginning on")
        yield from _library(draft, budget)
        return
    names = _zip_names(entries)
    encrypted = broken = 0
    given: set[str] = set()
    for entry in entries:
        if entry.is_dir():
            continue
        budget.member()
        if entry.flag_bits & _ENCRYPTED:
            encrypted += 1
            continue
        if _is_link(entry.external_attr >> 16):
            draft.problem("special-member", "a link inside the archive was passed over")
            continue
        try:
            with whole.open(entry) as stream:
                data = budget.collect(iter(partial(stream.read, _BLOCK), b""))
        except (*ZIP_ERRORS, NotImplementedError, RuntimeError):
            broken += 1
            continue
        given.add(entry.filename)
        if data is not None:
            yield _child(draft, names[entry], data, _zip_time(entry))
    if broken and not encrypted:  # libarchive goes by the files' own headers, not by the directory
        for child in _library(draft, budget, given):
            broken -= 1
            yield child
    _tell(draft, encrypted, max(broken, 0))


def _zip_names(entries: list[zipfile.ZipInfo]) -> dict[zipfile.ZipInfo, str]:
    """Return the names as they were meant: old archivers wrote them in the DOS code page of their country."""
    old = [entry for entry in entries if not entry.flag_bits & _UTF8_NAME]
    raw = {entry: _raw_name(entry) for entry in old}
    together = b"\n".join(data for data in raw.values() if not data.isascii())
    encoding = decode(together).encoding if together else "ascii"
    found = {entry: entry.filename for entry in entries}
    for entry, data in raw.items():
        if not data.isascii():
            try:
                found[entry] = data.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                found[entry] = decode(data).text
    return found


def _raw_name(entry: zipfile.ZipInfo) -> bytes:
    try:
        return entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.orig_filename.encode("utf-8", "surrogateescape")


def _zip_time(entry: zipfile.ZipInfo) -> str | None:
    """Return the local time that the archive gives, without a zone: it has none."""
    try:
        return datetime(*entry.date_time).isoformat()  # noqa: DTZ001 - DOS times have no zone
    except (ValueError, TypeError):
        return None


# -- all others -------------------------------------------------------------------------------------------


def _library(draft: Draft, budget: Budget, given: Container[str] = ()) -> Iterator[Unpacked]:
    try:
        libarchive = import_module("libarchive")
    except (
        ImportError,
        OSError,
        TypeError,
        AttributeError,
    ):  # each of them where the system's library is missing
        draft.problem("tool-missing", "libarchive is not installed, which reads this kind of archive")
        return
    count = 0
    try:
        for child in _entries(libarchive, draft, budget, given):
            count += 1
            yield child
    except libarchive.ArchiveError as error:
        if not count and draft.media_type in _STREAMS:
            yield from _stream(libarchive, draft, budget)
        else:
            _broken(draft, str(error))


def _broken(draft: Draft, words: str) -> None:
    """Note why an archive ends: the library's words say whether for a password."""
    low = words.lower()
    if "encrypt" in low or "passphrase" in low or "password" in low:
        draft.problem("encrypted", "the archive is encrypted; a password is needed to open it")
    else:
        draft.problem("damaged", "the archive is broken or of a kind that cannot be read; the rest is lost")


def _entries(library: ModuleType, draft: Draft, budget: Budget, given: Container[str]) -> Iterator[Unpacked]:
    with library.memory_reader(draft.original.data) as archive:
        for entry in archive:
            if entry.isdir or entry.pathname in given:
                continue
            budget.member()
            if not entry.isreg or entry.islnk:
                draft.problem("special-member", "a link or device inside the archive was passed over")
                continue
            data = budget.collect(entry.get_blocks(_BLOCK))
            if data is not None:
                yield _child(draft, _text(entry.pathname), data, _unix_time(entry.mtime))


def _stream(library: ModuleType, draft: Draft, budget: Budget) -> Iterator[Unpacked]:
    """Yield what a compressed single file holds."""
    name = next(iter(draft.original.names), "").rsplit("/", 1)[-1]
    ending = _STREAMS[draft.media_type]
    inner = name[: -len(ending)] if name.lower().endswith(ending) else name
    try:
        with library.memory_reader(draft.original.data, "raw") as archive:
            for entry in archive:
                data = budget.collect(entry.get_blocks(_BLOCK))
                if data is not None:
                    yield _child(draft, inner or "content", data, None)
    except library.ArchiveError as error:
        _broken(draft, str(error))


def _text(name: str | bytes | None) -> str:
    return decode(name).text if isinstance(name, bytes) else name or ""


def _unix_time(seconds: int | None) -> str | None:
    try:
        return datetime.fromtimestamp(seconds or 0, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if seconds else None
    except (OverflowError, ValueError, OSError):
        return None


# -- both -------------------------------------------------------------------------------------------------


def _is_link(mode: int) -> bool:
    return mode & 0o170000 == 0o120000


def _child(draft: Draft, name: str, data: bytes, modified: str | None) -> Unpacked:
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith("/"):
        draft.problem("unsafe-path", "a path inside the archive leads out of it; it was kept inside")
    return draft.child(name, data, "member", modified=modified)


def _tell(draft: Draft, encrypted: int, broken: int) -> None:
    if encrypted:
        draft.problem("encrypted", f"{encrypted} files of the archive need a password; they were left packed")
    if broken:
        draft.problem("damaged-part", f"{broken} files of the archive are broken and could not be taken out")


READER = Reader(name="archive", version=1, media_types=_TYPES, recognise=_recognise, read=read)
