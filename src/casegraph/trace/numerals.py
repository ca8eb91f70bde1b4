"""Numbers that are spelled out: "nineteen", «девятнадцать», 十九. One is left out: it is a pronoun too."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNITS = """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_EN = {word: number for number, word in enumerate(_UNITS.split(), 2)}
_EN_TENS = {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
_ONES = {"one": 1, **{word: number for word, number in _EN.items() if number < 10}}
_RU = {
    "два": 2, "две": 2, "двое": 2, "три": 3, "трое": 3, "четыре": 4, "четверо": 4, "пять": 5, "пятеро": 5,
    "шесть": 6, "шестеро": 6, "семь": 7, "семеро": 7, "восемь": 8, "девять": 9, "десять": 10,
    "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15,
    "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19, "двадцать": 20,
    "тридцать": 30, "сорок": 40, "пятьдесят": 50, "сто": 100,
}  # fmt: skip
_HAN = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_WORD = re.compile(
    rf"\b({'|'.join(_EN_TENS)})(?:[- ]({'|'.join(_ONES)}))?\b|\b({'|'.join(_EN)})\b|\b({'|'.join(_RU)})\b"
    r"|(?<![第十百千万一二两三四五六七八九])([二两三四五六七八九]?)(十?)([一二三四五六七八九]?)(?=[人名死伤个家艘辆架枚起次])",
    re.IGNORECASE,
)


def spelled(text: str) -> Iterator[tuple[float, int, int]]:
    """Yield the numbers of a text that are spelled out, with where they begin and end."""
    for found in _WORD.finditer(text):
        tens, ones, unit, russian, first, ten, last = (part or "" for part in found.groups())
        if tens:
            value = _EN_TENS[tens.casefold()] + _ONES.get(ones.casefold(), 0)
        elif unit or russian:
            value = _EN.get(unit.casefold()) or _RU.get(russian.casefold(), 0)
        elif ten:
            value = 10 * _HAN.get(first, 1) + _HAN.get(last, 0)
        else:
            value = _HAN.get(first, 0) if not last else 0
        if value:
            yield float(value), found.start(), found.end()
