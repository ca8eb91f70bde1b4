"""What `resolve` makes of mentions."""

from __future__ import annotations

from typing import Literal

from casegraph.model.base import Record

MatchOutcome = Literal["sure", "same", "proposal", "vetoed"]
"""Of a pair: merged; merged if nothing else fits; a person decides; names fit but identifiers do not."""


class Entity(Record, frozen=True, kw_only=True):
    """One person, organisation, place or thing across spellings and documents (FollowTheMoney)."""

    id: str  # made from schema group and name
    schema: str  # FollowTheMoney schema
    name: str  # caption: the fullest spelling
    names: tuple[str, ...]  # every spelling, sorted
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-2, lower case
    emails: tuple[str, ...] = ()  # addresses of its mailboxes, in small letters
    identifiers: tuple[str, ...] = ()  # with a check digit, as `inn:7700000016`
    mentions: int = 0  # how many
    documents: tuple[str, ...] = ()  # ids, sorted
    merged: tuple[str, ...] = ()  # ids that documents gave to names of it, where they are others than its own


class Resolved(Record, frozen=True, kw_only=True):
    """A mention and the entity that it names."""

    mention: str  # its id
    document: str  # where it stands
    entity: str  # id of the entity
    schema: str  # FollowTheMoney schema
    name: str  # the mention's fullest form within its document
    spelling: str | None = None  # the words of the mention itself, blanks folded
    country: str | None = None  # ISO 3166-1 alpha-2, lower case, where the mention tells one
    group: str = ""  # of schemas: names of different groups are different entities within a document
    key: str = ""  # the words of the name that carry identity, folded
    short_of: str | None = None  # entity of the one longer name that the document gave before
    email: str | None = None  # address by which the entity is known: it makes its id, not the name
    identifiers: tuple[str, ...] = ()  # that stand with the mention, as `inn:7700000016`
    alias: str | None = None  # its name in another script, which the document gives in brackets


class Reason(Record, frozen=True):
    """One feature of a score: its name, how far it moved the score (log odds), and the words for it."""

    feature: str
    weight: float
    words: str


class Pair(Record, frozen=True, kw_only=True):
    """Two entities, as documents gave them, whose names or other marks fit: what a machine makes of them."""

    left: str  # id of the entity that is named less often
    right: str  # id of the other
    score: float  # 0 to 1, probability that they are one
    outcome: MatchOutcome  # what may be done without a person
    reasons: tuple[Reason, ...] = ()  # what moved the score, the strongest first
