"""Typed claims on other people's annotated text: `casegraph gate relations-shared`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from casegraph.errors import MissingPartError
from casegraph.gates.attribute import find_claims
from casegraph.gates.borrowed import Item, Marked, load
from casegraph.gates.gold import GoldItem
from casegraph.gates.relations import Typed, same_name
from casegraph.gates.spans import Score
from casegraph.model import ROLES

_SYMMETRIC = frozenset({"family", "associate", "link", "identity", "event"})
Reading = tuple[str, str, str]
"""A kind of claim and the roles of a label's first and second party in it."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a label of a data set compares with; see the head of the mapping file."""

    readings: tuple[Reading, ...]
    open: frozenset[str]
    counted: bool


@dataclass(slots=True)
class Tally:
    """Precision and recall apart: a claim may be right by a label that nobody counts as wanted."""

    claims: dict[str, Score] = field(default_factory=dict)
    labels: dict[str, Score] = field(default_factory=dict)

    def figures(self, name: str) -> dict[str, float]:
        """Return precision, recall and F1 by kind and over all, and how many of each there were."""
        found: dict[str, float] = {}
        for kind in sorted(self.claims.keys() | self.labels.keys()):
            claims, labels = self.claims.get(kind, Score()), self.labels.get(kind, Score())
            found |= _parts(f"{name}.{kind}", claims, labels)
        return found | _parts(name, _sum(self.claims.values()), _sum(self.labels.values()))


def gate(folder: Path, *, held_out: bool = False) -> dict[str, float]:
    """Return the figures over samples of the sets that `folder`/mapping.toml names.

    `held_out` measures the half of each set that nobody looks at. Raises MissingPartError where the data
    are not beside the checkout.
    """
    data = folder.resolve().parents[2] / "shared" / "data" / "relations"
    if not data.is_dir():
        raise MissingPartError("other people's data are not in ../shared/data/relations")
    found: dict[str, float] = {}
    for name, table in load_mapping(folder).items():
        tally = Tally()
        for item in load(data, name, table["sample"], held_out=held_out):
            count(item, claims_of(item), table["labels"], tally, judged=frozenset(table["judged"]))
        found |= tally.figures(name)
    return found


def load_mapping(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the mapping file by data set, its labels as `Label`; ValueError for a senseless reading."""
    sets: dict[str, dict[str, Any]] = tomllib.loads((folder / "mapping.toml").read_text(encoding="utf-8"))
    for table in sets.values():
        table["labels"] = {
            name: Label(
                tuple(_reading(words) for words in row["as"]),
                frozenset(row.get("open", ())),
                bool(row["as"]) and row.get("counted", True),
            )
            for name, row in table["labels"].items()
        }
    return sets


def _reading(words: str) -> Reading:
    kind, first, second = words.split()
    if not {first, second} <= set(dict(ROLES).get(kind, ())):
        raise ValueError(f"{words!r}: no such roles")
    return kind, first, second


def claims_of(item: Item) -> list[Typed]:
    """Return the typed claims that the stages make of an item."""
    made = find_claims(GoldItem(item.id, "shared", item.text, (), language=item.language))
    return [claim for claim in made if claim.kind != "statement"]


def count(
    item: Item, claims: Sequence[Typed], labels: Mapping[str, Label], tally: Tally, *, judged: frozenset[str]
) -> None:
    """Count an item's labels that some claim states, and the claims of judged kinds between two parties."""
    said = [(claim.kind, pair) for claim in claims for pair in _pairs(claim)]
    for kind, right in _judged(item, (one for one in said if one[0] in judged), labels):
        tally.claims.setdefault(kind, Score()).add(int(right), 1, 0)
    seen: set[tuple[int, int, str]] = set()
    for relation in item.relations:
        label = labels.get(relation.label)
        if label is None or not label.counted or not relation.together:
            continue
        kind = label.readings[0][0]
        ends = (relation.first, relation.second)
        key = (min(ends), max(ends), kind) if kind in _SYMMETRIC else (*ends, kind)
        if key in seen:
            continue  # spouse is told from both sides
        seen.add(key)
        right = any(_states(said_kind, pair, item, relation, label) for said_kind, pair in said)
        tally.labels.setdefault(kind, Score()).add(int(right), 0, 1)


Pair = dict[str, str]


def _pairs(claim: Typed) -> Iterator[Pair]:
    """Yield each two of a claim's named roles as role to name; of an event each two participants."""
    if claim.kind == "event":
        people = claim.roles.get("participants") or ()
        for one, other in combinations(people if isinstance(people, tuple) else (people,), 2):
            yield {"participants": one.name, "other": other.name}
        return
    named = [(role, filler.name) for role, filler in claim.roles.items() if filler is not None]
    for one, other in combinations(named, 2):
        yield dict((one, other))


def _judged(
    item: Item, said: Iterable[tuple[str, Pair]], labels: Mapping[str, Label]
) -> Iterator[tuple[str, bool]]:
    """Yield kind and verdict of each claim between two different parties, each pair once a kind."""
    compared = {(kind, *sorted(ends)) for label in labels.values() for kind, *ends in label.readings}
    done: set[tuple[str, frozenset[int]]] = set()
    for kind, pair in said:
        roles = ("participants", "participants") if kind == "event" else tuple(sorted(pair))
        if (kind, *roles) not in compared:
            continue
        places = [_party(item, name) for name in pair.values()]
        if not all(places) or places[0] & places[1]:
            continue
        key = (kind, frozenset(places[0] | places[1]))
        if key in done:
            continue
        done.add(key)
        between = [
            relation for relation in item.relations
            if (relation.first in places[0] and relation.second in places[1])
            or (relation.first in places[1] and relation.second in places[0])
        ]  # fmt: skip
        known = [(relation, labels[relation.label]) for relation in between if relation.label in labels]
        right = any(_states(kind, pair, item, relation, label) for relation, label in known)
        if right or not any(kind in label.open for _, label in known):
            yield kind, right


def _party(item: Item, name: str) -> set[int]:
    """Return the parties that a name may be: by equal names, else by their heads."""
    for strict in (True, False):
        found = {
            place for place, names in enumerate(item.parties)
            if any(same_name(name, other, strict=strict) for other in names)
        }  # fmt: skip
        if found:
            return found
    return set()


def _states(kind: str, pair: Pair, item: Item, relation: Marked, label: Label) -> bool:
    """Return whether a claim between two names is what the label says of its parties, direction included."""
    for wanted, first, second in label.readings:
        if kind != wanted:
            continue
        if kind in _SYMMETRIC:
            one, other = pair.values()
            if _are(item, relation, one, other) or _are(item, relation, other, one):
                return True
        elif first in pair and second in pair and _are(item, relation, pair[first], pair[second]):
            return True
    return False


def _are(item: Item, relation: Marked, first: str, second: str) -> bool:
    return relation.first in _party(item, first) and relation.second in _party(item, second)


def _sum(scores: Iterable[Score]) -> Score:
    total = Score()
    for score in scores:
        total.add(score.right, score.found, score.wanted)
    return total


def _parts(name: str, claims: Score, labels: Score) -> dict[str, float]:
    """Return the figures that something was counted for."""
    found: dict[str, float] = {}
    if claims.found:
        found[f"{name}.precision"] = claims.precision
    if labels.wanted:
        found[f"{name}.recall"] = labels.recall
    if len(found) > 1:
        total = claims.precision + labels.recall
        found[f"{name}.f1"] = 2 * claims.precision * labels.recall / total if total else 0.0
    return found
