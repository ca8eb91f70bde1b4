"""The network, the timeline and the map of a case, made in one pass over its claims and kept in memory.

They follow from tables that any build or judgement may change: when one is another, they are made again. All
threads of a server share them: of a large case they take as much memory as all else together.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc

from casegraph.connect import Graph, Happenings, Rest, Spots, Ties, located
from casegraph.model import Claim, Entity, Happening, Resolved, Spot
from casegraph.pipeline.entities import entity_shelf
from casegraph.pipeline.join import joined
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.query import Query
from casegraph.pipeline.tracing.tables import traced
from casegraph.pipeline.tracing.weighed import Backed
from casegraph.store.codec import codec
from casegraph.store.shelf import Shelf

_CASES = 2
"""Of how many cases the last ones are kept."""

_STATEMENT = (
    "statement"  # words alone: they tie nobody, and claims of other kinds restate what is dated in them
)

Mark = tuple[str, ...]
_KEPT: dict[Path, tuple[Mark, Connected]] = {}
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Connected:
    """What claims come to together."""

    graph: Graph
    entities: dict[str, Entity]
    loose: int  # claims of kinds that tie, but that tie nobody known
    happenings: tuple[Happening, ...]  # by time
    undated: int  # claims without a date, statements apart
    spots: tuple[Spot, ...]  # most claims first


def connected(ground: Ground, query: Query) -> Connected:
    """Return what the case's claims come to as its tables stand."""
    with _LOCK:
        mark = _mark(ground)
        found = _KEPT.pop(ground.folder, None)
        if found is None or found[0] != mark:
            found = mark, _made(ground, query)
        _KEPT[ground.folder] = found
        while len(_KEPT) > _CASES:
            _KEPT.pop(next(iter(_KEPT)))
        return found[1]


def _mark(ground: Ground) -> Mark:
    own: list[Shelf] = [shelf for shelf in ground.shelves.values() if {Claim, Resolved} & set(shelf.types)]
    shelves = [*own, entity_shelf(ground.derived), traced(ground.derived).backing]
    segments = (one for shelf in shelves for one in shelf.manifest().segments)
    return tuple(name for one in segments for name in (one.name, *one.dropped))


def _made(ground: Ground, query: Query) -> Connected:
    entities = {one.id: one for one in query.entities()}
    rests = dict(_rests(ground))
    ties, happenings, spots = Ties(), Happenings(), Spots(entities)
    for claim in _claims(ground, query):
        rest = rests.get(claim.id)
        for one in (ties, happenings, spots):
            one.add(claim, rest)
    return Connected(
        graph=Graph(ties.ties(), entities),
        entities=entities,
        loose=ties.loose,
        happenings=tuple(happenings.happenings()),
        undated=happenings.undated,
        spots=tuple(spots.spots(located)),
    )


def _rests(ground: Ground) -> Iterator[tuple[str, Rest]]:
    columns = ("claim", "corroboration", "independent", "undetermined", "contradicted", "single_unnamed")
    rows = traced(ground.derived).backing.rows(Backed, "", columns=columns)
    for claim, *rest in zip(*(rows.column(name).to_pylist() for name in columns), strict=True):
        yield claim, Rest(*rest)


def _claims(ground: Ground, query: Query) -> Iterator[Claim]:
    """Yield the claims with their entities, statements apart."""
    shelf = next((one for one in ground.shelves.values() if Claim in one.types), None)
    into = query.merged()
    for prefix in ground.buckets() if shelf is not None else ():
        rows = query.rows(Claim, prefix, None)
        rows = rows.filter(pc.not_equal(rows.column("kind"), _STATEMENT))
        named = query.rows(Resolved, prefix, None, ("mention", "entity"))
        pairs = zip(named.column("mention").to_pylist(), named.column("entity").to_pylist(), strict=True)
        own = {mention: into.get(entity, entity) for mention, entity in pairs}
        for bare in codec(Claim).decode(rows):
            yield joined(bare, own)
