"""Records in the order of their documents' names, however many there are.

The tables lie by SHA-256, an order that says nothing to a person. What is asked for is sorted in runs of a
bounded size; a full run waits in a nameless file in the case's own folder until all runs are merged. The
first documents are asked for by themselves, so that a list starts at once and a short one ends there.
"""

from __future__ import annotations

import heapq
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Generic, TypeVar

import msgspec

from casegraph.model import Record
from casegraph.store.held import Held
from casegraph.store.layout import prefix_of

FIRST = 500
"""Documents that are asked for in groups before all others."""

LEAST = 8
"""Documents of the first group; each further one has twice as many."""

BUDGET = 64 << 20
"""Bytes of records that are held at a time."""

_ENTRY = 160  # bytes that a record's place in the list takes besides its own
_LENGTH = 4  # bytes that give a length in a run's file
_DIGITS = re.compile("[0-9]+")

R = TypeVar("R", bound=Record)

Span = tuple[str, Sequence[str] | None]
"""A bucket, and the documents wanted of it, sorted; None for all."""

Place = tuple[str, tuple[int, ...], str]
"""The document of a record, numbers that place it there, and a word to break ties."""


def name_key(name: str) -> str:
    """Return what a name is sorted by: `page-2` before `Page-10`, a folder's files together."""
    folded = name.casefold().replace("/", "\x01")
    return _DIGITS.sub(_numbered, folded)


def _numbered(found: re.Match[str]) -> str:
    digits = found[0].lstrip("0") or "0"
    return f"{len(digits):04}{digits}"


def document_key(held: Held) -> str:
    """Return what a document is sorted by: its first name, then its id."""
    name = held.names[0] if held.names else ""
    return f"{name_key(name)}\0{name}\0{held.document}"


@dataclass(frozen=True, slots=True)
class Finding(Generic[R]):
    """How records of a type are found in buckets, and where each belongs."""

    type: type[R]
    find: Callable[[Iterable[Span]], Iterator[R]]
    place: Callable[[R], Place]


def by_name(
    documents: Sequence[str], buckets: Sequence[str], folder: Path, finding: Finding[R], first: int = FIRST
) -> Iterator[R]:
    """Yield what is found in some documents by (place of the document, place in it).

    `documents` are in the order that is wanted; `folder` is where runs wait that do not fit in memory. The
    first ones are looked at in groups that grow, so that a list of which little is shown costs little; the
    rest, from `first` on, bucket by bucket: each file is then read once.
    """
    ranks = {document: rank for rank, document in enumerate(documents)}
    at, size = 0, LEAST
    while at < min(first, len(documents)):
        group = documents[at : at + size]
        found = finding.find(spans_of(group, buckets))
        yield from sorted(found, key=lambda one: _place(finding.place(one), ranks))
        at, size = at + len(group), size * 2
    rest = documents[at:]
    if not rest:
        return
    with closing(Runs(finding.type, folder)) as runs:
        for span in sorted(spans_of(rest, buckets)):
            for record in finding.find([span]):
                runs.add(_key(finding.place(record), ranks), record)
        yield from runs


def _place(place: Place, ranks: Mapping[str, int]) -> tuple[int, tuple[int, ...], str]:
    document, numbers, word = place
    return ranks[document], numbers, word


def _key(place: Place, ranks: Mapping[str, int]) -> str:
    rank, numbers, word = _place(place, ranks)
    inside = "\0".join(f"{number:010}" for number in numbers)
    return f"{rank:010}\0{inside}\0{word}"


def spans_of(documents: Iterable[str], buckets: Sequence[str]) -> Iterator[Span]:
    """Yield the buckets of some documents with these."""
    by_bucket: dict[str, list[str]] = {}
    for document in sorted(set(documents)):
        by_bucket.setdefault(prefix_of(document, len(buckets[0])), []).append(document)
    yield from by_bucket.items()


class Runs(Generic[R]):
    """Records to be sorted by a key. Those of equal keys stay in the order in which they came."""

    def __init__(self, type_: type[R], folder: Path, budget: int = BUDGET) -> None:
        self._decoder = msgspec.msgpack.Decoder(type_)
        self._encoder = msgspec.msgpack.Encoder()
        self._folder, self._budget = folder, budget
        self._held: list[tuple[str, bytes]] = []
        self._bytes = 0
        self._files: list[BinaryIO] = []

    def add(self, key: str, record: R) -> None:
        """Take in a record; raises OSError when a full run cannot be written."""
        data = self._encoder.encode(record)
        self._held.append((key, data))
        self._bytes += len(data) + len(key) + _ENTRY
        if self._bytes > self._budget:
            self._spill()

    def __iter__(self) -> Iterator[R]:
        """Yield the records in order, once."""
        self._held.sort(key=_first)
        runs = [*map(_read, self._files), iter(self._held)]
        for _, data in heapq.merge(*runs, key=_first):
            yield self._decoder.decode(data)

    def close(self) -> None:
        """Give up the files."""
        for file in self._files:
            file.close()

    def _spill(self) -> None:
        self._held.sort(key=_first)
        # Without a name from the start (O_TMPFILE): no words of a page stay behind, whatever happens.
        file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by `close`
        self._files.append(file)
        for key, data in self._held:
            name = key.encode("utf-8", "surrogatepass")
            file.write(len(name).to_bytes(_LENGTH, "big") + len(data).to_bytes(_LENGTH, "big"))
            file.write(name + data)
        file.seek(0)
        self._held, self._bytes = [], 0


def _first(entry: tuple[str, bytes]) -> str:
    return entry[0]


def _read(file: BinaryIO) -> Iterator[tuple[str, bytes]]:
    while head := file.read(2 * _LENGTH):
        key = file.read(int.from_bytes(head[:_LENGTH], "big"))
        yield key.decode("utf-8", "surrogatepass"), file.read(int.from_bytes(head[_LENGTH:], "big"))
