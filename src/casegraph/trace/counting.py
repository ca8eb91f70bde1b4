"""How many of the origins behind a claim are independent of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

_MOST_STEPS = 20_000


def largest(keys: Iterable[str], independent: frozenset[frozenset[str]]) -> tuple[str, ...]:
    """Return the largest set of keys of which each two are independent, the first of them in order.

    After many steps the largest found so far: a lower bound.
    """
    ordered = sorted(keys)
    best: tuple[str, ...] = ()
    stack: list[tuple[tuple[str, ...], tuple[str, ...]]] = [((), tuple(ordered))]
    for _ in range(_MOST_STEPS):
        if not stack:
            break
        chosen, left = stack.pop()
        if len(chosen) > len(best):
            best = chosen
        if len(chosen) + len(left) <= len(best) or not left:
            continue
        first, rest = left[0], left[1:]
        stack.append((chosen, rest))
        stack.append(((*chosen, first), tuple(key for key in rest if frozenset((first, key)) in independent)))
    return best


def groups(keys: Iterable[str], dependent: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Return the keys in groups of those that are shown to depend on each other, through others too."""
    of = {key: key for key in sorted(keys)}

    def root(key: str) -> str:
        while of[key] != key:
            key = of[key]
        return key

    for pair in dependent:
        one, other = sorted(root(key) for key in pair)
        of[other] = one
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key in of:
        found[root(key)].add(key)
    return [frozenset(found[key]) for key in sorted(found)]
