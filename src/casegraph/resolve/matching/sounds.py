"""Words as sounds that all scripts and spellings share, and how far apart two words sound."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from heapq import heappop, heappush
from importlib.resources import files
from typing import Any

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

from casegraph.resolve.matching.chinese import is_han, readings_of
from casegraph.resolve.matching.transcribed import letters_of

Units = tuple[str, ...]

_VOWELS = frozenset("aeiou")
_OTHER_READING = 0.12  # what a second or later reading of a letter costs
_EDGE = 0.95
_WAYS = 6  # readings of a word that count
_LEARNED = 3  # of the letters that a Chinese character is known to stand for
_DOUBLED = re.compile(r"(.)\1+")
_FAR = 9.0
_LIGHT = 0.4  # what a consonant too many costs at least
_LEAST = 0.2  # what two sounds cost at least that are not the same
_UNLIKE = 0.6  # likeness below which words are two, whatever else is said of them
_HOPELESS_HAN = 0.6
_HOPELESS = 0.6  # classes of consonants in common below which readings of single letters bring nothing
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
        if char.isascii():
            if char.isalpha():
                return "latin"
            continue
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
    for piece in _pieces().findall(text):
        if piece in letters:
            if not found or found[-1] != piece:
                found.append(piece)
        elif is_han(piece):
            found.append(piece)
        else:
            bare = "".join(c for c in anyascii(piece).lower() if c in letters)
            found += [c for c in bare if not found or found[-1] != c]
    return tuple(found)


@functools.cache
def _pieces() -> re.Pattern[str]:
    """Return what cuts a word into spelling units, the longest first."""
    ordered = sorted(_letters(), key=lambda unit: (-len(unit), unit))
    return re.compile("|".join(map(re.escape, ordered)) + "|.", re.DOTALL)


@functools.lru_cache(maxsize=50_000)
def sounds(unit: str) -> tuple[str, ...]:
    """Return the sounds that a unit may stand for, the usual one first."""
    return readings_of(unit) if is_han(unit[0]) else _letters()[unit]


def first_sounds(word: str) -> str:
    """Return the usual sounds of a word, doubled ones as one."""
    return re.sub(r"(.)\1+", r"\1", "".join(sounds(unit)[0] for unit in units(word)))


_SOUNDS = "pbfvtdszcSZCJkghlrmnaeiou"
_COARSE = {
    "p": "p", "b": "p", "f": "f", "v": "f", "t": "t", "d": "t", "s": "s", "z": "s", "c": "s", "S": "s",
    "Z": "s", "C": "s", "J": "s", "k": "k", "g": "k", "h": "k", "l": "l", "r": "r", "m": "m", "n": "n",
}  # fmt: skip
"""Classes of consonants that one alphabet or ear takes for another."""


@functools.lru_cache(maxsize=100_000)
def _coarse(unit: str) -> tuple[tuple[str, bool], ...]:
    """Return the classes of a unit's consonants by its readings, and whether each begins with a vowel."""
    ways = sounds(unit)
    if is_han(unit[0]):
        ways = (ways[0], *(first_sounds(letters) for letters in letters_of(unit)[:_LEARNED]), *ways[1:])
    return tuple(
        dict.fromkeys(
            ("".join(_COARSE.get(sound, "") for sound in said), said[:1] in _VOWELS) for said in ways
        )
    )


@functools.lru_cache(maxsize=300_000)
def skeletons(word: str) -> tuple[str, ...]:
    """Return a word's consonants by class, "a" before them for a vowel, by its likeliest readings, at most 6.

    A unit has one reading throughout a word, as a scheme of transliteration has it.
    """
    ways: list[tuple[int, str, dict[str, str]]] = [(0, "", {})]
    for place, unit in enumerate(units(word)):
        readings = _coarse(unit)[:3]
        if len(readings) == 1:
            more = ("a" if place == 0 and readings[0][1] else "") + readings[0][0]
            ways = [(cost, said + more, chosen) for cost, said, chosen in ways] if more else ways
            continue
        following: list[tuple[int, str, dict[str, str]]] = []
        for cost, said, chosen in ways:
            if unit in chosen:
                following.append((cost, said + chosen[unit], chosen))
                continue
            for rank, (coarse, vowel) in enumerate(readings):
                lead = "a" if place == 0 and vowel else ""
                following.append((cost + rank, said + lead + coarse, chosen | {unit: coarse}))
        ways = sorted(following, key=lambda way: way[0])[:_WAYS]
    return tuple(dict.fromkeys(_DOUBLED.sub(r"\1", said) for _, said, _ in ways if said))


@functools.lru_cache(maxsize=500_000)
def _sound_cost(a: str, b: str) -> float:
    """Return the weighted edit distance of two strings of sounds."""
    if a == b:
        return 0.0
    swaps, losses = _swaps(), _losses()
    above = [0.0]
    for y in b:
        above.append(above[-1] + losses[y])
    for x in a:
        swap, loss = swaps[x], losses[x]
        before, here = above[0], above[0] + loss
        row = [here]
        for place, y in enumerate(b, 1):  # comparisons, since `min` takes half of the time of the whole
            there = above[place]
            cost, other = before + swap[y], there + loss
            here += losses[y]
            here = min(here, other)
            here = min(here, cost)
            before = there
            row.append(here)
        above = row
    return above[-1]


@functools.cache
def _losses() -> dict[str, float]:
    return {sound: _loss(sound) for sound in _SOUNDS}


@functools.cache
def _swaps() -> dict[str, dict[str, float]]:
    near = _near()
    return {
        x: {
            y: 0.0 if x == y else near.get((x, y), 0.6 if x in _VOWELS and y in _VOWELS else 1.0)
            for y in _SOUNDS
        }
        for x in _SOUNDS
    }


def _loss(sound: str) -> float:
    return 0.45 if sound in _VOWELS else 0.4 if sound == "h" else 0.9


@functools.lru_cache(maxsize=1_000_000)
def _unit_cost(a: Units, b: Units) -> float:
    """Return what it costs that some units of one word sound as those of another."""
    if a == b:
        return 0.0
    ones, others = _readings(a), _readings(b)
    said = {other: second for second, other, _ in reversed(others)}
    best = min((first + said[one] for first, one, _ in ones if one in said), default=_FAR)
    for first, one, size in ones:
        for second, other, width in others:
            least = first + second + _LEAST
            if least >= best:
                break  # readings come by what they cost
            if least + _LIGHT * (abs(size - width) - 1) < best:
                best = min(best, first + second + _sound_cost(one, other))
    return best


@functools.lru_cache(maxsize=200_000)
def _readings(many: Units) -> tuple[tuple[float, str, int], ...]:
    """Return readings of some units, the cheapest first: cost, sounds, number of consonants."""
    found = [(0.0, "")]
    for unit in many:
        found = [
            (cost + (_OTHER_READING if place else 0.0), said + sound)
            for cost, said in found
            for place, sound in enumerate(sounds(unit))
        ]
    return tuple(
        (cost, said, sum(sound not in _VOWELS for sound in said)) for cost, said in sorted(found)[:_WAYS]
    )


@functools.lru_cache(maxsize=500_000)
def distance(a: Units, b: Units, most: float = 8.0) -> float:
    """Return the least cost of sounding one word as another, unit by unit; 9 where it is more than `most`."""
    han = any(is_han(unit[0]) for unit in a), any(is_han(unit[0]) for unit in b)
    if han[0] and not han[1]:
        a, b, han = b, a, (han[1], han[0])
    widest = 4 if han[1] and not han[0] else 2
    steps = [(1, 1), (1, 0), (0, 1), *((size, 1) for size in range(2, widest + 1))]
    if widest == 2:
        steps.append((1, 2))
    ends = len(a), len(b)
    best = {(0, 0): 0.0}
    near = [(0.0, 0, 0)]  # nearest first: where words sound alike, only what lies on the way is looked at
    while near:
        here, i, j = heappop(near)
        if (i, j) == ends:
            return here
        if here > best[i, j]:
            continue
        for down, right in steps:
            below, beside = i + down, j + right
            if below > ends[0] or beside > ends[1]:
                continue
            known = best.get((below, beside), most)
            if known > here:
                cost = here + _unit_cost(a[i:below], b[j:beside])
                if cost < known:
                    best[below, beside] = cost
                    heappush(near, (cost, below, beside))
    return _FAR


@functools.cache
def _initials() -> frozenset[str]:
    groups = _data()["initials"]["groups"]
    return frozenset(a + b for group in groups for a in group for b in group)


def begin_alike(one: str, other: str) -> bool:
    """Say whether two words of one script may be spellings of one by their first letters."""
    pair = unicodedata.normalize("NFKD", one)[:1] + unicodedata.normalize("NFKD", other)[:1]
    return pair[:1] == pair[1:] or pair in _initials() or script(one) != script(other)


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
    han = is_han(one[0]) or is_han(other[0])
    if not _may_be_alike(skeletons(one), skeletons(other), han=han):
        return 0.0  # the whole computation is twenty times as dear
    found = max(0.0, 1.0 - distance(a, b, (1 - _UNLIKE) * max(length, 2.0)) / max(length, 2.0))
    return found if han or not found else found * _ends(skeletons(one), skeletons(other))


def _ends(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Return how far unlike first or last consonants make two words: slips of the pen happen inside."""
    if not one or not other:
        return 1.0
    first = {said[:1] for said in one} & {said[:1] for said in other}
    last = {said[-1] for said in one} & {said[-1] for said in other}
    return (1.0 if first else _EDGE) * (1.0 if last else _EDGE)


def _may_be_alike(one: tuple[str, ...], other: tuple[str, ...], *, han: bool) -> bool:
    if han:  # which have one sound for l and r, and syllables for the ends of others' words
        one, other = (tuple({way.replace("r", "l") for way in ways}) for ways in (one, other))
    least = _HOPELESS_HAN if han else _HOPELESS
    return any(Levenshtein.normalized_similarity(a, b) >= least for a in one for b in other)


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
