"""What the steps of `trace` in a worker share.

Parts by document are runs of buckets; parts by block, story or group are by the key's checksum. What a step
holds is a part; which parts there are changes no row.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import msgspec
import pyarrow as pa

from casegraph.model import Document, Record
from casegraph.pipeline.entities import columns_of, unit_of
from casegraph.pipeline.reviewed import Alterations, Altered
from casegraph.pipeline.stepping import file_name, prefix_bits
from casegraph.pipeline.tasks import Done, Step, Tally
from casegraph.pipeline.tracing.housed import HOUSES
from casegraph.pipeline.tracing.tables import STAGE, Memory, Traced, digest_of, kept
from casegraph.settings import Publisher
from casegraph.store.codec import codec
from casegraph.store.layout import prefix_of
from casegraph.store.manifest import Segment, Unit
from casegraph.store.segment import write_segment
from casegraph.store.shelf import Shelf
from casegraph.store.spill import spilled, write_spill
from casegraph.trace import House, Houses

SAID, MERGED = "said.msgpack", "merged.msgpack"
"""What the user says of outlets, and which entities became others, for the workers."""

REVIEWS = "reviews.msgpack"
"""What people say of claims, for the workers."""

CROWDED = 20_000
"""Members of a block above which it tells nothing any more: what so many share ties nobody."""

MOST_ABOUT = 600
"""The same of blocks of claims whose documents only name the same: those that many name are no one story."""

BLOBS = pa.schema([("key", pa.string()), ("document", pa.string()), ("blob", pa.binary())])
PAIRS = pa.schema(
    [("key", pa.string()), ("left", pa.string()), ("right", pa.string()), ("score", pa.float64())]
)
BARE = tuple(name for name in codec(Document).schema.names[3:] if name not in {"links", "metadata"})
"""Columns of documents with which fingerprints and claims are compared."""

Row = tuple[str, str, bytes]
Job = Callable[[Step], Done | None]
encode = msgspec.msgpack.Encoder().encode


class Said(msgspec.Struct, frozen=True, array_like=True):
    """What the user says of outlets: which belong together, and how reliable they are."""

    publishers: tuple[Publisher, ...] = ()
    grades: tuple[tuple[str, str], ...] = ()


_ALTERED: msgspec.msgpack.Decoder[tuple[Altered, ...]] = msgspec.msgpack.Decoder(tuple[Altered, ...])
_SAID: msgspec.msgpack.Decoder[Said] = msgspec.msgpack.Decoder(Said)
_HOUSES: msgspec.msgpack.Decoder[list[House]] = msgspec.msgpack.Decoder(list[House])
_MERGED: msgspec.msgpack.Decoder[dict[str, str]] = msgspec.msgpack.Decoder(dict[str, str])


class Shelves(msgspec.Struct):
    """Where a worker finds what it traces, and puts what it makes."""

    read: Shelf
    claims: Shelf
    resolved: Shelf
    prints: Shelf
    made: Traced


class Steps(ABC):
    """Does some steps of `trace`, in a worker."""

    def __init__(self, shelves: Shelves, spill: Path, outbox: Path) -> None:
        self._shelves, self._spill, self._outbox = shelves, spill, outbox
        self._done = self._jobs()

    @property
    def steps(self) -> frozenset[str]:
        """Names of the steps that it does."""
        return frozenset(self._done)

    def do(self, step: Step) -> Done:
        """Do one step."""
        return self._done[step.step](step) or Done(segments={})

    @abstractmethod
    def _jobs(self) -> dict[str, Job]:
        """Return what does each step, by its name."""

    def _write(self, step: Step, rows: pa.Table, parts: Sequence[int]) -> None:
        write_spill(self._outbox / step.writes / file_name(step.part), rows, parts)

    def _blobs(self, step: Step, rows: Sequence[Row], part: Callable[[Row], int]) -> None:
        self._write(step, as_table(rows), [part(row) for row in rows])

    def _rows(self, step: Step, folder: str, schema: pa.Schema = BLOBS) -> pa.Table:
        tables = spilled([self._spill / folder], step.part)
        return pa.concat_tables(tables) if tables else schema.empty_table()

    def _read(self, step: Step, folder: str) -> Iterator[Row]:
        """Yield the rows of a part by key and document."""
        rows = self._rows(step, folder).sort_by([("key", "ascending"), ("document", "ascending")])
        return zip(*columns_of(rows, *BLOBS.names), strict=True)

    def _groups(self, step: Step, folder: str) -> Iterator[tuple[str, list[Row]]]:
        """Yield the rows of a part together that have one key."""
        for key, own in groupby(self._read(step, folder), key=lambda row: row[0]):
            yield key, list(own)

    def _wanted(self, step: Step, folder: str) -> dict[str, list[str]]:
        """Return the keys that a step before has named for each document of the part."""
        found: dict[str, list[str]] = {}
        for key, document, _ in self._read(step, folder):
            found.setdefault(document, []).append(key)
        return found

    def _said(self) -> Said:
        return _SAID.decode((self._spill / SAID).read_bytes())

    def _altered(self) -> Alterations:
        found = _ALTERED.decode((self._spill / REVIEWS).read_bytes())
        return Alterations({one.claim: one for one in found})

    def _merges(self) -> dict[str, str]:
        """Return the entity of the case for each that was merged."""
        return _MERGED.decode((self._spill / MERGED).read_bytes())

    def _houses(self, prefixes: Iterable[str]) -> dict[str, tuple[House, ...]]:
        """Return whose the outlets of the documents of some buckets are, where anybody says so."""
        houses = Houses(_HOUSES.decode((self._spill / HOUSES).read_bytes()))
        found: dict[str, tuple[House, ...]] = {}
        for prefix in prefixes if any(houses) else ():
            rows = self._shelves.read.rows(Document, prefix, columns=("id", "publisher"))
            for document, outlet in zip(*columns_of(rows, "id", "publisher"), strict=True):
                if own := houses.above(outlet):
                    found[document] = own
        return found

    def _bare(self, prefix: str, documents: Sequence[str] | None = None) -> Iterator[Document]:
        rows = self._shelves.read.rows(Document, prefix, columns=BARE, documents=documents)
        return codec(Document).decode(rows)

    def _kept(self, step: Step, shelf: Shelf, memo: Memory, crowded: int = 0) -> Done:
        """Return what a step that makes groups anew leaves for the next build."""
        unit, table = kept(shelf.stage, memo)
        segment = self._segment(step, shelf, unit.key, [unit], [table])
        tally = Tally(records=memo.fresh, problems=crowded)
        return Done(segments={shelf.stage: segment}, tallies={STAGE: tally})

    def _table(
        self,
        step: Step,
        shelf: Shelf,
        own: Mapping[str, list[bytes]],
        decode: Callable[[bytes], Iterable[Record]],
    ) -> Segment | None:
        """Write the table of a part from encoded records by place; one that is this already stays."""
        key = digest_of(
            *(part for place, blobs in sorted(own.items()) for part in (place.encode(), *blobs))
        ).hex()
        prefix = prefix_bits(step.part, step.parts)
        for segment in shelf.manifest().segments:
            if segment.name == segment_name(key, prefix):
                return segment
        units: list[Unit] = []
        tables: list[tuple[str, pa.Table]] = []
        for place, blobs in sorted(own.items()):
            records = [record for blob in blobs for record in decode(blob)]
            table = pa.Table.from_batches([codec(shelf.types[0]).encode(place, records)])
            units.append(unit_of(place, table, key, codec(shelf.types[0]).table))
            tables.append((place, table))
        return self._segment(step, shelf, key, units, tables)

    def _segment(
        self,
        step: Step,
        shelf: Shelf,
        key: str,
        units: Sequence[Unit],
        tables: Sequence[tuple[str, pa.Table]],
    ) -> Segment | None:
        """Write the segment of the part; None where there is nothing."""
        if not units:
            return None
        prefix = prefix_bits(step.part, step.parts)
        name = segment_name(key, prefix)
        return write_segment(shelf.out, name, prefix, units, [(shelf.types[0], iter(tables))])


def segment_name(key: str, prefix: str) -> str:
    """Return what a part of the table of a key is called."""
    return f"{key}-{prefix}" if prefix else key


def as_table(rows: Sequence[Row]) -> pa.Table:
    """Return rows as a table."""
    return pa.table([list(column) for column in zip(*rows, strict=True)] or [[], [], []], schema=BLOBS)


def document_part(document: str, parts: int) -> int:
    """Return the part of a document by the leading bits of its id; `parts` is a power of two."""
    bits = prefix_of(document, parts.bit_length() - 1)
    return int(bits, 2) if bits else 0


def by_bucket(step: Step, wanted: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield documents bucket by bucket."""
    bits = len(step.prefixes[0]) if step.prefixes else 0
    for prefix, own in groupby(sorted(wanted), key=lambda document: prefix_of(document, bits)):
        yield prefix, list(own)


def segments_of(shelves: Sequence[Shelf], prefixes: Iterable[str]) -> Iterator[bytes]:
    """Yield what tells the tables of some buckets from other states of them."""
    for prefix in prefixes:
        for shelf in shelves:
            yield shelf.folder.name.encode()
            for segment in shelf.segments(prefix):
                yield "\n".join((prefix, segment.name, *segment.dropped)).encode()


def crowding(blocks: int) -> Done:
    """Return what a step has done that left out some blocks as too large."""
    return Done(segments={}, tallies={STAGE: Tally(problems=blocks)})
