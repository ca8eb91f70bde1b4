"""Which transliteration scheme turns one word into another."""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files

from casegraph.resolve.matching.chinese import is_han, romanized
from casegraph.resolve.matching.sounds import script
from casegraph.text import fold


@functools.cache
def schemes() -> dict[str, dict[str, str]]:
    """Return the letters of each scheme, accents off as in folded names."""
    text = files("casegraph.resolve.matching").joinpath("schemes.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    base = _pairs(data["base"]["letters"])
    return {name: base | _pairs(letters) for name, letters in data["schemes"].items()}


def _pairs(line: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in line.split())


def spellings(word: str) -> dict[str, str]:
    """Return the Latin spellings of a Cyrillic word by scheme, folded."""
    return {
        name: fold("".join(letters.get(char, char) for char in word.lower()))
        for name, letters in schemes().items()
    }


@functools.lru_cache(maxsize=50_000)
def scheme_of(one: str, other: str) -> str | None:
    """Return the name of the scheme that spells one word as the other, None if no scheme does exactly."""
    for foreign, latin in ((one, other), (other, one)):
        if script(latin) != "latin":
            continue
        if is_han(foreign[0]) and latin in romanized(foreign):
            return "pinyin"
        if script(foreign) == "cyrillic":
            for name, spelt in spellings(foreign).items():
                if spelt == latin or spelt.replace("ii", "i") == latin.replace("iy", "i"):
                    return name
    return None
