"""Who a claim names, one row a name: so that claims are found by a name without opening each of them."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.model import Claim, Record
from casegraph.pipeline.check import parties
from casegraph.text import fold

ABOUT, SAID_BY = "about", "said-by"


class Named(Record, frozen=True, kw_only=True):
    """A name in a claim, folded, and the mention that it comes from. `part`: in a role, or of a speaker."""

    claim: str
    part: str
    name: str
    mention: str | None


def named(claim: Claim) -> Iterator[Named]:
    """Yield the names of a claim's parties and speakers, each as given and as it stands in the page."""
    for party in parties(claim):
        for name in sorted({fold(party.name), fold(party.target.exact)}):
            yield Named(claim=claim.id, part=ABOUT, name=name, mention=party.mention)
    for link in claim.attribution:
        words = {link.speaker or "", link.speaker_target.exact if link.speaker_target else ""}
        for name in sorted({fold(word) for word in words if word}):
            yield Named(claim=claim.id, part=SAID_BY, name=name, mention=link.mention)
