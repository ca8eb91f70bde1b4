"""Whether a given name is a man's or a woman's, from Faker's lists (MIT, some eighty locales)."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from casegraph.text import fold

_PACKAGE = "faker.providers.person"


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """Return the folded names of men and of women; a name of both (Joan, Sam) is in neither.

    Loading the lists takes 0.3 s, once a process, at the first document that names a person.
    """
    package = importlib.import_module(_PACKAGE)
    men: set[str] = set()
    women: set[str] = set()
    for found in pkgutil.iter_modules(package.__path__):
        provider = importlib.import_module(f"{_PACKAGE}.{found.name}").Provider
        men.update(fold(name) for name in getattr(provider, "first_names_male", ()))
        women.update(fold(name) for name in getattr(provider, "first_names_female", ()))
    return frozenset(men - women), frozenset(women - men)


def gender_of(name: str) -> str:
    """Return "m", "f" or "" for the first word of a full name; a single word tells nothing."""
    words = fold(name).split()
    if len(words) == 1 or not words:
        return ""
    men, women = _names()
    return "m" if words[0] in men else "f" if words[0] in women else ""
