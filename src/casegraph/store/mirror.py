"""A copy of what is derived, in an object store: as of the end of the last build, from whichever machine.

One object, the head, names all others with their sizes; it is written last, and only in place of the head
that this machine has seen. So a reader finds one build's tables or the next one's, never half of each, and of
two machines that build at once one is told so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from casegraph.errors import CaseDamagedError, CaseLockedError, CaseTooNewError
from casegraph.model import Record
from casegraph.store.atomic import write_whole
from casegraph.store.manifest import LOG, NAME
from casegraph.store.objects import ChangedError, Objects

FORMAT = 1
HEAD = "head.json"
SEEN = ".mirror"
"""File in the folder that says which head it agrees with."""


class Head(Record, frozen=True, kw_only=True):
    """All files of the copy: key and size by path. What changes under its name has a digest in its key."""

    format: int = FORMAT
    files: dict[str, tuple[str, int]] = {}


class Seen(Record, frozen=True, kw_only=True):
    """The head that the folder agrees with."""

    tag: str = ""
    head: Head = Head()


class Mirror:
    """The copy of one folder; to be used under the build lock."""

    def __init__(self, folder: Path, objects: Objects, local: tuple[str, ...] = ()) -> None:
        self._folder, self._objects = folder, objects
        self._local = local  # patterns of names in the folder that stay on this machine

    def fresh(self) -> bool:
        """Say whether the folder has never agreed with any head."""
        return not (self._folder / SEEN).exists()

    def pull(self) -> bool:
        """Bring the folder to the state of the copy, if another machine has changed that; say so.

        What an interrupted build of this machine left is kept as long as no other one has built.
        """
        try:
            data, tag = self._objects.get(HEAD)
        except FileNotFoundError:
            (self._folder / SEEN).unlink(missing_ok=True)
            return False
        if tag == self._seen().tag:
            return False
        head = self._decoded(data)
        changing = [path for path in head.files if _changes(path)]
        steady = [path for path in head.files if not _changes(path)]
        self._objects.each(lambda path: self._fetch(path, *head.files[path]), steady)
        for path in changing:  # a manifest comes after what it names
            self._fetch(path, *head.files[path])
        self._note(Seen(tag=tag, head=head))
        return True

    def push(self) -> None:
        """Bring the copy to the state of the folder; raises CaseLockedError where another was faster."""
        seen = self._seen()
        head = Head(files=dict(self._files()))
        if head == seen.head:
            return
        former = seen.head.files
        wanted = [path for path, file in head.files.items() if former.get(path) != file]
        self._objects.each(
            lambda path: self._objects.send(head.files[path][0], self._folder / path, again=True), wanted
        )
        data = msgspec.json.encode(head, order="sorted")
        try:
            tag = self._objects.put(HEAD, data, tag=seen.tag)
        except ChangedError:
            raise CaseLockedError(
                "another machine has built this case meanwhile; build again to go on from its tables"
            ) from None
        self._note(Seen(tag=tag, head=head))
        kept = {key for key, _ in head.files.values()}
        self._objects.delete(key for key, _ in former.values() if key not in kept)

    def _files(self) -> Iterator[tuple[str, tuple[str, int]]]:
        for path in sorted(self._folder.rglob("*")):
            own = path.relative_to(self._folder)
            stays = any(part.startswith(".") for part in own.parts) or path.name == LOG
            if stays or any(PurePosixPath(own.parts[0]).match(pattern) for pattern in self._local):
                continue
            if path.is_file():
                name = own.as_posix()
                key = f"{name}.{_digest(path)}" if _changes(name) else name
                yield name, (key, path.stat().st_size)

    def _fetch(self, path: str, key: str, size: int) -> None:
        target = self._folder / path
        here = target.is_file() and target.stat().st_size == size
        if here and (not _changes(path) or key == f"{path}.{_digest(target)}"):
            return
        try:
            self._objects.fetch(key, target)
        except FileNotFoundError:
            return  # the next build finds that it is missing, and makes it again
        if target.name == NAME:
            target.with_name(LOG).unlink(missing_ok=True)  # changes to the manifest that was there before

    def _seen(self) -> Seen:
        try:
            return msgspec.json.decode((self._folder / SEEN).read_bytes(), type=Seen)
        except (FileNotFoundError, msgspec.DecodeError):
            return Seen()

    def _note(self, seen: Seen) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self._folder / SEEN, msgspec.json.encode(seen))

    @staticmethod
    def _decoded(data: bytes) -> Head:
        try:
            head = msgspec.json.decode(data, type=Head)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise CaseDamagedError("the head of the derived tables in the object store is damaged") from None
        if head.format > FORMAT:
            raise CaseTooNewError("the derived tables in the object store were made by a newer casegraph")
        for path in head.files:
            parts = PurePosixPath(path).parts
            if not parts or path.startswith("/") or any(part.startswith(".") for part in parts):
                raise CaseDamagedError("the object store names a file that no case has")
        return head


def _changes(path: str) -> bool:
    """Say whether a file changes under its name: a segment and what a container held never do."""
    return path.endswith((NAME, ".sqlite"))


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:32]
