"""What `connect` makes of claims: ties between entities, what happened when, and where."""

from __future__ import annotations

from typing import Literal

from casegraph.model.base import Record
from casegraph.model.claim import Kind, Stance

Standing = Literal["asserted", "disputed", "unproved", "denied"]
"""Of what claims say: some speaker with a name says so plainly; some say so and others deny it; it is only
alleged, hedged, foretold, asked or said by nobody with a name; it is only denied."""

Doubt = Literal["alleged", "hedged", "unnamed", "undetermined", "predicted", "asked", "ordered", "no comment"]
"""Why a claim shows less than it says. `undetermined`: no independent origin is known."""

Level = Literal["city", "country"]
"""How exactly a place is known. The point of a country is the middle of the people in its cities."""

Precision = Literal["moment", "day", "month", "quarter", "year", "period", "open"]


class Span(Record, frozen=True, kw_only=True):
    """An interval of days."""

    start: str | None  # ISO 8601, included
    end: str | None  # ISO 8601, excluded


class Node(Record, frozen=True, kw_only=True):
    """An entity that is tied to others."""

    id: str  # of the entity
    name: str  # its fullest spelling
    schema: str  # FollowTheMoney schema
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-2, lower case
    mentions: int = 0  # how many
    neighbours: int = 0  # entities that it is tied to in the whole case, by whatever ties


class Tie(Record, frozen=True, kw_only=True):
    """All that claims of one kind say of two entities in the same roles."""

    id: str  # made from kind and both entities
    kind: Kind  # of its claims
    source: str  # id of the entity that does, owns, pays
    target: str  # id of the other
    directed: bool  # False: neither is before the other
    standing: Standing  # what the claims come to
    doubts: tuple[Doubt, ...] = ()  # why no more, where it is unproved
    stances: tuple[Stance, ...] = ()  # of the claims
    claims: tuple[str, ...] = ()  # ids, sorted
    documents: tuple[str, ...] = ()  # in which they stand, sorted
    dates: tuple[Span, ...] = ()  # that they give, sorted
    independent: int = 0  # origins known to be so, at least
    undetermined: int = 0  # further ones, at least


class Network(Record, frozen=True, kw_only=True):
    """Entities and the ties between them."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    left_out: int = 0  # further entities that are like what was asked for: there are too many


class Path(Record, frozen=True, kw_only=True):
    """A way from one entity to another; between two neighbours all ties count."""

    entities: tuple[str, ...]  # ids, from one end to the other
    steps: tuple[tuple[str, ...], ...]  # ids of the ties of each step


class Paths(Record, frozen=True, kw_only=True):
    """The short ways between two entities, shortest first."""

    network: Network  # of all that lies on them
    paths: tuple[Path, ...]
    cut: bool = False  # there may be more of this length


class Happening(Record, frozen=True, kw_only=True):
    """What claims that say the same put at one time."""

    claim: str  # id of the first of them
    document: str  # in which that stands
    claims: tuple[str, ...]  # ids, sorted
    documents: tuple[str, ...]  # in which they stand, sorted
    kind: Kind
    standing: Standing
    doubts: tuple[Doubt, ...] = ()
    span: Span
    precision: Precision
    text: str  # the words of the date
    entities: tuple[str, ...] = ()  # ids of those that have a role
    independent: int = 0
    undetermined: int = 0


class Spot(Record, frozen=True, kw_only=True):
    """A place that claims name."""

    name: str  # as written, most often
    names: tuple[str, ...]  # all spellings, sorted
    places: tuple[str, ...] = ()  # ids of its entities, sorted
    country: str | None = None  # ISO 3166-1 alpha-2, lower case
    latitude: float | None = None  # degrees; None: no place of the gazetteer, or more than one, is called so
    longitude: float | None = None
    level: Level | None = None
    claims: tuple[str, ...] = ()  # ids, sorted
    documents: tuple[str, ...] = ()  # in which they stand, sorted
    kinds: tuple[Kind, ...] = ()
    entities: tuple[str, ...] = ()  # ids of those that these claims are about, the place left out
    standing: Standing = "asserted"
