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

    name: str  # as written, or as a pronoun or description was resolved
    target: Target  # where the words stand
    schema: str | None = None  # FollowTheMoney schema
    mention: str | None = None  # id of the mention that fills the role
    entity: str | None = None  # id of the entity that the mention names


class Count(Record, frozen=True, kw_only=True):
    """How many speakers: "two sources" 2 to 2, "sources" 2 to None, one named speaker 1 to 1."""

    minimum: int | None  # at least so many; None: not said
    maximum: int | None  # at most so many; None: open


class Attribution(Record, frozen=True, kw_only=True):
    """One link of the chain of who says so, innermost (`origin`) first, publisher last.

    `speaker` is the name as resolved ("the ministry" may carry "Ministry of Defence"); the words
    themselves are `speaker_target.exact`. `relation` is the words' own speaker when it differs.
    """

    role: LinkRole  # origin, relay or publisher
    speaker: str | None  # name as resolved; None where the words give nobody
    entity: str | None = None  # id of the speaker's entity
    mention: str | None = None  # id of the mention that names the speaker
    unnamed: bool = False  # no name or office identifies the speaker
    count: Count | None = None  # how many speakers
    cue: str | None = None  # the reporting words
    basis: str | None = None  # on what the speaker says it rests ("leaked documents")
    speaker_target: Target | None = None  # where the speaker stands
    cue_target: Target | None = None  # where the cue stands
    basis_target: Target | None = None  # where the basis stands


class ClaimDate(Record, frozen=True, kw_only=True):
    """When: an interval and the words it comes from."""

    start: str | None  # ISO 8601, included
    end: str | None  # ISO 8601, excluded
    text: str  # the words
    target: Target  # where they stand


class Place(Record, frozen=True, kw_only=True):
    """Where: a name, its country (ISO 3166-1 alpha-2, lower case) and the words."""

    name: str  # as written
    country: str | None  # ISO 3166-1 alpha-2, lower case
    target: Target  # where it stands


class Qualifiers(Record, frozen=True, kw_only=True):
    """Dates, places, sums, quantities and shares that belong to the claim."""

    dates: tuple[ClaimDate, ...] = ()  # when
    places: tuple[Place, ...] = ()  # where
    amount: Amount | None = None  # a sum of money
    quantity: Quantity | None = None  # how many or how much
    share: Quantity | None = None  # per cent, of ownership
    instrument: str | None = None  # contract, account or the like that it went by
    position: str | None = None  # post or title, as written, of employment and directorship
    targets: tuple[Target, ...] = ()  # of amount, quantity, share, instrument, position


class MadeBy(Record, frozen=True, kw_only=True):
    """Which extractor made the claim, and how sure it is (0 to 1).

    What a language model read out of a document is said by that document's voices alone: the model is no
    source, and two models that read the same words are not two.
    """

    extractor: str  # name
    version: int  # of the extractor
    score: float  # 0 to 1: how sure it is to have read the words right
    model: str | None = None  # language model that read it out of the page; None: rules did
    prompt: str | None = None  # SHA-256 of what that model was asked, hex


class Claim(Record, frozen=True, kw_only=True):
    """See the module. `evidence` is never empty; each target's words stand in the page."""

    id: str  # made from the document, the page and the exact words
    document: str  # id of the document
    kind: Kind  # what sort of thing is claimed; `statement` where only the words are kept
    stance: Stance  # what the speaker does with the content
    polarity: Polarity = "positive"  # negative: the words say that it is not so
    hedges: tuple[str, ...] = ()  # words of doubt, as they stand
    direct_quote: bool = False  # the content is verbatim, in quotation marks
    roles: dict[str, Party | tuple[Party, ...] | None] = {}  # as ROLES names them
    qualifiers: Qualifiers = Qualifiers()  # when, where, how many
    attribution: tuple[Attribution, ...] = ()  # who says so, innermost first
    content_target: Target  # where the content stands
    content_continued: tuple[Target, ...] = ()  # later parts of a content that the cue interrupts
    evidence: tuple[Target, ...]  # what the claim rests on; never empty
    made_by: MadeBy  # which extractor
