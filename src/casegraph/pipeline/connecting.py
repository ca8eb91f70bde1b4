"""The part of a case that says who is tied to whom, what happened when, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from casegraph.errors import UsageError
from casegraph.model import Claim, Entity, Happening, Kind, Network, Paths, Record, Spot, Tie
from casegraph.pipeline.opened import Opened

if TYPE_CHECKING:
    from casegraph.connect import TieFilter
    from casegraph.pipeline.connected import Connected

LONGEST_WAY = 8
"""Ties from one entity to another that are followed at most."""


class TieView(Record, frozen=True, kw_only=True):
    """A tie with its ends and the claims that it is made of."""

    tie: Tie
    source: Entity
    target: Entity
    claims: tuple[Claim, ...]  # by document


class Connecting(Opened):
    """What `Case` can do with what `connect` makes of claims; see there."""

    @property
    def _connected(self) -> Connected:
        from casegraph.pipeline.connected import connected  # noqa: PLC0415 - a command loads what it uses

        return connected(self._ground, self._query)

    def is_connected(self) -> bool:
        """Tell whether ties, happenings and places are at hand: of a large case, once they were asked for."""
        from casegraph.pipeline.connected import at_hand  # noqa: PLC0415 - a command loads what it uses

        return at_hand(self._ground)

    def party(self, name: str) -> Entity:
        """Return the entity of this id, its beginning, or name; of several, that with the most mentions.

        Raises UsageError where there is none.
        """
        from casegraph.pipeline.phrase import Phrase  # noqa: PLC0415 - a command loads what it uses
        from casegraph.pipeline.query import ENTITY  # noqa: PLC0415 - a command loads what it uses

        known = self._connected.entities
        if name in known:
            return known[name]
        ids = self._query.entity_ids(name) if ENTITY.fullmatch(name) else []
        found = [known[one] for one in ids if one in known]
        if not found:
            phrase = Phrase(name)
            found = [one for one in known.values() if phrase.names(one)]
        if not found:
            raise UsageError(f"nobody and nothing in the case is called {name!r}")
        return min(found, key=lambda one: (-one.mentions, one.name, one.id))

    def network(
        self,
        about: Sequence[str] = (),
        *,
        hops: int = 1,
        like: TieFilter | None = None,
        hidden: Sequence[str] = (),
        most: int = 5000,
    ) -> Network:
        """Return the entities up to `hops` ties away from any of some (by id or name), with all their ties.

        Without any, the whole case, those with the most neighbours first; `most` of them are given, and none
        of the `hidden` ones (ids), nor what only they lead to. Raises UsageError for a name that nobody has.
        """
        seeds = [self.party(name).id for name in about]
        return self._connected.graph.around(seeds, hops, like or _all(), frozenset(hidden), most)

    def paths(
        self, one: str, other: str, *, longer: int = 1, like: TieFilter | None = None, most: int = 50
    ) -> Paths:
        """Return the shortest ways between two entities (id or name), and those up to `longer` ties longer.

        Raises UsageError for a name that nobody has, or for one entity twice.
        """
        source, target = self.party(one), self.party(other)
        if source.id == target.id:
            raise UsageError(f"{one!r} and {other!r} are the same entity, {source.name}")
        graph = self._connected.graph
        return graph.paths(source.id, target.id, like or _all(), longer, LONGEST_WAY, most)

    def tie(self, tie: str) -> TieView:
        """Return a tie (id) with its claims; raises UsageError where there is none."""
        known = self._connected
        found = known.graph.ties.get(tie)
        if found is None:
            raise UsageError(f"{tie!r} is no tie of the case")
        wanted = frozenset(found.claims)
        claims = (one for document in found.documents for one in self._query.claims_of(document))
        return TieView(
            tie=found,
            source=known.entities[found.source],
            target=known.entities[found.target],
            claims=tuple(one for one in claims if one.id in wanted),
        )

    def loose_claims(self) -> int:
        """Return how many claims of kinds that tie two parties do not, as a party is not named."""
        return self._connected.loose

    def happenings(
        self, *, about: str | None = None, kind: Kind | None = None, since: str = "", until: str = ""
    ) -> Iterator[Happening]:
        """Yield what claims date, by time: of an entity (id or name), a kind, between two days (ISO 8601)."""
        from casegraph.connect import within  # noqa: PLC0415 - a command loads what it uses

        entity = None if about is None else self.party(about).id
        for one in self._connected.happenings:
            if (
                (entity is None or entity in one.entities)
                and (kind is None or one.kind == kind)
                and within(one.span.start, one.span.end, since, until)
            ):
                yield one

    def first_claims(self, some: Iterable[Happening]) -> dict[str, Claim]:
        """Return by id the claims that some happenings are told by."""
        return {one.id: one for one in self._query.claims_at({one.claim: one.document for one in some})}

    def undated_claims(self) -> int:
        """Return how many claims give no date, statements apart."""
        return self._connected.undated

    def spots(self, *, about: str | None = None, kind: Kind | None = None) -> Iterator[Spot]:
        """Yield the places that claims name, those with the most claims first; `about` is an id or a name."""
        entity = None if about is None else self.party(about).id
        for one in self._connected.spots:
            known = entity is None or entity in one.entities or entity in one.places
            if known and (kind is None or kind in one.kinds):
                yield one

    def captions(self, entities: Sequence[str]) -> dict[str, str]:
        """Return the names of entities (ids) that the case has."""
        known = self._connected.entities
        return {one: known[one].name for one in entities if one in known}

    def token(self) -> str:
        """Return what tells this case from others, "" for an empty one: the first link of its journal."""
        first = self._journal.head(1)
        return "" if first is None else first.digest


def _all() -> TieFilter:
    from casegraph.connect import TieFilter  # noqa: PLC0415 - a command loads what it uses

    return TieFilter()
