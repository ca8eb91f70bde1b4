"""Names of one bearer told from look-alikes: `casegraph gate resolve`."""

from __future__ import annotations

from pathlib import Path

from casegraph.bench.name_pairs import load_pairs, rates, scored
from casegraph.bench.resolving import rates as rates_of_case
from casegraph.resolve.base import Party
from casegraph.resolve.matching.score import score

PROPOSED = 0.7
MENTIONS = 6000
"""Of a made case whose truth is known: its figures begin with `case`."""


def gate(folder: Path) -> dict[str, float]:
    """Return precision, recall and F1 at a score of .70 over all, by group and by scripts.

    `false.merged` counts pairs of two bearers that would be merged without asking a person.
    """
    pairs = load_pairs(folder / "pairs.jsonl")
    found: dict[str, float] = {}
    for kind in ("Person", "Organization"):
        found |= named(kind.lower(), rates(scored(pair for pair in pairs if pair.group == kind), PROPOSED))
    across = [pair for pair in pairs if pair.one.isascii() != pair.other.isascii()]
    found |= named("across-scripts", rates(scored(across), PROPOSED))
    found |= named("pairs", rates(scored(pairs), PROPOSED))
    merged = [
        pair.same
        for pair in pairs
        if score(Party(pair.group, (pair.one,)), Party(pair.group, (pair.other,))).outcome == "same"
    ]
    case = rates_of_case(MENTIONS, seed=2 if folder.name == "heldout" else 1)
    found |= {
        f"false.case.{name.partition('.')[2]}" if name.startswith("false.") else f"case.{name}": value
        for name, value in case.items()
        if name != "joined"
    }
    found["merged.precision"] = sum(merged) / len(merged) if merged else 1.0
    found["merged.recall"] = sum(merged) / sum(pair.same for pair in pairs)
    return found | {"false.merged": float(len(merged) - sum(merged))}


def named(name: str, figures: dict[str, float]) -> dict[str, float]:
    """Return figures under a name; false matches are a ceiling and so begin with `false`."""
    return {
        f"false.{name}" if part == "false" else f"{name}.{part}": value for part, value in figures.items()
    }
