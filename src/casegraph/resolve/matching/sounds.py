"""Words as sounds that all scripts and spellings share, and how far apart two words sound."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from importlib.resources import files
from typing import Any

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

from casegraph.resolve.matching.chinese import is_han, readings_of

Units = tuple[str, ...]

_VOWELS = frozenset("aeiou")
_OTHER_READING = 0.12  # what a second or later reading of a letter costs
_LONGEST = 7
_HOPELESS = 0.34  # usual sounds in common below which readings of single letters bring nothing
_ABJAD = re.compile(r"[\u0590-\u05ff\u0600-\u06ff]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")


@functools.cache
def _data() -> dict[str, Any]:
    text = files("casegraph.resolve.matching").joinpath("sounds.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@functools.cache
def _letters() -> dict[str, tuple[str, ...]]:
    data = _data()
    return {unit: tuple(sounds) for table in ("latin", "cyrillic") for unit, sounds in data[table].items()}


@functools.cache
def _near() -> dict[tuple[str, str], float]:
    pairs = {tuple(pair): cost for pair, cost in _data()["near"].items()}
    return {key: cost for (a, b), cost in pairs.items() for key in ((a, b), (b, a))}


def script(word: str) -> str:
    """Return `han`, `cyrillic`, `abjad`, `latin` or `other`, by the first letter that tells."""
    for char in word:
        if is_han(char):
            return "han"
        if _CYRILLIC.match(char):
            return "cyrillic"
        if _ABJAD.match(char):
            return "abjad"
        if char.isalpha():
            return "latin" if "LATIN" in unicodedata.name(char, "") else "other"
    return "latin"


@functools.lru_cache(maxsize=200_000)
def units(word: str) -> Units:
    """Return a word's spelling units: letters and digraphs, or Chinese characters.

    Other scripts go through their ASCII form first. Doubled letters are one.
    """
    letters = _letters()
    text = unicodedata.normalize("NFC", word.lower())
    if script(text) in {"abjad", "other"}:
        text = anyascii(text).lower()
    found: list[str] = []
    place = 0
    while place < len(text):
        for size in range(min(_LONGEST, len(text) - place), 0, -1):
            piece = text[place : place + size]
            if piece in letters or (size == 1 and is_han(piece)):
                break
        if piece not in letters and not is_han(piece):
            bare = "".join(c for c in anyascii(piece).lower() if c in letters)
            found += [c for c in bare if not found or found[-1] != c]
        elif is_han(piece) or not found or found[-1] != piece:
            found.append(piece)
        place += len(piece)
    return tuple(found)


@functools.lru_cache(maxsize=50_000)
def sounds(unit: str) -> tuple[str, ...]:
    """Return the sounds that a unit may stand for, the usual one first."""
    return readings_of(unit) if is_han(unit[0]) else _letters()[unit]


def first_sounds(word: str) -> str:
    """Return the usual sounds of a word, doubled ones as one."""
    return re.sub(r"(.)\1+", r"\1", "".join(sounds(unit)[0] for unit in units(word)))


@functools.lru_cache(maxsize=500_000)
def _sound_cost(a: str, b: str) -> float:
    """Return the weighted edit distance of two strings of sounds."""
    if a == b:
        return 0.0
    near = _near()
    above = [0.0]
    for y in b:
        above.append(above[-1] + _loss(y))
    for x in a:
        row = [above[0] + _loss(x)]
        for place, y in enumerate(b, 1):
            other = 0.6 if x in _VOWELS and y in _VOWELS else 1.0
            swap = 0.0 if x == y else near.get((x, y), other)
            row.append(min(above[place - 1] + swap, above[place] + _loss(x), row[-1] + _loss(y)))
        above = row
    return above[-1]


def _loss(sound: str) -> float:
    return 0.45 if sound in _VOWELS else 0.4 if sound == "h" else 0.9


@functools.lru_cache(maxsize=1_000_000)
def _unit_cost(a: Units, b: Units) -> float:
    """Return what it costs that some units of one word sound as those of another."""
    if a == b:
        return 0.0
    best = 9.0
    for first, one in _readings(a):
        for second, other in _readings(b):
            best = min(best, first + second + _sound_cost(one, other))
    return best


@functools.lru_cache(maxsize=200_000)
def _readings(many: Units) -> tuple[tuple[float, str], ...]:
    found = [(0.0, "")]
    for unit in many:
        found = [
            (cost + (_OTHER_READING if place else 0.0), said + sound)
            for cost, said in found
            for place, sound in enumerate(sounds(unit))
        ]
    return tuple(sorted(found)[:6])


@functools.lru_cache(maxsize=500_000)
def distance(a: Units, b: Units) -> float:
    """Return the least cost of sounding one word as another, unit by unit."""
    han = any(is_han(unit[0]) for unit in a), any(is_han(unit[0]) for unit in b)
    if han[0] and not han[1]:
        a, b, han = b, a, (han[1], han[0])
    widest = 4 if han[1] and not han[0] else 2
    steps = [(1, 1), (1, 0), (0, 1), *((size, 1) for size in range(2, widest + 1))]
    if widest == 2:
        steps.append((1, 2))
    table = [[9e9] * (len(b) + 1) for _ in range(len(a) + 1)]
    table[0][0] = 0.0
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            here = table[i][j]
            if here > 8.0:
                continue
            for down, right in steps:
                if i + down <= len(a) and j + right <= len(b):
                    cost = here + _unit_cost(a[i : i + down], b[j : j + right])
                    table[i + down][j + right] = min(table[i + down][j + right], cost)
    return table[-1][-1]


@functools.lru_cache(maxsize=500_000)
def alike(one: str, other: str) -> float:
    """Return how alike two words sound, 0 to 1. Vowels that an abjad leaves unwritten cost little."""
    if one == other:
        return 1.0
    a, b = units(one), units(other)
    if not a or not b:
        return 0.0
    if "abjad" in {script(one), script(other)}:
        return _abjad_alike(_consonants(one), _consonants(other))
    length = (_length(a) + _length(b)) / 2
    if min(_length(a), _length(b)) * 2.2 < max(_length(a), _length(b)):
        return 0.0
    if not is_han(one[0]) and not is_han(other[0]):  # the whole computation is twenty times as dear
        rough = Levenshtein.normalized_similarity(_consonants(one), _consonants(other))
        if rough < _HOPELESS:
            return rough
    return max(0.0, 1.0 - distance(a, b) / max(length, 2.0))


def _abjad_alike(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    return max(0.0, 0.97 - _sound_cost(one, other) / max(2.0, (len(one) + len(other)) / 2))


@functools.lru_cache(maxsize=200_000)
def _consonants(word: str) -> str:
    return "".join(sound for sound in first_sounds(word) if sound not in _VOWELS)


@functools.lru_cache(maxsize=200_000)
def _length(many: Units) -> float:
    return float(sum(max(1, len(sounds(unit)[0])) for unit in many))
