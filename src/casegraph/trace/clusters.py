"""Claims of a block put together that say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casegraph.model import Claim
from casegraph.trace import alike
from casegraph.trace.base import Reported
from casegraph.trace.reworded import Reading

Ties = Mapping[str, frozenset[str]]
"""Claims whose words a derivation brings together, both ways, by id."""


@dataclass
class _Group:
    """Claims that are told apart by nothing that counts here."""

    claims: list[Reported]

    @property
    def first(self) -> Claim:
        return self.claims[0].claim


@dataclass
class _Cluster:
    groups: list[_Group]
    vague: bool = False  # fits more than one other


def clusters(block: Sequence[Reported], ties: Ties, reading: Reading) -> list[list[Reported]]:
    """Return claims that say the same, each list by document and id, the lists by their first claim.

    Claims without conflict come together. One that fits two that do not fit each other joins neither.
    Where a passage was copied, a role, date or thing may have changed on the way. `reading` is of the block.
    """
    by_kind: defaultdict[str, list[Reported]] = defaultdict(list)
    for one in sorted(block, key=lambda one: one.claim.id):
        by_kind[one.claim.kind].append(one)
    found = reading.groups(
        (claim, other) for claim, others in sorted(ties.items()) for other in sorted(others)
    )
    for kind, claims in sorted(by_kind.items()):
        if kind != "statement":
            found += [
                [one for group in cluster.groups for one in group.claims]
                for cluster in _place(_groups(claims), ties)
            ]
    ordered = [sorted(one, key=lambda one: (one.document.id, one.claim.id)) for one in found]
    return sorted(ordered, key=lambda one: one[0].claim.id)


def _groups(claims: Sequence[Reported]) -> list[_Group]:
    """Return claims by what they fill and say, the fullest first. What says too little stays alone."""
    groups: defaultdict[tuple[object, ...], list[Reported]] = defaultdict(list)
    for one in claims:
        groups[_signature(one)].append(one)
    ordered = sorted(groups.items(), key=lambda item: (-_fullness(item[1][0].claim), str(item[0])))
    return [_Group(ones) for _, ones in ordered]


def _signature(one: Reported) -> tuple[object, ...]:
    claim = one.claim
    roles = sorted((role, alike.term(party, claim.kind).keys) for role, party in alike.filled(claim))
    own = claim.qualifiers
    when = tuple((date.start or "", date.end or "") for date in own.dates)
    row = claim.made_by.extractor == alike.TABLES and claim.kind in alike.EVENTS
    told = alike.compare(claim, claim).joins(claim.kind, single=_single(claim, claim))
    alone = "" if told and not row else claim.id
    return (tuple(roles), when, str(own.quantity), str(own.amount), str(own.share), alone)


def _fullness(claim: Claim) -> int:
    own = claim.qualifiers
    named = sum(alike.term(party, claim.kind).named for _, party in alike.filled(claim))
    return 2 * named + bool(own.dates) + bool(own.quantity or own.amount or own.share)


def _place(groups: Sequence[_Group], ties: Ties) -> list[_Cluster]:
    placed: list[_Cluster] = []
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    by_claim: dict[str, int] = {}
    for group in groups:
        keys = list(alike.claim_keys(group.first))
        tied = {by_claim[other] for other in _tied(group, ties) if other in by_claim}
        near = sorted({number for key in keys for number in by_key[key]} | tied)
        fitting = [number for number in near if _fits(group, placed[number], ties)]
        number = _choose(fitting, sorted(tied), placed)
        if number is None:
            number = len(placed)
            placed.append(_Cluster([], vague=len(fitting) > 1))
        placed[number].groups.append(group)
        by_claim |= dict.fromkeys((one.claim.id for one in group.claims), number)
        for key in keys:
            if number not in by_key[key]:
                by_key[key].append(number)
    return _rejoined(placed, by_claim, ties)


def _rejoined(placed: Sequence[_Cluster], by_claim: dict[str, int], ties: Ties) -> list[_Cluster]:
    """Return the clusters, a copy that was placed before its source put beside it.

    What one of the same document says already is another claim.
    """
    for number, cluster in enumerate(placed):
        tied = {by_claim[one] for group in cluster.groups for one in _tied(group, ties) if one in by_claim}
        if len(cluster.groups) != 1 or len(tied - {number}) != 1:
            continue
        (other,) = tied - {number}
        if _at(cluster) & _at(placed[other]):
            continue
        placed[other].groups += cluster.groups
        by_claim |= dict.fromkeys((one.claim.id for one in cluster.groups[0].claims), other)
        cluster.groups = []
    return [one for one in placed if one.groups]


def _at(cluster: _Cluster) -> set[str]:
    return {one.document.id for group in cluster.groups for one in group.claims}


def _tied(group: _Group, ties: Ties) -> set[str]:
    return {other for one in group.claims for other in ties.get(one.claim.id, ())}


def _choose(fitting: Sequence[int], tied: Sequence[int], placed: Sequence[_Cluster]) -> int | None:
    """Return the one cluster that a group fits; of several, or of none, the one that it was copied from."""
    if len(fitting) == 1:
        return fitting[0]
    copied = [number for number in tied if number in fitting or not fitting]
    vague = [number for number in fitting if placed[number].vague]
    return next(iter([*copied, *vague]), None)


def _fits(group: _Group, cluster: _Cluster, ties: Ties) -> bool:
    """Say whether a group joins one of a cluster and is at odds with none but copies of what it joins."""
    joined: set[str] = set()
    against: list[_Group] = []
    for other in cluster.groups:
        result = alike.compare(group.first, other.first)
        if result.conflicts or _told_apart(group, other, result):
            against.append(other)
        elif result.joins(group.first.kind, single=_single(group.first, other.first)):
            joined |= {one.claim.id for one in other.claims}
    return bool(joined) and all(_tied(other, ties) & joined for other in against)


def _single(left: Claim, right: Claim) -> bool:
    """Say whether one party is enough for both: a sanction's target."""
    return left.kind == right.kind == "sanction"


def _told_apart(left: _Group, right: _Group, result: alike.Comparison) -> bool:
    """Say whether one document tells both apart: rows of a table, or other numbers by the same voice."""
    kind = left.first.kind
    if kind not in alike.EVENTS:
        return False
    rows = _documents(left, tables=True) & _documents(right, tables=True)
    return bool(rows) or (result.numbers == "different" and bool(_voices(left) & _voices(right)))


def _documents(group: _Group, *, tables: bool) -> set[str]:
    return {
        one.document.id for one in group.claims if (one.claim.made_by.extractor == alike.TABLES) == tables
    }


def _voices(group: _Group) -> set[tuple[str, str | None]]:
    return {
        (one.document.id, one.claim.attribution[0].speaker if one.claim.attribution else None)
        for one in group.claims
    }
