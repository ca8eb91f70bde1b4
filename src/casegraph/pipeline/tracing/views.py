"""Questions to the tables of `trace`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import pyarrow as pa
import pyarrow.compute as pc

from casegraph import trace
from casegraph.model import Claim, Corroboration, Derivation, Document, Entity, make_id
from casegraph.pipeline.entities import columns_of, entity_shelf
from casegraph.pipeline.graded import reliabilities, standing
from casegraph.pipeline.join import entities_in
from casegraph.pipeline.keeping import Kept
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.query import Query
from casegraph.pipeline.tracing.housed import houses_in
from casegraph.pipeline.tracing.stories import Road, bare, road_of
from casegraph.pipeline.tracing.tables import place_of, traced
from casegraph.pipeline.tracing.weighed import Backed, LineageView, OriginsView, backed_by
from casegraph.store.codec import codec
from casegraph.store.layout import prefix_of
from casegraph.store.manifest import mark_of
from casegraph.store.shelf import Shelf

_STORIES: Kept[pa.Table] = Kept()  # of which story each derivation is


class Tracks:
    """Reads what `trace` has made of the whole case."""

    def __init__(self, ground: Ground, query: Query) -> None:
        self._ground, self._query = ground, query
        self._made = traced(ground.derived)
        self._altered = query.alterations()
        self._bits = len(ground.buckets()[0])

    def derivations(self, document: str | None = None) -> Iterator[Derivation]:
        """Yield the derivations of one document, or of all by document."""
        shelf = self._made.lineage
        if document is None:
            return shelf.records(Derivation, "")
        return shelf.records(Derivation, prefix_of(document, self._bits), documents=[document])

    def lineage(self, document: str) -> LineageView:
        """Return the story of a document."""
        derivations = tuple(self._story(document))
        ids = {document, *(one.document for one in derivations)}
        ids |= {one.source for one in derivations if one.source is not None}
        return LineageView(
            document=document,
            derivations=derivations,
            documents=tuple(self._documents(ids)),
            names=self._query.first_names(ids),
        )

    def _story(self, document: str) -> Iterator[Derivation]:
        """Yield the derivations of all documents that are kin to one."""
        shelf = self._made.lineage
        rows = _STORIES.get(
            self._ground.folder.absolute(),
            mark_of(shelf.folder),
            lambda _: shelf.rows(Derivation, "", columns=("document", "source", "story")),
        )
        own = pc.or_kleene(
            pc.equal(rows.column("document"), document), pc.equal(rows.column("source"), document)
        )
        stories = pc.unique(rows.filter(pc.fill_null(own, fill_value=False)).column("story"))
        mates = rows.filter(pc.is_in(rows.column("story"), value_set=stories)).column("document")
        wanted = sorted(set(mates.to_pylist()))
        return shelf.records(Derivation, "", documents=wanted) if wanted else iter(())

    def corroborations(self) -> Iterator[Corroboration]:
        """Yield all clusters by id."""
        return self._made.corroborations.records(Corroboration, "")

    def backing(self, document: str | None = None) -> Iterator[Backed]:
        """Yield the numbers for the claims of one document, or of all."""
        shelf = self._made.backing
        if document is None:
            found = shelf.records(Backed, "")
        else:
            found = shelf.records(Backed, prefix_of(document, self._bits), documents=[document])
        return self._current(found)

    def backing_of(self, documents: Sequence[str]) -> Iterator[Backed]:
        """Yield the numbers for the claims of some documents."""
        shelf = self._made.backing
        bits = _bits(shelf)
        by_part: dict[str, list[str]] = {}
        for one in sorted(documents):
            by_part.setdefault(prefix_of(one, bits), []).append(one)
        found = (shelf.records(Backed, part, documents=own) for part, own in sorted(by_part.items()))
        return self._current(chain.from_iterable(found))

    def _current(self, found: Iterator[Backed]) -> Iterator[Backed]:
        outdated = self._outdated()
        return self._renewed(found, outdated) if outdated else found

    def _outdated(self) -> dict[str, frozenset[str]]:
        """Return the clusters that still count claims rejected since, and their claims that count."""
        rejected = {one.claim: one.document for one in self._altered.by_claim.values() if one.rejected}
        if not rejected:
            return {}
        rows = self._made.backing.rows(
            Backed, "", documents=sorted(set(rejected.values())), columns=("claim", "corroboration")
        )
        rows = rows.filter(pc.is_in(rows.column("claim"), value_set=pa.array(sorted(rejected), pa.string())))
        found = {}
        for id_ in pc.unique(rows.column("corroboration")).to_pylist():
            cluster = self.cluster(id_)
            if cluster is not None:
                found[id_] = frozenset(one for one in cluster.claims if one not in rejected)
        return found

    def _renewed(self, found: Iterable[Backed], outdated: Mapping[str, frozenset[str]]) -> Iterator[Backed]:
        """Yield the numbers as they are without what was rejected: the tables follow with the next build."""
        made: dict[str, dict[str, Backed]] = {}
        for one in found:
            if one.corroboration not in outdated:
                yield one
            elif one.claim in outdated[one.corroboration]:
                if one.corroboration not in made:
                    anew = self._anew(one.corroboration)
                    made[one.corroboration] = {row.claim: row for each in anew for row in backed_by(each)}
                if one.claim in made[one.corroboration]:
                    yield made[one.corroboration][one.claim]

    def _anew(self, id_: str) -> list[Corroboration]:
        """Return what a cluster comes to without what was rejected: it may fall apart."""
        cluster = self.cluster(id_)
        claims = [] if cluster is None else list(self._claims(cluster))
        return self._corroborated(claims)

    def origins(self, claim: Claim) -> OriginsView:
        """Return the cluster of a claim; one that nobody else says is looked at alone."""
        own = [one for one in self.backing(claim.document) if one.claim == claim.id]
        found = self.cluster(own[0].corroboration) if own else None
        if found is not None and not all(map(self._altered.stands, _mentioned(found))):
            found = next((one for one in self._anew(found.id) if claim.id in one.claims), None)
        if not self._altered.stands(claim.id):
            found = _nothing(claim)
        elif found is None:
            found = self._alone(claim)
        claims = tuple(self._claims(found))
        ids = {*found.documents, *(step.document for one in found.origins for step in one.road)}
        ids |= {one.document for one in claims}  # those of the other side, too
        return OriginsView(
            claim=claim,
            corroboration=found,
            claims=claims,
            documents=tuple(self._documents(ids)),
            names=self._query.first_names(ids),
            grades=tuple(
                one for one in standing(self._ground.journal.grades()) if one.subject in found.claims
            ),
        )

    def cluster(self, id_: str) -> Corroboration | None:
        """Return a cluster by its id."""
        shelf = self._made.corroborations
        part = prefix_of(f"sha256:{id_.rpartition('-')[2]}", _bits(shelf))
        rows = shelf.rows(Corroboration, part, documents=[place_of(id_)])
        return next(codec(Corroboration).decode(rows.filter(pc.equal(rows.column("id"), id_))), None)

    def opposed(self, claim: str) -> Iterator[Corroboration]:
        """Yield the clusters of which a contradiction names a claim (id): a denial often has its own."""
        shelf = self._made.corroborations
        rows = shelf.rows(Corroboration, "", columns=("id", "contradictions"))
        rows = rows.filter(pc.match_substring(rows.column("contradictions"), claim))
        for id_ in rows.column("id").to_pylist():
            cluster = self.cluster(id_)
            if cluster is not None:
                yield cluster

    def _alone(self, claim: Claim) -> Corroboration:
        return next(iter(self._corroborated([claim])), _nothing(claim))

    def _corroborated(self, claims: Sequence[Claim]) -> list[Corroboration]:
        """Return what these claims come to, as if there were no others."""
        documents = {one.id: bare(one) for one in self._documents({claim.document for claim in claims})}
        roads = {one: self._road(one) for one in documents}
        schemas = self._schemas(claims)
        houses = houses_in(self._ground.shelves.get("trace"))
        told = [
            trace.Reported(
                claim, documents[claim.document], road.road, road.sources, road.later,
                {one: schemas[one] for one in entities_in(claim) if one in schemas},
                tuple(
                    house for one in (documents[claim.document], *road.sources)
                    for house in houses.above(one.publisher)
                ),
            )
            for claim in claims
            for road in [roads[claim.document]]
        ]  # fmt: skip
        settings = self._ground.settings
        whose = (house for one in told for house in one.houses)
        families = trace.Families(settings.publishers).learned((), whose)
        grades = reliabilities(settings.sources, self._ground.journal.grades())
        return list(trace.corroborations(told, families, dict(grades)))

    def _schemas(self, claims: Iterable[Claim]) -> dict[str, str]:
        wanted = {one for claim in claims for one in entities_in(claim)}
        rows = entity_shelf(self._ground.derived).rows(Entity, "", columns=("id", "schema"))
        rows = rows.filter(pc.is_in(rows.column("id"), value_set=pa.array(sorted(wanted), pa.string())))
        return dict(zip(*columns_of(rows, "id", "schema"), strict=True))

    def _road(self, document: str) -> Road:
        view = self.lineage(document)
        return road_of(document, view.derivations, {one.id: one for one in view.documents}, {})

    def _claims(self, found: Corroboration) -> Iterator[Claim]:
        """Yield the claims of a cluster, and those on the other side of its contradictions."""
        wanted = _mentioned(found)
        wanted |= {one for drift in found.drifts for one in (drift.before, drift.after)}
        for document in self._claimed(found.documents, sorted(wanted)):
            for claim in self._query.claims_of(document):
                if claim.id in wanted:
                    yield claim

    def _claimed(self, documents: Sequence[str], wanted: Sequence[str]) -> list[str]:
        """Return the documents in which claims stand: those of a cluster, and of others that it mentions."""
        rows = self._made.backing.rows(Backed, "", columns=("claim",))
        rows = rows.filter(pc.is_in(rows.column("claim"), value_set=pa.array(wanted, pa.string())))
        return sorted({*documents, *rows.column("key_document").to_pylist()})

    def _documents(self, ids: Iterable[str]) -> Iterator[Document]:
        for one in sorted(ids):
            yield from self._query.records(Document, one)


def _bits(shelf: Shelf) -> int:
    """Return by how many bits of an id the parts of a table are told apart: each is a segment."""
    return min((len(one.prefix) for one in shelf.manifest().segments), default=0)


def _mentioned(found: Corroboration) -> set[str]:
    """Return the claims of a cluster, and those on the other side of its contradictions."""
    sides = (one for conflict in found.contradictions for one in (*conflict.left, *conflict.right))
    return {*found.claims, *sides}


def _nothing(claim: Claim) -> Corroboration:
    """Return what stands behind a claim of which nothing is made."""
    return Corroboration(
        id=make_id("corroboration", claim.id),
        kind=claim.kind,
        caption=claim.content_target.exact,
        claims=(claim.id,),
        documents=(claim.document,),
    )
