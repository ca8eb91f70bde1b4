"""Numbers in names, however they are written: they must agree."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN_NUMBER = re.compile(r"^(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$")
_DIGITS = re.compile(r"^(?:n|no|nr|№|第)?(\d+)(?:st|nd|rd|th|и|й|я|е|го|му|ыи|ии|ая|ое)?(?:号)?$")
_HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_NUMBER = re.compile(r"^第?([〇零一二两三四五六七八九十百]+)$")


@functools.cache
def _words() -> tuple[dict[str, int], dict[str, int], tuple[tuple[str, int], ...]]:
    """Return English numbers, English tens and Russian stems of ordinals, the longest first."""
    text = files("casegraph.resolve.matching").joinpath("words.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(text)["numbers"]
    english = {word: value for name in ("en", "en_ordinal") for value, word in enumerate(lists[name].split())}
    tens = {word: 10 * value for value, word in enumerate(lists["en_tens"].split(), 1)}
    stems = {stem: value for value, stem in enumerate(lists["ru_ordinal"].split())}
    return english, tens, tuple(sorted(stems.items(), key=lambda item: -len(item[0])))


def number_in(tokens: Sequence[str], place: int, raw: str) -> tuple[str | None, int]:
    """Return the number that tokens hold at a place, None if none, and how many tokens it takes.

    `raw` is the token as written: Roman numerals count in capitals only ("Fund II").
    """
    token = tokens[place]
    english, tens, stems = _words()
    if found := _DIGITS.match(token) or _HAN_NUMBER.match(token):
        return str(int(found[1]) if found[1].isdecimal() else _han(found[1])), 1
    if token in tens and place + 1 < len(tokens):
        following = tokens[place + 1]
        unit = int(following) if following.isdigit() and len(following) == 1 else english.get(following, 0)
        if 0 < unit < 10:
            return str(tens[token] + unit), 2
    if token in tens or token in english:
        return str(tens.get(token, english.get(token))), 1
    if place and raw.isupper() and _ROMAN_NUMBER.match(token):
        return str(_roman(token)), 1
    return _russian(token, stems), 1


def _russian(token: str, stems: tuple[tuple[str, int], ...]) -> str | None:
    """Return the value of a Russian ordinal of any ending."""
    for stem, value in stems:
        if token.startswith(stem) and token[len(stem) :] in _RUSSIAN_ENDINGS:
            return str(value)
    return None


_RUSSIAN_ENDINGS = frozenset(
    "ыи ои ии ая ое ого ому ым ом ую ые ых ыми ья ье ьего ьему ьеи ьи".split()
)  # folded: и for й


def _roman(word: str) -> int:
    values = [_ROMAN[char] for char in word]
    return sum(
        -value if following > value else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _han(word: str) -> int:
    """Return the value of 十四, 二十, 三八 (digit by digit) or 一百零五."""
    if not set(word) & set("十百"):
        return int("".join(str(_HAN_DIGITS[char]) for char in word))
    total = digit = 0
    for char in word:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _HAN_DIGITS[char]
    return total + digit
