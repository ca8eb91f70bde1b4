"""Sums and quantities of Chinese: 约910万元, 一百二十五万美元, 至少七架, 百分之五十一."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from babel.numbers import get_currency_name

from casegraph.extract import currencies
from casegraph.extract.lang.data import either, marks, words
from casegraph.extract.lang.han import simplified, squeeze
from casegraph.extract.lang.zh_numbers import AFTER, BEFORE, HALF, NUMBER, bounded, read
from casegraph.extract.numerals import Number, tidy
from casegraph.model import Amount, Quantity

_TO = r"(?:\s?[-~～—–至到]{1,2}\s?)"
_FREE = r"(?<![\w.,\-第])|(?<=[\u3400-\u9fff])(?<![第〇零一二两三四五六七八九十百千万亿])"
_START = rf"(?:{_FREE})"
# A sum that its label calls one, without a currency: 合计：1,250,000.00; 合同价款为560万.
_LABELLED = re.compile(
    rf"(?:合计|总计|总价|总价款|总金额|合同金额|金额|价款|货款|欠款|余款|应付款?|实付款?|已付|余额|罚款|注册资本)[为是共]?[:：]?\s?"
    rf"(?P<low>{NUMBER})(?=[，。；、,;）)\s]|已|$)"
)
_SMALLEST = 1000
_ONE = "[1-9一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"  # of jiao and fen, tenths and hundredths of a yuan


@functools.cache
def _names() -> dict[str, str]:
    """Return names of currencies with their codes: the CLDR's and the usual short ones."""
    found = {get_currency_name(code, locale="zh"): code for code in sorted(currencies.codes())}
    found = {name: code for name, code in found.items() if name and not name.isascii()}
    found.update(marks("zh", "currencies", "names"))
    return found


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    names, signs = either(_names()), either(marks("zh", "currencies", "signs"))
    sum_ = re.compile(
        rf"{_START}{BEFORE}(?P<sign>{signs})?\s?(?P<low>{NUMBER})(?:(?P<unit>{names})?{_TO}(?:{signs})?(?P<high>{NUMBER}))?"
        rf"\s?(?P<name>{names}|(?<=\d|万|亿)\s?(?:USD|CNY|RMB|EUR|RUB|HKD|GBP|JPY)(?!\w))"
        rf"(?:(?<=元|圆)(?P<jiao>{_ONE})角)?(?:(?<=元|圆|角)零?(?P<fen>{_ONE})分)?[整正]?{AFTER}"
    )
    signed = re.compile(
        rf"(?:{BEFORE})(?<![\w$])?(?P<sign>{signs})\s?(?P<low>{NUMBER})(?:{_TO}(?:{signs})?(?P<high>{NUMBER}))?{AFTER}"
    )
    bare = [name for name in _names() if len(name) > 1 and name != "块钱"]
    return sum_, signed, re.compile(rf"(?<![\d万亿\w])?(?P<name>{either(bare)})")


def _shadow(text: str) -> tuple[str, list[int]]:
    """Return the text in simplified characters and half-width figures, without breaks in words."""
    plain, offsets = squeeze(text)
    return simplified(plain).translate(HALF), list(offsets)


def _number(match: re.Match[str]) -> Number | None:
    low = read(match["low"])
    groups = match.groupdict()
    if low is None:
        return None
    if groups.get("high"):
        high = read(groups["high"])
        if high is None or high.low is None or low.low is None:
            return None
        size = re.search(r"(?:[百千]?万?亿|[百千]?万)$", groups["high"])
        if size is not None and size.group() not in match["low"] and low.low < high.low / 1e3:
            low = low.times({"万": 1e4, "亿": 1e8}.get(size.group()[-1], 1.0))
        low = Number(low.low, high.high, low.approximate)
    return bounded(low, groups.get("before"), groups.get("after"))


def sums(text: str) -> Iterator[tuple[int, int, Amount]]:
    """Yield start, end and amount of each sum of a Chinese text."""
    plain, offsets = _shadow(text)
    sum_, signed, bare = _patterns()
    taken: list[tuple[int, int]] = []
    for pattern in (sum_, signed):
        for match in pattern.finditer(plain):
            groups = match.groupdict()
            number = _number(match)
            if number is None or (pattern is signed and not any(char.isdigit() for char in match["low"])):
                continue
            number = _with_parts(number, groups.get("jiao"), groups.get("fen"))
            name, sign = (groups.get("name") or "").strip(), groups.get("sign")
            code = _code(name, sign)
            taken.append(match.span())
            yield offsets[match.start()], offsets[match.end() - 1] + 1, Amount(
                minimum=number.low, maximum=number.high, currency=code
            )  # fmt: skip
    for match in _LABELLED.finditer(plain):
        number = read(match["low"])
        if number is None or number.low is None or (number.low < _SMALLEST and "." not in match["low"]):
            continue
        taken.append(match.span("low"))
        yield offsets[match.start("low")], offsets[match.end("low") - 1] + 1, Amount(
            minimum=number.low, maximum=number.high, currency=None
        )  # fmt: skip
    for match in bare.finditer(plain):
        if not any(start <= match.start() < end for start, end in taken):
            yield offsets[match.start()], offsets[match.end() - 1] + 1, Amount(
                minimum=None, maximum=None, currency=_names()[match["name"]]
            )  # fmt: skip


def _with_parts(number: Number, jiao: str | None, fen: str | None) -> Number:
    """Return the sum with its tenths and hundredths: 伍拾陆元柒角捌分."""
    parts = [(read(words), size) for words, size in ((jiao, 0.1), (fen, 0.01)) if words]
    more = sum(found.low * size for found, size in parts if found is not None and found.low is not None)
    if not more or number.low is None or number.low != number.high:
        return number
    value = tidy(number.low + more)
    return Number(value, value, number.approximate)


def _code(name: str, sign: str | None) -> str | None:
    """Return the currency; in 港币3000万元 the word before the sum says it."""
    known = marks("zh", "currencies", "signs")
    if name in {"", "元"} and sign:
        return known.get(sign)
    return _names().get(name) or known.get(name)


@functools.cache
def _measures() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    units, counted = either(marks("zh", "units", "forms")), either(words("zh", "units", "classifiers"))
    size = rf"(?P<low>{NUMBER})(?:(?:{units}|{counted})?{_TO}(?P<high>{NUMBER}))?"
    measure = re.compile(
        rf"{_START}{BEFORE}{size}(?P<more>[多余])?\s?(?P<unit>{units})(?:[多余])?(?![A-Za-z]){AFTER}"
    )
    share = re.compile(
        rf"{BEFORE}(?:(?P<low>{NUMBER})%?(?:{_TO}(?P<high>{NUMBER}))?\s?(?P<unit>%|％|个百分点)|百分之(?P<part>{NUMBER})"
        rf"|(?P<of>[二三四五六七八九十]|\d+)分之(?P<times>[一二两三四五六七八九]|\d+)"
        rf"|(?P<tenth>[一二两三四五六七八九])成(?P<half>半)?(?![为立员本交功就熟了果分])"
        rf"|(?P<most>过半数|半数以上|半数|一半|过半)){AFTER}"
    )
    count = re.compile(rf"{_START}{BEFORE}{size}(?P<more>[多余])?(?P<unit>{counted}){AFTER}")
    return measure, share, count


_PAIR = re.compile(r"两[国岸地方者会党州]$")  # the two states, sides: no count


Span = tuple[int, int, Quantity]


def measures(text: str) -> Iterator[Span]:
    """Yield measures and shares: 2000公里, 三个月, 百分之五十一, 三成."""
    plain, offsets = _shadow(text)
    measure, share, _ = _measures()
    for match in share.finditer(plain):
        number = _share(match)
        if number is not None:
            yield _span(match, offsets, number, "%")
    forms = marks("zh", "units", "forms")
    for match in measure.finditer(plain):
        number = _number(match)
        unit = forms[match["unit"]]
        if number is None or _is_date(match, plain):
            continue
        yield _span(match, offsets, number, unit)


def _is_date(match: re.Match[str], text: str) -> bool:
    """Tell whether the unit dates: 2021年, 90年代, 三周一."""
    after = text[match.end("unit") : match.end("unit") + 1]
    if match["unit"] == "年":
        four = re.fullmatch(r"\d{4}|[一二][〇零一二三四五六七八九]{3}", match["low"])
        return four is not None or (after != "" and after in "代级度底初末")
    return match["unit"] == "周" and after != "" and after in "一二三四五六日"


def _share(match: re.Match[str]) -> Number | None:
    if match["most"]:
        number: Number | None = Number(50.0, 50.0)
        if match["most"] in {"过半数", "半数以上", "过半"}:
            number = Number(50.0, None)
    elif match["tenth"]:
        tenth = read(match["tenth"])
        value = None if tenth is None or tenth.low is None else tenth.low * 10 + (5 if match["half"] else 0)
        number = None if value is None else Number(value, value)
    elif match["of"]:
        whole, part = read(match["of"]), read(match["times"])
        if whole is None or part is None or not whole.low or part.low is None:
            return None
        value = tidy(round(part.low / whole.low * 100, 4))
        number = Number(value, value)
    elif match["part"]:
        number = read(match["part"])
    else:
        return _number(match)
    return None if number is None else bounded(number, match["before"], match["after"])


def counts(text: str) -> Iterator[Span]:
    """Yield counted things with their measure word: 至少七架. 一家 alone is an article, no count."""
    plain, offsets = _shadow(text)
    for match in _measures()[2].finditer(plain):
        number = _number(match)
        article = match["low"] == "一" and not match["before"] and not match["after"] and not match["high"]
        if (
            number is None
            or article
            or (number.low or number.high) in {None, 0.0}
            or _PAIR.match(match.group())
            or match["low"] in {"万", "百", "千", "亿"}
        ):
            continue
        if match["more"]:
            number = Number(number.low, None, approximate=True)
        yield _span(match, offsets, number, "item")


def _span(match: re.Match[str], offsets: list[int], number: Number, unit: str) -> Span:
    return offsets[match.start()], offsets[match.end() - 1] + 1, Quantity(
        minimum=number.low, maximum=number.high, unit=unit, approximate=number.approximate
    )  # fmt: skip
