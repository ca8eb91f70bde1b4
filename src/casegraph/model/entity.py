"""What `resolve` makes of mentions."""

from __future__ import annotations

from casegraph.model.base import Record


class Entity(Record, frozen=True, kw_only=True):
    """One person, organisation, place or thing across spellings and documents (FollowTheMoney)."""

    id: str  # made from schema group and name
    schema: str  # FollowTheMoney schema
    name: str  # caption: the fullest spelling
    names: tuple[str, ...]  # every spelling, sorted
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-2, lower case
    emails: tuple[str, ...] = ()  # addresses of its mailboxes, in small letters
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
