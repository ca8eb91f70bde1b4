"""What `trace` takes and gives where it looks at more than one document.

    stage           a document             its fingerprint and the credits that it gives
    keys            a fingerprint          blocks in which kin meet
    kin             a block                pairs that may be kin
    derivations     all of one story       who took what from whom, and what shows it
    claim_keys      a claim                blocks in which claims meet that may say the same
    matter_keys     a claim                blocks in which other wordings of it meet
    denial_keys     a document's claims    blocks in which a denial meets what it is of
    sense_keys      a document's claims    blocks in which statements of one story meet
    corroborations  a block of claims      clusters, their origins, contradictions, drift
    bonds           a claim                pairs of parties that it ties: neither confirms the other
    names           a claim                by what these pairs are found: whom it names

Functions are pure; the pipeline brings together what they take.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from casegraph.model import Claim, Credit, Derivation, Document, Fingerprint, Page
from casegraph.trace.imprints import House

VERSION = 12
"""Of what looks at more than one document: another one makes the tables of the whole case anew."""


@dataclass(frozen=True, slots=True)
class Article:
    """A document with what is known of it alone; `houses` tell whose its outlet is, by all of the case."""

    document: Document
    pages: tuple[Page, ...]
    fingerprint: Fingerprint
    credits: tuple[Credit, ...] = ()
    houses: tuple[House, ...] = ()


class Kin(NamedTuple):
    """Two documents that may be kin, the lesser id first."""

    left: str
    right: str
    score: float  # 0 to 1, of what the fingerprints show


@dataclass(frozen=True, slots=True)
class Reported:
    """A claim, with entities joined in, and the document that reports it.

    `road` holds the derivations by which the document goes back to others, and these to others, to the ends.
    `sources` are the documents on that road, by id. `later` are the derivations of other documents
    from this one, its later states among them. `schemas` holds the FollowTheMoney schema of each entity that
    the claim names: a speaker without it is nobody in particular, and shows nothing to be independent.
    `houses` tell whose the outlets of these documents are.
    """

    claim: Claim
    document: Document
    road: tuple[Derivation, ...] = ()
    sources: tuple[Document, ...] = ()
    later: tuple[Derivation, ...] = ()
    schemas: Mapping[str, str] = field(default_factory=dict)
    houses: tuple[House, ...] = ()


class Families(Protocol):
    """What is known of outlets: which belong together."""

    def family(self, name: str | None) -> str | None:
        """Return the key of the family of an outlet, by its name or host; of any other name its own key."""

    def knows(self, name: str | None) -> bool:
        """Tell whether a name is known to be that of an outlet."""
