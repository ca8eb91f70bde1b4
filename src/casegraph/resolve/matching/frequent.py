"""Words that many people's names have. Rarity in the case itself can be told instead: see `score_with`."""

from __future__ import annotations

import functools
import importlib

from casegraph.resolve.matching.chinese import is_han
from casegraph.resolve.matching.sounds import first_sounds

_LOCALES = ("en_US", "en_GB", "ru_RU", "uk_UA")
_PACKAGE = "faker.providers.person"


@functools.cache
def _sounds() -> frozenset[str]:
    """Return the usual sounds of frequent given names and surnames (the lists of the faker package)."""
    found: set[str] = set()
    for locale in _LOCALES:
        provider = importlib.import_module(f"{_PACKAGE}.{locale}").Provider
        for kind in ("first_names", "last_names", "last_names_male", "last_names_female", "first_names_male"):
            found |= {first_sounds(name) for name in getattr(provider, kind, ())}
    return frozenset(found)


@functools.lru_cache(maxsize=100_000)
def is_common(word: str) -> bool:
    """Say whether a word of a person's name is one that many bear, as all Chinese surnames are."""
    if is_han(word[0]):
        return len(word) == 1
    return len(word) < 3 or first_sounds(word) in _sounds()
