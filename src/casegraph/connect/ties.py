"""Ties between entities, from claims of the kinds that have two ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, product

from casegraph.connect.parties import entities_in
from casegraph.connect.weight import Rest, Weight
from casegraph.model import Claim, ClaimDate, Kind, Span, Stance, Tie, make_id

_ENDS: dict[Kind, tuple[str, str]] = {
    "ownership": ("owner", "asset"),
    "control": ("controller", "controlled"),
    "directorship": ("person", "organisation"),
    "employment": ("person", "organisation"),
    "membership": ("person", "organisation"),
    "representation": ("agent", "client"),
    "family": ("person", "relative"),
    "associate": ("person", "associate"),
    "delivery": ("supplier", "recipient"),
    "payment": ("payer", "beneficiary"),
    "contract": ("supplier", "buyer"),
    "production": ("producer", "product"),
    "presence": ("actor", "place"),
    "identity": ("name", "other_name"),
    "sanction": ("authority", "target"),
    "link": ("subject", "object"),
}
"""From whom to whom. Participants of an event are tied to each other; other kinds have one end or none."""

_BOTH_WAYS: frozenset[Kind] = frozenset({"family", "associate", "identity", "link", "event"})
_CROWD = 8  # participants of an event; of more, each is tied to the first alone

KINDS: tuple[Kind, ...] = (*_ENDS, "event")
"""Kinds of claims that can tie."""

End = tuple[Kind, str, str]


@dataclass(slots=True)
class _Drawn:
    weight: Weight = field(default_factory=Weight)
    stances: set[Stance] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    dates: set[tuple[str, str]] = field(default_factory=set)


class Ties:
    """Collects claims, in any order."""

    def __init__(self) -> None:
        self._drawn: dict[End, _Drawn] = {}
        self.loose = 0
        """Claims of these kinds that tie nobody: an end is not named, or only described."""

    def add(self, claim: Claim, rest: Rest | None) -> None:
        """Add a claim, with what it rests on where that is known."""
        if claim.kind not in KINDS:
            return
        ends = set(_ends(claim))
        self.loose += not ends
        for end in ends:
            drawn = self._drawn.setdefault(end, _Drawn())
            drawn.weight.add(claim, rest)
            drawn.stances.add(claim.stance)
            drawn.claims.add(claim.id)
            drawn.documents.add(claim.document)
            drawn.dates |= {(one.start or "", one.end or "") for one in claim.qualifiers.dates if _dated(one)}

    def ties(self) -> Iterator[Tie]:
        """Yield the ties by kind and ends."""
        for (kind, source, target), drawn in sorted(self._drawn.items()):
            yield Tie(
                id=make_id("tie", kind, source, target),
                kind=kind,
                source=source,
                target=target,
                directed=kind not in _BOTH_WAYS,
                standing=drawn.weight.standing,
                doubts=drawn.weight.reasons,
                stances=tuple(sorted(drawn.stances)),
                claims=tuple(sorted(drawn.claims)),
                documents=tuple(sorted(drawn.documents)),
                dates=tuple(Span(start=low or None, end=high or None) for low, high in sorted(drawn.dates)),
                independent=drawn.weight.independent,
                undetermined=drawn.weight.undetermined,
            )


def _ends(claim: Claim) -> Iterator[End]:
    if claim.kind == "event":
        found = entities_in(claim, "participants")
        crowd = ((found[0], one) for one in found[1:])
        pairs: Iterable[tuple[str, str]] = combinations(found, 2) if len(found) <= _CROWD else crowd
    else:
        one, other = _ENDS[claim.kind]
        pairs = product(entities_in(claim, one), entities_in(claim, other))
    for source, target in pairs:
        if source != target:
            swapped = claim.kind in _BOTH_WAYS and target < source
            yield (claim.kind, target, source) if swapped else (claim.kind, source, target)


def _dated(date: ClaimDate) -> bool:
    return bool(date.start or date.end)
