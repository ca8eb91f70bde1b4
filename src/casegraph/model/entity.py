"""What `resolve` makes of mentions."""

from __future__ import annotations

from casegraph.model.base import Record


class Entity(Record, frozen=True, kw_only=True):
    """One person, organisation, place or thing across spellings and documents (FollowTheMoney)."""

    id: str
    schema: str
    name: str  # caption: the fullest spelling
    names: tuple[str, ...]  # every spelling, sorted
    countries: tuple[str, ...] = ()
    mentions: int = 0
    documents: tuple[str, ...] = ()


class Resolved(Record, frozen=True, kw_only=True):
    """A mention and the entity that it names."""

    mention: str
    document: str
    entity: str
    schema: str
    name: str  # the mention's fullest form within its document
