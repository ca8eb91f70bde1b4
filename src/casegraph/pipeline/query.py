"""Questions to the tables, answered bucket by bucket: memory does not grow with the case."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from casegraph.errors import UsageError
from casegraph.model import Claim, Document, Entity, Kind, Page, Problem, Record, Resolved, Table, written
from casegraph.pipeline.asked import Asking, Wanted, claim_place, filling, holding
from casegraph.pipeline.join import joined
from casegraph.pipeline.letters import thread_place
from casegraph.pipeline.lookup import Lookup
from casegraph.pipeline.named import ABOUT, SAID_BY, Named
from casegraph.pipeline.ordering import Finding, Span, by_name, spans_of
from casegraph.pipeline.outline import KINDS, Mask, Outline, key_of, outlines
from casegraph.pipeline.phrase import Phrase, claims_naming
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.reports import DocumentRow, ProblemRow, TableView
from casegraph.pipeline.reviewed import Alterations, alterations
from casegraph.pipeline.roll import roll
from casegraph.pipeline.roster import entities_of, roster
from casegraph.store.codec import codec
from casegraph.store.conversations import Conversations
from casegraph.store.layout import bounds, prefix_of
from casegraph.text import fold

R = TypeVar("R", bound=Record)
ENTITY = re.compile(r"(?:entity-[0-9a-f]{4,40}|[0-9a-f]{8,40})")

"""What may be meant as the beginning of an entity's id, with what it begins with or without."""


class Query(Lookup):
    """Reads the tables of a case."""

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self._hits: tuple[object, list[tuple[Outline, Mask]]] | None = None

    def alterations(self) -> Alterations:
        """Return what people have said of claims that changes them as evidence."""
        return alterations(self._ground.journal.reviews(), self.merged)

    def claims(self, asking: Asking) -> Iterator[Claim]:
        """Yield the claims that are asked for by (document's name, page, start), entities joined in."""
        asking.check()
        if Claim not in self._giver:
            return
        document = None if asking.document is None else self.document(asking.document)
        wanted = self.wanted(asking)
        finding = Finding(Claim, self._finder(asking, wanted), claim_place)
        among = None
        if document is None and (wanted or asking.kind is not None or asking.stance is not None):
            among = self._among(asking, wanted)
        yield from self._ordered(finding, document, among)

    def _ordered(
        self, finding: Finding[R], document: str | None, among: Collection[str] | None = None
    ) -> Iterator[R]:
        """Yield what is found in one document, or by their names in all or those `among` which it can be."""
        if document is not None:
            yield from sorted(finding.find(self._spans(document)), key=finding.place)
            return
        ground, known = self._ground, roll(self._ground)
        documents = known.documents
        if among is not None:
            documents = tuple(
                sorted((one for one in among if one in known.ranks), key=known.ranks.__getitem__)
            )
        yield from by_name(documents, ground.buckets(), ground.derived, finding)

    def wanted(self, asking: Asking) -> dict[str, Wanted]:
        """Return who must be named, by part of a claim."""
        return {
            part: self._wanted(names, entity, asking.names)
            for part, names, entity in (
                (ABOUT, tuple(name for _, name in asking.within_roles()), asking.entity),
                (SAID_BY, asking.said_by, None),
            )
            if names or entity is not None
        }

    def hits(self, asking: Asking, wanted: Mapping[str, Wanted]) -> Iterator[tuple[Outline, Mask]]:
        """Yield the claims of each bucket with those marked that are asked for, as the machine read them.

        The last ones are kept: a page asks for an entity's claims, then how many there are of each kind.
        """
        found = [outline for _, outline in outlines(self._ground)]
        key = asking.kind, asking.stance, tuple(wanted.items())
        kept = self._hits
        same = kept is not None and kept[0] == key and len(kept[1]) == len(found)
        if (
            kept is None
            or not same
            or any(one is not known for one, (known, _) in zip(found, kept[1], strict=True))
        ):
            own = {part: self._given(one.entities) for part, one in wanted.items()}
            kept = self._hits = key, [(one, _marked(one, asking, wanted, own)) for one in found]
        yield from kept[1]

    def kinds(self, entity: Entity) -> dict[Kind, int]:
        """Return how many claims of each kind name an entity in a role."""
        asking = Asking(entity=entity.id, names=entity.names)
        wanted, corrected = self.wanted(asking), self.alterations().corrected()
        counts: Counter[Kind] = Counter()
        apart = np.array(sorted(key_of(one.claim) for one in corrected), dtype=np.uint64)
        for outline, hit in self.hits(asking, wanted):
            found = outline.kind[hit & ~np.isin(outline.key, apart)]
            counts.update(KINDS[one] for one in found.tolist())
        for one in corrected:
            claim = self.claim(one.document, one.claim)
            counts[claim.kind] += wanted[ABOUT].fits(ABOUT, claim)
        return {kind: count for kind, count in sorted(counts.items()) if count}

    def _among(self, asking: Asking, wanted: Mapping[str, Wanted]) -> set[str]:
        """Return the documents in which claims that are asked for can stand."""
        found = {one.document for one in self.alterations().corrected()}
        return found.union(*(outline.of(hit) for outline, hit in self.hits(asking, wanted)))

    def _given(self, entities: Collection[str]) -> npt.NDArray[np.uint64]:
        """Return by the beginnings of their ids what documents gave to names of entities."""
        own = (one for one, entity in self.merged().items() if entity in entities)
        return np.array(sorted(map(key_of, {*entities, *own})), dtype=np.uint64)

    def _finder(
        self, asking: Asking, wanted: Mapping[str, Wanted]
    ) -> Callable[[Iterable[Span]], Iterator[Claim]]:
        """Return what yields the claims asked for of some buckets by document."""
        words = None if asking.text is None else Phrase(asking.text)
        roles = asking.within_roles()
        apart = roles if any(role for role, _ in roles) else []
        filled = [(role, self._wanted((name,), None, ())) for role, name in apart]
        return lambda spans: filling(filled, self._claims(asking, spans, wanted, words))

    def _claims(
        self, asking: Asking, spans: Iterable[Span], wanted: Mapping[str, Wanted], words: Phrase | None
    ) -> Iterator[Claim]:
        altered = self.alterations()
        hidden = frozenset[str]() if asking.rejected else altered.rejected
        apart = {one.claim: one.document for one in altered.corrected() if one.claim not in hidden}
        skipped = hidden | apart.keys()
        for prefix, documents in spans:
            within = documents
            hits: list[pa.Array] = []
            for part, one in wanted.items():
                rows = self._names_in_claims(prefix, within)
                mentions = self._mentions(prefix, within, one.entities)
                rows = claims_naming(rows, part, one.phrase, mentions, sorted(one.names))
                hits.append(rows.column("claim"))
                within = sorted(set(rows.column("key_document").to_pylist()))
            found = self._like(asking, self.rows(Claim, prefix, within), hits)
            entities = self.resolved(prefix, within) if found.num_rows else {}
            read = (joined(one, entities) for one in codec(Claim).decode(found) if one.id not in skipped)
            yield from holding(words, read)
            places = {one for one in apart.values() if documents is None or one in documents}
            rest = self._corrected(asking, prefix, places, altered) if places else iter(())
            named = (
                one for one in rest if one.id in apart and all(w.fits(p, one) for p, w in wanted.items())
            )
            yield from holding(words, named)

    def _corrected(
        self, asking: Asking, prefix: str, documents: Collection[str], altered: Alterations
    ) -> Iterator[Claim]:
        """Yield claims of a bucket that people read otherwise: tables of names do not have theirs."""
        within = sorted(one for one in documents if prefix_of(one, len(prefix)) == prefix)
        ids = pa.array([one.claim for one in altered.corrected(within)], type=pa.string())
        if within and len(ids):
            entities = self.resolved(prefix, within)
            for bare in codec(Claim).decode(self._like(asking, self.rows(Claim, prefix, within), [ids])):
                yield altered.read(joined(bare, entities))

    def _like(self, asking: Asking, rows: pa.Table, hits: list[pa.Array]) -> pa.Table:
        """Return the claims of the kind and stance asked for that are among all hits."""
        for column, value in (("kind", asking.kind), ("stance", asking.stance)):
            if value is not None:
                rows = rows.filter(pc.equal(rows.column(column), value))
        for ids in hits:
            rows = rows.filter(pc.is_in(rows.column("id"), value_set=ids))
        return rows

    def _names_in_claims(self, prefix: str, documents: Sequence[str] | None) -> pa.Table:
        shelf = self._ground.shelves[self._giver[Claim]]
        return shelf.rows(Named, prefix, documents=documents, columns=("claim", "part", "name", "mention"))

    def _wanted(self, asked: tuple[str, ...], entity: str | None, names: tuple[str, ...]) -> Wanted:
        if entity is not None:
            return Wanted(None, frozenset({entity}), frozenset(map(fold, names)))
        ids = {value: self._entity(value) for value in asked}
        words = [value for value in asked if ids[value] is None]
        phrase = Phrase(*words) if words else None
        meant = sorted(one for one in ids.values() if one is not None)
        known = roster(self._ground)
        chosen = {*meant, *(known.ids[one] for one in (known.named(phrase) if phrase is not None else ()))}
        by_id = (fold(name) for one in entities_of(self._ground, meant) for name in one.names)
        return Wanted(phrase, frozenset(chosen), frozenset(by_id))

    def _entity(self, value: str) -> str | None:
        """Return the entity whose id begins so, None for what is no id; UsageError when several do."""
        if not ENTITY.fullmatch(value):
            return None
        found = self.entity_ids(value)
        if len(found) > 1:
            raise UsageError(f"{value!r} is the beginning of more than one entity's id")
        return found[0] if found else None

    def _mentions(self, prefix: str, documents: Sequence[str] | None, entities: frozenset[str]) -> pa.Array:
        """Return the mentions of a bucket that name one of some entities."""
        if Resolved not in self._giver or not entities:
            return pa.array([], type=pa.string())
        rows = self.rows(Resolved, prefix, documents, ("mention", "entity"))
        own = {one for one, entity in self.merged().items() if entity in entities}
        wanted = pa.array(sorted(entities | own), type=pa.string())
        return (
            rows.filter(pc.is_in(rows.column("entity"), value_set=wanted)).column("mention").combine_chunks()
        )

    def claim(self, document: str, claim: str) -> Claim:
        """Return one claim of a document with its entities."""
        return self.alterations().read(self.as_read(document, claim))

    def claims_at(self, places: Mapping[str, str]) -> Iterator[Claim]:
        """Yield claims (id, with its document) with their entities, by bucket: each file is read once."""
        altered, wanted = self.alterations(), pa.array(sorted(places), type=pa.string())
        for prefix, own in spans_of(places.values(), self._ground.buckets()):
            rows = self.rows(Claim, prefix, own)
            entities = self.resolved(prefix, own)
            for bare in codec(Claim).decode(rows.filter(pc.is_in(rows.column("id"), value_set=wanted))):
                yield altered.read(joined(bare, entities))

    def as_read(self, document: str, claim: str) -> Claim:
        """Return one claim as the machine has read it, whatever people say."""
        prefix, documents = next(self._spans(document))
        rows = self.rows(Claim, prefix, documents)
        (bare,) = codec(Claim).decode(rows.filter(pc.equal(rows.column("id"), claim)))
        return joined(bare, self.resolved(prefix, documents))

    def claims_of(self, document: str) -> Iterator[Claim]:
        """Yield the claims of a document that count, with their entities, in order."""
        prefix, documents = next(self._spans(document))
        entities, altered = self.resolved(prefix, documents), self.alterations()
        for bare in codec(Claim).decode(self.rows(Claim, prefix, documents)):
            if altered.stands(bare.id):
                yield altered.read(joined(bare, entities))

    def documents(self, document: str | None = None) -> Iterator[DocumentRow]:
        """Yield the documents by name with the counts of what was found in them."""
        yield from self._ordered(
            Finding(DocumentRow, self._documents, lambda row: (row.id, (), "")), document
        )

    def _documents(self, spans: Iterable[Span]) -> Iterator[DocumentRow]:
        for prefix, documents in spans:
            span = bounds(prefix) if documents is None else (documents[0], documents[-1] + "\0")
            counts = self._counts(prefix, documents)
            read: dict[str, Document] = {}
            if Document in self._giver:
                read = {one.id: one for one in codec(Document).decode(self.rows(Document, prefix, documents))}
            threads = Conversations(self._ground.derived).sizes(*span)
            for held in self._ground.holdings.held(*span):
                if documents is not None and held.document not in documents:
                    continue
                found = counts.get(held.document, {})
                yield DocumentRow(
                    id=held.document,
                    names=held.names,
                    paths=held.paths,
                    depth=held.depth,
                    size=held.size,
                    added=held.added,
                    document=read.get(held.document),
                    mentions=found.get("mention", 0),
                    claims=found.get("claim", 0),
                    problems=found.get("problem", 0),
                    thread=thread_place(threads.get(held.document)),
                )

    def _counts(self, prefix: str, documents: Sequence[str] | None) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for shelf in self._ground.shelves.values():
            for document, (_, unit) in shelf.units(prefix, documents=documents).items():
                own = found.setdefault(document, {})
                for table, count in unit.records.items():
                    own[table] = own.get(table, 0) + count
        return found

    def problems(self, document: str | None = None) -> Iterator[ProblemRow]:
        """Yield the problems, first of files not taken in, then by document's name and stage."""
        if document is None:
            for one in self._ground.journal.refused():
                yield ProblemRow(
                    code=one.code, subject=one.subject, detail=one.detail, document=None, name=one.subject
                )
        finding = Finding(ProblemRow, self._problems, lambda row: (row.document or "", (), ""))
        yield from self._ordered(finding, document)

    def _problems(self, spans: Iterable[Span]) -> Iterator[ProblemRow]:
        for prefix, documents in spans:
            found: list[tuple[str, Problem]] = []
            for shelf in self._ground.shelves.values():
                rows = shelf.rows(Problem, prefix, documents=documents)
                found += zip(
                    rows.column("key_document").to_pylist(), codec(Problem).decode(rows), strict=True
                )
            names = self._names(prefix) if found else {}
            for own, one in sorted(found, key=lambda pair: pair[0]):
                yield ProblemRow(
                    code=one.code,
                    subject=one.subject,
                    detail=one.detail,
                    document=own,
                    name=names.get(own, (own,))[0],
                )

    def tables(self, document: str | None = None) -> Iterator[TableView]:
        """Yield the tables with their cells' words by document's name, page and place."""
        if Table not in self._giver:
            return
        finding = Finding(
            TableView, self._tables, lambda one: (one.table.document, (one.table.page, one.table.number), "")
        )
        yield from self._ordered(finding, document)

    def _tables(self, spans: Iterable[Span]) -> Iterator[TableView]:
        for prefix, documents in spans:
            names = self._names(prefix)
            tables = codec(Table).decode(self.rows(Table, prefix, documents))
            for document, own in groupby(tables, lambda table: table.document):
                pages = codec(Page).decode(self.rows(Page, prefix, [document]))
                texts = {page.number: page.text for page in pages}
                name = names.get(document, (document,))[0]
                for table in own:
                    rows = written(table, texts[table.page])
                    yield TableView(table=table, name=name, rows=rows)


def _marked(
    outline: Outline, asking: Asking, wanted: Mapping[str, Wanted], own: Mapping[str, npt.NDArray[np.uint64]]
) -> Mask:
    found = outline.like(asking.kind, asking.stance)
    for part, one in wanted.items():
        found &= outline.naming(part, one, own[part])
    return found
