"""Claims and the entities of their mentions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from casegraph.model import Claim, Party
from casegraph.pipeline.check import parties


def mentions_of(claim: Claim) -> Iterator[str]:
    """Yield the ids of the mentions that a claim refers to."""
    for party in parties(claim):
        if party.mention is not None:
            yield party.mention
    for link in claim.attribution:
        if link.mention is not None:
            yield link.mention


def entities_in(claim: Claim) -> Iterator[str]:
    """Yield the ids of the entities that a claim names, once they are joined in."""
    found = [*(party.entity for party in parties(claim)), *(link.entity for link in claim.attribution)]
    yield from (entity for entity in found if entity is not None)


def joined(claim: Claim, entities: Mapping[str, str]) -> Claim:
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
        msgspec.structs.replace(link, entity=entities[link.mention])
        if link.mention is not None and link.mention in entities
        else link
        for link in claim.attribution
    )
    return msgspec.structs.replace(claim, roles=roles, attribution=attribution)
