"""What `trace` takes and gives where it looks at more than one document.

    stage           a document             its fingerprint and the credits that it gives
    keys            a fingerprint          blocks in which kin meet
    kin             a block                pairs that may be kin
    derivations     all of one story       who took what from whom, and what shows it
    claim_keys      a claim                blocks in which claims meet that may say the same
    corroborations  a block of claims      clusters, their origins, contradictions, drift

Functions are pure; the pipeline brings together what they take.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from casegraph.model import Claim, Credit, Derivation, Document, Fingerprint, Page


@dataclass(frozen=True, slots=True)
class Article:
    """A document with what is known of it alone."""

    document: Document
    pages: tuple[Page, ...]
    fingerprint: Fingerprint
    credits: tuple[Credit, ...] = ()


class Kin(NamedTuple):
    """Two documents that may be kin, the lesser id first."""

    left: str
    right: str
    score: float  # 0 to 1, of what the fingerprints show


@dataclass(frozen=True, slots=True)
class Reported:
    """A claim, with entities joined in, and the document that reports it.

    `road` holds the derivations by which the document goes back to others, and these to others, to the ends.
    `sources` are the documents on that road, by id.
    """

    claim: Claim
    document: Document
    road: tuple[Derivation, ...] = ()
    sources: tuple[Document, ...] = ()
