"""The network of a case: what lies around an entity, and the short ways between two."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from msgspec.structs import replace

from casegraph.model import Entity, Kind, Network, Node, Path, Paths, Stance, Standing, Tie

_STEPS = 200_000
"""Entities that a search for ways looks at before it gives up."""

_NAMELESS = Entity(id="", schema="Thing", name="", names=())


@dataclass(frozen=True, slots=True)
class TieFilter:
    """What ties must be like; nothing asks for nothing."""

    kinds: frozenset[Kind] = frozenset()
    standings: frozenset[Standing] = frozenset()
    stances: frozenset[Stance] = frozenset()  # of some claim
    since: str = ""  # ISO 8601 date; a tie without a date is not like any
    until: str = ""  # the last day, included
    origins: int = 0  # known independent ones, at least

    def fits(self, tie: Tie) -> bool:
        """Say whether a tie is like that."""
        return (
            (not self.kinds or tie.kind in self.kinds)
            and (not self.standings or tie.standing in self.standings)
            and (not self.stances or not self.stances.isdisjoint(tie.stances))
            and tie.independent >= self.origins
            and self._in_time(tie)
        )

    def _in_time(self, tie: Tie) -> bool:
        if not self.since and not self.until:
            return True
        return any(within(one.start, one.end, self.since, self.until) for one in tie.dates)


def within(start: str | None, end: str | None, since: str, until: str) -> bool:
    """Say whether an interval (end excluded) has a day from `since` to `until` (both included, "": open).

    A moment has no end and is its own day; other intervals without an end go on.
    """
    last = start[:10] if start and "T" in start else end or "9999"
    begun = not until or (start or "")[:10] <= until
    moment = bool(start and "T" in start)
    return begun and (not since or (last >= since if moment else last > since))


class Graph:
    """Ties by the entities that they tie. `entities` gives their names."""

    def __init__(self, ties: Iterable[Tie], entities: Mapping[str, Entity]) -> None:
        self._entities = entities
        self.ties: dict[str, Tie] = {tie.id: tie for tie in ties}
        self._at: dict[str, list[Tie]] = {}
        for tie in self.ties.values():
            self._at.setdefault(tie.source, []).append(tie)
            self._at.setdefault(tie.target, []).append(tie)
        self._neighbours = {one: len({_beyond(tie, one) for tie in own}) for one, own in self._at.items()}

    def around(
        self, seeds: Sequence[str], hops: int, like: TieFilter, hidden: frozenset[str], most: int
    ) -> Network:
        """Return the entities up to `hops` ties away from any of the seeds, nearest first, and their ties.

        Of equally near ones those with the most neighbours come first. Without seeds, the whole case. Ways
        do not lead through the hidden ones.
        """
        if seeds:
            chosen = dict.fromkeys(one for one in seeds if one not in hidden)
        else:
            chosen = dict.fromkeys(self._ranked(_tied(self.ties.values(), like) - hidden))
            hops = 0
        ring = list(chosen)
        for _ in range(hops):
            near = {_beyond(tie, one) for one in ring for tie in self._like(one, like)}
            ring = self._ranked(near - chosen.keys() - hidden)
            chosen |= dict.fromkeys(ring)
        kept = list(chosen)[:most]
        return replace(self.between(kept, like), left_out=len(chosen) - len(kept))

    def between(self, entities: Sequence[str], like: TieFilter) -> Network:
        """Return these entities and the ties among them."""
        own = frozenset(entities)
        ties = {tie.id: tie for one in entities for tie in self._like(one, like) if _beyond(tie, one) in own}
        return Network(
            nodes=tuple(map(self.node, entities)), ties=tuple(sorted(ties.values(), key=lambda tie: tie.id))
        )

    def node(self, entity: str) -> Node:
        """Return an entity as a node."""
        known = self._entities.get(entity, _NAMELESS)
        return Node(
            id=entity,
            name=known.name or entity,
            schema=known.schema,
            countries=known.countries,
            mentions=known.mentions,
            neighbours=self._neighbours.get(entity, 0),
        )

    def paths(self, one: str, other: str, like: TieFilter, longer: int, longest: int, most: int) -> Paths:
        """Return the ways from one entity to another of the least length and of up to `longer` ties more.

        No way has more than `longest` ties or passes an entity twice; `most` of them are given.
        """
        apart = self._distances(other, like, longest)
        search = _Search(self, like, apart, other)
        found: list[tuple[str, ...]] = []
        if one in apart and one != other:
            for length in range(apart[one], min(apart[one] + longer, longest) + 1):
                for way in search.ways((one,), length):
                    if len(found) == most:
                        search.cut = True
                        break
                    found.append(way)
        network = self.between(list(dict.fromkeys(entity for way in found for entity in way)), like)
        paths = tuple(Path(entities=way, steps=tuple(_steps(way, network.ties))) for way in found)
        return Paths(network=network, paths=paths, cut=search.cut)

    def neighbours(self, entity: str, like: TieFilter) -> list[str]:
        """Return whom an entity is tied to, sorted."""
        return sorted({_beyond(tie, entity) for tie in self._like(entity, like)})

    def _distances(self, start: str, like: TieFilter, most: int) -> dict[str, int]:
        found = {start: 0}
        queue = deque([start])
        while queue:
            here = queue.popleft()
            if found[here] == most:
                continue
            for there in self.neighbours(here, like):
                if there not in found:
                    found[there] = found[here] + 1
                    queue.append(there)
        return found

    def _like(self, entity: str, like: TieFilter) -> Iterator[Tie]:
        return filter(like.fits, self._at.get(entity, ()))

    def _ranked(self, entities: Iterable[str]) -> list[str]:
        return sorted(entities, key=lambda one: (-self._neighbours.get(one, 0), one))


class _Search:
    """Follows ways of an exact length; `apart` says how far the end is, so that no blind alley is entered."""

    def __init__(self, graph: Graph, like: TieFilter, apart: Mapping[str, int], end: str) -> None:
        self._graph, self._like, self._apart, self._end = graph, like, apart, end
        self._looked = 0
        self.cut = False

    def ways(self, way: tuple[str, ...], left: int) -> Iterator[tuple[str, ...]]:
        """Yield the ways that begin so and have so many ties left."""
        here = way[-1]
        if here == self._end:
            if left == 0:
                yield way
            return
        for there in self._graph.neighbours(here, self._like):
            self._looked += 1
            if self._looked > _STEPS:
                self.cut = True
                return
            if self._apart.get(there, left) <= left - 1 and there not in way:
                yield from self.ways((*way, there), left - 1)


def _steps(way: Sequence[str], ties: Iterable[Tie]) -> Iterator[tuple[str, ...]]:
    of: dict[frozenset[str], list[str]] = {}
    for tie in ties:
        of.setdefault(frozenset({tie.source, tie.target}), []).append(tie.id)
    for pair in pairwise(way):
        yield tuple(of[frozenset(pair)])


def _beyond(tie: Tie, entity: str) -> str:
    return tie.target if tie.source == entity else tie.source


def _tied(ties: Iterable[Tie], like: TieFilter) -> set[str]:
    return {one for tie in ties if like.fits(tie) for one in (tie.source, tie.target)}
