"""Pairs of names that are one bearer's or not, from our own gold set and from other people's."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from casegraph.resolve.matching.score import names_score
from casegraph.resolve.names import group

PARTS = 2


@dataclass(frozen=True, slots=True)
class NamePair:
    """Two names of a schema group, and whether they name one bearer."""

    group: str
    one: str
    other: str
    same: bool


def part(key: str) -> int:
    """Return the half of a data set that an item is in, for good: 0 to look at, 1 not to."""
    return hashlib.sha256(key.encode()).digest()[-1] % PARTS


def load_pairs(path: Path) -> list[NamePair]:
    """Return the pairs of a JSON Lines file of our own."""
    return [NamePair(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line]


def shared_pairs(data: Path, *, held_out: bool) -> list[NamePair]:
    """Return one half of name_pairs.csv."""
    with (data / "name_pairs.csv").open(encoding="utf-8", newline="") as lines:
        return [
            NamePair(group(row["schema"]), row["name1"], row["name2"], row["is_match"] == "true")
            for row in csv.DictReader(lines)
            if part(f"{row['name1']}|{row['name2']}") == int(held_out)
        ]


def rates(scores: Iterable[tuple[float, bool]], threshold: float) -> dict[str, float]:
    """Return precision, recall and F1 of scores at a threshold, and the count of false matches."""
    right = found = wanted = 0
    for score, same in scores:
        found += score >= threshold
        wanted += same
        right += same and score >= threshold
    precision = right / found if found else 1.0
    recall = right / wanted if wanted else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "false": float(found - right)}


def scored(pairs: Iterable[NamePair]) -> list[tuple[float, bool]]:
    """Return our score of each pair beside the truth."""
    return [(names_score(pair.one, pair.other, pair.group)[0], pair.same) for pair in pairs]
