"""What is made of the whole case, once its documents are done: pairs and entities, lineage, corroboration."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from casegraph import trace
from casegraph.pipeline.changed import EntityChanges
from casegraph.pipeline.changes import changes, stands
from casegraph.pipeline.engine import Engine
from casegraph.pipeline.entities import STAGE as ENTITIES
from casegraph.pipeline.entities import entity_shelf, gather_key, merges
from casegraph.pipeline.folder import BETWEEN
from casegraph.pipeline.gathering import Compared, Gathering
from casegraph.pipeline.graded import reliabilities
from casegraph.pipeline.matches import STAGE as MATCHES
from casegraph.pipeline.matches import is_made, match_key, scored, whole_case
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.referencing import Referencing
from casegraph.pipeline.reports import Progress
from casegraph.pipeline.reviewed import alterations
from casegraph.pipeline.tracing.conducting import Tracing
from casegraph.pipeline.tracing.ledger import is_kept
from casegraph.pipeline.tracing.steps import Said
from casegraph.pipeline.tracing.tables import LINEAGE, TRACED, trace_key, traced
from casegraph.resolve import judged, standing
from casegraph.store.shelf import Shelf


class Whole:
    """Makes the tables of the whole case anew where what they are made of has changed."""

    def __init__(self, ground: Ground, engine: Engine, progress: Progress) -> None:
        self._ground, self._engine, self._progress = ground, engine, progress
        self._prefixes: Sequence[str] = ()
        self.changes = EntityChanges()
        self.compared = Compared()
        self.proposals = 0
        self.tied = 0
        self.traced = 0

    def shelves(self) -> list[Shelf]:
        """Return the tables that are made of the whole case."""
        return [*whole_case(self._ground.derived), *traced(self._ground.derived)]

    def update(self, prefixes: Sequence[str]) -> None:
        """Bring all tables up to date; `prefixes` are the case's buckets."""
        self._prefixes = prefixes
        self._gather()
        self._trace()

    def _gather(self) -> None:
        """Make the table of entities when what `resolve` found has changed."""
        resolved = self._ground.shelves.get("resolve")
        if resolved is None:
            return
        shelf, pairs, kept = shelves = whole_case(self._ground.derived)
        manifest = resolved.manifest()
        if not any("resolved" in segment.tables for segment in manifest.segments):
            for one in shelves:
                one.replace([])
            return
        said = list(standing(self._ground.journal.judgements()).values())
        lists = Referencing(self._ground, self._progress).ready()
        of_pairs = match_key(manifest, lists)
        key = gather_key(of_pairs, said)
        if is_made(shelf, key) and is_made(pairs, of_pairs):
            return
        stood = stands(shelf) if shelf.manifest().segments else None
        derived, held = self._ground.derived, judged(said)
        with Gathering(
            derived, self._engine, self._prefixes, resolved, judged=held, lists=lists
        ) as gathering:
            if not is_made(pairs, of_pairs):
                matched = gathering.match(of_pairs, partial(self._progress, MATCHES))
                self.compared = matched.told
                kept.replace(matched.kept)
                pairs.replace(matched.pairs)
            tell = partial(self._progress, ENTITIES)
            made, self.proposals = gathering.entities(key, list(scored(pairs)), tell)
            shelf.replace(made)
        if stood is not None:
            self.changes = changes(self._ground, stood, stands(shelf))

    def _trace(self) -> None:
        """Trace documents and claims when what is known of them, or said of outlets, has changed."""
        ground = self._ground
        if not ground.shelves.keys() >= TRACED:
            return
        tables = traced(ground.derived)
        manifests = [ground.shelves[name].manifest() for name in sorted(TRACED)]
        said = Said(
            ground.settings.publishers, reliabilities(ground.settings.sources, ground.journal.grades())
        )
        entities = entity_shelf(ground.derived)
        reviews = ground.journal.reviews()
        altered = tuple(alterations(reviews, partial(merges, entities)).by_claim.values())
        key = trace_key(trace.VERSION, said, [*manifests, entities.manifest()], altered)
        live = {shelf.stage: [one.name for one in shelf.manifest().segments] for shelf in tables}
        if is_kept(ground.derived / BETWEEN, key, live):
            return
        with Tracing(ground.derived, self._engine, self._prefixes, ground.shelves, said, altered) as tracing:
            found = tracing.run(partial(self._progress, LINEAGE))
            tracing.settle(found, key)
        self.tied += found.crowded
        self.traced = found.fresh
