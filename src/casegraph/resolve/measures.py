"""How right a clustering is beside the truth: pairs of records that are put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TypeVar

Record = TypeVar("Record", bound=Hashable)


def pairwise(truth: Mapping[Record, Hashable], found: Mapping[Record, Hashable]) -> dict[str, float]:
    """Return pairwise precision, recall and F1 of `found`, and the number of wrong pairs as `false`.

    Pairs are of different records of which `found` says something; see Menestrina et al. (2010), Evaluating
    entity resolution results.
    """
    made = _pairs(Counter(found.values()))
    wanted = _pairs(Counter(truth[one] for one in found))
    right = _pairs(Counter((truth[one], cluster) for one, cluster in found.items()))
    precision = right / made if made else 1.0
    recall = right / wanted if wanted else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "false": float(made - right)}


def _pairs(sizes: Counter[Hashable]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
