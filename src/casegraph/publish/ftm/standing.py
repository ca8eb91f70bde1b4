"""How a claim stands: who says so, how surely, and whether it may become a plain fact."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from casegraph.model import Attribution, Claim, Party
from casegraph.publish.base import Facts

Standing = Literal[
    "stated",  # by the document, in its own voice
    "asserted",  # by a speaker with a name
    "asserted by unnamed",
    "hedged",  # "reportedly"
    "alleged",
    "disputed",  # stated or asserted, and denied elsewhere in the case
    "predicted",
    "asked",
    "ordered",
    "negated",  # the words say that it is not so
    "denied",
    "no comment",
]

MAY_BE_FACTS: dict[Facts, frozenset[Standing]] = {
    "none": frozenset(),
    "stated": frozenset({"stated"}),
    "asserted": frozenset({"stated", "asserted"}),
}

LINKS: frozenset[Standing] = frozenset(
    {"stated", "asserted", "asserted by unnamed", "hedged", "alleged", "disputed"}
)
"""What may draw a line between two parties, with its standing on it; the rest is a note about both."""

_STANCES: dict[str, Standing] = {
    "alleges": "alleged",
    "predicts": "predicted",
    "asks": "asked",
    "orders": "ordered",
    "denies": "denied",
    "declines-comment": "no comment",
}

Link = tuple[str, frozenset[str]]
"""A kind and the entities in its roles: what a denial and an assertion must share to be at odds."""


def link_of(claim: Claim) -> Link | None:
    """Return what the claim ties together, None unless two entities at least have a role."""
    entities = frozenset(party.entity for party in parties(claim) if party.entity is not None)
    return (claim.kind, entities) if len(entities) > 1 else None


def parties(claim: Claim) -> list[Party]:
    """Return everything in a role, in the order of the roles."""
    found: list[Party] = []
    for value in claim.roles.values():
        if value is not None:
            found += [value] if isinstance(value, Party) else value
    return found


def at_odds(claims: Iterable[Claim]) -> frozenset[Link]:
    """Return the links that some claim denies or says not to be so."""
    found = set()
    for claim in claims:
        if claim.stance == "denies" or claim.polarity == "negative":
            link = link_of(claim)
            if link is not None:
                found.add(link)
    return frozenset(found)


def standing(claim: Claim, denied: frozenset[Link] = frozenset()) -> Standing:
    """Return how a claim stands, beside what others deny."""
    if claim.polarity == "negative" and claim.stance in {"asserts", "alleges", "predicts"}:
        return "negated"
    if claim.stance != "asserts":
        return _STANCES[claim.stance]
    if claim.hedges:
        return "hedged"
    return "disputed" if link_of(claim) in denied else _voice(claim)


def _voice(claim: Claim) -> Standing:
    """Return whether a document says so itself, or somebody with or without a name."""
    speakers = [link for link in claim.attribution if link.role != "publisher"]
    if not speakers:
        return "stated"
    return "asserted by unnamed" if any(map(_nameless, speakers)) else "asserted"


def _nameless(link: Attribution) -> bool:
    return link.unnamed or not link.speaker


def chain(claim: Claim) -> str:
    """Return who says so, innermost first, in words."""
    verbs = {"origin": "said by", "relay": "as told by", "publisher": "published by"}
    parts = []
    for link in claim.attribution:
        who = link.speaker or (link.speaker_target.exact if link.speaker_target else "")
        if not who and link.role == "publisher":
            continue
        who = who or "somebody"
        facts = [word for word in ("unnamed" if link.unnamed else "", _counted(link)) if word]
        basis = f", on the basis of: {link.basis}" if link.basis else ""
        parts.append(f"{verbs[link.role]} {who}{' (' + ', '.join(facts) + ')' if facts else ''}{basis}")
    return "; ".join(parts)


def _counted(link: Attribution) -> str:
    count = link.count
    if count is None or count.minimum is None or (count.minimum, count.maximum) == (1, 1):
        return ""
    if count.maximum is None:
        return f"at least {count.minimum}"
    return str(count.minimum) if count.minimum == count.maximum else f"{count.minimum} to {count.maximum}"
