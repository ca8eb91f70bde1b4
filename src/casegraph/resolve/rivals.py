"""Which pairs of the matcher may be joined without a person: those that have no rival."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from casegraph.model import MatchOutcome

Pair = tuple[str, str]

RIVAL = 0.8
"""A score at which another candidate is one that may be meant as well."""

DOUBTED = 0.9
"""A score from which only a doubt makes a proposal: homophones and lone surnames are no rivals."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Two entities that the matcher has compared, the one named less often first, and its findings."""

    one: str
    other: str
    score: float
    outcome: MatchOutcome


def without_rivals(pairs: Iterable[Scored], last: Callable[[str], str]) -> Iterator[Pair]:
    """Yield the pairs to be joined, the surest first; `last` says what earlier rules made of an entity.

    A rival of a pair is a third entity that fits one of the two as well (at .8 or more, but for what is only
    doubted) and not the other: a short form, such as a name with an initial, fits both.
    """
    best: dict[Pair, Scored] = {}
    vetoed: set[Pair] = set()
    for pair in pairs:
        one, other = last(pair.one), last(pair.other)
        sides = _sides(one, other)
        if pair.outcome == "vetoed":
            vetoed.add(sides)
        elif one != other and (sides not in best or _rank(pair) > _rank(best[sides])):
            best[sides] = Scored(one, other, pair.score, pair.outcome)
    near: dict[str, set[str]] = {}
    fits: dict[str, set[str]] = {}
    for one, other in best.keys() - vetoed:
        pair = best[one, other]
        for a, b in ((one, other), (other, one)):
            fits.setdefault(a, set()).add(b)
            if pair.outcome != "proposal" or RIVAL <= pair.score < DOUBTED:
                near.setdefault(a, set()).add(b)
    ranked = sorted(best.items(), key=lambda item: (*(-value for value in _rank(item[1])), item[0]))
    for (one, other), pair in ranked:
        if pair.outcome == "proposal" or (one, other) in vetoed:
            continue
        alone = near[one] - {other} <= fits[other] and near[other] - {one} <= fits[one]
        if pair.outcome == "sure" or alone:
            yield pair.one, pair.other


def open_pairs(pairs: Iterable[Scored], last: Callable[[str], str], judged: Iterable[Pair]) -> set[Pair]:
    """Return the pairs that are neither joined nor held apart by numbers nor by a person's word."""
    found = {_sides(last(one.one), last(one.other)) for one in pairs if one.outcome != "vetoed"}
    return {pair for pair in found if pair[0] != pair[1]} - {_sides(last(a), last(b)) for a, b in judged}


def _sides(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _rank(pair: Scored) -> tuple[float, float]:
    return {"sure": 2.0, "same": 1.0}.get(pair.outcome, 0.0), pair.score
