"""The steps in which a worker finds documents that may be kin, each for one part of the case.

    mark    buckets    each document to the blocks that its fingerprint names    to pieces by block
    meet    a piece    documents that are not alone in a block                   to parts by document
    bring   buckets    fingerprints of these                                     to pieces by block
    kin     a piece    pairs that may be kin                                     (the build joins them)

What each block came to is kept: of the pieces that a further document is in, its own blocks are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, groupby
from typing import NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from casegraph import trace
from casegraph.model import Document, Fingerprint
from casegraph.pipeline.entities import columns_of
from casegraph.pipeline.stepping import prefix_bits
from casegraph.pipeline.tasks import Done, Step
from casegraph.pipeline.tracing.steps import (
    BLOBS,
    CROWDED,
    MOST_ABOUT,
    PAIRS,
    Job,
    Row,
    Steps,
    by_bucket,
    document_part,
    encode,
)
from casegraph.pipeline.tracing.tables import Memory, digest_of, memory
from casegraph.store.codec import codec
from casegraph.store.spill import part_of

_VERSION = str(trace.VERSION).encode()
_SAMPLED = b" sample"
_COMMON, _RELATED = encode("common"), encode("related")
_WHOLE = 1 << 30  # of which a block's number is below: a power of two like its pieces
_PRINT: msgspec.msgpack.Decoder[tuple[Fingerprint, Document]] = msgspec.msgpack.Decoder(
    tuple[Fingerprint, Document]
)
_FOUND: msgspec.msgpack.Decoder[list[tuple[int, int, float]]] = msgspec.msgpack.Decoder(
    list[tuple[int, int, float]]
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

    def _mark(self, step: Step) -> None:
        rows: list[Row] = []
        for prefix in step.prefixes:
            units = self._shelves.prints.units(prefix)
            for print_, document in self._prints(prefix):
                made = units[document.id][1].key.encode()
                rows += [(key, document.id, made) for key in sorted(set(trace.keys(print_, document)))]
        self._blobs(step, rows, lambda row: part_of(row[0], _WHOLE) % step.pieces)

    def _meet(self, step: Step) -> None:
        rows, _ = several(self._rows(step, *step.reads))
        memo = self._memo(step)
        fresh: list[bool] = []
        for one in blocks_of(rows):
            fresh += [_is_fresh(one, memo)] * len(one.documents)
        rows = rows.filter(pa.array(fresh, pa.bool_()))
        parts = [document_part(one, step.parts) for one in rows.column("document").to_pylist()]
        self._write(step, rows, parts)

    def _memo(self, step: Step) -> Memory:
        return memory(self._shelves.made.kin, prefix_bits(step.part, step.pieces))

    def _bring(self, step: Step) -> None:
        wanted = self._wanted(step, *step.reads)
        rows: list[Row] = []
        for prefix, documents in by_bucket(step, wanted):
            for print_, document in self._prints(prefix, documents):
                blob = encode((print_, document))
                rows += [(key, document.id, blob) for key in wanted[document.id]]
        self._blobs(step, rows, lambda row: part_of(row[0], _WHOLE) % step.pieces)

    def _kin(self, step: Step) -> Done:
        marks, brought = step.reads
        memo, looking = self._memo(step), Looking(self._groups(step, brought))
        best: dict[tuple[str, str], float] = {}
        rows, crowded = several(self._rows(step, marks))
        for one in blocks_of(rows):
            if one.is_large() and self._is_common(one, memo, looking):
                continue
            digest = one.digest()
            known = memo.recall(digest)
            if known is None:
                known = memo.keep(digest, encode(looking.at(one)))
            for left, right, score in _FOUND.decode(known):
                pair = one.documents[left], one.documents[right]
                best[pair] = max(score, best.get(pair, 0.0))
        pairs = [(*pair, score) for pair, score in sorted(best.items())]
        left_, right_, scores = zip(*pairs, strict=True) if pairs else ((), (), ())
        table = pa.table([[""] * len(pairs), left_, right_, scores], schema=PAIRS)
        self._write(step, table, [0] * len(pairs))
        own = msgspec.structs.replace(step, parts=step.pieces)
        return self._kept(own, self._shelves.made.kin, memo, crowded)

    def _is_common(self, block: Block, memo: Memory, looking: Looking) -> bool:
        """Say what the sample of a block tells, which is kept as the pairs of blocks are."""
        sample = block.sample()
        known = memo.recall(digest := sample.digest(_SAMPLED))
        if known is None:
            known = memo.keep(digest, _COMMON if looking.is_common(sample) else _RELATED)
        return known == _COMMON


class Block(NamedTuple):
    """Documents that meet, by id, and what tells each from other states of it."""

    key: str
    documents: list[str]
    states: list[bytes]

    def digest(self, what: bytes = b"") -> bytes:
        """Return a digest of all that its pairs, or `what`, follow from."""
        return digest_of(_VERSION + what, self.key.encode(), *map(str.encode, self.documents), *self.states)

    def is_large(self) -> bool:
        """Say whether a sample tells first if kin are to be looked for in it."""
        return trace.is_large(self.key, len(self.documents))

    def sample(self) -> Block:
        """Return the documents that are asked for all of them."""
        return Block(self.key, self.documents[: trace.SAMPLE], self.states[: trace.SAMPLE])


class Looking:
    """Looks at blocks, at the pairs of small ones once: they do not depend on the block."""

    def __init__(self, brought: Iterable[tuple[str, list[Row]]]) -> None:
        self._blobs = {key: [(document, blob) for _, document, blob in own] for key, own in brought}
        self._prints: dict[str, tuple[Fingerprint, Document]] = {}
        self._scores: dict[tuple[str, str], float] = {}

    def at(self, block: Block) -> list[tuple[int, int, float]]:
        """Return the pairs of a block that may be kin, by their places in it."""
        place = {document: number for number, document in enumerate(block.documents)}
        members = [self._print(document, blob) for document, blob in self._blobs.get(block.key, ())]
        ids = [one.document for one, _ in members]
        if len(block.documents) >= trace.CROWD:
            return [(place[one.left], place[one.right], one.score) for one in trace.kin(block.key, members)]
        pairs = list(combinations(ids, 2))
        if any(pair not in self._scores for pair in pairs):
            found = {(one.left, one.right): one.score for one in trace.kin(block.key, members)}
            self._scores |= {pair: found.get(pair, 0.0) for pair in pairs}
        scored = ((*pair, self._scores[pair]) for pair in pairs)
        return [(place[left], place[right], score) for left, right, score in scored if score]

    def is_common(self, sample: Block) -> bool:
        """Say whether the documents of a block have little in common but its key."""
        blobs = dict(self._blobs.get(sample.key, ()))
        return trace.is_common(
            sample.key, [self._print(one, blobs[one]) for one in sample.documents if one in blobs]
        )

    def _print(self, document: str, blob: bytes) -> tuple[Fingerprint, Document]:
        if document not in self._prints:
            self._prints[document] = _PRINT.decode(blob)
        return self._prints[document]


def _is_fresh(block: Block, memo: Memory) -> bool:
    """Say whether the fingerprints of a block are needed."""
    if block.is_large():
        known = memo.former.get(block.sample().digest(_SAMPLED))
        if known != _RELATED:
            return known is None
    return not memo.knows(block.digest())


def blocks_of(rows: pa.Table) -> Iterator[Block]:
    """Yield the blocks of rows that `several` gave."""
    columns = columns_of(rows, *BLOBS.names)
    for key, own in groupby(zip(*columns, strict=True), key=lambda row: row[0]):
        _, documents, states = zip(*own, strict=True)
        yield Block(key, list(documents), list(states))


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


def thinned(rows: pa.Table) -> pa.Table:
    """Return the rows without weak blocks that are too large: names that so many share are no one story."""
    weak = pc.starts_with(rows.column("key"), trace.WEAK)
    counts = rows.filter(weak).group_by("key", use_threads=False).aggregate([([], "count_all")])
    many = counts.filter(pc.greater(counts.column("count_all"), MOST_ABOUT)).column("key")
    if not len(many):
        return rows
    return rows.filter(pc.invert(pc.is_in(rows.column("key"), value_set=many.combine_chunks())))


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
