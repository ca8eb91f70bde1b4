"""Does a claim speak of, or come from, what a user asks for? Names are compared folded, as whole words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from casegraph.errors import UsageError
from casegraph.model import Claim, Entity, Party
from casegraph.pipeline.check import parties
from casegraph.text import fold

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


class Phrase:
    """Words to look for: caseless, without accents, at word boundaries (Chinese and Japanese have none)."""

    def __init__(self, words: str) -> None:
        folded = fold(words)
        if not folded:
            raise UsageError("there is nothing to look for: give at least one letter")
        before = "" if _UNSPACED.match(folded[0]) else r"(?<!\w)"
        after = "" if _UNSPACED.match(folded[-1]) else r"(?!\w)"
        self._pattern = re.compile(before + re.escape(folded) + after)

    def within(self, *texts: str | None) -> bool:
        """Say whether any of the texts holds the words."""
        return any(text is not None and self._pattern.search(fold(text)) is not None for text in texts)

    def names(self, entity: Entity) -> bool:
        """Say whether the words are in any name of an entity."""
        return self.within(*entity.names)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A phrase with the entities that it names."""

    phrase: Phrase | None
    entities: frozenset[str]

    def hits(self, entity: str | None, *texts: str | None) -> bool:
        """Say whether an entity is one of those, or a text holds the words."""
        return entity in self.entities or (self.phrase is not None and self.phrase.within(*texts))


def is_about(claim: Claim, wanted: Wanted) -> bool:
    """Say whether any role of a claim is filled by what is wanted."""
    return any(wanted.hits(party.entity, party.name, party.target.exact) for party in parties(claim))


def is_said_by(claim: Claim, wanted: Wanted) -> bool:
    """Say whether any speaker of a claim's chain is what is wanted."""
    return any(
        wanted.hits(link.entity, link.speaker, link.speaker_target.exact if link.speaker_target else None)
        for link in claim.attribution
    )


def has_words(claim: Claim, phrase: Phrase) -> bool:
    """Say whether a claim's evidence holds the words."""
    return phrase.within(*(target.exact for target in claim.evidence))


def mentions_of(claim: Claim) -> Iterator[str]:
    """Yield the ids of the mentions that a claim refers to."""
    for party in parties(claim):
        if party.mention is not None:
            yield party.mention
    for link in claim.attribution:
        if link.mention is not None:
            yield link.mention


def joined(claim: Claim, entities: dict[str, str]) -> Claim:
    """Return the claim with the entity of each mention that it refers to filled in."""
    if not any(mention in entities for mention in mentions_of(claim)):
        return claim

    def party(one: Party) -> Party:
        if one.mention is None or one.mention not in entities:
            return one
        return msgspec.structs.replace(one, entity=entities[one.mention])

    roles: dict[str, Party | tuple[Party, ...] | None] = {}
    for role, filled in claim.roles.items():
        if filled is None or isinstance(filled, Party):
            roles[role] = party(filled) if filled is not None else None
        else:
            roles[role] = tuple(party(one) for one in filled)
    attribution = tuple(
        msgspec.structs.replace(link, entity=entities[link.mention]) if link.mention in entities else link
        for link in claim.attribution
    )
    return msgspec.structs.replace(claim, roles=roles, attribution=attribution)
