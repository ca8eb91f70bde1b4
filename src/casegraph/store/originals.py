"""The originals: write-once by SHA-256, in a folder that only the owner may enter."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from casegraph.store.atomic import PENDING, pending_path, sync

CHUNK = 1 << 20


class AlteredError(ValueError):
    """The bytes of an original are no longer those that were added."""


class NotAFileError(OSError):
    """What was to be taken in is a pipe, a socket or a device."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An original as taken in. Times are the file's, in nanoseconds; `new`: its bytes had to be written."""

    document: str
    size: int
    modified: int
    changed: int
    accessed: int  # before it was read for this
    new: bool
    path: Path


class Originals:
    """The folder `originals/` of a case."""

    remote = False
    """Whether the bytes must be fetched before a worker can read them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, document: str) -> Path:
        """Return where the bytes of a document are: two levels of 256 folders, then the digest."""
        digest = document.removeprefix("sha256:")
        return self.folder / digest[:2] / digest[2:4] / digest

    def take(self, source: Path) -> Taken:
        """Copy a file in and return what it is. It is not yet synced: see `sync`.

        Raises OSError when the file cannot be read; NotAFileError, an OSError too, when it is none. A pipe is
        never waited for (O_NONBLOCK); the bytes that are hashed are the bytes that are kept.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(source, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        pending = pending_path(self.folder)
        digest, size = hashlib.sha256(), 0
        with os.fdopen(handle, "rb") as stream:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode):
                raise NotAFileError("not a regular file")
            try:
                with pending.open("xb") as copy:
                    while chunk := stream.read(CHUNK):
                        digest.update(chunk)
                        size += len(chunk)
                        copy.write(chunk)
                document = "sha256:" + digest.hexdigest()
                path = self.path(document)
                new = not self._sound(document)
                if new:
                    pending.chmod(0o400)
                    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    pending.rename(path)
            finally:
                pending.unlink(missing_ok=True)
        return Taken(document, size, state.st_mtime_ns, state.st_ctime_ns, state.st_atime_ns, new, path)

    def put(self, document: str, data: bytes) -> None:
        """Write bytes that can be made again; nothing is synced, and what is there in full stays."""
        path = self.path(document)
        try:
            if path.stat().st_size == len(data):
                return
        except FileNotFoundError:
            pass
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        pending = pending_path(path.parent)  # the same folder: a confined worker may not move between two
        try:
            with pending.open("xb") as copy:
                copy.write(data)
            pending.chmod(0o400)
            pending.replace(path)
        finally:
            pending.unlink(missing_ok=True)

    def forget(self, documents: Iterable[str]) -> None:
        """Delete bytes that can be had again."""
        for document in documents:
            self.path(document).unlink(missing_ok=True)

    def has(self, document: str) -> bool:
        """Say whether there is a file for a document."""
        return self.path(document).is_file()

    def starts(self) -> list[str]:
        """Return the first two digits of the documents that are there."""
        return sorted(path.name for path in self.folder.glob("??")) if self.folder.is_dir() else []

    def keep(self, start: str, wanted: Container[str]) -> None:
        """Delete the documents that begin so and are not wanted."""
        for path in (self.folder / start).glob("??/*"):
            if f"sha256:{path.name}" not in wanted:
                path.unlink(missing_ok=True)

    def _sound(self, document: str) -> bool:
        """Say whether the bytes are there and right; if not, the same file added again mends them."""
        try:
            with self.path(document).open("rb") as stream:
                return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest() == document
        except OSError:
            return False

    def sync(self, taken: list[Taken]) -> None:
        """Make the new ones last through a power cut; to be called before the journal names them."""
        folders = {self.folder}
        for one in taken:
            if one.new:
                sync(one.path)
                folders |= {one.path.parent, one.path.parent.parent}
        for folder in sorted(folders):
            sync(folder)

    def read(self, document: str) -> bytes:
        """Return the bytes of a document.

        Raises FileNotFoundError when they are gone, AlteredError when they are others.
        """
        return self._sound_bytes(document, self.path(document).read_bytes())

    @staticmethod
    def _sound_bytes(document: str, data: bytes) -> bytes:
        if "sha256:" + hashlib.sha256(data).hexdigest() != document:
            raise AlteredError
        return data

    def fetch(self, documents: Iterable[str], folder: Path) -> None:
        """Bring the bytes of documents to this machine, where they are elsewhere: see `RemoteOriginals`."""

    def check(self, document: str) -> None:
        """Hash the bytes of a document in pieces, however many there are; raises as `read` does."""
        with self.path(document).open("rb") as stream:
            if "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest() != document:
                raise AlteredError

    def files(self) -> Iterator[Path]:
        """Yield every file in the folder by its path, unfinished ones too."""
        for root, folders, names in os.walk(self.folder):
            folders.sort()
            yield from (Path(root, name) for name in sorted(names))

    def sweep(self) -> None:
        """Delete copies that a crash left unfinished."""
        if self.folder.is_dir():
            for path in self.folder.glob(PENDING + "*"):
                path.unlink(missing_ok=True)
