"""Names in Latin letters within text of another script: runs of them, and what their own words say."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from casegraph.extract.lang.data import words
from casegraph.extract.names.given import is_person

_LETTER = "A-Za-zÀ-ÖØ-öø-ž"
_WORD = rf"[A-ZÀ-ÖØ-ÞĀ-Ž][{_LETTER}\d'’./-]*"
_RUN = re.compile(
    rf"(?<![{_LETTER}\d@./-]){_WORD}(?:(?:, ?| )(?:(?:&|and|of|de|du|et|for|und|y) )?"
    rf"(?:{_WORD}|a\.s\.|d\.o\.o\.|s\.r\.o\.|o\.o\.))*(?![{_LETTER}\d@])"
)
_SEVERAL = 2


@functools.cache
def _forms() -> frozenset[str]:
    return words("en", "names", "legal_forms") | words("ru", "names", "latin_forms")


def _shown(key: str) -> frozenset[str]:
    return words("en", "names", key)


def _is_form(word: str) -> bool:
    return word in _forms() or word.rstrip(".") in _forms()


def runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of Latin words with capitals: "Kedra Optik GmbH & Co. KG"."""
    for match in _RUN.finditer(text):
        for start, stop in _pieces(text, match.start(), match.end()):
            shown = text[start:stop]
            yield start, stop - (shown.endswith(".") and shown.split()[-1] not in _forms())


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the run's names: a comma parts two unless a legal form stands behind it."""
    place = start
    for comma in re.finditer(", ?", text[start:end]):
        after = text[start + comma.end() : end].split()
        if after and _is_form(after[0].rstrip(",")):
            continue
        yield place, start + comma.start()
        place = start + comma.end()
    yield place, end


def by_form(run: str) -> str | None:
    """Return "Company" where a legal form says so."""
    parts = run.replace(",", "").split()
    firm = len(parts) > 1 and (_is_form(parts[-1]) or parts[0] in _shown("legal_forms_before"))
    return "Company" if firm else None


def by_words(run: str) -> str | None:
    """Return what several words say themselves: a form, a trade or an outlet last, a given name first."""
    parts = [part.rstrip(".") for part in run.replace(",", "").split()]
    if len(parts) < _SEVERAL:
        return None
    if by_form(run):
        return "Company"
    if parts[-1] in _shown("trades"):
        return "Company"
    if is_person(parts, "en"):
        return "Person" if all(part.isalpha() or len(part) <= _SEVERAL for part in parts) else None
    return "Organization" if parts[-1] in _shown("societies") | _shown("outlets") else None
