"""Scorers of other packages: those of entry point `casegraph.scorers`, asked beside ours."""

from __future__ import annotations

import functools
from dataclasses import replace

from casegraph.model import Reason
from casegraph.registry import collect
from casegraph.resolve.base import Match, Party, Scorer

_RANKS = {"different": 0, "proposal": 1, "same": 2}
_DECIDED = frozenset({"identifier", "group", "number_differs"})
"""Features by which ours decides alone: numbers, and what is of two kinds."""


@functools.cache
def outside() -> tuple[Scorer, ...]:
    """Return the scorers of installed packages by the names of their entry points; ours is not among them."""
    return collect("casegraph.scorers", ())


class ScorerError(ValueError):
    """A scorer gave what is no match."""


def asked(scorer: Scorer, one: Party, other: Party) -> Match:
    """Return what a scorer makes of two parties; raises what it raises, ScorerError for what is no match."""
    found = scorer.score(one, other)
    told: object = found
    if not isinstance(told, Match) or told.outcome not in _RANKS or not 0.0 <= told.score <= 1.0:
        raise ScorerError
    reasons = (_named_by(reason, scorer.name) for reason in found.reasons)
    return replace(found, reasons=tuple(reasons))


def decided(found: Match) -> bool:
    """Say whether nobody else is to be asked."""
    return any(reason.feature in _DECIDED for reason in found.reasons)


def stronger(found: Match, other: Match) -> Match:
    """Return the match that goes further, with the reasons of both where both find something."""
    first, second = sorted((found, other), key=lambda one: (-_RANKS[one.outcome], -one.score))
    kept = second.reasons if second.outcome != "different" else ()
    return replace(first, reasons=(*first.reasons, *kept))


def _named_by(reason: Reason, scorer: str) -> Reason:
    """Return a reason that names its scorer."""
    return Reason(f"{scorer}: {reason.feature}", reason.weight, reason.words)
