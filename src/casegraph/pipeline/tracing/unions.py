"""Groups of what is linked in pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from casegraph.store.spill import SUFFIX, spilled

Numbers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]

_ROWS = 1 << 18
"""Rows of pairs that are looked at together, about: 300 bytes each."""

_HALF = 31  # bits of a number in a pair


class Unions:
    """Union-find over the numbers below `count`; the least of a group stands for it."""

    def __init__(self, count: int) -> None:
        self._over = list(range(count))
        self._sizes = [1] * count
        self._closed: set[int] = set()
        self.refused = 0

    def join(self, pairs: Iterable[tuple[int, int]], most: int) -> None:
        """Join the two of each pair, in order; pairs that would make a group above `most` are counted."""
        for left, right in pairs:
            one, other = self.of(left), self.of(right)
            if one == other:
                continue
            if self._sizes[one] + self._sizes[other] > most:
                self.refused += 1
            else:
                self._link(one, other)

    def join_level(self, pairs: Iterable[tuple[int, int]], most: int) -> None:
        """Join what pairs of one level tie together; levels come one after another, the strongest first.

        What would be above `most` stays in the parts that it was in, which take up nothing any more. So a
        group follows from the pairs that its members have down to its level, whatever else is in the case:
        were pairs refused one by one, one more would decide which of the next ones are, and so on. What was
        larger already takes up nothing and closes nobody. Pairs that are refused are counted.
        """
        links = []
        for left, right in pairs:
            one, other = self.of(left), self.of(right)
            if max(self._sizes[one], self._sizes[other]) <= most:
                links.append((one, other))
            elif one != other:
                self.refused += 1
        place = {one: number for number, one in enumerate(dict.fromkeys(chain.from_iterable(links)))}
        level = Unions(len(place))
        level.join(((place[one], place[other]) for one, other in links), len(place))
        groups: dict[int, list[int]] = {}
        for one, number in place.items():
            groups.setdefault(level.of(number), []).append(one)
        for parts in groups.values():
            if not self._closed.isdisjoint(parts) or sum(self._sizes[one] for one in parts) > most:
                self._closed.update(parts)
        for one, other in links:
            first, second = self.of(one), self.of(other)
            if first == second:
                continue
            if one in self._closed:
                self.refused += 1
            else:
                self._link(first, second)

    def _link(self, one: int, other: int) -> None:
        first, second = min(one, other), max(one, other)
        self._over[second] = first
        self._sizes[first] += self._sizes[second]

    def of(self, one: int) -> int:
        """Return what stands for the group of a number."""
        over = self._over
        while (above := over[one]) != one:
            over[one] = over[above]
            one = above
        return one

    def roots(self) -> Numbers:
        """Return for each number what stands for its group: itself, where it is alone."""
        return np.fromiter(map(self.of, range(len(self._over))), dtype=np.int64, count=len(self._over))


class Bound(NamedTuple):
    """How many members pairs of a score, or better ones, may bring together."""

    least: float
    most: int
    whole: bool = False  # all that pairs of one score tie together or nothing of it: see `join_level`


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of a whole case, each once with its best score, best first: some 100 bytes an id, 40 a pair."""

    ids: pa.Array  # sorted
    left: Numbers  # places in `ids`
    right: Numbers
    score: Scores

    def groups(self, *bounds: Bound) -> tuple[Numbers, int]:
        """Return what stands for the group of each id, and how many pairs were refused.

        `bounds` go from high scores to low ones. Of pairs below all of them nothing is made.
        """
        found = Unions(len(self.ids))
        cuts = [0, *(int(np.searchsorted(-self.score, -bound.least, "right")) for bound in bounds)]
        for (start, end), bound in zip(pairwise(cuts), bounds, strict=True):
            if not bound.whole:
                found.join(self._between(start, end), bound.most)
                continue
            levels = start + 1 + np.flatnonzero(np.diff(self.score[start:end]))
            for first, last in pairwise([start, *levels.tolist(), end]):
                found.join_level(self._between(first, last), bound.most)
        return found.roots(), found.refused

    def _between(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        return zip(self.left[start:end].tolist(), self.right[start:end].tolist(), strict=True)


def read_pairs(folder: Path) -> Pairs:
    """Return the pairs that the steps of a part have written, `left`, `right` and `score` each."""
    ids, held = pa.array([], pa.string()), _Best()
    for table in _batches(folder, ("left", "right", "score")):
        both = [one for name in ("left", "right") for one in table.column(name).chunks]
        told = pa.concat_arrays(both).dictionary_encode()
        place = pc.index_in(told.dictionary, value_set=ids)
        fresh = np.asarray(place.is_null())
        number = _numbers(place.fill_null(0))
        number[fresh] = len(ids) + np.arange(fresh.sum())
        ids = pa.concat_arrays([ids, told.dictionary.filter(pa.array(fresh))])
        ends = number[_numbers(told.indices)]
        held.add(ends[: table.num_rows], ends[table.num_rows :], table.column("score").to_numpy())
    left, right, score = held.best()
    by_id = pc.array_sort_indices(ids)
    place = np.empty(len(ids), dtype=np.int64)
    place[_numbers(by_id)] = np.arange(len(ids))
    left, right = place[left], place[right]
    order = np.lexsort((right, left, -score))
    return Pairs(ids.take(by_id), left[order], right[order], score[order])


def _batches(folder: Path, columns: Sequence[str]) -> Iterator[pa.Table]:
    """Yield the rows of a folder's files, several of them together."""
    held: list[pa.Table] = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        held += spilled([path], columns=columns)
        if sum(table.num_rows for table in held) >= _ROWS:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def _numbers(found: Any) -> Numbers:  # noqa: ANN401 - pyarrow has no types
    return np.array(found.to_numpy(zero_copy_only=False), dtype=np.int64)


class _Best:
    """The best score of each pair of numbers below two billion."""

    def __init__(self) -> None:
        self._keys: list[Numbers] = []
        self._scores: list[Scores] = []

    def add(self, left: Numbers, right: Numbers, score: Scores) -> None:
        """Take up pairs."""
        self._keys.append((left << _HALF) | right)
        self._scores.append(np.asarray(score, dtype=np.float64))
        if sum(map(len, self._keys[1:])) > max(_ROWS, len(self._keys[0])):
            self._melt()

    def best(self) -> tuple[Numbers, Numbers, Scores]:
        """Return each pair with its best score."""
        self._melt()
        return self._keys[0] >> _HALF, self._keys[0] & ((1 << _HALF) - 1), self._scores[0]

    def _melt(self) -> None:
        keys = np.concatenate([np.zeros(0, np.int64), *self._keys])
        scores = np.concatenate([np.zeros(0), *self._scores])
        if not len(keys):
            self._keys, self._scores = [keys], [scores]
            return
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
        self._keys, self._scores = [keys[starts]], [np.maximum.reduceat(scores[order], starts)]
