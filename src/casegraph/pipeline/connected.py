"""The network, the timeline and the map of a case, made in one pass over its claims and kept in memory.

They follow from tables that any build or judgement may change, and from what people reject or correct: when
one is another, they are made again. Of a large case that takes more than a minute: there readers are shown
those from before until the build is over and others are made. All threads of a server share them: of a large
case they take more memory than all else.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pyarrow.compute as pc

from casegraph.connect import Graph, Happenings, Rest, Spots, Ties, located
from casegraph.errors import CasegraphError
from casegraph.model import Claim, Entity, Happening, Resolved, Spot
from casegraph.pipeline.entities import entity_shelf
from casegraph.pipeline.join import joined
from casegraph.pipeline.plan import Ground
from casegraph.pipeline.query import Query
from casegraph.pipeline.tracing.tables import traced
from casegraph.pipeline.tracing.weighed import Backed
from casegraph.store.atomic import is_locked
from casegraph.store.codec import codec
from casegraph.store.shelf import Shelf

_CASES = 2
"""Of how many cases the last ones are kept."""

_STATEMENT = (
    "statement"  # words alone: they tie nobody, and claims of other kinds restate what is dated in them
)

_PATIENCE = 5.0
"""Seconds that a reader waits for what is new; where it took longer the last time, the former is shown."""

_AT_ONCE = 50_000
"""Claims that are put together while a reader of another page waits: more take minutes and memory."""

Mark = tuple[str, ...]


class _Found(NamedTuple):
    mark: Mark
    made: Connected
    seconds: float  # that it took


_KEPT: dict[Path, _Found] = {}
_LOCK = threading.Lock()
_UNDER_WAY: dict[Path, threading.Thread] = {}


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
    """Return what the case's claims come to as its tables stand, of a large case as they last stood still."""
    with _LOCK:
        mark = _stand(ground, query)
        found = _KEPT.pop(ground.folder, None)
        if found is None or (found.mark != mark and found.seconds <= _PATIENCE):
            found = _timed(ground, query, mark)
        elif found.mark != mark and not is_locked(ground.lock) and ground.folder not in _UNDER_WAY:
            thread = threading.Thread(target=_renew, args=(ground, query, mark), daemon=True)
            _UNDER_WAY[ground.folder] = thread
            thread.start()
        _KEPT[ground.folder] = found
        while len(_KEPT) > _CASES:
            _KEPT.pop(next(iter(_KEPT)))
        return found.made


def at_hand(ground: Ground) -> bool:
    """Tell whether `connected` answers soon: of a large case only after somebody has waited for it once."""
    if ground.folder in _KEPT:
        return True
    shelf = next((one for one in ground.shelves.values() if Claim in one.types), None)
    segments = () if shelf is None else shelf.manifest().segments
    tables = (table for one in segments for name, table in one.tables.items() if name != "unit")
    return sum(table.rows for table in tables) <= _AT_ONCE


def _renew(ground: Ground, query: Query, mark: Mark) -> None:
    """Make what is new in the place of the former, while that is read."""
    try:
        found = _timed(ground, query, mark)
        with _LOCK:
            _KEPT[ground.folder] = found
    except CasegraphError:  # a build began and took a file away: whoever asks next has it tried again
        pass
    finally:
        del _UNDER_WAY[ground.folder]


def _timed(ground: Ground, query: Query, mark: Mark) -> _Found:
    began = time.perf_counter()
    made = _made(ground, query)
    return _Found(mark, made, time.perf_counter() - began)


def _stand(ground: Ground, query: Query) -> Mark:
    return (*_mark(ground), *map(repr, query.alterations().by_claim.values()))


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
    """Yield the claims that stand, as people read them, with their entities, statements apart."""
    altered = query.alterations()
    shelf = next((one for one in ground.shelves.values() if Claim in one.types), None)
    into = query.merged()
    for prefix in ground.buckets() if shelf is not None else ():
        rows = query.rows(Claim, prefix, None)
        rows = rows.filter(pc.not_equal(rows.column("kind"), _STATEMENT))
        named = query.rows(Resolved, prefix, None, ("mention", "entity"))
        pairs = zip(named.column("mention").to_pylist(), named.column("entity").to_pylist(), strict=True)
        own = {mention: into.get(entity, entity) for mention, entity in pairs}
        for bare in codec(Claim).decode(rows):
            if altered.stands(bare.id):
                yield altered.read(joined(bare, own))
