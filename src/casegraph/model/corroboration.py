"""What stands behind claims that say the same: origins, their independence, contradictions, drift."""

from __future__ import annotations

from typing import Literal

from casegraph.model.base import Record
from casegraph.model.claim import Count, Kind
from casegraph.model.derivation import Sign

OriginKind = Literal["person", "organisation", "document", "unnamed", "register", "publisher"]
"""Who or what a claim goes back to. `publisher`: the outlet in its own voice."""

Dependence = Literal["dependent", "independent", "undetermined"]
"""Of two origins: shown to be one or to rest on each other; shown not to; neither."""

Conflict = Literal["denial", "values", "time-place", "retraction"]
"""Asserted here, denied there; values, or times and places, that cannot both hold; taken back later."""

DriftKind = Literal[
    "hedge-lost",
    "hedge-added",
    "number-changed",
    "date-changed",
    "attribution-dropped",
    "attribution-added",
    "named",
]
"""What became of a claim on its way. `named`: an unnamed source became a named one."""


class Step(Record, frozen=True, kw_only=True):
    """One step of the road from a claim to its origin."""

    document: str  # where we are
    claim: str | None = None  # that is repeated there
    derivation: str | None = None  # by which we came here from the document before
    speaker: str | None = None  # by whose word we came here, as named
    words: str  # the step in a sentence


class Origin(Record, frozen=True, kw_only=True):
    """Where claims of a cluster come from, as far back as documents and words lead."""

    id: str  # made from kind and entity or name; of a document, its id
    kind: OriginKind
    name: str  # as named, or a description: "two unnamed officials"
    entity: str | None = None  # id of its entity
    count: Count | None = None  # how many, of an unnamed one
    basis: str | None = None  # on what it says it rests
    document: str | None = None  # where the road ends
    work: str | None = None  # work outside the case at which it ends
    claims: tuple[str, ...] = ()  # that lead here, sorted
    documents: tuple[str, ...] = ()  # in which they stand, sorted
    road: tuple[Step, ...] = ()  # the longest one that leads here
    reliability: str = "F"  # Admiralty code A to F, that case.toml gives it or its outlet


class Independence(Record, frozen=True, kw_only=True):
    """Whether two origins are independent, and why."""

    left: str  # id of an origin
    right: str  # id of another
    value: Dependence
    reason: str  # kebab-case: which rule decided
    words: str  # why, in a sentence


class Variant(Record, frozen=True, kw_only=True):
    """What some claims of a cluster say where others say something else."""

    field: str  # role or qualifier: `quantity`, `dates`, `amount`, `position`
    value: str  # as written: "at least 7"
    claims: tuple[str, ...]  # that say so, sorted


class Contradiction(Record, frozen=True, kw_only=True):
    """Two sides that cannot both be right; a refusal to comment is neither."""

    id: str  # made from kind and both sides
    kind: Conflict
    left: tuple[str, ...]  # claims of one side, sorted
    right: tuple[str, ...]  # claims of the other
    field: str | None = None  # role or qualifier about which they differ; `figures` of statements
    words: str  # what contradicts what, in a sentence


class Drift(Record, frozen=True, kw_only=True):
    """How a claim changed from one document to a copy of it."""

    id: str  # made from both claims and kind
    kind: DriftKind
    before: str  # id of the claim in the source
    after: str  # id of the claim in the document derived from it
    derivation: str  # id
    was: str | None = None  # words there
    became: str | None = None  # words here
    words: str  # the change in a sentence


class Corroboration(Record, frozen=True, kw_only=True):
    """Claims that say the same, and whose word they rest on.

    `independent` is how many origins are known to be independent of each other: 1 when there is an origin at
    all, more only where that is shown for each two. `undetermined` are the further ones, after those are put
    together that are shown to depend on each other. Undetermined never counts as confirmation. Both count who
    says that it is so or, where nobody does, who denies it; 0 where nobody does either.
    """

    id: str  # made from kind, parties and the first claim
    kind: Kind
    caption: str  # what is claimed, in words: kind and parties
    claims: tuple[str, ...]  # ids, sorted
    documents: tuple[str, ...]  # in which they stand, sorted
    entities: tuple[str, ...] = ()  # of its roles, sorted
    variants: tuple[Variant, ...] = ()
    origins: tuple[Origin, ...] = ()
    pairs: tuple[Independence, ...] = ()  # of origins; of more than 60 none that is undetermined
    independent: int = 0
    undetermined: int = 0
    single_unnamed: bool = False  # all roads lead to one unnamed source
    contradictions: tuple[Contradiction, ...] = ()
    drifts: tuple[Drift, ...] = ()
    credibility: int = 6  # proposed, Admiralty code 1 to 6
    signs: tuple[Sign, ...] = ()  # why this credibility
