"""Chinese characters: simplified, in pinyin, and as the sounds that they stand for in foreign names."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from importlib.resources import files
from itertools import product
from typing import Any

from opencc import OpenCC
from pypinyin import Style, pinyin
from pypinyin.constants import PINYIN_DICT

from casegraph.resolve.matching.romanized import palladius, wade_giles

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0002ffff]")
_PINYIN_SOUNDS = {
    "zh": "Z", "ch": "C", "sh": "S", "yu": "iu", "yi": "i", "wu": "u", "j": "J", "q": "C", "x": "S",
    "w": "v", "y": "i", "ü": "u", "v": "u",
}  # fmt: skip
"""Beginnings and ends of pinyin syllables (ISO 7098) in the sounds of sounds.toml."""
_PINYIN_PARTS = re.compile("|".join(_PINYIN_SOUNDS))


@functools.cache
def data() -> dict[str, Any]:
    """Return chinese.toml."""
    text = files("casegraph.resolve.matching").joinpath("chinese.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@functools.cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def is_han(char: str) -> bool:
    """Say whether a character is a Chinese one."""
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0002ffff"


def simplified(text: str) -> str:
    """Return the text in simplified characters; texts without Chinese characters as they are."""
    if text.isascii() or not _HAN.search(text):
        return text
    return str(_simplifier().convert(text))


@functools.cache
def _foreign() -> dict[str, tuple[str, ...]]:
    """Return the sounds of the characters of the transcription tables."""
    found: dict[str, list[str]] = {}
    columns = data()["columns"]
    for onset, row in data()["rows"].items():
        for rime, cell in zip(columns, row.split(), strict=True):
            for char in cell if cell != "-" and onset != "ks" and len(cell) < 4 else "":
                found.setdefault(char, []).append(onset + rime)
    for char, sounds in data()["more"].items():
        found[char] = [*sounds, *found.get(char, [])]
    return {char: tuple(dict.fromkeys(sounds)) for char, sounds in found.items()}


@functools.lru_cache(maxsize=30_000)
def syllables(char: str) -> tuple[str, ...]:
    """Return the pinyin of a character without tones, the usual reading first."""
    if ord(char) not in PINYIN_DICT:
        return ()
    return tuple(dict.fromkeys(pinyin(char, style=Style.NORMAL, heteronym=True)[0]))[:3]


@functools.lru_cache(maxsize=30_000)
def readings_of(char: str) -> tuple[str, ...]:
    """Return the sounds of a character: as Chinese first, then as in foreign names."""
    own = [_sounds(syllable) for syllable in syllables(char)[:2]]
    return tuple(dict.fromkeys([*own, *_foreign().get(char, ())])) or ("",)


def is_foreign(char: str) -> bool:
    """Say whether a character is of the transcription tables."""
    return char in _foreign()


def _sounds(syllable: str) -> str:
    said = _PINYIN_PARTS.sub(lambda found: _PINYIN_SOUNDS[found[0]], syllable)
    return "".join(char for char in unicodedata.normalize("NFKD", said) if char.isascii())  # ê of 誒


def romanized(name: str) -> frozenset[str]:
    """Return the pinyin of a name in one piece, by all readings of its characters, at most 8."""
    found = [""]
    for char in name:
        found = [before + one for before in found for one in syllables(char) or (char,)][:8]
    return frozenset(found)


@functools.lru_cache(maxsize=50_000)
def pinyin_of(name: str) -> frozenset[str]:
    """Return a name in pinyin, Palladius and Wade-Giles, each in one piece, by all readings."""
    found: set[str] = set()
    for spell in (str, palladius, wade_giles):
        many = [""]
        for char in name:
            many = [before + spell(one) for before in many for one in syllables(char) or (char,)][:8]
        found.update(many)
    return frozenset(found)


@functools.cache
def _families() -> tuple[frozenset[str], frozenset[str]]:
    families = data()["families"]
    return frozenset(families["double"].split()), frozenset(families["single"])


def family_and_given(name: str) -> tuple[str, str] | None:
    """Return surname and given name of a Chinese name in simplified characters, None if it is none."""
    double, single = _families()
    if 3 <= len(name) <= 4 and name[:2] in double:
        return name[:2], name[2:]
    if 2 <= len(name) <= 3 and name[0] in single:
        return name[0], name[1:]
    return None


@functools.cache
def _places() -> tuple[str, ...]:
    return tuple(sorted(data()["places"]["names"].split(), key=len, reverse=True))


@functools.cache
def place_spellings() -> frozenset[str]:
    """Return the places that Chinese company names begin with in pinyin, Palladius and Wade-Giles, folded."""
    return frozenset(
        "".join(map(spell, said))
        for place in _places()
        if len(place) > 1
        for said in product(*map(syllables, place))
        for spell in (str, palladius, wade_giles)
    )


def split_place(name: str) -> tuple[str, str]:
    """Return the place that a company's name begins with and the rest; no place if nothing would be left."""
    for place in _places():
        if name.startswith(place) and len(name) > len(place) + 1:
            rest = re.sub(r"^(?:市|省|自治区|特别行政区)", "", name[len(place) :])
            inner, last = split_place(rest) if rest[:1] != name[len(place) : len(place) + 1] else ("", rest)
            return place + inner, last
    return "", name
