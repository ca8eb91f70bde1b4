"""Typed claims through all of attribution: whose roles a pronoun fills, and who says so."""

from __future__ import annotations

from casegraph.model import Claim, Party
from tests.attribute.made import chain, claims_of


def roles(claim: Claim) -> dict[str, str | None]:
    """Return the names in the roles that hold one party."""
    return {
        role: party.name if party is not None else None
        for role, party in claim.roles.items()
        if party is None or isinstance(party, Party)
    }


def of_kind(text: str, kind: str) -> Claim:
    """Return the only claim of a kind."""
    (claim,) = [claim for claim in claims_of(text) if claim.kind == kind]
    return claim


def test_a_state_that_denies_what_it_does() -> None:
    claim = of_kind("China denied that it is giving military supplies to Russia.", "delivery")
    assert claim.stance == "denies"
    assert roles(claim) == {"supplier": "China", "recipient": "Russia", "goods": "military supplies"}
    assert chain(claim)[0] == "China"


def test_what_is_said_of_a_name_with_as() -> None:
    claim = of_kind(
        "The report names Orlan Kupol, a maker of pumps, as having set up shop in China.", "presence"
    )
    assert roles(claim) == {"actor": "Orlan Kupol", "place": "China"}
    assert chain(claim)[0] == "The report"
