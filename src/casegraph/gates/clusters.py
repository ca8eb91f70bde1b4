"""How right a clustering is, by pairs; and a plain one to hold it against."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TypeVar

from casegraph.gates.stories import root, union
from casegraph.text import fold

T = TypeVar("T", bound=Hashable)

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
_N = 3
_THRESHOLDS = tuple(number / 100 for number in range(2, 100, 2))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of two clusterings of the same things, over pairs of these."""

    precision: float
    recall: float
    ari: float  # adjusted Rand index (Hubert and Arabie 1985): 1 the same, about 0 by chance

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def agreement(found: Mapping[T, Hashable], truth: Mapping[T, Hashable]) -> Agreement:
    """Return how a clustering agrees with the truth; things that it leaves out stand alone."""
    placed = {one: ("found", found[one]) if one in found else ("alone", one) for one in truth}
    together = _pairs(Counter((placed[one], cluster) for one, cluster in truth.items()))
    made, wanted = _pairs(Counter(placed.values())), _pairs(Counter(truth.values()))
    by_chance = made * wanted / comb(len(truth), 2) if len(truth) > 1 else 0.0
    most = (made + wanted) / 2
    return Agreement(
        precision=together / made if made else 1.0,
        recall=together / wanted if wanted else 1.0,
        ari=(together - by_chance) / (most - by_chance) if most != by_chance else 1.0,
    )


def _pairs(sizes: Mapping[Hashable, int]) -> int:
    return sum(comb(size, 2) for size in sizes.values())


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Return the word 3-grams of a text; a Han sign counts as a word."""
    words = _WORD.findall(fold(text))
    return frozenset(tuple(words[place : place + _N]) for place in range(max(1, len(words) - _N + 1)))


def by_words(texts: Mapping[str, str], truth: Mapping[str, Hashable]) -> tuple[Agreement, float]:
    """Return what 3-gram Jaccard and single linkage come to at the threshold that suits the truth best."""
    grams = {name: shingles(text) for name, text in texts.items()}
    alike = sorted(
        ((_jaccard(grams[one], grams[other]), one, other) for one, other in combinations(sorted(grams), 2)),
        reverse=True,
    )
    best, at = agreement({}, truth), 1.0
    for threshold in _THRESHOLDS:
        groups = linked([(one, other) for share, one, other in alike if share >= threshold], list(texts))
        now = agreement(groups, truth)
        if now.f1 > best.f1:
            best, at = now, threshold
    return best, at


def _jaccard(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def linked(pairs: Sequence[tuple[str, str]], names: Sequence[str]) -> dict[str, str]:
    """Return the group of each name, where pairs belong together."""
    parents: dict[str, str] = {}
    for one, other in pairs:
        union(parents, one, other)
    return {name: root(parents, name) for name in names}
