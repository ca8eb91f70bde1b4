"""Numbers of running text with what they count: figures, number words, bounds, units of three languages."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import NamedTuple

from casegraph.model import Quantity
from casegraph.text import fold
from casegraph.text.months import months
from casegraph.trace import terms, values
from casegraph.trace.marks import figures

_TOKEN = re.compile(r"\d[\d.,\u00a0\u202f]*\d|\d|[^\W\d_]+(?:'[^\W\d_]+)?|[^\w\s]")
_HAN_NUMBER = re.compile("[零一二两三四五六七八九十百千万亿]+")
_HAN_SIGNS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_HAN_TENS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_YEARS = range(1900, 2101)
_AGED = ("year-old", "-летн", "岁")
_AHEAD, _BEHIND = 24, 40  # characters before and behind a number in which its bound and its unit stand
_TENS = frozenset({"десятка", "десятков"})
_LONG = 4  # letters of a word that can be a unit
_STEM = 5
_MILLION = 10**6
_PEOPLE = "people"
TOLLS = frozenset({"dead", "hurt", "missing"})
_SUM = "sum"  # of what is not told
_SAME = 500.0  # times: beyond it "million" was lost, not a number changed
_LINKS = re.compile(r"(?:\s+(?:than|чем|на|of|in|a|the))*[\s£$€¥₽]*$")
_PER_CENT = re.compile(r"\s?per\scent\b")
_AGE = re.compile(r"[^\W\d_]\s?,\s$"), re.compile(r",")
"""What stands before and behind an age: "Moll, 58, was injured"."""
_CLOCK = re.compile(
    r"(?<![\d.,])0\d{2,3}(?!\d)|\d{1,2}[.:]\d\d\s?[ap]\.?m\b|\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE
)
_PART = (
    re.compile(
        r"\b(?:of (?:them|whom|these|those|which)|among them|including)\W[^,;.]{0,12}$"
        r"|\b(?:из них|из которых|в том числе|среди них)\W[^,;.]{0,12}$|(?:其中|当中)[^，。；]{0,8}$",
        re.IGNORECASE,
    ),
    re.compile(r"\s(?:of (?:them|whom|these|those|which)|из них|из которых)\b", re.IGNORECASE),
)
"""What tells that a number counts a part of others: "24 people, four of them children"."""
_ONE = re.compile(
    r"\ba (?:whole |full |entire )?(?=(?:year|month|week|day)\b)|\b(?:целый |весь )(?=год|месяц|день)",
    re.IGNORECASE,
)


class _Lists(NamedTuple):
    numbers: Mapping[str, float]
    beginnings: tuple[tuple[str, float], ...]
    units: Mapping[str, str]
    unit_beginnings: tuple[tuple[str, str], ...]
    han_units: tuple[tuple[str, str], ...]  # the longest first
    bounds: tuple[tuple[str, str], ...]
    days: Mapping[str, int]
    money: frozenset[str]
    tolls: tuple[tuple[str, str], ...]  # words, beginnings with a *


@functools.cache
def _lists() -> _Lists:
    data = tomllib.loads(files("casegraph.trace").joinpath("measures.toml").read_text("utf-8"))
    numbers = [pair.rsplit(":", 1) for words in data["numbers"].values() for pair in words.split()]
    units = [(fold(word), unit) for unit, words in data["units"].items() for word in words.split()]
    bounds = [
        (word.replace("-", " ") if not terms.is_han(word) else word, bound)
        for bound, words in data["bounds"].items()
        for word in map(fold, words.split())
    ]
    return _Lists(
        numbers={fold(word): float(value) for word, value in numbers if not word.endswith("*")},
        beginnings=tuple((fold(word[:-1]), float(value)) for word, value in numbers if word.endswith("*")),
        units={word: unit for word, unit in units if not word.endswith("*") and not terms.is_han(word)},
        unit_beginnings=tuple((word[:-1], unit) for word, unit in units if word.endswith("*")),
        han_units=tuple(sorted(((w, u) for w, u in units if terms.is_han(w)), key=lambda one: -len(one[0]))),
        bounds=tuple(sorted(bounds, key=lambda one: -len(one[0]))),
        days=data["days"],
        money=frozenset(data["money"]["units"].split()),
        tolls=tuple((fold(word), toll) for toll, words in data["tolls"].items() for word in words.split()),
    )


def measures(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of a text that count something, by place: no dates, ages, times or parts of a count.

    `unit` is a code of measures.toml, else the stem of what is counted, in its own language.
    """
    numbers = sorted(_values(text), key=lambda one: one[1])
    told = [
        (value, _toll(text, _unit(text, start, end), place, numbers), start, end)
        for place, (value, start, end) in enumerate(numbers)
        if not (_of_date(text, value, start, end) or _of_age(text, start, end) or _of_part(text, start, end))
    ]
    sums = {unit for value, unit, _, _ in told if unit in _lists().money and value >= _MILLION}
    found = []
    large = next(iter(sums)) if len(sums) == 1 else _SUM  # "from 97 to 212 million pounds"
    for value, counted, start, end in told:
        unit = large if counted is None and value >= _MILLION else counted
        if unit is not None and (value != 1 or unit in _lists().days):
            found.append(_quantity(text, value, unit, start, end))
    return tuple(found)


def numbers(text: str) -> Iterator[float]:
    """Yield the numbers of a text, in figures and in words, whatever they count."""
    yield from (value for value, _, _ in _values(text))


def known_units() -> frozenset[str]:
    """Return the units that are told by lists, and not by the word that stands behind a number."""
    lists = _lists()
    named = (*lists.units.values(), *(unit for _, unit in (*lists.unit_beginnings, *lists.han_units)))
    return frozenset((*named, *(toll for _, toll in lists.tolls), "d"))


def _values(text: str) -> Iterator[tuple[float, int, int]]:
    """Yield numbers with the places where they begin and end: first what is written with digits."""
    taken: set[int] = set()
    for value, start in figures(text):
        end = _end_of_figure(text, start)
        taken.update(range(start, end))
        yield value, start, end
    whole = ((1.0, found.start(), found.end()) for found in _ONE.finditer(text))
    for value, start, end in (*_in_words(text), *_in_signs(text), *whole):
        if start not in taken:
            yield value, start, end


_FIGURE = re.compile(r"\d[\d.,\u00a0\u202f ]*\d|\d")
_SCALE = re.compile(
    "[ \u00a0]?(?:thousand|million|billion|trillion|mln|bn|m|тыс\\w*|млн|миллион\\w*|млрд|миллиард\\w*|трлн"
    "|万|萬|亿|億|千|百万|千万)(?![a-zа-я])",
    re.IGNORECASE,
)


def _end_of_figure(text: str, start: int) -> int:
    found = _FIGURE.match(text, start)
    end = found.end() if found else start + 1
    scale = _SCALE.match(text, end)
    return scale.end() if scale else end


def _in_words(text: str) -> Iterator[tuple[float, int, int]]:
    """Yield runs of number words: "two hundred and twelve million", «тридцать один»."""
    total, part, start, end = 0.0, 0.0, -1, -1
    for found in _TOKEN.finditer(text):
        word = fold(found.group())
        value = _number_word(word) if word not in _TENS or part else None  # "some tens" is no ten
        if value is None:
            if word in {"and", "-", "\u2010", "\u2011"} and start >= 0:
                continue
            if start >= 0:
                yield total + part, start, end
                total, part, start = 0.0, 0.0, -1
            continue
        if start < 0:
            start = found.start()
        if (word in _TENS or word == "dozen") and part:  # «девять десятков»
            part *= value
        elif value >= 1000:  # thousand and more multiply all before them
            total, part = total + (part or 1) * value, 0.0
        elif value == 100 and part:  # "two hundred"
            part *= value
        else:
            part += value
        end = found.end()
    if start >= 0:
        yield total + part, start, end


def _number_word(word: str) -> float | None:
    lists = _lists()
    if word in lists.numbers:
        return lists.numbers[word]
    return next((value for beginning, value in lists.beginnings if word.startswith(beginning)), None)


def _in_signs(text: str) -> Iterator[tuple[float, int, int]]:
    for found in _HAN_NUMBER.finditer(text):
        value = _signs(found.group())
        if value is not None:
            yield value, found.start(), found.end()


def _signs(written: str) -> float | None:
    """Return the value of a Chinese numeral: 三十一 is 31."""
    total, part, digit = 0, 0, 0
    for sign in written:
        if sign in _HAN_SIGNS:
            digit = _HAN_SIGNS[sign]
            continue
        power = _HAN_TENS[sign]
        if power >= 10**4:
            total, part, digit = (total + (part + digit or 1)) * power, 0, 0
        else:
            part, digit = part + (digit or 1) * power, 0
    return float(total + part + digit) or None


def _unit(text: str, start: int, end: int) -> str | None:
    """Return what a number counts: a sign before it, else the first words behind it that tell."""
    ahead = text[max(0, start - 1) : start]
    lists = _lists()
    if ahead in lists.units:
        return lists.units[ahead]
    behind = fold(text[end : end + _BEHIND])
    if _PER_CENT.match(behind):
        return "%"
    if terms.is_han(behind[:2]):
        return next((unit for word, unit in lists.han_units if behind.startswith(word)), None)
    return _unit_of_words(text[end : end + _BEHIND])


def _unit_of_words(behind: str) -> str | None:
    lists, other = _lists(), None
    for place, found in enumerate(_TOKEN.finditer(behind)):
        word = fold(found.group())
        if word in lists.units and (place == 0 or word.isalpha()):  # "from 97 to £212m"
            return lists.units[word]
        for beginning, unit in lists.unit_beginnings:
            if word.startswith(beginning):
                return unit
        if (not word[:1].isalpha() and word != "-") or _number_word(word) is not None:
            break
        if other is None and len(word) >= _LONG and not terms.speaks_of("fillers", word):
            other = word[:_STEM]
        if place >= 2:  # "180 brand new ventilators"
            break
    return other


def _toll(text: str, unit: str | None, place: int, numbers: Sequence[tuple[float, int, int]]) -> str | None:
    """Return what became of people who are counted, by the words between this number and the next."""
    value, start, end = numbers[place]
    if unit not in {None, _PEOPLE} and (terms.is_han(unit or "") or unit in _lists().units.values()):
        return unit
    after = numbers[place + 1][1] if place + 1 < len(numbers) else len(text)
    before = numbers[place - 1][2] if place else 0
    words = (text[end : min(after, end + _BEHIND)], text[max(before, start - _AHEAD) : start])
    found = next((toll for part in words if (toll := _toll_in(part))), None)
    return found if found is not None and value == int(value) else unit


def _toll_in(part: str) -> str | None:
    folded = fold(part)
    if terms.is_han(folded):
        return next((toll for word, toll in _lists().tolls if terms.is_han(word) and word in folded), None)
    for word in terms.words_of(folded):
        for known, toll in _lists().tolls:
            if word == known or (known.endswith("*") and word.startswith(known[:-1])):
                return toll
    return None


def _of_date(text: str, value: float, start: int, end: int) -> bool:
    """Say whether a number is part of a date or a time of day."""
    if value in _YEARS and value == int(value) and text[start : start + 4].isdigit():
        return text[start - 1 : start] not in {"$", "€", "£"}
    behind = fold(text[end : end + 12]).split()
    ahead = fold(text[max(0, start - 12) : start]).split()
    beside = [*(word.strip(".,") for word in (*behind[:1], *ahead[-1:]))]
    if any(word in months() and len(word) > 2 for word in beside):  # "8 May", not "8 m"
        return True
    if text[end : end + 1] == ":" or text[start - 1 : start] == ":" or _CLOCK.match(text, start):
        return True
    return text[end : end + 1] in {"日", "号", "月"} and not text[end : end + 2].startswith("个月")


def _of_age(text: str, start: int, end: int) -> bool:
    """Say whether a number tells how old somebody is: it counts nobody who was hurt, whatever follows."""
    behind = fold(text[end : end + _BEHIND])
    if behind.startswith(_AGED) or behind.lstrip(" -").startswith(_AGED):
        return True
    ahead, after = _AGE
    return text[start:end].isdigit() and bool(ahead.search(text[:start]) and after.match(text, end))


def _of_part(text: str, start: int, end: int) -> bool:
    """Say whether a number counts some of others that are counted: both numbers can be right."""
    ahead, behind = _PART
    return bool(ahead.search(text[max(0, start - _AHEAD) : start]) or behind.match(text, end))


def _quantity(text: str, value: float, unit: str, start: int, end: int) -> Quantity:
    bound = _bound(text, start, end)
    days = _lists().days.get(unit)
    if days is not None:
        value, unit = value * days, "d"
    return Quantity(
        minimum=None if bound == "most" else value,
        maximum=None if bound == "least" else value,
        unit=unit,
        approximate=bound == "about",
    )


def _bound(text: str, start: int, end: int) -> str | None:
    raw = fold(text[max(0, start - _AHEAD) : start]).rstrip(" £$€¥₽")
    tails, behind = (raw, _LINKS.sub("", raw)), fold(text[end : end + 3])
    for words, bound in _lists().bounds:
        if terms.is_han(words):
            if raw.endswith(words) or behind.startswith(words):
                return bound
        elif any(tail.endswith(words) and not tail[: -len(words)][-1:].isalnum() for tail in tails):
            return bound
    return None


def by_unit(found: Sequence[Quantity]) -> dict[str, list[Quantity]]:
    """Return measures by what they count."""
    told: dict[str, list[Quantity]] = {}
    for one in found:
        told.setdefault(one.unit, []).append(one)
    return told


def compared(left: Sequence[Quantity], right: Sequence[Quantity]) -> values.Agreement:
    """Say whether what two wordings count agrees: of each unit that both have one value must be common."""
    ones, others = by_unit(left), by_unit(right)
    both = sorted(ones.keys() & others.keys())
    if not both:
        return "unknown"
    same = all(any(_agree(one, other) for one in ones[unit] for other in others[unit]) for unit in both)
    return "same" if same else "different"


def _agree(one: Quantity, other: Quantity) -> bool:
    return values.agree(one, other) != "different"


def told_otherwise(left: Sequence[Quantity], right: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """Return the one value that a wording has in place of another of the same unit: all else agrees.

    Where more than one is different the two wordings count different things.
    """
    ones, others = by_unit(left), by_unit(right)
    found = []
    for unit in sorted(ones.keys() & others.keys()):
        gone = [one for one in ones[unit] if not any(_agree(one, other) for other in others[unit])]
        new = [other for other in others[unit] if not any(_agree(one, other) for one in ones[unit])]
        if len(gone) == len(new) == 1:
            found.append((gone[0], new[0]))
        elif gone and new:
            return None
    return found[0] if len(found) == 1 and _near(*found[0]) else None


def _near(one: Quantity, other: Quantity) -> bool:
    low, high = sorted(value.minimum or value.maximum or 0.0 for value in (one, other))
    return 0 < high < low * _SAME


def tells(found: Sequence[Quantity], value: Quantity) -> bool:
    """Say whether a value is among some that were found."""
    return any(one.unit == value.unit and _agree(one, value) for one in found)
