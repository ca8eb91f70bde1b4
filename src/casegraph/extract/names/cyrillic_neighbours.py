"""Names in Ukrainian and Belarusian passages, that have no tagger: forms of firms, bodies, given names."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from babel import Locale

from casegraph.extract import places
from casegraph.extract.base import Found, Reading
from casegraph.extract.lang.data import either, phrases, words
from casegraph.extract.names.latin_words import by_form, by_words, runs
from casegraph.extract.spans import Taken

LANGUAGES = frozenset(["uk", "be"])
_SURE, _FAIR = 0.85, 0.7
_SMALL = "[а-яіїєґўё'’]"
_WORD = rf"[А-ЯІЇЄҐЎЁ]{_SMALL}+(?:-[А-ЯІЇЄҐЎЁ]{_SMALL}+)?"
_BRAND = r"[«\"“](?P<brand>[^«»\"“”\n]{1,60}(?:«[^«»\n]{1,40}»)?)[»\"”]"
_PLACED = re.compile(rf"(?<!\w)(?:у|в|ў|з|із|зі|до|до м\.|м\.|г\.|під|через)\s+(?P<place>{_WORD})")
_STEM = 4  # letters of a given name that no case touches

Span = tuple[int, int, str, str, float]


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    forms = either(words("ru", "neighbours", "forms"), phrases("ru", "neighbours", "full_forms"))
    groups = either(words("ru", "neighbours", "group_words"))
    heads, ministries, states = (
        either(phrases("ru", "neighbours", key)) for key in ("bodies", "ministries", "states")
    )
    ministry = rf"[Мм]іні(?:стерств|стэрств)(?:о|а|у|і|е|ом|ам)\s{ministries}"
    body = rf"(?<!\w)(?:{heads}|{ministry})(?:\s{states})?(?!\w)"
    return (
        re.compile(rf"(?<!\w)(?P<form>{forms})\s{_BRAND}"),
        re.compile(rf"(?<!\w){groups}{_SMALL}*\s{_BRAND}", re.IGNORECASE),
        re.compile(body),
    )


@functools.cache
def _given() -> frozenset[str]:
    return frozenset(name[:_STEM] for name in words("ru", "neighbours", "given"))


@functools.cache
def _states() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in sorted(LANGUAGES):
        for code, name in Locale(language).territories.items():
            if len(code) == len("UA") and code.isalpha():
                found[name.lower()[:-1]] = code.lower()
    return found


def find(reading: Reading, found: Sequence[Found]) -> Iterator[Found]:
    """Yield the names of the pages' Ukrainian and Belarusian passages."""
    taken = Taken(found)
    for block in reading.searched():
        if block.language not in LANGUAGES:
            continue
        for start, end, schema, rule, score in _names(block.text):
            if taken.claim(block.page, block.start + start, block.start + end):
                yield Found(
                    page=block.page, kind="name", start=block.start + start, end=block.start + end,
                    schema=schema, normal=block.text[start:end], detail=rule, score=score,
                    country=_country(block.text[start:end]) if schema == "Address" else None,
                )  # fmt: skip


def _names(text: str) -> Iterator[Span]:
    firm, group, body = _patterns()
    for match in firm.finditer(text):
        yield match.start(), match.end(), "Company", "quoted", _SURE
    for match in group.finditer(text):
        yield *match.span("brand"), "Organization", "quoted", _FAIR
    for match in body.finditer(text):
        yield match.start(), match.end(), "PublicBody", "body", _SURE
    for start, end in runs(text):
        schema = by_form(text[start:end]) or by_words(text[start:end])
        if schema is not None:
            yield start, end, schema, "latin", _FAIR
    for match in re.finditer(rf"(?<!\w){_WORD}(?: {_WORD}){{1,2}}(?!\w)", text):
        if match.group().lower()[:_STEM] in _given():
            yield match.start(), match.end(), "Person", "given", _FAIR
    for match in _PLACED.finditer(text):
        if _country(match["place"]) is not None:
            yield *match.span("place"), "Address", "place", _FAIR


def _country(place: str) -> str | None:
    """Return the state of a state or city in whatever case, None for an unknown place."""
    stem = place.lower()
    for cut in (0, 1, 2):
        known = _states().get(stem[: len(stem) - cut]) if len(stem) - cut > _STEM - 1 else None
        if known is not None:
            return known
    return places.city(place) or next(
        (code for end in ("", "а", "а", "ь", "о", "в") if (code := places.city(place[:-1] + end))), None
    )
