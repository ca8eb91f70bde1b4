"""Numbers in figures and in a language's words, and the bounds that stand around them."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from casegraph.extract.lang.data import either, phrases, values

FIGURE = r"(?:\d{1,3}(?:[,\u00a0\u2009\u202f']\d{3})+(?:\.\d+)?(?![\d,]\d)|\d+(?:\.\d+)?(?![,.]?\d))"
_NOT_FIGURE = re.compile(r"[^\d.]")
_PARTS = re.compile(rf"{FIGURE}|[^\W\d_]+")
_THOUSAND = 1000
_MOST_DIGITS = 18  # more is no number that anybody counts


@dataclass(frozen=True, slots=True)
class Number:
    """A number or what is known of it: `low` or `high` is None where the words leave it open."""

    low: float | None
    high: float | None
    approximate: bool = False

    def times(self, factor: float) -> Number:
        """Return the number in another unit."""
        low, high = (None if side is None else tidy(side * factor) for side in (self.low, self.high))
        return replace(self, low=low, high=high)


class Words(NamedTuple):
    """What `Numerals.read` goes by: each word with its value."""

    cardinals: dict[str, float]
    magnitudes: dict[str, float]
    short: dict[str, float]
    plurals: dict[str, float]


def tidy(value: float) -> float:
    """Return the value without the noise of binary fractions: 9.1 * 1e6 is 9100000."""
    return float(f"{value:.12g}")


@dataclass(frozen=True)
class Numerals:
    """The numbers of one language: regex sources without groups, and their values."""

    language: str

    @functools.cached_property
    def _table(self) -> Words:
        keys = ("cardinals", "magnitudes", "short_magnitudes", "plurals")
        return Words(*(values(self.language, "numbers", key) for key in keys))

    @functools.cached_property
    def magnitude(self) -> str:
        """The words and letters that multiply a figure: `million`, `bn`."""
        return either(self._table.magnitudes, self._table.short)

    @functools.cached_property
    def words(self) -> str:
        """A number in words, also "half a million", "two and a half", "hundreds of thousands"."""
        sizes, plural = either(self._table.magnitudes), either(self._table.plurals)
        atom = either(self._table.cardinals, self._table.magnitudes)
        after_size = "(?:" + "|".join(f"(?<={size})" for size in self._table.magnitudes) + ")"
        vague = rf"(?:an?|half\s+an?|several|a\s+few)[\s-]+{sizes}"
        more = rf"(?:[\s-]+{atom}|{after_size}\s+and\s+{atom}|\s+and\s+a\s+half)"
        return rf"(?:{plural}(?:\s+of\s+{plural})*|(?:{vague}|{atom}){more}*)(?!\w)"

    @functools.cached_property
    def figures(self) -> str:
        """A number in figures, perhaps with its magnitude."""
        return rf"{FIGURE}(?:\s+and\s+a\s+half)?(?:[\s-]?{self.magnitude}(?!\w))?"

    def read(self, text: str) -> Number | None:
        """Return the number that a match of `words` or `figures` names, None when it is none."""
        parts = _PARTS.findall(text.lower())
        table = self._table
        if parts[0] in table.plurals:
            value = table.plurals[parts[0]]
            for part in parts[1:]:
                value *= table.plurals.get(part, 2.0) / 2
            return Number(value, None, approximate=True)
        vague = parts[0] in {"several", "few"} or parts[:2] == ["a", "few"]
        value_or_none = _evaluate(parts, table)
        if value_or_none is None:
            return None
        return Number(value_or_none, None if vague else value_or_none, approximate=vague)


_Part = tuple[str, float]  # "figure", "add", "size", "half" or "none" with a value
_FILLERS = frozenset(["a", "an", "and", "of"])


def _part(word: str, table: Words) -> _Part | None:
    """Return what a word or figure does to a number, None when it belongs to none."""
    if word[0].isdigit():
        digits = _NOT_FIGURE.sub("", word)
        return ("figure", float(digits)) if len(digits) <= _MOST_DIGITS else None
    if word in table.cardinals:
        return "add", table.cardinals[word]
    if word in {"several", "few"}:
        return "add", 2.0
    size = table.magnitudes.get(word) or table.short.get(word)
    if size is not None:
        return "size", size
    if word == "half":
        return "half", 0.5
    return ("none", 0.0) if word in _FILLERS else None


def _evaluate(words: list[str], table: Words) -> float | None:
    """Return the value: cardinals add up, a magnitude multiplies what stands before it."""
    total = group = last = 0.0
    for word in words:
        part = _part(word, table)
        if part is None or (part[0] == "add" and not _may_follow(group, part[1])):
            return None
        does, value = part
        if does in {"add", "figure"}:
            group += value
        elif does == "half":  # "a million and a half" against "two and a half million"
            group, total = (group, total + last / 2) if last and not group else (group + value, total)
        elif does == "size" and value < _THOUSAND:  # "two hundred thousand"
            group = (group or 1.0) * value
        elif does == "size":
            total, group, last = total + (group or 1.0) * value, 0.0, value
    return tidy(total + group)


def _may_follow(group: float, value: float) -> bool:
    """Tell whether a cardinal may follow: "twenty one", "hundred five", but never "two three"."""
    tens = group % 100
    return tens == 0 or (tens >= 20 and tens % 10 == 0 and value < 10)


class Bounds:
    """The phrases around a number that bound it: regex sources without groups, and their effect."""

    def __init__(self, language: str) -> None:
        """Read the language's phrases."""
        before = {kind: phrases(language, "bounds", kind) for kind in ("least", "most", "about")}
        after = {kind: phrases(language, "bounds", f"{kind}_after") for kind in before}
        self._effect = {
            **{
                phrase: kind for table in (before, after) for kind, group in table.items() for phrase in group
            },
            **dict.fromkeys("<\u2264", "most"),
            **dict.fromkeys(">\u2265+", "least"),
            **dict.fromkeys("~\u2248", "about"),
        }
        self._nearly = frozenset(phrases(language, "bounds", "nearly"))
        self._phrase = re.compile(either(self._effect, self._nearly), re.IGNORECASE)
        words = either(*before.values(), self._nearly)
        self.before = rf"(?:(?:(?<![\w-]){words}\s+){{1,2}}|[~\u2248<>\u2264\u2265]\s*)"
        self.after = rf"(?:\s*\+(?!\d)|,?\s+{either(*after.values())}(?!\w))"

    def apply(self, number: Number, around: str) -> Number:
        """Return the number with the bounds that the words around it set."""
        found = {" ".join(phrase.lower().split()) for phrase in self._phrase.findall(around)}
        effects = {self._effect.get(phrase, "most") for phrase in found}
        if "about" in effects or found & self._nearly:
            number = replace(number, approximate=True)
        if "most" in effects:
            return replace(number, low=None, high=number.low if number.high is None else number.high)
        if "least" in effects:
            return replace(number, high=None)
        return number
