"""The entities, and one of them with its claims."""

from __future__ import annotations

from casegraph.errors import UsageError
from casegraph.model import Entity, Record
from casegraph.pipeline.case import Case
from casegraph.pipeline.reports import EntityView
from casegraph.web.base import PAGE, Ask, NotThereError, Parameter, Slice, View
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


def entities(case: Case, ask: Ask) -> Entities:
    """Return the entities that are asked for."""
    asked = {name: value for name in ("name", "schema") if (value := ask.text(name)) is not None}
    rows, which = sliced(case.entities(name=asked.get("name"), schema=asked.get("schema")), ask)
    return Entities(rows=rows, slice=which, filters=asked)


def profile(case: Case, ask: Ask) -> Profile:
    """Return one entity."""
    try:
        view = case.show(ask.path["entity"])
    except UsageError as error:
        raise NotThereError(str(error)) from None
    if not isinstance(view, EntityView):
        raise NotThereError("that is no entity")
    return Profile(view=view, names=case.names(view.entity.documents))


ENTITIES = View(
    "entities", "/entities", Entities, entities, "People, organisations, places and things.",
    (PAGE, Parameter("name", "Words of any spelling."), Parameter("schema", "FollowTheMoney schema.")),
)  # fmt: skip
ENTITY = View("entity", "/entities/{entity}", Profile, profile, "One entity with its claims.")
