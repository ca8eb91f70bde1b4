"""Chinese syllables in the other spellings: Palladius (Russian) and Wade-Giles."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib.resources import files

from pypinyin.constants import PINYIN_DICT

from casegraph.text import fold

_COMMON = range(0x4E00, 0x9FA6)


@functools.cache
def all_syllables() -> frozenset[str]:
    """Return the pinyin syllables of all characters of the basic block, without tones."""
    toned = {reading for code in _COMMON for reading in PINYIN_DICT.get(code, "").split(",")}
    plain = {fold(reading.replace("ü", "v")) for reading in toned}
    return frozenset(one for one in plain if one.isascii() and re.search("[aeiouv]", one))


@functools.cache
def _tables() -> dict[str, dict[str, str]]:
    text = files("casegraph.resolve.matching").joinpath("syllables.toml").read_text(encoding="utf-8")
    lines: dict[str, str] = tomllib.loads(text)
    return {name: dict(pair.split("=") for pair in line.split()) for name, line in lines.items()}


@functools.cache
def palladius(syllable: str) -> str:
    """Return a pinyin syllable in Palladius' letters, folded."""
    tables = _tables()
    if syllable in tables["palladius_whole"]:
        return fold(tables["palladius_whole"][syllable])
    initial, final = _parted(syllable)
    if initial in {"j", "q", "x"} and final.startswith("u"):
        final = "ü" + final[1:]
    return fold(tables["palladius_initials"].get(initial, "") + tables["palladius_finals"].get(final, final))


@functools.cache
def wade_giles(syllable: str) -> str:
    """Return a pinyin syllable in Wade-Giles, without apostrophes and diacritics."""
    tables = _tables()
    if syllable in tables["wade_whole"]:
        return tables["wade_whole"][syllable]
    initial, final = _parted(syllable)
    return tables["wade_initials"].get(initial, initial) + tables["wade_finals"].get(final, final)


def _parted(syllable: str) -> tuple[str, str]:
    size = 2 if syllable[:2] in {"zh", "ch", "sh"} else 1 if syllable[0] not in "aeo" else 0
    return syllable[:size], syllable[size:]


@functools.cache
def _from_palladius() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for syllable in sorted(all_syllables()):
        found.setdefault(palladius(syllable), []).append(syllable)
    return {spelt: tuple(many) for spelt, many in found.items()}


@functools.lru_cache(maxsize=100_000)
def pinyin_of_palladius(word: str) -> frozenset[str]:
    """Return the pinyin, in one piece, that a folded Cyrillic word may be; none if it is not Chinese."""
    return frozenset(_read(word, _from_palladius(), 5))


@functools.lru_cache(maxsize=100_000)
def is_pinyin(word: str) -> bool:
    """Say whether a folded Latin word is made of pinyin syllables alone."""
    syllables = all_syllables()
    ends = {0}
    for end in range(1, len(word) + 1):
        if any(start in ends and word[start:end] in syllables for start in range(max(0, end - 6), end)):
            ends.add(end)
    return len(word) in ends


def _read(word: str, table: dict[str, tuple[str, ...]], most: int) -> list[str]:
    found: dict[int, list[str]] = {0: [""]}
    for end in range(1, len(word) + 1):
        found[end] = [
            before + syllable
            for start in range(max(0, end - most - 1), end)
            for before in found[start]
            for syllable in table.get(word[start:end], ())
        ][:8]
    return found[len(word)]
