"""Names in Latin letters within Russian text, told by their own words and the noun before."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator

from casegraph.extract.base import Analysis
from casegraph.extract.lang.data import words
from casegraph.extract.names.cyrillic_orgs import Name, over
from casegraph.extract.names.given import is_person

_LETTER = "A-Za-zÀ-ÖØ-öø-ž"
_WORD = rf"[A-ZÀ-ÖØ-ÞĀ-Ž][{_LETTER}\d'’./-]*"
_RUN = re.compile(
    rf"(?<![\w@./-]){_WORD}(?:(?:, ?| )(?:(?:&|and|of|de|du|et|for|und|y) )?"
    rf"(?:{_WORD}|a\.s\.|d\.o\.o\.|s\.r\.o\.|o\.o\.))*(?![\w@])"
)
_SURE, _FAIR = 0.9, 0.8
_SEVERAL = 2


@functools.cache
def _forms() -> frozenset[str]:
    return words("en", "names", "legal_forms") | words("ru", "names", "latin_forms")


@functools.cache
def _shown(key: str) -> frozenset[str]:
    return words("en", "names", key)


def _is_form(word: str) -> bool:
    return word in _forms() or word.rstrip(".") in _forms()


def latin(text: str, analysis: Analysis) -> Iterator[Name]:
    """Yield runs of Latin words whose kind a legal form, a trade, a given name or the noun before tells."""
    for match in _RUN.finditer(text):
        for start, stop in _pieces(text, match.start(), match.end()):
            shown = text[start:stop]
            end = stop - (shown.endswith(".") and shown.split()[-1] not in _forms())
            schema, score = _schema(text, analysis, start, end)
            if schema is not None:
                yield over(analysis, start, end, schema, "latin", score)


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


def _schema(text: str, analysis: Analysis, start: int, end: int) -> tuple[str | None, float]:
    parts = text[start:end].replace(",", "").split()
    if len(parts) > 1 and (_is_form(parts[-1]) or parts[0] in _shown("legal_forms_before")):
        return "Company", _SURE
    before = bisect.bisect_left(analysis.start, start) - 1
    noun = analysis.lemma[before].lower() if before >= 0 and analysis.end[before] == start - 1 else ""
    if noun in words("ru", "names", "firm_words"):
        return "Company", _SURE
    if noun in words("ru", "names", "group_words"):
        return "Organization", _SURE
    return _by_words([part.rstrip(".") for part in parts]), _FAIR


def _by_words(parts: list[str]) -> str | None:
    """Return what several words say themselves: a given name first, a trade or an outlet last."""
    if len(parts) < _SEVERAL:
        return None
    if is_person(parts, "en"):
        return "Person" if all(part.isalpha() or len(part) <= _SEVERAL for part in parts) else None
    if parts[-1] in _shown("trades"):
        return "Company"
    return "Organization" if parts[-1] in _shown("societies") | _shown("outlets") else None
