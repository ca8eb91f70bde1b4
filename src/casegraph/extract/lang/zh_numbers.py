"""Chinese numbers in figures and characters, and the words that bound them."""

from __future__ import annotations

import re
from dataclasses import replace

from casegraph.extract.lang.data import either, words
from casegraph.extract.numerals import Number, tidy

_DIGIT = dict(zip("〇零○一二两三四五六七八九", [0, 0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9], strict=True))
_CAPITAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億圆", "一二三四五六七八九十百千万亿元")
_UNIT = {"十": 10, "百": 100, "千": 1000}
_SIZE = {"万": 1e4, "亿": 1e8, "兆": 1e12}
HALF = str.maketrans("０１２３４５６７８９．％：－～", "0123456789.%:-~")
FIGURE = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_HAN = "〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_MANY = "(?:好几|几|数|上|成)"
_MORE = "[多余]"
# In figures with magnitudes (1.25亿, 3000多万, 1亿2000万), in characters, or vague (数十, 几百万).
NUMBER = (
    rf"(?:{FIGURE}{_MORE}?(?:[十百千]?万?亿|[十百千]?万|[百千])?(?:(?<=亿){FIGURE}万)?"
    rf"|{_MANY}[十百千万亿]+|[{_HAN}]+(?:点[〇零一二三四五六七八九]+(?:万亿|万|亿)?)?(?:{_MORE}[万亿]*)?)"
)
_FIGURES = re.compile(rf"({FIGURE})({_MORE}?)([十百千]?)(万?亿|万|)(?:({FIGURE})万)?")
_VAGUE = re.compile(rf"({_MANY})([十百千万亿]+)")


def _below_myriad(text: str) -> float | None:
    """Return the value of characters without 万 and 亿; "二三" is none."""
    if text and all(char in _DIGIT for char in text):
        return float(int("".join(str(_DIGIT[char]) for char in text)))
    total = digit = 0.0
    last = 10_000.0
    given = False
    for char in text:
        if char in _UNIT:
            size = _UNIT[char]
            if size >= last:
                return None
            total, digit, last, given = total + (digit if given else 1.0) * size, 0.0, size, False
        elif char in _DIGIT:
            if given and char not in "零〇":
                return None
            digit, given = float(_DIGIT[char]), char not in "零〇"
        else:
            return None
    return total + digit


def _characters(text: str) -> float | None:
    whole, _, part = text.partition("点")
    size = 1.0
    while part and part[-1] in _SIZE:
        size, part = size * _SIZE[part[-1]], part[:-1]
    total = 0.0
    for mark in ("亿", "万"):
        left, found, rest = whole.rpartition(mark)
        if found:
            value = _characters(left) if left else 1.0
            if value is None:
                return None
            total, whole = total + value * _SIZE[mark], rest
    value = _below_myriad(whole) if whole else 0.0
    if value is None:
        return None
    if part:
        value += float("0." + "".join(str(_DIGIT.get(char, 0)) for char in part))
    return tidy((total + value) * size)


def _size(text: str) -> float:
    value = 1.0
    for char in text:
        value *= _UNIT.get(char, 0) or _SIZE.get(char, 1.0)
    return value


def read(text: str) -> Number | None:
    """Return the number that a match of NUMBER names; 多 and 余 leave it open above, 数 and 几 too."""
    text = text.translate(_CAPITAL).translate(HALF)
    vague = _VAGUE.fullmatch(text)
    if vague is not None:
        size = _size(vague[2])
        return Number(size * (1 if vague[1] in {"上", "成"} else 2), None, approximate=True)
    more = any(char in text for char in "多余")
    figures = _FIGURES.fullmatch(text)
    if figures is not None:
        value: float | None = float(figures[1].replace(",", "")) * _size(figures[3] + figures[4])
        if figures[5] and value is not None:
            value += float(figures[5].replace(",", "")) * _SIZE["万"]
    else:
        value = _characters(re.sub(_MORE, "", text))
    if value is None:
        return None
    value = tidy(value)
    return Number(value, None if more else value, approximate=more)


def _either(*keys: str) -> str:
    return either(*(words("zh", "bounds", key) for key in keys))


BEFORE = rf"(?P<before>{_either('least', 'most', 'nearly', 'about')}(?:为|达|有)?)?"
# 四台起重机 is no "from four".
AFTER = rf"(?P<after>{_either('least_after', 'most_after', 'about_after')}(?<!起(?=[重落飞诉草动])))?"


def bounded(number: Number, before: str | None, after: str | None) -> Number:
    """Return the number with the bounds that the words around it set."""
    found = {(before or "").rstrip("为达有"), before or "", after or ""}

    def some(*keys: str) -> bool:
        return any(found & words("zh", "bounds", key) for key in keys)

    if some("about", "about_after", "nearly"):
        number = replace(number, approximate=True)
    if some("most", "most_after", "nearly"):
        return replace(number, low=None, high=number.low if number.high is None else number.high)
    return replace(number, high=None) if some("least", "least_after") else number
