"""Keys that names of one bearer share in any script, and an index of names that finds the nearest."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from casegraph.resolve.matching.parts import Parts, Word, parts
from casegraph.resolve.matching.sounds import skeletons, sounds, units

_COARSE = {
    "p": "p", "b": "p", "f": "f", "v": "f", "t": "t", "d": "t", "s": "s", "z": "s", "c": "s", "S": "s",
    "Z": "s",
    "C": "s", "J": "s", "k": "k", "g": "k", "h": "k", "l": "l", "r": "r", "m": "m", "n": "n",
    "a": "a", "o": "a", "e": "i", "i": "i", "u": "u",
}  # fmt: skip
_MOST_WORDS = 6
_WAYS = 4  # readings of a word that count for the index
_READ = 3  # and for keys


@functools.lru_cache(maxsize=300_000)
def coarse_sounds(word: str) -> tuple[str, ...]:
    """Return a word in coarse sounds by its likeliest readings, the usual one first."""
    found = [""]
    for unit in units(word):
        ways = dict.fromkeys("".join(_COARSE[char] for char in sound) for sound in sounds(unit)[:3])
        found = list(dict.fromkeys(before + way for way in ways for before in found))[: 2 * _WAYS]
    return tuple(dict.fromkeys(re.sub(r"(.)\1+", r"\1", said) for said in found))[:_WAYS]


def keys(name: str, group: str) -> frozenset[str]:
    """Return the keys of a name for a join by equal keys: names of one bearer share one.

    Two words make a key, so that a frequent surname does not join everybody; a name of one word is its own
    key, and so are all words of a name put together. A join leaves keys of too many names out.
    """
    own = parts(name, group)
    numbers = ",".join(sorted(own.numbers))
    words = [word for word in own.words if word.sort in {"name", "patronymic"}][:_MOST_WORDS]
    lead = group[:1]
    found = {f"{lead}|{numbers}|{way}" for way in _together(words)}
    for one, other in combinations(words, 2):
        for a in skeletons(one.text)[:_READ]:
            found |= {f"{lead}|{numbers}|{'+'.join(sorted((a, b)))}" for b in skeletons(other.text)[:_READ]}
    if group == "Person":
        initials = {skeletons(word.text)[0][:1] for word in own.words if skeletons(word.text)}
        found |= {
            f"{lead}|{initial}|{way}"
            for word in words
            for way in skeletons(word.text)[:_READ]
            for initial in initials - {way[:1]}
            if len(way) > 2
        }
        return frozenset(found)
    concepts = {word.concept for word in own.words if word.concept}
    if numbers:
        found |= {f"{lead}|{numbers}|{concept}" for concept in concepts}
        return frozenset(found)
    ways = {way for word in words for way in skeletons(word.text)[:_READ]}
    found |= {f"{lead}||{way}" for way in ways if len(way) > 2}
    found |= {f"{lead}||{way}~{concept}" for way in ways for concept in concepts}
    return frozenset(found)


def _together(words: Sequence[Word]) -> Iterable[str]:
    """Return all words as one, in both orders, by their likeliest readings."""
    ways = [skeletons(word.text)[:_READ] or ("",) for word in words]
    for order in {*product(*ways)} if len(words) <= _READ else [tuple(way[0] for way in ways)]:
        for said in (order, order[::-1]):
            if whole := "".join(said):
                yield re.sub(r"(.)\1+", r"\1", re.sub(r"(?<=.)a", "", whole))


def grams(name: str, group: str) -> Counter[str]:
    """Return what the index knows of a name: pieces of its words in coarse sounds and in letters."""
    own: Parts = parts(name, group)
    found: Counter[str] = Counter()
    for word in own.words:
        if word.concept is not None:
            found[f"c:{word.concept}"] += 1
            continue
        if word.sort == "little":
            continue
        ways = coarse_sounds(word.text)
        for said in ways:
            marked = f"^{said}$"
            found.update(dict.fromkeys((marked[at : at + 3] for at in range(len(marked) - 2)), 1))
        found.update({f"s:{way}": 2 for way in skeletons(word.text)})
        letters = f"^{word.text}$"
        found.update({f"l:{letters[at : at + 3]}": 1 for at in range(len(letters) - 2)})
    whole = "".join(coarse_sounds(word.text)[0] for word in own.words if coarse_sounds(word.text))
    found.update(f"w:{whole[at : at + 3]}" for at in range(len(whole) - 2))
    found.update(f"n:{number}" for number in own.numbers)
    return found


class Index:
    """Names by the pieces of their sounds, weighted by rarity (TF-IDF, cosine); finds the nearest `k`."""

    def __init__(self, names: Sequence[tuple[str, str]]) -> None:
        """Index (name, group) pairs; their places are what `nearest` returns."""
        counts = [grams(name, group) for name, group in names]
        spread = Counter(gram for count in counts for gram in count)
        self._place = {gram: place for place, gram in enumerate(spread)}
        total = max(1, len(names))
        self._rarity = np.array(
            [math.log(1 + total / number) for number in spread.values()], dtype=np.float32
        )
        rows: list[list[int]] = [[] for _ in spread]
        values: list[list[float]] = [[] for _ in spread]
        for number, count in enumerate(counts):
            vector = self._vector(count)
            for place, value in vector.items():
                rows[place].append(number)
                values[place].append(value)
        self._rows = [np.array(row, dtype=np.int32) for row in rows]
        self._values = [np.array(value, dtype=np.float32) for value in values]
        self._size = len(names)

    def _vector(self, count: Counter[str]) -> dict[int, float]:
        known = ((self._place[gram], times) for gram, times in count.items() if gram in self._place)
        vector = {place: min(times, 2) * float(self._rarity[place]) for place, times in known}
        length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        return {place: value / length for place, value in vector.items()}

    def nearest(self, name: str, group: str, k: int = 10) -> list[tuple[int, float]]:
        """Return the places of the `k` nearest names with their cosines, the nearest first."""
        scores: npt.NDArray[np.float32] = np.zeros(self._size, dtype=np.float32)
        for place, value in self._vector(grams(name, group)).items():
            scores[self._rows[place]] += value * self._values[place]
        everything = k >= self._size
        chosen = np.arange(self._size) if everything else np.argpartition(-scores, k)[:k]
        ranked = sorted((-float(scores[place]), int(place)) for place in chosen if scores[place] > 0)
        return [(place, -score) for score, place in ranked]
