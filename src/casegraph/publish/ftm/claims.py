"""Claims as FollowTheMoney has them: a link or a note that carries who says so, or a plain fact.

Every one, whatever it becomes, has the claim's id (`casegraph show CASE ID`), its standing, who says so, the
words, and its document as `proof`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casegraph.model import Claim, Party
from casegraph.publish.base import Material, Source
from casegraph.publish.ftm.draft import Draft, draft, joined
from casegraph.publish.ftm.facts import fact
from casegraph.publish.ftm.kinds import ENDS
from casegraph.publish.ftm.parties import Cast, document_id
from casegraph.publish.ftm.standing import (
    LINKS,
    MAY_BE_FACTS,
    Link,
    Standing,
    chain,
    parties,
    standing,
)
from casegraph.publish.ftm.values import add_dates, exact, in_words

_BETWEEN = " … "  # words of two passages


def claim_drafts(claim: Claim, material: Material, cast: Cast, denied: frozenset[Link]) -> Iterator[Draft]:
    """Yield what a claim becomes: one entity, and with a contract as fact the contract too."""
    how = standing(claim, denied)
    made = fact(claim, cast) if how in MAY_BE_FACTS[material.facts] else None
    drafts = made or [link(claim, cast, how) or note(claim, cast, how)]
    for one in drafts:
        tell(one, claim, how, material.sources)
        yield one


def link(claim: Claim, cast: Cast, how: Standing) -> Draft | None:
    """Return the line that a claim draws between two parties, with its kind and standing on it."""
    if how not in LINKS or claim.kind not in ENDS:
        return None
    roles = ENDS[claim.kind]
    one, other = (cast.id_of(_party(claim, role)) for role in roles)
    if one is None or other is None or one == other:
        return None
    made = draft(claim.id, "UnknownLink")
    origin = document_id(claim.document)
    made.add("subject", one, origin=origin)
    made.add("object", other, origin=origin)
    made.add("role", f"{claim.kind}: {roles[0]} to {roles[1]} ({how})", origin=origin)
    return made


def note(claim: Claim, cast: Cast, how: Standing) -> Draft:
    """Return a note about everybody in a role, and about speakers that are entities."""
    made = draft(claim.id, "Note")
    origin = document_id(claim.document)
    made.add("name", f"{claim.kind} ({how})", origin=origin)
    about = [cast.id_of(party) for party in parties(claim)]
    about += [one.entity for one in claim.attribution if one.entity in cast.schemas]
    made.add("entity", *about, origin=origin)
    made.add("keywords", claim.kind, how, origin=origin)
    return made


def tell(made: Draft, claim: Claim, how: Standing, sources: Mapping[str, Source]) -> None:
    """Add what every claim carries: its words, its standing, who says so, where it stands."""
    origin = document_id(claim.document)
    source = sources.get(claim.document)
    read = source.document if source is not None else None
    words = _BETWEEN.join(dict.fromkeys(target.exact for target in claim.evidence))
    texts: dict[str, list[str | None]] = {
        "description": [words],
        "summary": [joined([how, chain(claim), in_words(claim), _where(claim, source)])],
        "proof": [origin],
        "recordId": [claim.id],
        "status": [how],
        "namesMentioned": [party.name for party in parties(claim)],
        "publisher": [read.publisher if read is not None else None],
        "sourceUrl": [read.url if read is not None else None],
    }
    for prop, values in texts.items():
        if prop in made.schema.properties:
            made.add(prop, *values, origin=origin, language=read.language if read is not None else None)
    add_dates(made, claim.qualifiers.dates, origin)
    if made.schema.is_a("Value"):
        made.add("amount", exact(claim.qualifiers.amount), origin=origin)
        made.add(
            "currency", claim.qualifiers.amount.currency if claim.qualifiers.amount else None, origin=origin
        )


def _where(claim: Claim, source: Source | None) -> str:
    """Return where the words stand."""
    first = claim.evidence[0]
    name = source.name if source is not None else claim.document
    return f"in {name}, page {first.page}, characters {first.start} to {first.end}; {claim.id}"


def _party(claim: Claim, role: str) -> Party | None:
    found = claim.roles.get(role)
    return found if isinstance(found, Party) or found is None else (found[0] if found else None)
