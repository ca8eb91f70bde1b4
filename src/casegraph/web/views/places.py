"""Where: the places that claims name, on a map where they are known."""

from __future__ import annotations

from casegraph.model import Kind, Record, Spot
from casegraph.pipeline.case import Case
from casegraph.web.base import Ask, Parameter, View
from casegraph.web.views.asked import DATED, one_of, parties

EXTENTS = ("places", "world")


class Places(Record, frozen=True, kw_only=True):
    """The places of some claims, those with the most claims first."""

    spots: tuple[Spot, ...]
    captions: dict[str, str]  # of the entities that are said to be there, id to name
    about: dict[str, str]  # whom it is about, id to name
    unknown: tuple[str, ...]  # names that nobody has
    filters: dict[str, str]
    kinds: tuple[Kind, ...] = DATED


def places(case: Case, ask: Ask) -> Places:
    """Return the places that are asked for."""
    about, unknown = parties(case, ask.texts("entity")[:1])
    kinds = one_of("kind", ask.texts("kind")[:1], DATED)
    extent = one_of("extent", ask.texts("extent")[:1], EXTENTS)
    asked = {
        "entity": next(iter(about), ""),
        "kind": next(iter(kinds), ""),
        "extent": next(iter(extent), ""),
    }
    found = tuple(
        one
        for one in case.spots(about=asked["entity"] or None)
        if not unknown and (not kinds or kinds[0] in one.kinds)
    )
    return Places(
        spots=found,
        captions=case.captions(sorted({entity for one in found for entity in one.entities})),
        about=about,
        unknown=unknown,
        filters={name: value for name, value in asked.items() if value},
    )


MAP = View(
    "map", "/map", Places, places, "The places that claims name.",
    (
        Parameter("entity", "A name or id."),
        Parameter("kind", "Kind of claim.", {"type": "string", "enum": list(DATED)}),
        Parameter("extent", "What of the world is drawn.", {"type": "string", "enum": list(EXTENTS)}),
    ),
)  # fmt: skip
