"""Numbers, sums and shares as cells hold them, in the writing of three languages."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from importlib.resources import files

_SPACES = "\u00a0\u2009\u202f\u2007 '\u2019"
_DIGITS = rf"\d[\d{_SPACES}.,]*"
_CELL = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-\u2212\u2013+])?\s*(?P<before>[^\d\s()+\u2212\u2013-][^\d()]{{0,14}}?)?\s*"
    rf"(?P<sign2>[-\u2212])?\s*(?P<figure>{_DIGITS})\s*"
    rf"(?P<after>[^\d()\s-][^\d()]{{0,24}})?(?P<close>\))?(?P<minus>-)?"
)
_RANGE = re.compile(
    rf"(?P<low>{_DIGITS})\s*%?\s*[-\u2013\u2014~\u81f3]\s*(?P<high>{_DIGITS})\s*(?P<mark>%|\uff05)?"
)
_GROUPED = re.compile(rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+|\d+")
_BOUND = re.compile(
    r"(?P<least>>=|\u2265|>|at least |from |over |more than |не менее |свыше |более |от |不少于|至少)"
    r"|(?P<most><=|\u2264|<|up to |under |less than |до |менее |не более |不超过|至多)",
    re.IGNORECASE,
)
_POINT_ALL_THE_SAME = re.compile(r"\d+\.\d{1,2}")  # "1240.50" in a column of commas
_PERCENT = "%\uff05"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９，．（）－", "0123456789,.()-")
_THOUSAND = re.compile(r"тыс|млн|млрд|[万萬千亿億]|\b(?:thousand|thsd|million|mn|bn|billion|000s?)\b")


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell's words count: `value` as they stand, before what the heading says of thousands.

    `unit` is a UCUM-like code or `item`, `currency` ISO 4217, `percent` a share of a hundred. `high` is set
    for a range; `bound` is `least` or `most` where the words leave one side open.
    """

    value: Decimal
    high: Decimal | None = None
    bound: str | None = None
    currency: str | None = None
    unit: str | None = None
    percent: bool = False


@functools.cache
def marks() -> dict[str, dict[str, str]]:
    """Return the packaged words of currencies, units and magnitudes, lower case, with what they stand for."""
    text = files("casegraph.text.tables").joinpath("marks.toml").read_text("utf-8")
    found: dict[str, dict[str, str]] = {}
    for table, entries in tomllib.loads(text).items():
        if isinstance(entries, dict):
            found[table] = {word.lower(): code for code, words in entries.items() for word in words}
    return found


def currency_of(words: str) -> str | None:
    """Return the ISO 4217 code of a currency's sign, code or name."""
    return marks()["currencies"].get(words.lower().strip().rstrip(".").strip()) or marks()["currencies"].get(
        words.lower().strip()
    )


def unit_of(words: str) -> str | None:
    """Return the code of a unit of measure or of counting."""
    return marks()["units"].get(words.lower().strip().rstrip("."))


def factor_of(words: str) -> int:
    """Return by how much a word of magnitude multiplies: 1 where there is none."""
    return int(marks()["magnitudes"].get(words.lower().strip().rstrip("."), 1))


def comma_is_decimal(texts: Iterable[str], language: str | None) -> bool:
    """Tell whether a comma parts the decimals in a column, by what can be read in one way only.

    "1,234" alone is read as the language writes it: as thousands in English and Chinese, not in Russian.
    """
    comma = point = 0
    for text in texts:
        figure = re.search(r"\d[\d.,]*", re.sub(rf"(?<=\d)[{_SPACES}](?=\d{{3}})", "", text))
        if figure is None:
            continue
        digits = figure.group().rstrip(".,")
        last = max(digits.rfind(","), digits.rfind("."))
        if last < 0:
            continue
        mark, tail = digits[last], len(digits) - last - 1
        if len({sign for sign in digits if sign in ",."}) == 2 or (digits.count(mark) == 1 and tail != 3):
            comma, point = comma + (mark == ","), point + (mark == ".")
        elif digits.count(mark) > 1:
            comma, point = comma + (mark == "."), point + (mark == ",")
    if comma != point:
        return comma > point
    return language == "ru"


def _decimal(words: str, *, comma: bool) -> Decimal | None:
    figure = re.sub(rf"[{_SPACES}]", "", words.strip().rstrip(".,"))
    if comma and _POINT_ALL_THE_SAME.fullmatch(figure):
        comma = False
    mark, other = (",", ".") if comma else (".", ",")
    whole, _, rest = figure.partition(mark)
    groups = whole.split(other)
    parted = len(groups) > 1
    if parted and (len(groups[-1]) != 3 or not all(1 <= len(group) <= 3 for group in groups)):
        return None  # a date, a version, a code; groups of two are India's
    if (not parted and len(whole) > 1 and whole[0] == "0") or (not rest.isdigit() and rest):
        return None  # a code: "0101"
    try:
        return Decimal("".join(groups) + (f".{rest}" if rest else ""))
    except InvalidOperation:
        return None


def read_figure(text: str, *, comma: bool = False) -> Figure | None:
    """Return what a cell counts, None for words, dates, clock times and codes.

    Parentheses and a minus before or behind mean less than nothing (accounting's way). Signs, codes and
    names of currencies, units and per cent may stand on either side; anything else makes it no figure.
    """
    words = text.translate(_FULL_WIDTH).strip()
    bound = _BOUND.match(words)
    if bound is not None:
        words = words[bound.end() :].strip()
    match = _RANGE.fullmatch(words)
    if match is not None and match["mark"]:
        low, high = (_decimal(match[name], comma=comma) for name in ("low", "high"))
        return None if low is None or high is None or low > high else Figure(low, high, percent=True)
    match = _CELL.fullmatch(words)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    value = _grouped(match["figure"], comma=comma)
    if value is None:
        return None
    found: Figure | None = Figure(value)
    for part in (match["before"], match["after"]):
        if found is not None and part:
            found = _marked(found, part)
    if found is None:
        return None
    negative = match["open"] or (match["sign"] or "+") != "+" or match["sign2"] or match["minus"]
    which = None if bound is None else "least" if bound["least"] else "most"
    value = -found.value if negative else found.value
    return Figure(value, None, which, found.currency, found.unit, found.percent)


def _grouped(words: str, *, comma: bool) -> Decimal | None:
    """Return a figure whose blanks stand between thousands only."""
    whole = re.split(r"[.,]", words.strip())[0].strip()
    if any(sign in _SPACES for sign in whole) and _GROUPED.fullmatch(whole) is None:
        return None
    return _decimal(words, comma=comma)


def _marked(  # noqa: PLR0911 - one a kind of mark
    found: Figure, words: str
) -> Figure | None:
    """Return the figure with what stands beside it, None where that is no mark."""
    words = words.strip(" \u00a0.").strip()
    if not words:
        return found
    if words in _PERCENT:
        return Figure(found.value, percent=True, currency=found.currency)
    value, unit, currency = found.value, found.unit, found.currency
    size = _THOUSAND.match(words.lower())
    if size is not None and factor_of(size.group()) > 1:
        value *= factor_of(size.group())
        words = words[size.end() :].strip(" .")
        if not words:
            return Figure(value, unit=unit, currency=currency)
    if (code := currency_of(words)) is not None:
        return Figure(value, currency=code, unit=unit, percent=found.percent)
    if currency is not None and factor_of(words) > 1:  # "$1.5m"
        return Figure(value * factor_of(words), unit=unit, currency=currency)
    if (code := unit_of(words)) is not None:
        return Figure(value, unit=code, currency=currency)
    return None


def plain(value: Decimal) -> str:
    """Return a decimal as a cell's value: a point, no exponent, no needless zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
