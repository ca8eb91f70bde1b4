"""Questions to the tables, answered bucket by bucket: memory does not grow with the case."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from casegraph.errors import UsageError
from casegraph.model import (
    Claim,
    Document,
    Entity,
    Page,
    Problem,
    Record,
    Resolved,
    Table,
    written,
)
from casegraph.pipeline.asked import Asking, Wanted, claim_place, filling, holding
from casegraph.pipeline.entities import entity_shelf, merges
from casegraph.pipeline.join import joined
from casegraph.pipeline.letters import thread_place
from casegraph.pipeline.named import ABOUT, SAID_BY, Named
from casegraph.pipeline.ordering import FIRST, Finding, Span, by_name
from casegraph.pipeline.phrase import Phrase, claims_naming
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.reports import DocumentRow, ProblemRow, TableView
from casegraph.pipeline.reviewed import Alterations, alterations
from casegraph.store.codec import codec
from casegraph.store.conversations import Conversations
from casegraph.store.held import Held
from casegraph.store.layout import bounds, prefix_of
from casegraph.store.manifest import Manifest
from casegraph.text import fold

R = TypeVar("R", bound=Record)
ENTITY = re.compile(r"(?:entity-[0-9a-f]{4,40}|[0-9a-f]{8,40})")

"""What may be meant as the beginning of an entity's id, with what it begins with or without."""

SHORTEST = 4
"""Characters of an id that a user must give at least."""


class Query:
    """Reads the tables of a case."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._entities = entity_shelf(ground.derived)
        self._merges: tuple[Manifest, dict[str, str]] | None = None
        self._giver = {type_: link.name for link in ground.chain for type_ in link.stage.gives}

    def rows(
        self,
        type_: type[Record],
        prefix: str,
        documents: Sequence[str] | None,
        columns: Sequence[str] | None = None,
    ) -> pa.Table:
        """Return the rows of a record type in a bucket."""
        shelf = self._ground.shelves[self._giver[type_]]
        return shelf.rows(type_, prefix, documents=documents, columns=columns)

    def records(self, type_: type[R], document: str | None = None) -> Iterator[R]:
        """Yield the records of a type by document and place, of one document or of all."""
        if type_ in self._giver:
            for prefix, documents in self._spans(document):
                yield from codec(type_).decode(self.rows(type_, prefix, documents))

    def bucket(self, type_: type[R], prefix: str) -> Iterator[R]:
        """Yield the records of a type in a bucket."""
        if type_ in self._giver:
            yield from codec(type_).decode(self.rows(type_, prefix, None))

    def _spans(self, document: str | None) -> Iterator[Span]:
        buckets = self._ground.buckets()
        if document is None:
            yield from ((prefix, None) for prefix in buckets)
        else:
            yield prefix_of(document, len(buckets[0])), [document]

    def entities(self) -> Iterator[Entity]:
        """Yield the entities by id."""
        return self._entities.records(Entity, "")

    def alterations(self) -> Alterations:
        """Return what people have said of claims that changes them as evidence."""
        return alterations(self._ground.journal.reviews(), self.merged)

    def claims(self, asking: Asking) -> Iterator[Claim]:
        """Yield the claims that are asked for by (document's name, page, start), entities joined in."""
        asking.check()
        if Claim not in self._giver:
            return
        document = None if asking.document is None else self.document(asking.document)
        finding = Finding(Claim, self._finder(asking), claim_place)
        # What is looked for by name or words may stand anywhere: the first documents need not come first.
        narrow = any((asking.about, asking.said_by, asking.text is not None, asking.entity is not None))
        yield from self._ordered(finding, document, first=0 if narrow else FIRST)

    def _ordered(self, finding: Finding[R], document: str | None, first: int = FIRST) -> Iterator[R]:
        """Yield what is found in one document, or in all by their names."""
        if document is not None:
            yield from sorted(finding.find(self._spans(document)), key=finding.place)
            return
        ground = self._ground
        yield from by_name(ground.holdings, ground.buckets(), ground.derived, finding, first)

    def _finder(self, asking: Asking) -> Callable[[Iterable[Span]], Iterator[Claim]]:
        """Return what yields the claims asked for of some buckets by document."""
        words = None if asking.text is None else Phrase(asking.text)
        wanted = {
            part: self._wanted(names, entity, asking.names)
            for part, names, entity in (
                (ABOUT, tuple(name for _, name in asking.within_roles()), asking.entity),
                (SAID_BY, asking.said_by, None),
            )
            if names or entity is not None
        }
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
        chosen = [
            one
            for one in self.entities()
            if one.id in ids.values() or (phrase is not None and phrase.names(one))
        ]
        by_id = (fold(name) for one in chosen if one.id in ids.values() for name in one.names)
        return Wanted(phrase, frozenset(one.id for one in chosen), frozenset(by_id))

    def _entity(self, value: str) -> str | None:
        """Return the entity whose id begins so, None for what is no id; UsageError when several do."""
        if not ENTITY.fullmatch(value):
            return None
        found = self.entity_ids(value)
        if len(found) > 1:
            raise UsageError(f"{value!r} is the beginning of more than one entity's id")
        return found[0] if found else None

    def resolved(self, prefix: str, documents: Sequence[str] | None) -> dict[str, str]:
        """Return the entity of each mention of a bucket."""
        if Resolved not in self._giver:
            return {}
        rows = self.rows(Resolved, prefix, documents, ("mention", "entity"))
        into = self.merged()
        pairs = zip(rows.column("mention").to_pylist(), rows.column("entity").to_pylist(), strict=True)
        return {mention: into.get(entity, entity) for mention, entity in pairs}

    def merged(self) -> dict[str, str]:
        """Return the entity of the case for each id that documents gave and that was merged."""
        shelf = self._entities
        manifest = shelf.manifest()
        if self._merges is None or self._merges[0] is not manifest:
            self._merges = manifest, merges(shelf)
        return self._merges[1]

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

    def claim_ids(self, start: str) -> list[tuple[str, str]]:
        """Return (document, id) of the claims whose id begins so, at most two."""
        return self._ids(Claim, _full("claim-", start))

    def _ids(self, type_: type[Record], start: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for prefix in self._ground.buckets() if type_ in self._giver else ():
            rows = self.rows(type_, prefix, None, ("id",))
            rows = rows.filter(pc.starts_with(rows.column("id"), pattern=start))
            found += zip(*(rows.column(name).to_pylist() for name in ("key_document", "id")), strict=True)
        return sorted(set(found))[:2]

    def entity_ids(self, start: str) -> list[str]:
        """Return the ids of the entities whose id begins so, at most two."""
        rows = self._entities.rows(Entity, "", columns=("id",))
        ids = rows.filter(pc.starts_with(rows.column("id"), pattern=_full("entity-", start))).column("id")
        return sorted(ids.to_pylist())[:2]

    def document_ids(self, name: str) -> list[str]:
        """Return the documents that a name or the beginning of an id means, at most two."""
        named = self._ground.holdings.named(name)
        start = _full("sha256:", name)
        if named or len(name) < SHORTEST:
            return named[:2]
        return [held.document for held in islice(self._ground.holdings.held(start, start + "g"), 2)]

    def document(self, name: str) -> str:
        """Return the document that a name, an id or its beginning means; UsageError if none."""
        found = self.document_ids(name)
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f"{name!r} means more than one document; give the beginning of its id")
        raise UsageError(f"there is no document {name!r} in the case")

    def first_names(self, documents: Iterable[str]) -> dict[str, str]:
        """Return the first name of each document that has one."""
        found = ((one, self.held(one)) for one in sorted(documents))
        return {one: held.names[0] for one, held in found if held is not None and held.names}

    def documents(self, document: str | None = None) -> Iterator[DocumentRow]:
        """Yield the documents by name with the counts of what was found in them."""
        yield from self._ordered(
            Finding(DocumentRow, self._documents, lambda row: (row.id, (), "")), document
        )

    def _documents(self, spans: Iterable[Span]) -> Iterator[DocumentRow]:
        for prefix, documents in spans:
            span = bounds(prefix) if documents is None else (documents[0], documents[-1] + "\0")
            counts = self._counts(prefix)
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

    def _counts(self, prefix: str) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for shelf in self._ground.shelves.values():
            for document, (_, unit) in shelf.units(prefix).items():
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

    def table_ids(self, start: str) -> list[tuple[str, str]]:
        """Return (document, id) of the tables whose id begins so, at most two."""
        return self._ids(Table, _full("table-", start))

    def _names(self, prefix: str) -> dict[str, tuple[str, ...]]:
        return {held.document: held.names for held in self._ground.holdings.held(*bounds(prefix))}

    def held(self, document: str) -> Held | None:
        """Return what the journal says of a document."""
        return next(self._ground.holdings.held(document, document + "\0"), None)


def _full(kind: str, start: str) -> str:
    return start if start.startswith(kind) else kind + start
