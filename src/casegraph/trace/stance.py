"""On which side of its content a claim stands."""

from __future__ import annotations

from typing import Literal

from casegraph.model import Attribution, Claim
from casegraph.trace import terms

Side = Literal["for", "against", "neither"]


def is_earlier_version(link: Attribution) -> bool:
    """Say whether a link is an earlier state of the page: what that said is taken back."""
    return terms.speaks_of("versions", link.speaker)


def side(claim: Claim) -> Side:
    """Return whether a claim says that it is so, that it is not, or neither.

    Who would not comment, asks, orders or expects something has not said that it was so.
    """
    if claim.stance == "denies" or any(map(is_earlier_version, claim.attribution)):
        return "against"
    if claim.stance not in {"asserts", "alleges"}:
        return "neither"
    return "for" if claim.polarity == "positive" else "against"
