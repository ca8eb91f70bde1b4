"""Questions to the tables of `trace`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from casegraph import trace
from casegraph.model import Claim, Corroboration, Derivation, Document, make_id
from casegraph.pipeline.graded import reliabilities, standing
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.query import Query
from casegraph.pipeline.tracing.stories import Road, bare, road_of
from casegraph.pipeline.tracing.tables import place_of, traced
from casegraph.pipeline.tracing.weighed import Backed, LineageView, OriginsView
from casegraph.store.codec import codec
from casegraph.store.layout import prefix_of


class Tracks:
    """Reads what `trace` has made of the whole case."""

    def __init__(self, ground: Ground, query: Query) -> None:
        self._ground, self._query = ground, query
        self._made = traced(ground.derived)
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
        rows = shelf.rows(Derivation, "", columns=("document", "source", "story"))
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
        if document is None:
            return self._made.backing.records(Backed, "")
        return self._made.backing.records(Backed, prefix_of(document, self._bits), documents=[document])

    def origins(self, claim: Claim) -> OriginsView:
        """Return the cluster of a claim; one that nobody else says is looked at alone."""
        own = [one for one in self.backing(claim.document) if one.claim == claim.id]
        found = self._cluster(own[0].corroboration) if own else None
        if found is None:
            found = self._alone(claim)
        ids = {*found.documents, *(step.document for one in found.origins for step in one.road)}
        return OriginsView(
            claim=claim,
            corroboration=found,
            claims=tuple(self._claims(found)),
            documents=tuple(self._documents(ids)),
            names=self._query.first_names(ids),
            grades=tuple(
                one for one in standing(self._ground.journal.grades()) if one.subject in found.claims
            ),
        )

    def _cluster(self, id_: str) -> Corroboration | None:
        shelf = self._made.corroborations
        rows = shelf.rows(Corroboration, "", documents=[place_of(id_)])
        return next(codec(Corroboration).decode(rows.filter(pc.equal(rows.column("id"), id_))), None)

    def _alone(self, claim: Claim) -> Corroboration:
        road = self._road(claim.document)
        (document,) = self._documents([claim.document])
        told = trace.Reported(claim, bare(document), road.road, road.sources, road.later)
        settings = self._ground.settings
        families = trace.Families(settings.publishers)
        grades = reliabilities(settings.sources, self._ground.journal.grades())
        found = list(trace.corroborations([told], families, dict(grades)))
        nothing = Corroboration(
            id=make_id("corroboration", claim.id),
            kind=claim.kind,
            caption=claim.content_target.exact,
            claims=(claim.id,),
            documents=(claim.document,),
        )
        return found[0] if found else nothing

    def _road(self, document: str) -> Road:
        view = self.lineage(document)
        return road_of(document, view.derivations, {one.id: one for one in view.documents})

    def _claims(self, found: Corroboration) -> Iterator[Claim]:
        """Yield the claims of a cluster, and those on the other side of its contradictions."""
        wanted = {*found.claims}
        wanted |= {one for conflict in found.contradictions for one in (*conflict.left, *conflict.right)}
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
