"""Pairs of entities that may be one, for a person to say."""

from __future__ import annotations

from casegraph.model import Entity, Record
from casegraph.pipeline.case import Case
from casegraph.pipeline.changed import Proposal
from casegraph.web.base import PAGE, Ask, Parameter, Slice, View
from casegraph.web.views.lists import sliced


class Proposals(Record, frozen=True, kw_only=True):
    """A list of pairs, the likeliest first."""

    rows: tuple[Proposal, ...]
    entities: dict[str, Entity]  # that they name
    slice: Slice
    filters: dict[str, str]


def proposals(case: Case, ask: Ask) -> Proposals:
    """Return the pairs that wait for a word."""
    asked = {"name": name} if (name := ask.text("name")) is not None else {}
    rows, which = sliced(case.proposals(name=asked.get("name")), ask)
    ids = {side for one in rows for side in (one.left, one.right)}
    entities = {one: case.entity(one) for one in sorted(ids)}
    return Proposals(rows=rows, entities=entities, slice=which, filters=asked)


PROPOSALS = View(
    "proposals", "/proposals", Proposals, proposals, "Pairs of entities that may be one.",
    (PAGE, Parameter("name", "Words of any spelling of one of the two.")),
)  # fmt: skip
