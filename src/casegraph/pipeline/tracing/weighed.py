"""What a case says of lineage and of the words that claims rest on."""

from __future__ import annotations

from collections.abc import Iterator

from casegraph.model import Claim, Corroboration, Derivation, Document, Grade, Record


class Backed(Record, frozen=True, kw_only=True):
    """What a claim rests on, in numbers; the claim's `Corroboration` says it in words."""

    claim: str  # id
    corroboration: str  # id
    claims: int  # that say the same, itself among them
    documents: int  # in which they stand
    origins: int  # behind them
    independent: int  # of these known to be so
    undetermined: int  # further ones
    single_unnamed: bool  # all roads lead to one unnamed source
    contradicted: bool  # by some claim of the case
    credibility: int  # proposed, 1 to 6


class LineageView(Record, frozen=True, kw_only=True):
    """A document and all that it is kin to."""

    document: str  # id of the one that was asked about
    derivations: tuple[Derivation, ...]  # of the whole story
    documents: tuple[Document, ...]  # of the story, by id
    names: dict[str, str]  # the first name of each


class OriginsView(Record, frozen=True, kw_only=True):
    """A claim, all claims that say the same, and what they rest on."""

    claim: Claim  # that was asked about
    corroboration: Corroboration
    claims: tuple[Claim, ...]  # of the cluster and of the other side of contradictions
    documents: tuple[Document, ...]  # in which they stand, and on the roads to their origins
    names: dict[str, str]  # the first name of each
    grades: tuple[Grade, ...] = ()  # that people gave to claims of the cluster


def backed_by(one: Corroboration) -> Iterator[Backed]:
    """Yield for each claim of a cluster what it rests on, in numbers."""
    disputed = {claim for conflict in one.contradictions for claim in (*conflict.left, *conflict.right)}
    for claim in one.claims:
        yield Backed(
            claim=claim,
            corroboration=one.id,
            claims=len(one.claims),
            documents=len(one.documents),
            origins=one.independent + one.undetermined,
            independent=one.independent,
            undetermined=one.undetermined,
            single_unnamed=one.single_unnamed,
            contradicted=claim in disputed,
            credibility=one.credibility,
        )
