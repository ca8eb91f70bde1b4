"""The entities, and one of them with its claims."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from casegraph.model import Entity, Record
from casegraph.pipeline.case import Case
from casegraph.pipeline.changed import JudgementRow, Proposal
from casegraph.pipeline.ordering import name_key
from casegraph.pipeline.reports import EntityView
from casegraph.web.base import PAGE, Ask, NotThereError, Parameter, Slice, View, looked_up
from casegraph.web.views.lists import sliced


class Entities(Record, frozen=True, kw_only=True):
    """A list of entities, most mentioned first."""

    rows: tuple[Entity, ...]
    slice: Slice
    filters: dict[str, str]


class Profile(Record, frozen=True, kw_only=True):
    """One entity, the claims that name it, and its documents' names."""

    view: EntityView
    names: dict[str, str]  # of its documents
    proposals: tuple[Proposal, ...]  # pairs that wait for a word, it on the left
    judgements: tuple[JudgementRow, ...]  # that stand, of names that are it


def entities(case: Case, ask: Ask) -> Entities:
    """Return the entities that are asked for."""
    asked = {name: value for name in ("name", "schema") if (value := ask.text(name)) is not None}
    rows, which = sliced(case.entities(name=asked.get("name"), schema=asked.get("schema")), ask)
    return Entities(rows=rows, slice=which, filters=asked)


def profile(case: Case, ask: Ask) -> Profile:
    """Return one entity."""
    with looked_up():
        view = case.show(_now(case, ask.path["entity"]))
    if not isinstance(view, EntityView):
        raise NotThereError("that is no entity")
    entity = view.entity
    names = case.names(entity.documents).items()
    return Profile(
        view=view,
        names=dict(sorted(names, key=lambda item: name_key(item[1]))),
        proposals=tuple(_proposals(case, entity)),
        judgements=tuple(_judgements(case, {entity.id, *entity.merged})),
    )


def _now(case: Case, id_: str) -> str:
    """Return the id of the entity that an id means now: addresses of what was merged still lead somewhere."""
    if id_.startswith("entity-"):
        return next((one.id for one in case.entities() if id_ in one.merged), id_)
    return id_


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
ENTITY = View("entity", "/entities/{entity}", Profile, profile, "One entity with its claims.")
