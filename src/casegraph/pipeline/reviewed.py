"""What people say of claims, applied to what the machine has read: rejected ones count for nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from msgspec.structs import replace

from casegraph.model import (
    Attribution,
    Claim,
    ClaimReview,
    Correction,
    Filled,
    Party,
    Record,
    Target,
    Verdict,
)

_CORRECTION: msgspec.json.Decoder[Correction] = msgspec.json.Decoder(Correction)
SEVERAL = "participants"
"""The one role that holds a list."""


class Reviewed(Record, frozen=True, kw_only=True):
    """What holds of a claim, as people said last."""

    claim: str
    document: str
    verdict: Verdict | None = None
    correction: Correction | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    star: bool = False
    words: tuple[ClaimReview, ...] = ()  # that hold, in the order in which they were said


class Altered(msgspec.Struct, frozen=True, array_like=True):
    """What changes of a claim as evidence."""

    claim: str
    document: str
    rejected: bool
    correction: Correction | None


def standing(reviews: Iterable[ClaimReview]) -> dict[str, Reviewed]:
    """Return what holds of each claim of which something does."""
    last: dict[tuple[str, str], ClaimReview] = {}
    for one in reviews:
        last.pop((one.claim, one.aspect), None)
        last[one.claim, one.aspect] = one
    own: dict[str, list[ClaimReview]] = {}
    for one in last.values():
        if one.value:
            own.setdefault(one.claim, []).append(one)
    return {claim: _reviewed(words) for claim, words in own.items()}


def _reviewed(words: list[ClaimReview]) -> Reviewed:
    said = {one.aspect: one.value for one in words}
    return Reviewed(
        claim=words[0].claim,
        document=words[0].document,
        verdict=msgspec.convert(said.get("verdict"), Verdict | None),
        correction=_CORRECTION.decode(said["correction"]) if "correction" in said else None,
        note=said.get("note", ""),
        tags=tuple(said["tags"].split(",")) if "tags" in said else (),
        star="star" in said,
        words=tuple(words),
    )


@dataclass(frozen=True, slots=True)
class Alterations:
    """Claims that are rejected, or to be read otherwise."""

    by_claim: Mapping[str, Altered] = field(default_factory=dict)

    @property
    def rejected(self) -> frozenset[str]:
        """Ids of the claims that count for nothing."""
        return frozenset(one.claim for one in self.by_claim.values() if one.rejected)

    def corrected(self, documents: Collection[str] | None = None) -> list[Altered]:
        """Return those that are to be read otherwise, in some documents or in all."""
        return [
            one
            for one in self.by_claim.values()
            if one.correction is not None and (documents is None or one.document in documents)
        ]

    def stands(self, claim: str) -> bool:
        """Whether a claim counts."""
        return claim not in self.by_claim or not self.by_claim[claim].rejected

    def read(self, claim: Claim) -> Claim:
        """Return a claim, its entities joined in, as people read it."""
        found = self.by_claim.get(claim.id)
        return claim if found is None or found.correction is None else corrected(claim, found.correction)


def alterations(reviews: Sequence[ClaimReview], merged: Callable[[], Mapping[str, str]]) -> Alterations:
    """Return what changes of claims; `merged` gives the entities of ids that were merged since."""
    if not reviews:
        return Alterations()
    into = merged()
    found: dict[str, Altered] = {}
    for claim, one in sorted(standing(reviews).items()):
        rejected = one.verdict == "rejected"
        if rejected or one.correction is not None:
            correction = None if one.correction is None else _merged(one.correction, into)
            found[claim] = Altered(claim, one.document, rejected, correction)
    return Alterations(found)


def _merged(one: Correction, into: Mapping[str, str]) -> Correction:
    def now(filled: Filled) -> Filled:
        return replace(filled, entity=into.get(filled.entity or "", filled.entity))

    return Correction(
        roles={role: tuple(map(now, parties)) for role, parties in one.roles.items()},
        speaker=None if one.speaker is None else now(one.speaker),
    )


def corrected(claim: Claim, correction: Correction) -> Claim:
    """Return a claim as a person reads it."""
    roles = dict(claim.roles)
    for role, parties in correction.roles.items():
        found = tuple(_party(claim, one) for one in parties)
        roles[role] = found if role == SEVERAL else next(iter(found), None)
    return replace(claim, roles=roles, attribution=_said_by(claim, correction.speaker))


def _party(claim: Claim, one: Filled) -> Party:
    return Party(name=one.name, target=_place(claim, one.name), entity=one.entity)


def _said_by(claim: Claim, speaker: Filled | None) -> tuple[Attribution, ...]:
    """Return the chain with another innermost speaker, before the publisher where that spoke by itself."""
    if speaker is None:
        return claim.attribution
    link = Attribution(
        role="origin", speaker=speaker.name, entity=speaker.entity, speaker_target=_place(claim, speaker.name)
    )
    first = next(iter(claim.attribution), None)
    if first is None or first.role == "publisher":
        return (link, *claim.attribution)
    return (
        replace(link, role=first.role, cue=first.cue, cue_target=first.cue_target, basis=first.basis,
                basis_target=first.basis_target),
        *claim.attribution[1:],
    )  # fmt: skip


def _place(claim: Claim, name: str) -> Target:
    """Return where a name stands in the words of a claim, or all of its words where it does not."""
    for target in claim.evidence:
        at = target.exact.find(name)
        if at >= 0:
            return Target(
                document=target.document, page=target.page, start=target.start + at,
                end=target.start + at + len(name), exact=name,
            )  # fmt: skip
    return claim.content_target
