"""A claim: one thing that one document reports, with who says so and where (schema.org Claim)."""

from __future__ import annotations

from typing import Literal

from casegraph.model.base import Record
from casegraph.model.mention import Amount, Quantity
from casegraph.model.text import Target

Kind = Literal[
    "ownership", "control", "directorship", "employment", "membership", "representation",
    "family", "associate", "delivery", "payment", "contract", "production", "presence",
    "specification", "identity", "sanction", "event", "link", "statement",
]  # fmt: skip
Stance = Literal[
    "asserts", "alleges", "denies", "declines-comment", "predicts", "asks", "orders"
]  # fmt: skip
LinkRole = Literal["origin", "relay", "publisher"]
Polarity = Literal["positive", "negative"]

ROLES: dict[str, tuple[str, ...]] = {
    "ownership": ("owner", "asset"),
    "control": ("controller", "controlled"),
    "directorship": ("person", "organisation"),
    "employment": ("person", "organisation"),
    "membership": ("person", "organisation"),
    "representation": ("agent", "client"),
    "family": ("person", "relative"),
    "associate": ("person", "associate"),
    "delivery": ("supplier", "recipient", "goods"),
    "payment": ("payer", "beneficiary"),
    "contract": ("buyer", "supplier", "subject"),
    "production": ("producer", "product"),
    "presence": ("actor", "place"),
    "specification": ("product", "property"),
    "identity": ("name", "other_name"),
    "sanction": ("authority", "target", "programme"),
    "event": ("participants", "what"),
    "link": ("subject", "object"),
    "statement": (),
}
"""Roles of each kind. `event.participants` holds a list; every other role one party or null."""


class Party(Record, frozen=True, kw_only=True):
    """Who or what fills a role. `entity` is filled from `mention` when a case is read."""

    name: str
    target: Target
    schema: str | None = None
    mention: str | None = None
    entity: str | None = None


class Count(Record, frozen=True, kw_only=True):
    """How many speakers: "two sources" 2 to 2, "sources" 2 to None, one named speaker 1 to 1."""

    minimum: int | None
    maximum: int | None


class Attribution(Record, frozen=True, kw_only=True):
    """One link of the chain of who says so, innermost (`origin`) first, publisher last.

    `speaker` is the name as resolved ("the ministry" may carry "Ministry of Defence"); the words
    themselves are `speaker_target.exact`. `relation` is the words' own speaker when it differs.
    """

    role: LinkRole
    speaker: str | None
    entity: str | None = None
    mention: str | None = None
    unnamed: bool = False
    count: Count | None = None
    cue: str | None = None
    basis: str | None = None
    speaker_target: Target | None = None
    cue_target: Target | None = None
    basis_target: Target | None = None


class ClaimDate(Record, frozen=True, kw_only=True):
    """When: an interval and the words it comes from."""

    start: str | None
    end: str | None
    text: str
    target: Target


class Place(Record, frozen=True, kw_only=True):
    """Where: a name, its country (ISO 3166-1 alpha-2, lower case) and the words."""

    name: str
    country: str | None
    target: Target


class Qualifiers(Record, frozen=True, kw_only=True):
    """Dates, places, sums, quantities and shares that belong to the claim."""

    dates: tuple[ClaimDate, ...] = ()
    places: tuple[Place, ...] = ()
    amount: Amount | None = None
    quantity: Quantity | None = None
    share: Quantity | None = None  # per cent, of ownership
    instrument: str | None = None
    targets: tuple[Target, ...] = ()  # of amount, quantity, share, instrument


class MadeBy(Record, frozen=True, kw_only=True):
    """Which extractor made the claim, and how sure it is (0 to 1)."""

    extractor: str
    version: int
    score: float


class Claim(Record, frozen=True, kw_only=True):
    """See the module. `evidence` is never empty; each target's words stand in the page."""

    id: str
    document: str
    kind: Kind
    stance: Stance
    polarity: Polarity = "positive"
    hedges: tuple[str, ...] = ()
    direct_quote: bool = False
    roles: dict[str, Party | tuple[Party, ...] | None] = {}
    qualifiers: Qualifiers = Qualifiers()
    attribution: tuple[Attribution, ...] = ()
    content_target: Target
    content_continued: tuple[Target, ...] = ()  # later parts of a content that the cue interrupts
    evidence: tuple[Target, ...]
    made_by: MadeBy
