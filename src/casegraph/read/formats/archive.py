"""Archives: ZIP by the standard library, rare ones by unar, all others by libarchive (7z, RAR, TAR ...)."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from types import ModuleType

from casegraph.model import DEEPEST, Original, Unpacked
from casegraph.read import unar
from casegraph.read.base import Reader, Reading
from casegraph.read.charset import decode
from casegraph.read.cleaning import clean_path
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
    "application/x-compress": ".z",
    "application/x-lzma": ".lzma",
    "application/x-lzip": ".lz",
    "application/x-lz4": ".lz4",
}
_RARE = ("application/x-arj", "application/x-stuffit", "application/x-zoo", "application/x-arc",
         "application/x-alz-compressed", "application/x-ace-compressed")  # fmt: skip
"""Archives that unar opens and libarchive does not."""
_PACKAGES = (
    "application/java-archive", "application/x-tika-java-web-archive",
    "application/x-tika-java-enterprise-archive", "application/vnd.android.package-archive",
    "application/x-android-app-bundle", "application/vnd.ms-appx", "application/vsix",
    "application/x-itunes-ipa", "model/3mf", "application/vnd.google-earth.kmz",
    "application/vnd.geogebra.file", "application/x-xliff+zip", "application/vnd.apple.pkpass",
    "application/x-krita", "image/openraster",
)  # fmt: skip
"""ZIP archives that hold a program or files of one purpose."""
_TYPES = (
    _ZIP, "application/vnd.rar", "application/x-7z-compressed", "application/x-tar",
    "application/vnd.ms-cab-compressed", "application/x-iso9660-image", "application/x-cpio",
    "application/x-archive", "application/x-lha", "application/x-xar",
    "application/x-rpm", "application/x-debian-package", "application/x-chrome-extension", *_STREAMS,
    *_PACKAGES, *_RARE,
)  # fmt: skip
_BLOCK = 1 << 20
_UTF8_NAME = 0x800  # flag of the ZIP specification, 4.4.4, bit 11
_ENCRYPTED = 0x1
_TOLD = {
    "encrypted": "{} files of the archive need a password; they were left packed",
    "damaged-part": "{} files of the archive are broken and could not be taken out",
    "special-member": "{} links or devices inside the archive were passed over",
    "unsafe-path": "{} paths inside the archive lead out of it; they were kept inside",
    "unlocked": "{} files of the archive were opened with a password of the case",
}


@dataclass(slots=True)
class _Job:
    """One archive while it is read. `tally` counts what is to be told, by problem code."""

    draft: Draft
    budget: Budget
    lines: list[str] = field(default_factory=list)
    tally: Counter[str] = field(default_factory=Counter)

    @property
    def data(self) -> bytes:
        """The archive's bytes."""
        return self.draft.original.data

    @property
    def passwords(self) -> tuple[str, ...]:
        """What may open it."""
        return self.draft.original.passwords

    def child(self, name: str, data: bytes, modified: str | None) -> Unpacked:
        """Return a file of the archive and put it on the list."""
        parts = name.replace("\\", "/").split("/")
        self.tally["unsafe-path"] += ".." in parts or name.startswith("/")
        child = self.draft.child(name, data, "member", modified=modified)
        self.lines.append(f"{child.child.name}\t{child.child.size}\t{modified or ''}".rstrip())
        return child

    def tell(self) -> None:
        """Say what was passed over, and list the files."""
        for code, words in _TOLD.items():
            if self.tally[code] > 0:
                self.draft.problem(code, words.format(self.tally[code]))
        if not (self.lines or self.draft.troubled):
            self.draft.problem("no-text", "the archive holds no files")
        self.draft.page([Piece("\n".join(self.lines), "table")] if self.lines else [])


def _recognise(original: Original) -> str | None:
    media_type = name_type(original)
    return media_type if media_type in _TYPES else None


def read(original: Original, media_type: str) -> Reading:
    """Yield each file of the archive, then a page that lists them (no claim rests on a list of names).

    Files that need a password are listed with a size of "?".
    """
    draft = Draft(original, media_type, "archive 3")
    if original.depth >= DEEPEST:
        draft.problem("too-deep", f"{DEEPEST} containers lie around this one; it was not opened")
        yield from draft.finish()
        return
    job = _Job(draft, Budget(draft))
    with contextlib.suppress(Budget.SpentError):  # the draft says why; what came before stays
        if media_type in _RARE:
            yield from _rare(job)
        else:
            yield from _zip(job) if media_type == _ZIP or media_type in _PACKAGES else _library(job)
    job.tell()
    yield from draft.finish()


# -- ZIP --------------------------------------------------------------------------------------------------


def _zip(job: _Job) -> Iterator[Unpacked]:
    try:
        whole = zipfile.ZipFile(io.BytesIO(job.data))
        entries = whole.infolist()
    except (*ZIP_ERRORS, NotImplementedError):
        job.draft.problem(
            "damaged-part", "the archive's directory is broken; it was read from the beginning on"
        )
        yield from _library(job)
        return
    names = _zip_names(entries)
    locked: dict[str, zipfile.ZipInfo] = {}
    given: set[str] = set()
    broken = 0
    for entry in (entry for entry in entries if not entry.is_dir()):
        job.budget.member()
        if entry.flag_bits & _ENCRYPTED:
            locked[entry.filename] = entry
            continue
        if _is_link(entry.external_attr >> 16):
            job.tally["special-member"] += 1
            continue
        try:
            data = _zip_member(job, whole, entry)
        except (*ZIP_ERRORS, NotImplementedError, RuntimeError):
            broken += 1
            continue
        given.add(entry.filename)
        if data is not None:
            yield job.child(names[entry], data, _zip_time(entry))
    if locked:
        yield from _unlocked_zip(job, locked, names)
    elif broken:  # libarchive goes by the files' own headers, not by the directory
        for child in _library(job, given):
            broken -= 1
            yield child
    job.tally["damaged-part"] += max(broken, 0)


def _zip_member(job: _Job, whole: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | None:
    with whole.open(entry) as stream:
        return job.budget.collect(iter(partial(stream.read, _BLOCK), b""))


def _unlocked_zip(
    job: _Job, locked: dict[str, zipfile.ZipInfo], names: dict[zipfile.ZipInfo, str]
) -> Iterator[Unpacked]:
    """Yield the encrypted files that a password opens; libarchive knows AES, zipfile does not."""
    left = dict(locked)
    library = _libarchive(job) if job.passwords else None
    for password in job.passwords:
        if library is None or not left:
            break
        try:
            with library.memory_reader(job.data, "zip", passphrase=password) as archive:
                for entry in archive:
                    info = left.get(entry.pathname)
                    if info is None:
                        continue
                    try:
                        data = job.budget.collect(entry.get_blocks(_BLOCK))
                    except library.ArchiveError:  # another password, or broken
                        continue
                    del left[entry.pathname]
                    job.tally["unlocked"] += 1
                    if data is not None:
                        yield job.child(names[info], data, _zip_time(info))
        except library.ArchiveError:
            continue
    job.tally["encrypted"] += len(left)
    job.lines += [f"{clean_path(names[info])}\t?\t{_zip_time(info) or ''}".rstrip() for info in left.values()]


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


def _libarchive(job: _Job) -> ModuleType | None:
    try:
        return import_module("libarchive")
    except (ImportError, OSError, TypeError, AttributeError):
        # each of them where the system's library is missing
        job.draft.problem("tool-missing", "libarchive is not installed, which reads this kind of archive")
        return None


def _library(job: _Job, given: Container[str] = ()) -> Iterator[Unpacked]:
    library = _libarchive(job)
    if library is None:
        return
    taken: set[str] = set()
    try:
        for child in _entries(library, job, given):
            taken.add(child.child.name)
            yield child
    except library.ArchiveError as error:
        low = str(error).lower()
        if not taken and job.draft.media_type in _STREAMS:
            yield from _stream(library, job)
        elif any(word in low for word in ("encrypt", "passphrase", "password")):
            yield from _unlocked(job, taken)
        else:
            _broken(job)


def _broken(job: _Job) -> None:
    detail = "the archive is broken or of a kind that cannot be read; the rest is lost"
    job.draft.problem("damaged", detail)


def _entries(library: ModuleType, job: _Job, given: Container[str]) -> Iterator[Unpacked]:
    with library.memory_reader(job.data) as archive:
        for entry in archive:
            if entry.isdir or entry.pathname in given:
                continue
            job.budget.member()
            if not entry.isreg or entry.islnk:
                job.tally["special-member"] += 1
                continue
            data = job.budget.collect(entry.get_blocks(_BLOCK))
            if data is not None:
                yield job.child(_text(entry.pathname), data, _unix_time(entry.mtime))


def _rare(job: _Job) -> Iterator[Unpacked]:
    """Yield the files of an archive of the 1980s or 1990s."""
    if not unar.installed():
        job.draft.problem("tool-missing", "unar is not installed, which opens archives of this kind")
        return
    try:
        for member in unar.members(job.data, None):
            job.budget.member()
            data = job.budget.collect(member.blocks)
            if data is None:
                job.budget.skip(member.blocks)
            else:
                yield job.child(member.name, data, member.modified)
    except unar.WrongPasswordError:
        job.draft.problem("damaged", "the archive is broken, encrypted, or of a kind that cannot be read")


def _unlocked(job: _Job, taken: set[str]) -> Iterator[Unpacked]:
    """Yield the files that a password opens, of kinds that libarchive cannot decrypt."""
    if job.passwords and not unar.installed():
        job.draft.problem(
            "tool-missing", "unar is not installed, which opens encrypted archives of this kind"
        )
    for password in job.passwords if unar.installed() else ():
        try:
            for member in unar.members(job.data, password):
                data = job.budget.collect(member.blocks)
                if data is None:
                    job.budget.skip(member.blocks)
                elif clean_path(member.name) not in taken:
                    job.budget.member()
                    child = job.child(member.name, data, member.modified)
                    taken.add(child.child.name)
                    job.tally["unlocked"] += 1
                    yield child
        except unar.WrongPasswordError:
            continue
        return
    job.draft.problem("encrypted", "the archive is encrypted; a password is needed to open it")


def _stream(library: ModuleType, job: _Job) -> Iterator[Unpacked]:
    """Yield what a compressed single file holds."""
    name = next(iter(job.draft.original.names), "").rsplit("/", 1)[-1]
    ending = _STREAMS[job.draft.media_type]
    inner = name[: -len(ending)] if name.lower().endswith(ending) else name
    try:
        with library.memory_reader(job.data, "raw") as archive:
            for entry in archive:
                data = job.budget.collect(entry.get_blocks(_BLOCK))
                if data == job.data:  # libarchive gives what it cannot unpack as it is
                    _broken(job)
                elif data is not None:
                    yield job.child(inner or "content", data, None)
    except library.ArchiveError:
        _broken(job)


def _text(name: str | bytes | None) -> str:
    return decode(name).text if isinstance(name, bytes) else name or ""


def _unix_time(seconds: int | None) -> str | None:
    try:
        return datetime.fromtimestamp(seconds or 0, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if seconds else None
    except (OverflowError, ValueError, OSError):
        return None


def _is_link(mode: int) -> bool:
    return mode & 0o170000 == 0o120000


READER = Reader(name="archive", version=3, media_types=_TYPES, recognise=_recognise, read=read)
