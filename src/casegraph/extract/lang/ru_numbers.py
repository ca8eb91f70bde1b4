"""Russian numbers in figures and in declined words, and the phrases that bound them."""

from __future__ import annotations

import functools
import re

from casegraph.extract.lang.data import either, marks, values
from casegraph.extract.numerals import Bounds, Number, tidy

# "12 500 000,00", "9,1", "1,250,000"; a comma parts decimals, a blank thousands (GOST 8.417-2002).
FIGURE = (
    r"(?:\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:,\d+)?(?!\d)|\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?(?![\d]|[.,]\d))"
)
_PARTS = re.compile(rf"{FIGURE}|[^\W\d_]+")
_MOST_DIGITS = 18
_THOUSAND = 1000
TO = r"(?:\s*[-–—]\s*|\s+до\s+|\s+или\s+|\s+(?:и|по)\s+(?=(?P<between>)))"


@functools.cache
def _tables() -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    sizes = values("ru", "numbers", "magnitudes") | {
        word.rstrip("."): size for word, size in values("ru", "numbers", "short_magnitudes").items()
    }
    return values("ru", "numbers", "cardinals"), sizes, values("ru", "numbers", "plurals")


def cardinals() -> dict[str, float]:
    """Return the words of numbers below a thousand, in all cases."""
    return _tables()[0]


@functools.cache
def size() -> str:
    """Return a regex source for a magnitude behind figures: `млн`, `тыс.`, `миллиона`."""
    short = values("ru", "numbers", "short_magnitudes")
    return rf"{either(short, values('ru', 'numbers', 'magnitudes'))}(?!\w)"


@functools.cache
def words() -> str:
    """Return a regex source for a number in words: "два миллиона семьсот тысяч", "несколько тысяч"."""
    numbers, sizes, plurals = _tables()
    long = [word for word in sizes if len(word) > 3]
    atom = rf"{either(numbers, long)}(?!\w)"
    vague = rf"(?:несколько|нескольких|несколькими)\s+{either(long)}(?!\w)"
    many = rf"{either(plurals)}(?:\s+{either(plurals)})*(?!\w)"
    return rf"(?:{vague}|{many}(?!\s+{atom})|{atom}(?:\s+(?:с\s+половиной\s+)?{atom})*)"


@functools.cache
def number() -> str:
    """Return a regex source for a number, without groups."""
    return rf"(?:{FIGURE}(?:\s?-?(?:ти\s)?{size()})?|{words()})"


def magnitude(word: str) -> float:
    """Return what a word multiplies by."""
    return _tables()[1].get(word.lower().rstrip("."), 1.0)


def figure(text: str) -> float | None:
    """Return the value of figures, None where they are more than anybody counts."""
    plain = re.sub(r"[\s\u00a0\u2009\u202f]", "", text)
    for mark_, other in (",.", ".,"):
        if plain.count(mark_) > 1:
            plain = plain.replace(mark_, "").replace(other, ".")
    plain = plain.replace(",", ".")
    return float(plain) if len(plain) <= _MOST_DIGITS else None


def read(text: str) -> Number | None:
    """Return the number that a match of `number` names, None when the words make none."""
    parts = _PARTS.findall(text.lower())
    numbers, sizes, plurals = _tables()
    if not parts:
        return None
    if parts[0] in plurals and all(part in plurals for part in parts):
        value = plurals[parts[0]]
        for part in parts[1:]:
            value *= plurals[part] / 2
        return Number(value, None, approximate=True)
    vague = parts[0].startswith("нескольк")
    total = _sum(parts[1:] if vague else parts, numbers, sizes)
    if total is None:
        return None
    return Number(tidy(2 * total), None, approximate=True) if vague else Number(total, total)


def _sum(parts: list[str], numbers: dict[str, float], sizes: dict[str, float]) -> float | None:
    """Add cardinals up; a magnitude multiplies what stands before it: "два миллиона семьсот тысяч"."""
    total = group = 0.0
    last = float("inf")
    for part in parts:
        value = figure(part) if part[0].isdigit() else numbers.get(part)
        if value is not None:
            if group and (part[0].isdigit() or not _may_follow(group, value)):
                return None
            group += value
        elif part == "половиной":  # "два с половиной миллиона"
            group += 0.5
        elif part in sizes and sizes[part] < last:
            if sizes[part] < _THOUSAND:  # "полтора десятка", "три сотни"
                group = (group or 1.0) * sizes[part]
                continue
            last = sizes[part]
            total, group = total + (group or 1.0) * last, 0.0
        elif part != "с":
            return None
    return tidy(total + group)


def _may_follow(group: float, value: float) -> bool:
    """Tell whether a cardinal may follow: "двадцать один", "сто пять", but never "два три"."""
    if group % 100 == 0:
        return value < 100
    return group % 100 >= 20 and group % 10 == 0 and value < 10


@functools.cache
def bounds() -> Bounds:
    """Return the phrases that bound a number; a verb before it may do so, too."""
    return Bounds("ru")


_VERB = re.compile(
    r"(?:(?P<not>не\s+)?превы(?:сил[аио]?|шает|шают|шала?|сит|сят)|(?P<reached>достиг(?:л[аио])?"
    r"|достигает))\s+$",
    re.IGNORECASE,
)


def bounded(number_: Number, around: str, before: str) -> Number:
    """Return the number with the bounds of the words around it and of a verb right before."""
    found = bounds().apply(number_, around)
    verb = _VERB.search(before[-40:])
    if verb is None or verb["reached"]:
        return found
    return (
        Number(None, found.high, found.approximate)
        if verb["not"]
        else Number(found.low, None, found.approximate)
    )


@functools.cache
def stems(table: str, key: str) -> tuple[str, dict[str, str]]:
    """Return a regex source for the words under a key ("*" is an ending of the case) and their marks."""
    known = marks("ru", table, key)
    ordered = sorted(known, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(_stem(word) for word in ordered) + ")", known


def _stem(word: str) -> str:
    source = re.escape(word).replace(r"\*", r"[а-яё]{0,4}").replace(r"\ ", r"[\s\u00a0]+")
    return source if word[-1] in ".%" else rf"{source}(?![\w])"


@functools.cache
def _readers(table: str, key: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    known = stems(table, key)[1]
    ordered = sorted(known, key=lambda word: (-len(word), word))
    return tuple((re.compile(_stem(word), re.IGNORECASE), known[word]) for word in ordered)


@functools.lru_cache(maxsize=1 << 12)
def mark(text: str, table: str, key: str) -> str | None:
    """Return the mark of a word in some case; None if it is not in the list."""
    exact = stems(table, key)[1].get(text)
    if exact is not None:
        return exact
    return next((found for pattern, found in _readers(table, key) if pattern.fullmatch(text)), None)
