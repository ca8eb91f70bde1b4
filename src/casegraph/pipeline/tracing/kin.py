"""The steps in which a worker finds documents that may be kin, each for one part of the case.

    mark    buckets    each document to the blocks that its fingerprint names    to pieces by block
    meet    a piece    documents that are not alone in a block                   to parts by document
    bring   buckets    fingerprints of these                                     to pieces by block
    kin     a piece    pairs that may be kin                                     (the build joins them)

What a part's buckets or a piece's blocks came to is kept: a further document has its own blocks looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, groupby

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from casegraph import trace
from casegraph.model import Document, Fingerprint
from casegraph.pipeline.stepping import prefix_bits
from casegraph.pipeline.tasks import Done, Step
from casegraph.pipeline.tracing.steps import (
    BLOBS,
    CROWDED,
    PAIRS,
    Job,
    Row,
    Steps,
    by_bucket,
    crowding,
    document_part,
    encode,
)
from casegraph.pipeline.tracing.tables import Memory, digest_of, memory
from casegraph.store.codec import codec
from casegraph.store.shelf import Shelf
from casegraph.store.spill import part_of

WHOLE = 1 << 30
"""Number of which a block's checksum is kept: that of its piece follows for any number of pieces."""

_KEYS = pa.schema([*BLOBS, ("number", pa.int64())])
_PRINT: msgspec.msgpack.Decoder[tuple[Fingerprint, Document]] = msgspec.msgpack.Decoder(
    tuple[Fingerprint, Document]
)
_FOUND: msgspec.msgpack.Decoder[list[tuple[str, str, float]]] = msgspec.msgpack.Decoder(
    list[tuple[str, str, float]]
)


class Kinships(Steps):
    """Does the steps from fingerprints to pairs."""

    def _jobs(self) -> dict[str, Job]:
        return {"mark": self._mark, "meet": self._meet, "bring": self._bring, "kin": self._kin}

    def _prints(
        self, prefix: str, documents: Sequence[str] | None = None
    ) -> Iterator[tuple[Fingerprint, Document]]:
        rows = self._shelves.prints.rows(Fingerprint, prefix, documents=documents)
        by_id = {one.id: one for one in self._bare(prefix, documents)} if rows.num_rows else {}
        for one in codec(Fingerprint).decode(rows):
            if one.document in by_id:
                yield one, by_id[one.document]

    def _mark(self, step: Step) -> Done:
        shelf = self._shelves.made.marks
        memo = memory(shelf, prefix_bits(step.part, step.parts))
        digest = digest_of(*segments_of((self._shelves.prints, self._shelves.read), step))
        known = memo.recall(digest)
        table = keyed([]) if known is None else unpacked(known)
        if known is None:
            rows: list[Row] = []
            for prefix in step.prefixes:
                units = self._shelves.prints.units(prefix)
                for print_, document in self._prints(prefix):
                    made = units[document.id][1].key.encode()
                    rows += [(key, document.id, made) for key in sorted(set(trace.keys(print_, document)))]
            table = keyed(rows)
            memo.keep(digest, packed(table))
        self._send(step, table)
        return self._kept(step, shelf, memo)

    def _send(self, step: Step, table: pa.Table) -> None:
        numbers = table.column("number").to_numpy() % step.pieces
        self._write(step, table.select(BLOBS.names), numbers.tolist())

    def _meet(self, step: Step) -> Done:
        rows, crowded = several(self._rows(step, *step.reads))
        if self._memo(step).recall(rows_digest(rows)) is not None:
            rows = rows.slice(0, 0)
        parts = [document_part(one, step.parts) for one in rows.column("document").to_pylist()]
        self._write(step, rows, parts)
        return crowding(crowded)

    def _memo(self, step: Step) -> Memory:
        return memory(self._shelves.made.kin, prefix_bits(step.part, step.pieces))

    def _bring(self, step: Step) -> None:
        wanted = self._wanted(step, *step.reads)
        rows: list[Row] = []
        for prefix, documents in by_bucket(step, wanted):
            for print_, document in self._prints(prefix, documents):
                blob = encode((print_, document))
                rows += [(key, document.id, blob) for key in wanted[document.id]]
        self._blobs(step, rows, lambda row: part_of(row[0], WHOLE) % step.pieces)

    def _kin(self, step: Step) -> Done:
        marks, brought = step.reads
        memo = self._memo(step)
        digest = rows_digest(several(self._rows(step, marks))[0])
        known = memo.recall(digest)
        pairs = self._pairs(step, brought) if known is None else _FOUND.decode(known)
        if known is None:
            memo.keep(digest, encode(pairs))
        left, right, score = zip(*pairs, strict=True) if pairs else ((), (), ())
        self._write(step, pa.table([[""] * len(pairs), left, right, score], schema=PAIRS), [0] * len(pairs))
        own = msgspec.structs.replace(step, parts=step.pieces)
        return self._kept(own, self._shelves.made.kin, memo)

    def _pairs(self, step: Step, folder: str) -> list[tuple[str, str, float]]:
        """Return the pairs of a piece, each once with its best score."""
        best: dict[tuple[str, str], float] = {}
        seen: set[tuple[str, str]] = set()
        for key, block in self._groups(step, folder):
            if len(block) < trace.CROWD:
                pairs = set(combinations([document for _, document, _ in block], 2))
                if seen >= pairs:
                    continue
                seen |= pairs
            for one in trace.kin(key, [_PRINT.decode(blob) for _, _, blob in block]):
                pair = one.left, one.right
                best[pair] = max(one.score, best.get(pair, 0.0))
        return [(*pair, score) for pair, score in sorted(best.items())]


def segments_of(shelves: Sequence[Shelf], step: Step) -> Iterator[bytes]:
    """Yield what tells the tables of a step's buckets from other states of them."""
    for shelf in shelves:
        yield shelf.folder.name.encode()
        for prefix in step.prefixes:
            for segment in shelf.segments(prefix):
                yield "\n".join((prefix, segment.name, *segment.dropped)).encode()


def several(rows: pa.Table) -> tuple[pa.Table, int]:
    """Return the rows of blocks that have several documents, in order, and how many have too many."""
    counts = rows.group_by("key", use_threads=False).aggregate([([], "count_all")])
    count = counts.column("count_all")
    fit = pc.and_(pc.greater(count, 1), pc.less_equal(count, CROWDED))
    crowded = pc.sum(pc.greater(count, CROWDED)).as_py()
    rows = rows.filter(
        pc.is_in(rows.column("key"), value_set=counts.filter(fit).column("key").combine_chunks())
    )
    return rows.sort_by([("key", "ascending"), ("document", "ascending")]), crowded or 0


def rows_digest(rows: pa.Table) -> bytes:
    """Return a digest of blocks, their documents, and what tells these from other states of them."""
    return digest_of(*(b"\n".join(map(_bytes, rows.column(name).to_pylist())) for name in BLOBS.names))


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()


def keyed(rows: Sequence[Row]) -> pa.Table:
    """Return rows with the numbers that tell their pieces."""
    numbers = {key: part_of(key, WHOLE) for key, own in groupby(rows, key=lambda row: row[0]) if any(own)}
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
    return pa.table([*columns, [numbers[key] for key in columns[0]]], schema=_KEYS)


def packed(table: pa.Table) -> bytes:
    """Return a table as bytes."""
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd", use_threads=False)
    with pa.ipc.new_stream(sink, table.schema, options=options) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]  # pyarrow has no types here


def unpacked(data: bytes) -> pa.Table:
    """Return the table from its bytes."""
    with pa.ipc.open_stream(pa.BufferReader(data)) as stream:
        return stream.read_all()
