"""Names of months and weekdays as they stand in date lines, from CLDR."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Literal

from babel.dates import get_day_names, get_month_names

_LOCALES = ("en", "ru", "uk", "de", "fr", "es", "it", "pt", "pl", "tr", "nl")
_SHORTEST = 3  # letters of an abbreviation; CLDR's "сент." stands in pages as "сен" too
_WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
_CONTEXTS: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")


def _collect(names: Mapping[int, str], found: dict[str, set[int]]) -> None:
    for number, name in names.items():
        folded = name.casefold().strip(".")
        found.setdefault(folded, set()).add(number)
        for size in range(_SHORTEST, len(folded)):
            found.setdefault(folded[:size], set()).add(number)


@functools.cache
def months() -> Mapping[str, int]:
    """Return month number by case-folded name or unambiguous beginning of at least three letters."""
    found: dict[str, set[int]] = {}
    whole: dict[str, int] = {}
    for locale in _LOCALES:
        for width in _WIDTHS:
            for context in _CONTEXTS:
                names = get_month_names(width, context, locale)
                _collect(names, found)
                for number, name in names.items():
                    whole.setdefault(name.casefold().strip("."), number)
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1} | whole


@functools.cache
def weekdays() -> Mapping[str, int]:
    """Return weekday (Monday 0) by case-folded name or unambiguous beginning."""
    found: dict[str, set[int]] = {}
    for locale in (*_LOCALES, "zh"):
        for width in _WIDTHS:
            names = get_day_names(width, "format", locale)
            _collect(names, found)
            for number, name in names.items():
                found.setdefault(name.casefold().strip("."), set()).add(number)
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1}
