"""The part of a case that tells of single entities, and counts what there is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from casegraph.errors import UsageError
from casegraph.model import Record
from casegraph.pipeline.opened import Opened

if TYPE_CHECKING:
    from casegraph.model import Entity, Kind


NAMED = 8
"""Documents that came last, which are named."""


class Contents(Record, frozen=True, kw_only=True):
    """What is in a case."""

    languages: dict[str, int]  # documents by language, most first
    origins: int  # of all clusters of claims
    contradicted: int  # clusters with a contradiction


class Arrivals(Record, frozen=True, kw_only=True):
    """Documents that came after a moment."""

    documents: int
    claims: int  # in these
    names: dict[str, str]  # of the latest of these, by id


class Listing(Opened):
    """What `Case` can tell of single entities; see there."""

    def entity(self, entity: str) -> Entity:
        """Return the entity of an id, or what it has become; raises UsageError where there is none."""
        found = self._query.entity(self._query.merged().get(entity, entity))
        if found is None:
            raise UsageError(f"there is no entity {entity!r} in the case")
        return found

    def captions_of(self, entities: Iterable[str]) -> dict[str, str]:
        """Return by id what entities are called, those too that have become others."""
        from casegraph.pipeline.roster import roster  # noqa: PLC0415 - a command loads what it uses

        known = roster(self._ground)
        found = ((one, known.caption(known.into.get(one, one))) for one in sorted(set(entities)))
        return {one: name for one, name in found if name is not None}

    def published(self, documents: Iterable[str]) -> dict[str, str]:
        """Return the day (ISO 8601) on which documents were published, of those (ids) that tell."""
        return self._query.published(documents)

    def contents(self) -> Contents:
        """Return what is in the case, counted, beside what `status` says."""
        from casegraph.pipeline.summary import languages, summed  # noqa: PLC0415 - a command loads what it uses

        found = summed(self._fresh())
        return Contents(
            languages=languages(found),
            origins=sum(one.origins for one in found.clusters.values()),
            contradicted=sum(one.contradicted for one in found.clusters.values()),
        )

    def arrivals(self, since: str) -> Arrivals:
        """Return the documents that came after a moment (ISO 8601 UTC)."""
        from casegraph.pipeline.outline import claims_in  # noqa: PLC0415 - a command loads what it uses
        from casegraph.pipeline.roll import roll  # noqa: PLC0415 - a command loads what it uses

        known = roll(self._ground)
        fresh = {one: known.names.get(one, one) for one, added in known.added.items() if added > since}
        latest = sorted(fresh, key=lambda one: (known.added[one], -known.ranks[one]), reverse=True)
        return Arrivals(
            documents=len(fresh),
            claims=claims_in(self._ground, fresh.keys()) if fresh else 0,
            names={one: fresh[one] for one in latest[:NAMED]},
        )

    def open_pairs(self, most: int) -> int:
        """Return how many pairs of entities wait for a word, up to `most`."""
        from casegraph.pipeline.proposing import open_count  # noqa: PLC0415 - a command loads what it uses

        return open_count(self._ground, most)

    def claim_kinds(self, entity: str) -> dict[Kind, int]:
        """Return how many claims of each kind name an entity (id) in a role, those that are rejected too."""
        return self._query.kinds(self.entity(entity))
