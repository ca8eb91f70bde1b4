"""What people say of pairs of entities, put together: classes of the same, sides that are held apart.

The last word on a pair holds. "Same" is transitive; "not the same" between two members of two classes holds
the classes apart, and no rule of the machine joins what it parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from casegraph.model import Judgement

Pair = tuple[str, str]


@dataclass(frozen=True)
class Judged:
    """The pairs that people hold to be the same and those that they hold apart, in the order said."""

    same: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()


def standing(judgements: Iterable[Judgement]) -> dict[Pair, Judgement]:
    """Return the last word on each pair, in the order in which they were said; those undone are left out."""
    found: dict[Pair, Judgement] = {}
    for one in judgements:
        found.pop(one.pair, None)
        if one.judgement != "no_judgement":
            found[one.pair] = one
    return found


def judged(judgements: Iterable[Judgement]) -> Judged:
    """Return what holds. A "same" that contradicts an older "not the same" by way of others is left out."""
    said = standing(judgements).values()
    apart = tuple(one.pair for one in said if one.judgement == "negative")
    sides = Sides(apart)
    same = tuple(one.pair for one in said if one.judgement == "positive" and sides.join(*one.pair))
    return Judged(same, apart)


def contradicted(judgements: Iterable[Judgement], new: Judgement) -> Judgement | None:
    """Return an older judgement that a new one contradicts by way of others, None if there is none.

    What was said of the same pair is no contradiction: the new word takes its place.
    """
    older = standing(judgements)
    older.pop(new.pair, None)
    same = [one for one in older.values() if one.judgement == "positive"]
    sides = Sides()
    for one in same:
        sides.join(*one.pair)
    if new.judgement == "negative":
        root = sides.root(new.left)
        if root != sides.root(new.right):
            return None
        return next(one for one in reversed(same) if sides.root(one.left) == root)
    if new.judgement == "positive":
        sides.join(*new.pair)
        for one in older.values():
            if one.judgement == "negative" and sides.root(one.left) == sides.root(one.right):
                return one
    return None


@dataclass
class Sides:
    """Entities that become one; pairs that people hold apart, and identifiers that do (`kind:value`)."""

    apart: Iterable[Pair] = ()
    identifiers: Mapping[str, Iterable[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Lay the pairs down by entity."""
        self._parent: dict[str, str] = {}
        self._numbers = {one: by_kind(own) for one, own in self.identifiers.items()}
        self._enemies: dict[str, set[str]] = {}
        for one, other in self.apart:
            self._enemies.setdefault(one, set()).add(other)
            self._enemies.setdefault(other, set()).add(one)

    def root(self, one: str) -> str:
        """Return the entity that stands for this one's side."""
        path = []
        while (parent := self._parent.get(one, one)) != one:
            path.append(one)
            one = parent
        for passed in path:
            self._parent[passed] = one
        return one

    def allowed(self, one: str, other: str) -> bool:
        """Say whether nothing holds two sides apart."""
        a, b = self.root(one), self.root(other)
        if a == b:
            return True
        if differing(self._numbers.get(a, {}), self._numbers.get(b, {})) is not None:
            return False
        return all(self.root(enemy) != b for enemy in self._enemies.get(a, ()))

    def join(self, one: str, other: str, *, anyway: bool = False) -> bool:
        """Make two sides one and return True, unless they are held apart; `anyway`: whatever holds them."""
        if not anyway and not self.allowed(one, other):
            return False
        a, b = self.root(one), self.root(other)
        if a != b:
            self._parent[a] = b
            for kind, values in self._numbers.pop(a, {}).items():
                of_kind = self._numbers.setdefault(b, {}).setdefault(kind, set())
                of_kind |= values
            if a in self._enemies:
                self._enemies.setdefault(b, set()).update(self._enemies.pop(a))
        return True


def by_kind(identifiers: Iterable[str]) -> dict[str, set[str]]:
    """Return identifiers of the form `kind:value` by kind."""
    found: dict[str, set[str]] = {}
    for one in identifiers:
        kind, _, value = one.partition(":")
        found.setdefault(kind, set()).add(value)
    return found


def differing(one: Mapping[str, set[str]], other: Mapping[str, set[str]]) -> str | None:
    """Return a kind of which both have identifiers and share none, None if there is no such kind."""
    return next((kind for kind in sorted(one) if kind in other and not one[kind] & other[kind]), None)


def classes(same: Iterable[Pair]) -> Iterator[tuple[str, str]]:
    """Yield each entity of which "same" is said, with the name of its class."""
    sides = Sides()
    members: dict[str, None] = {}
    for one, other in same:
        sides.join(one, other)
        members |= dict.fromkeys((one, other))
    least: dict[str, str] = {}
    for one in members:
        root = sides.root(one)
        least[root] = min(one, least.get(root, one))
    for one in members:
        yield one, least[sides.root(one)]
