"""What stands around an entity: ties, what happened to it, what it was joined from; the lists."""

from __future__ import annotations

from collections.abc import Mapping

from casegraph.model import Entity, Record, Tie
from casegraph.pipeline.case import Case
from casegraph.pipeline.referenced import ReferenceHit, ReferenceRow
from casegraph.pipeline.reports import EntityView
from casegraph.web.base import Ask, NotThereError, View, looked_up
from casegraph.web.views.timeline import Moment

_TIES, _MOMENTS = 12, 8
"""Of each, what an entity's page shows; their own pages have all."""


class Around(Record, frozen=True, kw_only=True):
    """What stands around an entity."""

    ready: bool  # of a large case not before its network or timeline was opened
    ties: tuple[Tie, ...]  # those with the most claims first
    tied: int  # how many there are
    names: dict[str, str]  # of their ends
    moments: tuple[Moment, ...]  # what claims date, in order of time
    dated: int  # how many there are
    parts: Mapping[str, tuple[str, ...]]  # ids that documents gave, with their names, where there are several
    lists: int  # sets of reference data that it can be compared with


class Listed(Record, frozen=True, kw_only=True):
    """An entity beside the reference data of the case."""

    entity: Entity
    lists: tuple[ReferenceRow, ...]
    hits: tuple[ReferenceHit, ...]


def around(case: Case, entity: Entity) -> Around:
    """Return what stands around an entity."""
    ready = case.is_connected()
    network = case.network([entity.id]) if ready and case.captions([entity.id]) else None
    own = [one for one in network.ties if entity.id in {one.source, one.target}] if network else []
    ties = sorted(own, key=lambda one: (-len(one.claims), one.id))
    dated = tuple(case.happenings(about=entity.id)) if network else ()
    first = case.first_claims(dated[:_MOMENTS])
    return Around(
        ready=ready,
        ties=tuple(ties[:_TIES]),
        tied=len(ties),
        names=case.captions(sorted({end for one in ties[:_TIES] for end in (one.source, one.target)}))
        if ties
        else {},
        moments=tuple(Moment(happening=one, claim=first[one.claim]) for one in dated[:_MOMENTS]),
        dated=len(dated),
        parts=case.parts(entity) if entity.merged else {},
        lists=sum(1 for _ in case.references()),
    )


def listed(case: Case, ask: Ask) -> Listed:
    """Compare one entity with the lists."""
    with looked_up():
        view = case.show(ask.path["entity"])
    if not isinstance(view, EntityView):
        raise NotThereError("that is no entity")
    lists = tuple(case.references())
    hits = tuple(case.reference_hits(entity=view.entity.id)) if lists else ()
    return Listed(entity=view.entity, lists=lists, hits=hits)


LISTED = View(
    "listed", "/entities/{entity}/lists", Listed, listed, "One entity beside the reference data of the case."
)
