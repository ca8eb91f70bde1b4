"""The entities, and one of them with its claims."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from casegraph.model import Entity, Kind, Record
from casegraph.pipeline.case import Case
from casegraph.pipeline.changed import JudgementRow, Proposal
from casegraph.pipeline.ordering import name_key
from casegraph.pipeline.reports import EntityView
from casegraph.web.base import PAGE, Ask, Parameter, Slice, View, looked_up
from casegraph.web.views.around import Around, around
from casegraph.web.views.lists import sliced

NAMED = 100
"""Documents of an entity that its page names; of more, a search lists them."""


class Entities(Record, frozen=True, kw_only=True):
    """A list of entities, most mentioned first."""

    rows: tuple[Entity, ...]
    slice: Slice
    filters: dict[str, str]


class Profile(Record, frozen=True, kw_only=True):
    """One entity, the claims that name it, and its documents' names."""

    view: EntityView  # its claims: those of the page that is asked for
    slice: Slice  # of the claims
    kinds: dict[Kind, int]  # all its claims, those that are rejected too
    names: dict[str, str]  # of its first documents by name, and of those of the claims shown
    proposals: tuple[Proposal, ...]  # pairs that wait for a word, it on the left
    judgements: tuple[JudgementRow, ...]  # that stand, of names that are it
    around: Around


def entities(case: Case, ask: Ask) -> Entities:
    """Return the entities that are asked for."""
    asked = {name: value for name in ("name", "schema") if (value := ask.text(name)) is not None}
    rows, which = sliced(case.entities(name=asked.get("name"), schema=asked.get("schema")), ask)
    return Entities(rows=rows, slice=which, filters=asked)


def profile(case: Case, ask: Ask) -> Profile:
    """Return one entity."""
    with looked_up():
        entity = case.entity(ask.path["entity"])
    rows, which = sliced(case.claims(about=entity.id), ask)
    kinds = case.claim_kinds(entity.id)
    names = sorted(case.names(entity.documents).items(), key=lambda item: name_key(item[1]))
    shown = {one.document for one in rows}
    return Profile(
        view=EntityView(entity=entity, claims=rows),
        slice=replace(which, total=sum(kinds.values())),
        kinds=kinds,
        names=dict(item for number, item in enumerate(names) if number < NAMED or item[0] in shown),
        proposals=tuple(_proposals(case, entity)),
        judgements=tuple(_judgements(case, {entity.id, *entity.merged})),
        around=around(case, entity),
    )


def _proposals(case: Case, entity: Entity) -> Iterator[Proposal]:
    for one in case.proposals(name=entity.name):
        if one.left == entity.id:
            yield one
        elif one.right == entity.id:
            yield replace(
                one, left=one.right, left_name=one.right_name, right=one.left, right_name=one.left_name
            )


def _judgements(case: Case, ids: set[str]) -> Iterator[JudgementRow]:
    for row in case.judgements():
        said = row.judgement
        if row.stands and said.judgement != "no_judgement" and {said.left, said.right} & ids:
            yield row


ENTITIES = View(
    "entities", "/entities", Entities, entities, "People, organisations, places and things.",
    (PAGE, Parameter("name", "Words of any spelling."), Parameter("schema", "FollowTheMoney schema.")),
)  # fmt: skip
ENTITY = View("entity", "/entities/{entity}", Profile, profile, "One entity with its claims.", (PAGE,))
