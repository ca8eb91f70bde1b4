"""What a claim shows of what it says, and what several come to together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from casegraph.model import Attribution, Claim, Doubt, Standing

_NO_SIDE: dict[str, Doubt] = {
    "predicts": "predicted",
    "asks": "asked",
    "orders": "ordered",
    "declines-comment": "no comment",
}
"""Stances that say neither that it is so nor that it is not."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What `trace` has found that a claim rests on; `cluster` is what says the same."""

    cluster: str
    independent: int
    undetermined: int
    contradicted: bool
    unnamed: bool = False  # all roads lead to one source without a name


@dataclass(slots=True)
class Weight:
    """Of claims that belong together, added one by one; in which order changes nothing."""

    plain: bool = False
    said: bool = False
    denied: bool = False
    doubts: set[Doubt] = field(default_factory=set)
    independent: int = 0  # the most of any cluster: those of two may be the same
    undetermined: int = 0

    def add(self, claim: Claim, rest: Rest | None) -> None:
        """Add a claim."""
        if claim.stance == "denies" or (claim.polarity == "negative" and claim.stance not in _NO_SIDE):
            self.denied = True
            return
        found = set(_doubts(claim, rest))
        self.doubts |= found
        self.plain |= not found
        self.said |= claim.stance not in _NO_SIDE
        if rest is not None:
            self.denied |= rest.contradicted
            pair = (rest.independent, rest.undetermined)
            self.independent, self.undetermined = max((self.independent, self.undetermined), pair)

    def join(self, other: Weight) -> None:
        """Add all that another one holds."""
        self.plain |= other.plain
        self.said |= other.said
        self.denied |= other.denied
        self.doubts |= other.doubts
        mine, its = (self.independent, self.undetermined), (other.independent, other.undetermined)
        self.independent, self.undetermined = max(mine, its)

    @property
    def standing(self) -> Standing:
        """What they come to."""
        if self.denied:
            return "disputed" if self.said else "denied"
        return "asserted" if self.plain else "unproved"

    @property
    def reasons(self) -> tuple[Doubt, ...]:
        """Why no claim shows it plainly, sorted; nothing where one does."""
        return () if self.plain else tuple(sorted(self.doubts))


def _doubts(claim: Claim, rest: Rest | None) -> Iterator[Doubt]:
    if claim.stance in _NO_SIDE:
        yield _NO_SIDE[claim.stance]
    if claim.stance == "alleges":
        yield "alleged"
    if claim.hedges:
        yield "hedged"
    if _unnamed(claim.attribution) or (rest is not None and rest.unnamed):
        yield "unnamed"
    if rest is not None and not rest.independent:
        yield "undetermined"


def _unnamed(chain: Iterable[Attribution]) -> bool:
    """Say whether it comes from somebody without a name, however well known are those who pass it on."""
    return any(one.role != "publisher" and (one.unnamed or not one.speaker) for one in chain)
