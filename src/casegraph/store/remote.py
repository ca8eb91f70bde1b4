"""Originals in an object store, under the names that they would have in the folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from casegraph.store.objects import ChangedError, Objects
from casegraph.store.originals import AlteredError, Originals, Taken


class RemoteOriginals(Originals):
    """Originals whose bytes lie in an object store; they pass through `folder` on their way there."""

    remote = True

    def __init__(self, folder: Path, objects: Objects) -> None:
        super().__init__(folder)
        self._objects = objects

    def key(self, document: str) -> str:
        """Return the key of a document's bytes."""
        return self.path(document).relative_to(self.folder).as_posix()

    def take(self, source: Path) -> Taken:
        """Copy a file to where it waits to be sent; see Originals.take. All are to be looked for: `new`."""
        return replace(super().take(source), new=True)

    def sync(self, taken: list[Taken]) -> None:
        """Send those that were taken in, several at a time; to be called before the journal names them.

        What is there is never replaced but by the bytes of its name.
        """
        self._objects.each(self._send, {one.document: one for one in taken if one.new}.values())

    def _send(self, taken: Taken) -> None:
        key = self.key(taken.document)
        try:
            self._objects.send(key, taken.path)
        except ChangedError:
            if f"sha256:{self._objects.sha256(key)}" != taken.document:
                self._objects.send(key, taken.path, again=True)
        taken.path.unlink(missing_ok=True)

    def fetch(self, documents: Iterable[str], folder: Path) -> None:
        """Write the bytes of documents into another folder of originals; those that are gone are left out."""
        there = Originals(folder)

        def one(document: str) -> None:
            try:
                self._objects.fetch(self.key(document), there.path(document))
            except FileNotFoundError:
                return

        self._objects.each(one, [document for document in documents if not there.has(document)])

    def has(self, document: str) -> bool:
        """Say whether there is an object for a document."""
        return self._objects.has(self.key(document))

    def read(self, document: str) -> bytes:
        """Return the bytes of a document; raises as Originals.read."""
        data, _ = self._objects.get(self.key(document))
        return self._sound_bytes(document, data)

    def check(self, document: str) -> None:
        """Hash the bytes of a document in pieces; raises as Originals.read."""
        if f"sha256:{self._objects.sha256(self.key(document))}" != document:
            raise AlteredError

    def files(self) -> Iterator[Path]:
        """Yield the path that every object beneath the prefix would have in the folder."""
        return (self.folder / key for key, _ in self._objects.listing())
