"""The steps in which a worker finds who took what from whom, each for one part of the case.

sign    buckets    documents that have kin, and what tells their states      to parts by story
check   a part     documents of stories that are to be made anew             to parts by document
tell    buckets    these documents, whole                                    to parts by story
derive  a part     how each document goes back to others                     to parts by document
lay     a part     the table of derivations
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from casegraph import trace
from casegraph.model import Credit, Derivation, Document, Fingerprint, Page, Record, make_id
from casegraph.pipeline.entities import columns_of
from casegraph.pipeline.stepping import prefix_bits
from casegraph.pipeline.tasks import Done, Step
from casegraph.pipeline.tracing.steps import PAIRS, Job, Row, Said, Steps, by_bucket, document_part, encode
from casegraph.pipeline.tracing.tables import Memory, digest_of, memory
from casegraph.store.shelf import Shelf
from casegraph.store.spill import part_of


class Road(msgspec.Struct, frozen=True, array_like=True):
    """How a document goes back to others: its derivations, those on the way to the ends, the documents there.

    `later` are the derivations of others from it; `houses` tell whose the outlets on the way are.
    """

    own: tuple[Derivation, ...] = ()
    road: tuple[Derivation, ...] = ()
    sources: tuple[Document, ...] = ()
    later: tuple[Derivation, ...] = ()
    houses: tuple[trace.House, ...] = ()


R = TypeVar("R", bound=Record)
ROAD: msgspec.msgpack.Decoder[Road] = msgspec.msgpack.Decoder(Road)
_ARTICLE: msgspec.msgpack.Decoder[trace.Article] = msgspec.msgpack.Decoder(trace.Article)
_MADE: msgspec.msgpack.Decoder[list[tuple[str, bytes]]] = msgspec.msgpack.Decoder(list[tuple[str, bytes]])


class Stories(Steps):
    """Does the steps from stories to derivations."""

    def _jobs(self) -> dict[str, Job]:
        return {
            "sign": self._sign,
            "check": self._check,
            "tell": self._tell,
            "derive": self._derive,
            "lay": self._lay,
        }

    def _sign(self, step: Step) -> None:
        """Tell the states of documents that have kin, and of those that name a source: each its own story."""
        stories, houses = self._wanted(step, *step.reads), self._houses(step.prefixes)
        rows: list[Row] = []
        for prefix in step.prefixes:
            units = self._shelves.prints.units(prefix)
            credited = self._shelves.prints.rows(Credit, prefix, columns=("document",)).column("document")
            for document in sorted(units.keys() & {*stories, *credited.to_pylist()}):
                made = units[document][1].key.encode() + encode(houses.get(document, ()))
                own = stories.get(document) or [make_id("story", document)]
                rows += [(story, document, made) for story in own]
        self._blobs(step, rows, lambda row: part_of(row[0], step.parts))

    def _memo(self, step: Step) -> Memory:
        return memory(self._shelves.made.stories, prefix_bits(step.part, step.parts))

    def _kin(self, step: Step, folder: str) -> dict[str, list[trace.Kin]]:
        found: dict[str, list[trace.Kin]] = {}
        rows = self._rows(step, folder, PAIRS)
        for story, *pair in zip(*columns_of(rows, *PAIRS.names), strict=True):
            found.setdefault(story, []).append(trace.Kin(*pair))
        return {story: sorted(own) for story, own in found.items()}

    def _check(self, step: Step) -> None:
        signed, pairs = step.reads
        memo, kin, said = self._memo(step), self._kin(step, pairs), self._said()
        rows = [
            row
            for story, own in self._groups(step, signed)
            if not memo.knows(_digest(own, kin.get(story, ()), said))
            for row in own
        ]
        self._blobs(step, rows, lambda row: document_part(row[1], step.parts))

    def _tell(self, step: Step) -> None:
        stories = self._wanted(step, *step.reads)
        houses = self._houses(step.prefixes if stories else ())
        rows: list[Row] = []
        for prefix, documents in by_bucket(step, stories):
            pages = _grouped(self._shelves.read, Page, prefix, documents)
            credits_ = _grouped(self._shelves.prints, Credit, prefix, documents)
            prints = _grouped(self._shelves.prints, Fingerprint, prefix, documents)
            for document in self._shelves.read.records(Document, prefix, documents=documents):
                own = tuple(pages.get(document.id, ()))
                for one in prints.get(document.id, ()):
                    named, whose = tuple(credits_.get(document.id, ())), houses.get(document.id, ())
                    article = trace.Article(document, own, one, named, whose)
                    rows += [(story, document.id, encode(article)) for story in stories[document.id]]
        self._blobs(step, rows, lambda row: part_of(row[0], step.parts))

    def _derive(self, step: Step) -> Done:
        signed, pairs, told = step.reads
        memo, kin, said = self._memo(step), self._kin(step, pairs), self._said()
        articles = {story: [blob for _, _, blob in own] for story, own in self._groups(step, told)}
        families = trace.Families(said.publishers)
        rows: list[Row] = []
        for story, own in self._groups(step, signed):
            digest = _digest(own, kin.get(story, ()), said)
            made = memo.recall(digest)
            if made is None:
                whole = [_ARTICLE.decode(blob) for blob in articles.get(story, ())]
                derivations = list(trace.derivations(whole, kin.get(story, []), families))
                made = memo.keep(digest, encode(list(roads_of(derivations, whole))))
            rows += [(story, document, road) for document, road in _MADE.decode(made)]
        self._blobs(step, rows, lambda row: document_part(row[1], step.parts))
        return self._kept(step, self._shelves.made.stories, memo)

    def _lay(self, step: Step) -> Done:
        shelf = self._shelves.made.lineage
        own: dict[str, list[bytes]] = {}
        for _, document, blob in self._read(step, *step.reads):
            if ROAD.decode(blob).own:
                own.setdefault(document, []).append(blob)
        return Done(segments={shelf.stage: self._table(step, shelf, own, lambda blob: ROAD.decode(blob).own)})


def _digest(own: Sequence[Row], kin: Sequence[trace.Kin], said: Said) -> bytes:
    """Return a digest of all that the derivations of a story follow from."""
    states = (part for _, document, made in own for part in (document.encode(), made))
    return digest_of(str(trace.VERSION).encode(), encode(said.publishers), encode(kin), *states)


def _grouped(shelf: Shelf, type_: type[R], prefix: str, documents: Sequence[str]) -> dict[str, list[R]]:
    return {one: list(own) for one, own in shelf.by_document(type_, prefix, documents)}


def roads_of(
    derivations: Sequence[Derivation], articles: Sequence[trace.Article]
) -> Iterator[tuple[str, bytes]]:
    """Yield by document how those go back to others that were derived from any, or others from them."""
    by_id = {one.document.id: one.document for one in articles}
    houses = {one.document.id: one.houses for one in articles}
    for document in sorted({one for each in derivations for one in (each.document, each.source) if one}):
        yield document, encode(road_of(document, derivations, by_id, houses))


def road_of(
    document: str,
    derivations: Sequence[Derivation],
    documents: Mapping[str, Document],
    houses: Mapping[str, tuple[trace.House, ...]],
) -> Road:
    """Return how a document goes back to others, nearest first."""
    own: dict[str, list[Derivation]] = {}
    for one in derivations:
        own.setdefault(one.document, []).append(one)
    road: list[Derivation] = []
    seen, waiting = {document}, [document]
    for here in waiting:
        for one in own.get(here, ()):
            road.append(one)
            if one.source is not None and one.source not in seen:
                seen.add(one.source)
                waiting.append(one.source)
    sources = [bare(documents[one]) for one in waiting[1:] if one in documents]
    later = tuple(one for one in derivations if one.source == document)
    whose = tuple(sorted({house for one in waiting[1:] for house in houses.get(one, ())}))
    return Road(tuple(own.get(document, ())), tuple(road), tuple(sources), later, whose)


def bare(document: Document) -> Document:
    """Return a document without what takes room; who got a mail stays."""
    readers = {name: document.metadata[name] for name in ("to", "cc", "bcc") if name in document.metadata}
    return msgspec.structs.replace(document, links=(), metadata=readers)
